<?php
/**
 * Compressed bodies.
 *
 * @package Tamis\Tests
 */

declare( strict_types=1 );

namespace Tamis\WordPress\Tests;

use Tamis\WordPress\Compression;

final class CompressionTest extends TestCase {

	public function encodings(): array {
		return array(
			'gzip'         => array( 'gzip', static fn( string $t ): string => gzencode( $t ), static fn( string $t ) => gzdecode( $t ) ),
			'x-gzip'       => array( 'X-GZIP', static fn( string $t ): string => gzencode( $t ), static fn( string $t ) => gzdecode( $t ) ),
			'zlib deflate' => array( 'deflate', static fn( string $t ): string => gzcompress( $t ), static fn( string $t ) => gzuncompress( $t ) ),
			'raw deflate'  => array( 'deflate', static fn( string $t ): string => gzdeflate( $t ), static fn( string $t ) => gzinflate( $t ) ),
		);
	}

	/** @dataProvider encodings */
	public function test_a_body_opens_and_closes_the_same_way( string $name, callable $close, callable $open ): void {
		$kind = Compression::kind( $name );
		$text = str_repeat( 'some text ', 20000 );
		self::assertSame( $text, Compression::open( $close( $text ), $kind ) );
		self::assertSame( 'other', $open( Compression::close( 'other', $kind ) ) );
	}

	public function unreadable(): array {
		return array(
			'not compressed' => array( 'plain text' ),
			'truncated'      => array( substr( (string) gzencode( str_repeat( 'x', 999 ) ), 0, -4 ) ),
			'two members'    => array( gzencode( 'a' ) . gzencode( 'b' ) ),
			'bytes behind'   => array( gzencode( 'a' ) . 'tail' ),
			'nothing'        => array( '' ),
		);
	}

	/** @dataProvider unreadable */
	public function test_what_cannot_be_read_whole_is_unreadable( string $body ): void {
		$kind = Compression::kind( 'gzip' );
		self::assertNull( Compression::open( $body, $kind ) );
	}

	public function test_content_is_bounded_at_the_limit(): void {
		$kind = Compression::kind( 'gzip' );
		$body = (string) gzencode( str_repeat( 'a', 1000 ) );
		self::assertNotNull( Compression::open( $body, $kind, 1000 ) );
		self::assertNull( Compression::open( $body, $kind, 999 ) );
	}

	public function test_a_bomb_stays_small(): void {
		$kind = Compression::kind( 'gzip' );
		$bomb = (string) gzencode( str_repeat( "\0", 60 << 20 ), 9 );
		$peak = memory_get_peak_usage();
		self::assertNull( Compression::open( $bomb, $kind, 1 << 20 ) );
		self::assertLessThan( $peak + ( 32 << 20 ), memory_get_peak_usage() );
	}

	public function kinds(): array {
		return array( array( '', 0 ), array( 'identity', 0 ), array( 'br', -1 ), array( 'gzip, gzip', -1 ), array( 'zstd', -1 ) );
	}

	/** @dataProvider kinds */
	public function test_other_encodings_are_none_or_unreadable( string $name, int $kind ): void {
		self::assertSame( $kind, Compression::kind( $name ) );
	}
}
