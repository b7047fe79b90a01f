<?php
/**
 * The site's own destinations.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

/**
 * Rows of the filter tamis_destinations. Read again as WordPress loads, since other must-use plugins and
 * plugins add theirs after this one has loaded.
 */
final class ExtraRows {

	/** Rows taken from the filter; more are left out and Site Health says so. */
	public const ROWS_MAX = 512;

	/** Classes that a row may name. */
	private const CLASSES = array( 'self', 'ai', 'local_ai', 'payment', 'shipping', 'tax', 'mail', 'search', 'feed', 'erp', 'licence', 'platform', 'telemetry', 'unknown' );

	/** How far WordPress had loaded when the rows were read. */
	private int $stage = -1;

	/**
	 * Rows in the form of the shipped table, with host and port.
	 *
	 * @var list<array<string, mixed>>
	 */
	private array $rows = array();

	/** Rows that were left out. */
	private int $refused = 0;

	/**
	 * Rows of one host, most specific first.
	 *
	 * @param string $host Host.
	 * @param int    $port Port.
	 * @return list<array<string, mixed>>
	 */
	public function rows( string $host, int $port ): array {
		$this->refresh();
		$found = array();
		foreach ( $this->rows as $row ) {
			if ( 0 !== $row['port'] && $row['port'] !== $port ) {
				continue;
			}
			$weight = self::weight( $row['host'], $host );
			if ( $weight > 0 ) {
				$found[ $weight * 2 + ( 0 === $row['port'] ? 0 : 1 ) ][] = $row;
			}
		}
		krsort( $found );
		return array_merge( ...array_values( $found ) );
	}

	/**
	 * AI services that pages may name to the world: a gateway that only the server calls is nobody's business.
	 * Their hosts are names or suffixes; a pattern is not shown.
	 *
	 * @return list<array<string, mixed>>
	 */
	public function for_pages(): array {
		$this->refresh();
		return array_values( array_filter( $this->rows, static fn( array $row ): bool => $row['page'] && 'ai' === $row['class'] && '~' !== $row['host'][0] ) );
	}

	/** How many rows were left out since they are no rows. */
	public function refused(): int {
		return $this->refused;
	}

	/**
	 * How well a row's host fits: 3 exact, 2 suffix, 1 pattern, 0 not.
	 *
	 * @param string $pattern Host, suffix with a leading dot, or pattern with a leading caret.
	 * @param string $host    Host.
	 */
	private static function weight( string $pattern, string $host ): int {
		if ( $pattern === $host ) {
			return 3;
		}
		if ( '.' === $pattern[0] ) {
			return str_ends_with( '.' . $host, $pattern ) ? 2 : 0;
		}
		return '~' === $pattern[0] && 1 === preg_match( $pattern, $host ) ? 1 : 0;
	}

	/** Reads the rows again where WordPress has loaded further. */
	private function refresh(): void {
		$stage = did_action( 'muplugins_loaded' ) + did_action( 'plugins_loaded' ) + did_action( 'init' );
		if ( $stage !== $this->stage ) {
			$this->stage = $stage;
			$this->read( $this->asked() );
		}
	}

	/** What the filter gives. Another plugin's fault there must not end every call of the site. */
	private function asked(): mixed {
		try {
			return apply_filters( 'tamis_destinations', array() );
		} catch ( \Throwable $fault ) {
			return array( null );
		}
	}

	/**
	 * Takes the filter's rows in. Whatever is no row is left out: another plugin's slip must not open or
	 * break anything.
	 *
	 * @param mixed $rows What the filter gave.
	 */
	private function read( mixed $rows ): void {
		$this->rows    = array();
		$this->refused = 0;
		foreach ( is_array( $rows ) ? $rows : array() as $row ) {
			$clean = is_array( $row ) && count( $this->rows ) < self::ROWS_MAX ? self::row( $row ) : null;
			if ( null === $clean ) {
				++$this->refused;
			} else {
				$this->rows[] = $clean;
			}
		}
	}

	/**
	 * One row, or null.
	 *
	 * @param array<mixed> $row Row.
	 * @return array<string, mixed>|null
	 */
	private static function row( array $row ): ?array {
		$text = static fn( string $name ): string => isset( $row[ $name ] ) && is_scalar( $row[ $name ] ) ? (string) $row[ $name ] : '';
		$host = strtolower( $text( 'host' ) );
		$id   = $text( 'id' );
		if ( '' === $host || '' === $id || strlen( $id ) > 64 || ! in_array( $text( 'class' ), self::CLASSES, true ) ) {
			return null;
		}
		if ( '^' === $host[0] ) {
			$host = self::regex( $text( 'host' ) );
		}
		$path = '' === $text( 'path' ) ? '' : self::regex( $text( 'path' ) );
		if ( null === $host || null === $path ) {
			return null;
		}
		return array(
			'id'      => $id,
			'vendor'  => '' === $text( 'vendor' ) ? $id : $text( 'vendor' ),
			'host'    => $host,
			'port'    => (int) $text( 'port' ),
			'class'   => $text( 'class' ),
			'use'     => in_array( $text( 'use' ), array( 'chat', 'embeddings', 'translation', 'media' ), true ) ? $text( 'use' ) : '',
			'path'    => $path,
			'shape'   => $text( 'shape' ),
			'headers' => self::names( $row['headers'] ?? array() ),
			'query'   => self::names( $row['query'] ?? array() ),
			'shared'  => ! empty( $row['shared'] ),
			'page'    => ! empty( $row['page'] ),
		);
	}

	/**
	 * A pattern that compiles, or null.
	 *
	 * @param string $pattern Pattern without delimiters.
	 */
	private static function regex( string $pattern ): ?string {
		$regex = '~' . str_replace( '~', '\~', $pattern ) . '~';
		// phpcs:ignore Generic.PHP.NoSilencedErrors -- a bad pattern warns, and here that is an answer.
		return false === @preg_match( $regex, '' ) ? null : $regex;
	}

	/**
	 * Names in lower case.
	 *
	 * @param mixed $names Names.
	 * @return list<string>
	 */
	private static function names( mixed $names ): array {
		return array_map( 'strtolower', array_values( array_filter( (array) $names, 'is_string' ) ) );
	}
}
