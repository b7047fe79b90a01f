<?php
/**
 * Keys.
 *
 * @package Tamis\Tests
 */

declare( strict_types=1 );

namespace Tamis\WordPress\Tests;

use Tamis\WordPress\KeySource;
use Tamis\WordPress\NativeEngine;
use Tamis\WordPress\Policy;
use Tamis\WordPress\Reason;

final class KeySourceTest extends TestCase {

	public function test_a_constant_comes_first_then_a_file_then_the_salts(): void {
		$file = (string) tempnam( sys_get_temp_dir(), 'tamis' );
		file_put_contents( $file, str_repeat( 'f', 32 ) );
		$constant = new KeySource( str_repeat( 'k', 32 ), $file );
		$named    = new KeySource( null, $file );
		$derived  = new KeySource();
		$ids      = array( $constant->key()->id(), $named->key()->id(), $derived->key()->id() );
		self::assertSame( $ids, array_values( array_unique( $ids ) ) );
		self::assertSame( $ids[2], ( new KeySource() )->key()->id() );
		self::assertSame( array( true, true, false ), array( $constant->is_set(), $named->is_set(), $derived->is_set() ) );
		unlink( $file );
	}

	public function test_a_short_key_is_a_problem_of_the_key(): void {
		$problem = ( new NativeEngine( new Policy( '' ), new KeySource( 'short' ) ) )->problem( 'chat' );
		self::assertSame( array( Reason::KEY, 120 ), array( $problem?->reason, $problem?->code ) );
	}

	public function test_a_missing_file_is_a_problem_of_the_key(): void {
		self::assertSame( Reason::KEY, ( new NativeEngine( new Policy( '' ), new KeySource( null, '/nowhere' ) ) )->problem( 'chat' )?->reason );
	}

	public function test_a_dump_shows_no_secret(): void {
		ob_start();
		var_dump( new KeySource( 'correct horse battery staple' ) ); // phpcs:ignore Generic.PHP.ForbiddenFunctions -- what it shows is the test.
		self::assertStringNotContainsString( 'horse', (string) ob_get_clean() );
	}
}
