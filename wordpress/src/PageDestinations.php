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
	 * Rows so far, by what is in them.
	 *
	 * @var array<string, array<string, string>>
	 */
	private array $found = array();

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
	 * @param list<string> $names Names that are protected, in lower case.
	 * @return list<array<string, string>>|null
	 */
	public function rows( array $names ): ?array {
		if ( in_array( 'all', $names, true ) ) {
			return null;
		}
		if ( array() === $names ) {
			return array();
		}
		$this->found = array();
		$this->add_own( $names );
		$this->add_shipped( $names );
		// A host that is protected as a whole needs no row for one of its paths.
		return array_values( array_filter( $this->found, fn( array $rule ): bool => ! isset( $rule['path'], $this->found[ $rule['host'] ] ) ) );
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
	 * Adds the site's own rows.
	 *
	 * @param list<string> $names Names.
	 */
	private function add_own( array $names ): void {
		foreach ( $this->extra->for_pages() as $row ) {
			$host     = self::own_host( $row );
			$is_whole = self::is_whole( $row, $names );
			if ( null !== $is_whole ) {
				$this->add( $host, $row, $is_whole );
			}
			foreach ( $names as $name ) {
				if ( in_array( $name, array( $host, $row['host'] ), true ) || ( '.' === $host[0] && str_ends_with( '.' . strtok( $name, ':' ), $host ) ) ) {
					$this->add( $name, $row, true );
				}
			}
		}
	}

	/**
	 * Adds rows of the shipped table: those of a name, then those of a host.
	 *
	 * @param list<string> $names Names.
	 */
	private function add_shipped( array $names ): void {
		$table = ( $this->table )();
		$named = array();
		foreach ( $table['rows'] as $index => $row ) {
			$is_whole = 'ai' === $row['class'] ? self::is_whole( $row, $names ) : null;
			if ( null !== $is_whole ) {
				$named[ $index ] = $is_whole;
			}
		}
		foreach ( array( 'exact', 'suffix', 'regex' ) as $match ) {
			foreach ( array() === $named ? array() : $table[ $match ] as $host => $indexes ) {
				foreach ( array_intersect_key( $named, array_flip( $indexes ) ) as $index => $is_whole ) {
					$this->add( 'regex' === $match ? self::source( $host ) : $host, $table['rows'][ $index ], $is_whole );
				}
			}
		}
		foreach ( $names as $name ) {
			foreach ( self::of_host( $table, (string) strtok( $name, ':' ) ) as $index ) {
				if ( 'ai' === $table['rows'][ $index ]['class'] ) {
					$this->add( (string) preg_replace( '~:443$~D', '', $name ), $table['rows'][ $index ], true );
				}
			}
		}
	}

	/**
	 * Adds a row.
	 *
	 * @param string               $host     Host.
	 * @param array<string, mixed> $row      Row of the catalogue.
	 * @param bool                 $is_whole Whether all of the host is meant, unless it carries much else.
	 */
	private function add( string $host, array $row, bool $is_whole ): void {
		$path = '' !== $row['path'] && ( ! $is_whole || $row['shared'] ) ? self::source( $row['path'] ) : '';
		$rule = array( 'host' => $host ) + ( '' === $path ? array() : array( 'path' => $path ) );

		$this->found[ implode( ' ', $rule ) ] = $rule;
	}

	/**
	 * Whether a name means all of a row's host, or its path alone; null when none means it.
	 *
	 * @param array<string, mixed> $row   Row.
	 * @param list<string>         $names Names.
	 */
	private static function is_whole( array $row, array $names ): ?bool {
		$id = strtolower( $row['id'] );
		if ( in_array( strtolower( $row['vendor'] ), $names, true ) || in_array( strtok( $id, '.' ), $names, true ) ) {
			return true;
		}
		return in_array( $id, $names, true ) ? false : null;
	}

	/**
	 * Rows of a host in the shipped table.
	 *
	 * @param array<string, mixed> $table Table.
	 * @param string               $host  Host.
	 * @return list<int>
	 */
	private static function of_host( array $table, string $host ): array {
		if ( ! str_contains( $host, '.' ) ) {
			return array();
		}
		if ( isset( $table['exact'][ $host ] ) ) {
			return $table['exact'][ $host ];
		}
		foreach ( $table['suffix'] as $suffix => $indexes ) {
			if ( str_ends_with( '.' . $host, $suffix ) ) {
				return $indexes;
			}
		}
		foreach ( 1 === preg_match( $table['any'], $host ) ? $table['regex'] : array() as $regex => $indexes ) {
			if ( 1 === preg_match( $regex, $host ) ) {
				return $indexes;
			}
		}
		return array();
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
