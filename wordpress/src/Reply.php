<?php
/**
 * Puts the real values back into a reply.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

use Throwable;

/**
 * In memory, in a file, or in the network library's object. A fault leaves the reply as it came: its tokens
 * tell nothing.
 */
final class Reply {

	/** Largest file that is restored, in bytes; a larger one keeps its tokens. */
	private const FILE_BYTES_MAX = 8388608;

	/** Types of files that hold text. */
	private const TEXT = '~^\s*(?:$|text/|application/(?:[a-z0-9.+-]*\+)?(?:json|xml)|application/(?:javascript|x-ndjson|x-www-form-urlencoded))~i';

	/**
	 * Restores a response of WP_Http::request().
	 *
	 * @param array<string, mixed> $response Response.
	 * @param Exchange             $exchange Exchange.
	 * @return array<string, mixed>
	 */
	public function restore( array $response, Exchange $exchange ): array {
		$type = self::type( $response['headers'] ?? null );
		$file = $response['filename'] ?? null;
		if ( is_string( $file ) && '' !== $file ) {
			$this->restore_file( $file, $type, $exchange );
			return $response;
		}
		$body = $response['body'] ?? '';
		if ( ! is_string( $body ) || '' === $body ) {
			return $response;
		}
		$restored = $this->text( $body, $type, $exchange );
		if ( $restored !== $body ) {
			$response['body'] = $restored;
			$object           = $response['http_response'] ?? null;
			if ( is_object( $object ) && method_exists( $object, 'set_data' ) ) {
				$object->set_data( $restored );
			}
		}
		return $response;
	}

	/**
	 * Restores a response object of the network library.
	 *
	 * @param object   $response Response with body and headers.
	 * @param Exchange $exchange Exchange.
	 * @param string   $file     File that the body went to, or an empty string.
	 */
	public function restore_object( object $response, Exchange $exchange, string $file ): void {
		$type = self::type( $response->headers ?? null );
		if ( '' !== $file ) {
			$this->restore_file( $file, $type, $exchange );
		} elseif ( is_string( $response->body ?? null ) && '' !== $response->body ) {
			$response->body = $this->text( $response->body, $type, $exchange );
		}
	}

	/**
	 * Restores a file in place.
	 *
	 * @param string   $file     File.
	 * @param string   $type     Content type.
	 * @param Exchange $exchange Exchange.
	 */
	private function restore_file( string $file, string $type, Exchange $exchange ): void {
		if ( 1 !== preg_match( self::TEXT, $type ) || ! is_file( $file ) || (int) filesize( $file ) > self::FILE_BYTES_MAX ) {
			return;
		}
		$body = file_get_contents( $file );
		if ( ! is_string( $body ) || '' === $body ) {
			return;
		}
		$restored = $this->text( $body, $type, $exchange );
		if ( $restored !== $body ) {
			file_put_contents( $file, $restored, LOCK_EX );
		}
	}

	/**
	 * Restores a text and counts.
	 *
	 * @param string   $body     Body.
	 * @param string   $type     Content type.
	 * @param Exchange $exchange Exchange.
	 */
	private function text( string $body, string $type, Exchange $exchange ): string {
		if ( null === $exchange->outcome ) {
			return $body;
		}
		$started = hrtime( true );
		try {
			$restored                   = $exchange->outcome->restore( $body, $type );
			$exchange->event->restored += $exchange->outcome->restored();
		} catch ( Throwable $fault ) {
			$restored                = $body;
			$exchange->event->reason = Reason::FAULT;
		}
		$exchange->event->duration_us += intdiv( hrtime( true ) - $started, 1000 );
		return $restored;
	}

	/**
	 * The content type among a reply's headers.
	 *
	 * @param mixed $headers Array, or a dictionary that ignores case.
	 */
	private static function type( mixed $headers ): string {
		if ( is_array( $headers ) ) {
			return Headers::get( $headers, 'content-type' );
		}
		$value = $headers instanceof \ArrayAccess && isset( $headers['content-type'] ) ? $headers['content-type'] : '';
		$value = is_array( $value ) ? end( $value ) : $value;
		return is_string( $value ) ? $value : '';
	}
}
