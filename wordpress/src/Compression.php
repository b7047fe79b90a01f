<?php
/**
 * Bodies that a caller compressed.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

/**
 * Opens gzip and deflate within a bound, and closes them the same way. What it cannot read whole is
 * unreadable: bytes behind the first stream would pass unseen.
 */
final class Compression {

	/** Largest content, in bytes; the engine's own limit on bodies is smaller or equal. */
	public const BYTES_MAX = 67108864;

	/** How much is read at a time, so that a small bomb does not become a large string. */
	private const STEP_BYTES = 8192;

	/** What zlib calls each encoding. */
	private const KINDS = array(
		'gzip'    => ZLIB_ENCODING_GZIP,
		'x-gzip'  => ZLIB_ENCODING_GZIP,
		'deflate' => ZLIB_ENCODING_DEFLATE,
	);

	/**
	 * The encoding that a header names: a kind of zlib, 0 for none, -1 for one that cannot be read.
	 *
	 * @param string $encoding Content-Encoding.
	 */
	public static function kind( string $encoding ): int {
		$encoding = strtolower( trim( $encoding ) );
		if ( '' === $encoding || 'identity' === $encoding ) {
			return 0;
		}
		return self::KINDS[ $encoding ] ?? -1;
	}

	/**
	 * The content, or null when it cannot be read whole within the bound.
	 *
	 * @param string $body Compressed body.
	 * @param int    $kind Kind of zlib, by reference: deflate is sent with and without a zlib header.
	 * @param int    $max  Largest content, in bytes.
	 */
	public static function open( string $body, int &$kind, int $max = self::BYTES_MAX ): ?string {
		$content = self::inflate( $body, $kind, $max );
		if ( null === $content && ZLIB_ENCODING_DEFLATE === $kind ) {
			$content = self::inflate( $body, ZLIB_ENCODING_RAW, $max );
			if ( null !== $content ) {
				$kind = ZLIB_ENCODING_RAW;
			}
		}
		return $content;
	}

	/**
	 * The body compressed again.
	 *
	 * @param string $content Content.
	 * @param int    $kind    Kind of zlib.
	 */
	public static function close( string $content, int $kind ): ?string {
		$body = zlib_encode( $content, $kind );
		return false === $body ? null : $body;
	}

	/**
	 * One stream, whole.
	 *
	 * @param string $body Compressed body.
	 * @param int    $kind Kind of zlib.
	 * @param int    $max  Largest content, in bytes.
	 */
	private static function inflate( string $body, int $kind, int $max ): ?string {
		$stream = inflate_init( $kind );
		if ( false === $stream ) {
			return null;
		}
		$content = '';
		$size    = strlen( $body );
		for ( $at = 0; $at < $size; $at += self::STEP_BYTES ) {
			// phpcs:ignore Generic.PHP.NoSilencedErrors -- bad data warns, and here that is an answer.
			$part = @inflate_add( $stream, substr( $body, $at, self::STEP_BYTES ), ZLIB_SYNC_FLUSH );
			if ( false === $part ) {
				return null;
			}
			$content .= $part;
			if ( strlen( $content ) > $max ) {
				return null;
			}
			if ( ZLIB_STREAM_END === inflate_get_status( $stream ) ) {
				break;
			}
		}
		$whole = ZLIB_STREAM_END === inflate_get_status( $stream ) && inflate_get_read_len( $stream ) === $size;
		return $whole ? $content : null;
	}
}
