<?php
/**
 * Which destination an address is.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

/**
 * Looks hosts up: the site's own rows, then the site itself, then the shipped table. The most specific
 * row wins: exact host over suffix over pattern, a matching path over none.
 */
final class Catalogue {

	/** Hosts whose rows are remembered; a process that talks to more starts over. */
	private const HOSTS_MAX = 256;

	/** Paths of AI services that are not chat, where the row does not tell. */
	private const EMBEDDINGS = '~/(embed(dings?)?|rerank|ranking|semantic_embed)(/|$)|:(batch)?embedcontents?$~i';
	private const MEDIA      = '~/(images?|audio|videos?|files|uploads?|speech|tts)(/|$)~i';

	/**
	 * Rows by host, as already looked up.
	 *
	 * @var array<string, list<int>>
	 */
	private array $known = array();

	/**
	 * A catalogue.
	 *
	 * @param array<string, mixed> $table The built table of data/destinations.php.
	 * @param ExtraRows            $extra Rows of the site's own.
	 * @param Site                 $site  The site itself.
	 */
	public function __construct(
		private readonly array $table,
		private readonly ExtraRows $extra,
		private readonly Site $site,
	) {}

	/**
	 * The destination of an address. Always one: what no row knows is unknown.
	 *
	 * @param Url $url Address.
	 */
	public function find( Url $url ): Destination {
		$own = $this->best( $this->extra->rows( $url->host, $url->port ), $url );
		if ( null !== $own ) {
			return $own;
		}
		if ( $this->site->is( $url->host, $url->port ) ) {
			return self::make( array( 'id' => 'self' ), $url, 'self' );
		}
		$rows = array();
		foreach ( $this->indexes( $url->host, $url->port ) as $index ) {
			$rows[] = $this->table['rows'][ $index ];
		}
		return $this->best( $rows, $url ) ?? self::make( array( 'id' => 'unknown' ), $url, 'unknown' );
	}

	/**
	 * A destination that only its request's body told of.
	 *
	 * @param Url    $url Address.
	 * @param string $id  Which shape was seen.
	 */
	public function told_by_body( Url $url, string $id ): Destination {
		return self::make(
			array(
				'id'     => $id,
				'vendor' => $url->host,
			),
			$url,
			'ai'
		);
	}

	/**
	 * The row whose path matches, else the one without a path, else what the host says of other paths.
	 *
	 * @param list<array<string, mixed>> $rows Rows of this host, most specific host first.
	 * @param Url                        $url  Address.
	 */
	private function best( array $rows, Url $url ): ?Destination {
		$plain = null;
		foreach ( $rows as $row ) {
			if ( '' === $row['path'] ) {
				$plain ??= $row;
			} elseif ( 1 === preg_match( $row['path'], $url->path ) ) {
				return self::make( $row, $url, $row['class'] );
			}
		}
		if ( null !== $plain ) {
			return self::make( $plain, $url, $plain['class'] );
		}
		if ( array() === $rows ) {
			return null;
		}
		return $this->unlisted( $rows, $url );
	}

	/**
	 * A known host on a path of which no row speaks.
	 *
	 * @param non-empty-list<array<string, mixed>> $rows Rows.
	 * @param Url                                  $url  Address.
	 */
	private function unlisted( array $rows, Url $url ): Destination {
		$row = $rows[0];
		foreach ( $rows as $other ) {
			if ( $other['shared'] ?? false ) {
				return self::make( array( 'id' => 'unknown' ), $url, 'unknown' );
			}
			if ( 'ai' === $other['class'] && 'ai' !== $row['class'] ) {
				$row = $other;
			}
		}
		if ( 'local_ai' === $row['class'] ) {
			return self::make( array( 'id' => 'unknown' ), $url, 'unknown' ); // Any program may listen there.
		}
		foreach ( $rows as $other ) {
			$row['headers'] = array_merge( $row['headers'], $other['headers'] );
			$row['query']   = array_merge( $row['query'], $other['query'] );
		}
		$row['id'] = strtok( $row['id'], '.' ) . '.other';
		return self::make( $row, $url, $row['class'] );
	}

	/**
	 * A destination from a row.
	 *
	 * @param array<string, mixed> $row   Row.
	 * @param Url                  $url   Address.
	 * @param string               $class Class.
	 */
	private static function make( array $row, Url $url, string $class ): Destination {
		$headers = $row['headers'] ?? array();
		$use     = $row['use'] ?? '';
		if ( 'ai' === $class && '' === $use ) {
			$use = 'chat';
			if ( 1 === preg_match( self::EMBEDDINGS, $url->path ) ) {
				$use = 'embeddings';
			} elseif ( 1 === preg_match( self::MEDIA, $url->path ) ) {
				$use = 'media';
			}
		}
		return new Destination(
			$row['id'],
			$row['vendor'] ?? '',
			$url->host,
			$url->port,
			$class,
			$use,
			array() === $headers ? Destination::USUAL_HEADERS : $headers,
			$row['query'] ?? array(),
		);
	}

	/**
	 * Rows of a host: by hash for exact hosts and suffixes, then one pattern for all the rest.
	 *
	 * @param string $host Host.
	 * @param int    $port Port.
	 * @return list<int>
	 */
	private function indexes( string $host, int $port ): array {
		$key = $host . ':' . $port;
		if ( isset( $this->known[ $key ] ) ) {
			return $this->known[ $key ];
		}
		$found = $this->table['exact'][ $host ] ?? array();
		$tail  = '.' . $host;
		while ( array() === $found && '' !== $tail ) {
			$found = $this->table['suffix'][ $tail ] ?? array();
			$next  = strpos( $tail, '.', 1 );
			$tail  = false === $next ? '' : substr( $tail, $next );
		}
		if ( array() === $found ) {
			foreach ( array( $key, $host ) as $subject ) {
				if ( 1 === preg_match( $this->table['any'], $subject ) ) {
					foreach ( $this->table['regex'] as $regex => $indexes ) {
						if ( 1 === preg_match( $regex, $subject ) ) {
							$found = array_merge( $found, $indexes );
						}
					}
				}
			}
		}
		if ( count( $this->known ) >= self::HOSTS_MAX ) {
			$this->known = array();
		}
		$this->known[ $key ] = $found;
		return $found;
	}
}
