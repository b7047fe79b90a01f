<?php
/**
 * What ships with the plugin.
 *
 * @package Tamis\Tests
 */

declare( strict_types=1 );

namespace Tamis\WordPress\Tests;

use Tamis\WordPress\Build\Pot;
use Tamis\WordPress\Plugin;

final class ShippedTest extends TestCase {

	private static function folder(): string {
		return dirname( __DIR__, 2 );
	}

	public function test_the_texts_are_listed(): void {
		self::assertSame( file_get_contents( self::folder() . '/languages/tamis.pot' ), Pot::source( self::folder() ), 'Run php bin/make-pot.php' );
	}

	public function test_versions_agree(): void {
		foreach ( array( '/tamis.php', '/mu-plugins/000-tamis.php' ) as $file ) {
			self::assertMatchesRegularExpression( '~^ \* Version: +' . preg_quote( Plugin::VERSION, '~' ) . '$~m', (string) file_get_contents( self::folder() . $file ) );
		}
		self::assertStringContainsString( 'Stable tag: ' . Plugin::VERSION, (string) file_get_contents( self::folder() . '/readme.txt' ) );
	}

	public function test_no_file_is_long_and_each_is_strict(): void {
		$files = array_merge( (array) glob( self::folder() . '/*.php' ), (array) glob( self::folder() . '/src/*.php' ), (array) glob( self::folder() . '/src/*/*.php' ) );
		self::assertGreaterThan( 30, count( $files ) );
		foreach ( $files as $file ) {
			$text = (string) file_get_contents( (string) $file );
			self::assertLessThan( 500, substr_count( $text, "\n" ), (string) $file );
			self::assertStringContainsString( 'declare( strict_types=1 );', $text, (string) $file );
		}
	}

	public function test_every_class_is_final_or_an_interface(): void {
		foreach ( array_merge( (array) glob( self::folder() . '/src/*.php' ), (array) glob( self::folder() . '/src/*/*.php' ) ) as $file ) {
			self::assertMatchesRegularExpression( '~^(final class|interface) ~m', (string) file_get_contents( (string) $file ), (string) $file );
		}
	}

	public function test_the_double_has_the_extensions_api(): void {
		$stub = dirname( self::folder() ) . '/php-ext/tamis.stub.php';
		if ( ! is_file( $stub ) ) {
			self::markTestSkipped( 'The extension\'s contract is not beside the plugin.' );
		}
		preg_match_all( '~public (?:static )?function (\w+)\(~', (string) file_get_contents( $stub ), $found );
		$double = (string) file_get_contents( dirname( __DIR__ ) . '/double/extension.php' );
		foreach ( array_diff( $found[1], array( 'scrub' ) ) as $name ) {
			self::assertStringContainsString( 'function ' . $name . '(', $double );
		}
	}
}
