<?php
/**
 * Callers.
 *
 * @package Tamis\Tests
 */

declare( strict_types=1 );

namespace Tamis\WordPress\Tests;

use Tamis\WordPress\Attribution;

final class AttributionTest extends TestCase {

	private static function of( string ...$files ): array {
		$attribution = new Attribution(
			array( '/w/wp-content/plugins', '/w/wp-content/mu-plugins', '/w/wp-content/themes', '' ),
			'/w/wp-content/plugins/tamis/',
			array( '/w/wp-content/plugins/linked' => '/elsewhere/linked-1.2' )
		);
		return $attribution->of( array_map( static fn( string $file ): array => array( 'file' => $file ), $files ) );
	}

	public function traces(): array {
		return array(
			'one plugin'             => array( array( '/w/wp-includes/http.php', '/w/wp-content/plugins/ai/src/x.php', '/w/index.php' ), array( 'ai', 'ai' ) ),
			'queue'                  => array( array( '/w/wp-content/plugins/ai/x.php', '/w/wp-includes/plugin.php', '/w/wp-content/plugins/woocommerce/as.php' ), array( 'woocommerce', 'ai' ) ),
			'theme'                  => array( array( '/w/wp-content/themes/shop/functions.php' ), array( 'shop', 'shop' ) ),
			'one file'               => array( array( '/w/wp-content/mu-plugins/helper.php' ), array( 'helper', 'helper' ) ),
			'Tamis is left out'      => array( array( '/w/wp-content/plugins/tamis/src/Guard.php', '/w/wp-content/plugins/ai/x.php' ), array( 'ai', 'ai' ) ),
			'its loader too'         => array( array( '/w/wp-content/mu-plugins/000-tamis.php' ), array( '', '' ) ),
			'a name that is alike'   => array( array( '/w/wp-content/plugins/tamis-addon/x.php' ), array( 'tamis-addon', 'tamis-addon' ) ),
			'Windows'                => array( array( '\\w\\wp-content\\plugins\\ai\\x.php' ), array( 'ai', 'ai' ) ),
			'linked'                 => array( array( '/elsewhere/linked-1.2/x.php' ), array( 'linked', 'linked' ) ),
			'WordPress itself'       => array( array( '/w/wp-includes/update.php', '/w/wp-admin/index.php' ), array( '', '' ) ),
			'nothing'                => array( array(), array( '', '' ) ),
		);
	}

	/** @dataProvider traces */
	public function test_outermost_and_innermost_are_named( array $files, array $callers ): void {
		self::assertSame( $callers, self::of( ...$files ) );
	}

	public function test_frames_without_a_file_are_skipped_and_names_are_cut(): void {
		$attribution = new Attribution( array( '/p' ), '/none/' );
		self::assertSame( array( '', '' ), $attribution->of( array( array( 'function' => 'x' ) ) ) );
		list( $outer ) = $attribution->of( array( array( 'file' => '/p/' . str_repeat( 'n', 300 ) . '/x.php' ) ) );
		self::assertSame( 64, strlen( $outer ) );
	}

	public function test_the_running_code_is_read_without_arguments(): void {
		$attribution = new Attribution( array( dirname( __DIR__, 2 ) ), '/none/' );
		self::assertSame( 'tests', $attribution->callers()[1] );
	}
}
