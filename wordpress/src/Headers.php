<?php
/**
 * Headers of a request, whatever form a caller gave them.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

/**
 * Pure functions over header arrays; names are compared without case.
 */
final class Headers {

	/** Headers that are part of the protocol and never altered. */
	private const PROTOCOL = array(
		'accept'              => true,
		'accept-charset'      => true,
		'accept-encoding'     => true,
		'accept-language'     => true,
		'cache-control'       => true,
		'connection'          => true,
		'content-encoding'    => true,
		'content-length'      => true,
		'content-type'        => true,
		'date'                => true,
		'expect'              => true,
		'host'                => true,
		'openai-beta'         => true,
		'openai-organization' => true,
		'openai-project'      => true,
		'anthropic-beta'      => true,
		'anthropic-version'   => true,
		'te'                  => true,
		'traceparent'         => true,
		'tracestate'          => true,
		'transfer-encoding'   => true,
		'upgrade'             => true,
		'user-agent'          => true,
		'x-goog-api-client'   => true,
		'x-goog-user-project' => true,
	);

	/** Headers that speak of the body's bytes and lie once these changed. */
	private const OF_BODY = array( 'content-length', 'content-md5', 'digest', 'content-digest', 'repr-digest' );

	/** Headers that are credentials or cookies: they stay with the host they were made for. */
	private const OF_HOST = array( 'authorization', 'proxy-authorization', 'cookie', 'x-api-key', 'api-key', 'x-goog-api-key', 'xi-api-key' );

	/**
	 * Headers as an array. WordPress takes a text too.
	 *
	 * @param mixed $headers Headers as a caller gave them.
	 * @return array<int|string, mixed>
	 */
	public static function from( mixed $headers ): array {
		if ( is_array( $headers ) ) {
			return $headers;
		}
		$found = array();
		if ( ! is_string( $headers ) || '' === $headers ) {
			return $found;
		}
		$text = (string) preg_replace( '~\r?\n[ \t]+~', ' ', $headers );
		foreach ( preg_split( '~\r\n|\n|\r~', $text ) ?: array() as $line ) {
			$colon = strpos( $line, ':' );
			if ( false === $colon || 0 === $colon ) {
				continue;
			}
			$name  = substr( $line, 0, $colon );
			$value = trim( substr( $line, $colon + 1 ) );

			$found[ $name ] = isset( $found[ $name ] ) ? $found[ $name ] . ', ' . $value : $value;
		}
		return $found;
	}

	/**
	 * One header's value; the first where there are more.
	 *
	 * @param array<int|string, mixed> $headers Headers.
	 * @param string                   $name    Name in lower case.
	 */
	public static function get( array $headers, string $name ): string {
		foreach ( $headers as $key => $value ) {
			if ( 0 === strcasecmp( (string) $key, $name ) ) {
				$value = is_array( $value ) ? reset( $value ) : $value;
				return is_scalar( $value ) ? (string) $value : '';
			}
		}
		return '';
	}

	/**
	 * Headers without some.
	 *
	 * @param array<int|string, mixed> $headers Headers.
	 * @param list<string>             $names   Names in lower case.
	 * @return array<int|string, mixed>
	 */
	public static function without( array $headers, array $names ): array {
		foreach ( array_keys( $headers ) as $key ) {
			if ( in_array( strtolower( (string) $key ), $names, true ) ) {
				unset( $headers[ $key ] );
			}
		}
		return $headers;
	}

	/**
	 * Headers that still hold after the body changed: a stale length hangs the call.
	 *
	 * @param array<int|string, mixed> $headers Headers.
	 * @return array<int|string, mixed>
	 */
	public static function for_changed_body( array $headers ): array {
		return self::without( $headers, self::OF_BODY );
	}

	/**
	 * Headers that may go on to another host.
	 *
	 * @param array<int|string, mixed> $headers Headers.
	 * @param list<string>             $own     More names, in lower case, that carry a credential.
	 * @return array<int|string, mixed>
	 */
	public static function for_other_host( array $headers, array $own ): array {
		return self::without( $headers, array_merge( self::OF_HOST, $own ) );
	}

	/**
	 * Whether a header is part of the protocol.
	 *
	 * @param string $name Name in lower case.
	 */
	public static function is_protocol( string $name ): bool {
		return isset( self::PROTOCOL[ $name ] );
	}

	/**
	 * The character set that a content type names, or an empty string.
	 *
	 * @param string $type Content type.
	 */
	public static function charset( string $type ): string {
		return 1 === preg_match( '~;\s*charset\s*=\s*["\']?([A-Za-z0-9._:-]+)~i', $type, $found ) ? strtolower( $found[1] ) : '';
	}
}
