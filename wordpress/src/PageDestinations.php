<?php
/**
 * Which AI services a page's scripts are protected from.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

use Closure;

/**
 * The names that the owner protects, as rows that a browser can compare an address with. "All AI" needs none:
 * the browser's engine has the same list. What is only watched is in no row, and left alone.
 *
 * A row has a `host`, as the catalogue writes it (a name, a name with its port, `.suffix` or `^pattern$`), and
 * may have a `path`, a pattern.
 */
final class PageDestinations {

	/**
	 * Destinations for pages.
	 *
	 * @param Closure():array<string, mixed> $table The built table of data/destinations.php, when it is needed.
	 * @param ExtraRows                      $extra Rows of the site's own.
	 */
	public function __construct(
		private readonly Closure $table,
		private readonly ExtraRows $extra,
	) {}

	/**
	 * Rows of what is protected; null for all AI services.
	 *
	 * @param Settings $settings Settings.
	 * @return list<array<string, string>>|null
	 */
	public function rows( Settings $settings ): ?array {
		$names = $settings->protected_names();
		if ( in_array( 'all', $names, true ) ) {
			return null;
		}
		$found = array();
		foreach ( array() === $names ? array() : $this->all() as $row ) {
			foreach ( self::hosts( $row, $names ) as $host => $is_whole ) {
				$path = '' !== $row['path'] && ( ! $is_whole || $row['shared'] ) ? self::source( $row['path'] ) : '';
				$rule = array( 'host' => (string) $host ) + ( '' === $path ? array() : array( 'path' => $path ) );

				$found[ implode( ' ', $rule ) ] = $rule;
			}
		}
		// A host that is protected as a whole needs no row for one of its paths.
		return array_values( array_filter( $found, static fn( array $rule ): bool => ! isset( $rule['path'], $found[ $rule['host'] ] ) ) );
	}

	/**
	 * Hosts of the site's own, which the browser's list does not have: for pages where all AI is protected.
	 *
	 * @return list<string>
	 */
	public function own_hosts(): array {
		return array_values( array_unique( array_map( array( self::class, 'own_host' ), $this->extra->for_pages() ) ) );
	}

	/**
	 * Hosts of a row that the names protect: whether all of a host, or only the row's path.
	 *
	 * @param array<string, mixed> $row   Row.
	 * @param list<string>         $names Names that are protected.
	 * @return array<string, bool>
	 */
	private static function hosts( array $row, array $names ): array {
		$id    = strtolower( $row['id'] );
		$hosts = array();
		foreach ( $names as $name ) {
			if ( $name === $id ) {
				$hosts[ $row['host'] ] ??= false;
			}
			if ( in_array( $name, array( strtolower( $row['vendor'] ), strtok( $id, '.' ) ), true ) ) {
				$hosts[ $row['host'] ] = true;
			} elseif ( self::covers( $row['host'], $name ) ) {
				$hosts[ (string) preg_replace( '~:443$~D', '', $name ) ] = true;
			}
		}
		return $hosts;
	}

	/**
	 * Whether a row speaks of a host.
	 *
	 * @param string $pattern The row's host.
	 * @param string $name    Host, maybe with its port.
	 */
	private static function covers( string $pattern, string $name ): bool {
		if ( $pattern === $name ) {
			return true;
		}
		$host = (string) strtok( $name, ':' );
		if ( ! str_contains( $host, '.' ) ) {
			return false;
		}
		return match ( $pattern[0] ) {
			'.'     => str_ends_with( '.' . $host, $pattern ),
			'^'     => 1 === preg_match( '~' . str_replace( '~', '\~', $pattern ) . '~', $host ),
			default => $pattern === $host,
		};
	}

	/**
	 * All rows of AI services, each with its host.
	 *
	 * @return iterable<array{id: string, vendor: string, host: string, path: string, shared: bool}>
	 */
	private function all(): iterable {
		foreach ( $this->extra->for_pages() as $row ) {
			yield array( 'host' => self::own_host( $row ) ) + $row;
		}
		$table = ( $this->table )();
		foreach ( array( 'exact', 'suffix', 'regex' ) as $match ) {
			foreach ( $table[ $match ] as $host => $indexes ) {
				foreach ( $indexes as $index ) {
					if ( 'ai' === $table['rows'][ $index ]['class'] ) {
						yield array( 'host' => 'regex' === $match ? self::source( $host ) : $host ) + $table['rows'][ $index ];
					}
				}
			}
		}
	}

	/**
	 * The host of a row of the site's own, with its port.
	 *
	 * @param array<string, mixed> $row Row.
	 */
	private static function own_host( array $row ): string {
		return 0 === $row['port'] || '.' === $row['host'][0] ? $row['host'] : $row['host'] . ':' . $row['port'];
	}

	/**
	 * A pattern without PHP's delimiters.
	 *
	 * @param string $regex Pattern.
	 */
	private static function source( string $regex ): string {
		return str_replace( '\~', '~', substr( $regex, 1, -1 ) );
	}
}
