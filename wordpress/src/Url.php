<?php
/**
 * One address, taken apart once.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

/**
 * Host, port, path and query of an address, normalised for look-ups; the raw text stays as it was.
 */
final class Url {

	/**
	 * Use parse().
	 *
	 * @param string $raw   The address as given.
	 * @param string $host  Lower case, without a closing dot.
	 * @param int    $port  Port, also when the scheme implies it.
	 * @param string $path  Path, at least a slash.
	 * @param string $query Raw query without the question mark.
	 */
	private function __construct(
		public readonly string $raw,
		public readonly string $host,
		public readonly int $port,
		public readonly string $path,
		public readonly string $query,
	) {}

	/**
	 * The parts, or null where there is no host: such a request goes nowhere.
	 *
	 * @param string $raw Address.
	 */
	public static function parse( string $raw ): ?self {
		$parts = parse_url( $raw );
		if ( ! is_array( $parts ) || ! isset( $parts['host'] ) ) {
			return null;
		}
		$host = $parts['host'];
		if ( str_contains( $host, '%' ) ) {
			$host = rawurldecode( $host ); // The network library decodes it too.
		}
		$scheme = strtolower( $parts['scheme'] ?? 'http' );
		$path   = $parts['path'] ?? '';
		return new self(
			$raw,
			rtrim( strtolower( $host ), '.' ),
			$parts['port'] ?? ( 'http' === $scheme ? 80 : 443 ),
			'' === $path ? '/' : $path,
			$parts['query'] ?? '',
		);
	}

	/**
	 * The raw address with another query; all other bytes stay.
	 *
	 * @param string $query Raw query without the question mark.
	 */
	public function with_query( string $query ): string {
		$fragment = strpos( $this->raw, '#' );
		$end      = false === $fragment ? strlen( $this->raw ) : $fragment;
		$start    = strpos( substr( $this->raw, 0, $end ), '?' );
		if ( false === $start ) {
			return $this->raw;
		}
		return substr( $this->raw, 0, $start + 1 ) . $query . substr( $this->raw, $end );
	}
}
