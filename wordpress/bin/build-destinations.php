<?php
/**
 * Builds data/destinations.php from the two catalogues, so that a request pays no parsing: the
 * result is one constant array, which opcache shares between workers.
 *
 * Run it after a change of a catalogue: php bin/build-destinations.php. A test compares the result.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress\Build;

use RuntimeException;

/**
 * Reads the catalogues and writes the table that Catalogue looks hosts up in.
 */
final class DestinationTable {

	/** Each class of the AI catalogue maps to exactly one of ours. */
	private const CLASSES = array(
		'llm'            => 'ai',
		'aggregator'     => 'ai',
		'embedding'      => 'ai',
		'vector'         => 'ai',
		'image'          => 'ai',
		'audio'          => 'ai',
		'translate'      => 'ai',
		'wp-vendor'      => 'ai',
		'local'          => 'local_ai',
		'ml-saas'        => 'search',
		'telemetry'      => 'telemetry',
		'browser-widget' => 'unknown',
	);

	/** Rows whose host serves models although the catalogue files them under services. */
	private const ROW_CLASSES = array(
		'azure.cognitive'          => 'ai',
		'azure.cognitive.regional' => 'ai',
		'google.nlp'               => 'ai',
		'akismet'                  => 'platform',
	);

	/** AI hosts that carry much else: an unlisted path there is unknown. */
	private const SHARED = array(
		'public-api.wordpress.com',
		'api.cloudflare.com',
		'my.elementor.com',
		'api.zipwp.com',
		'.snowflakecomputing.com',
		'^.+\.(cloud\.databricks\.com|azuredatabricks\.net|gcp\.databricks\.com)$',
	);

	/** What a whole class of the catalogue is used for; the others are told by the path. */
	private const USES = array(
		'embedding' => 'embeddings',
		'vector'    => 'embeddings',
		'translate' => 'translation',
		'image'     => 'media',
		'audio'     => 'media',
	);

	/** Classes that a row may end in. */
	private const OURS = array( 'ai', 'local_ai', 'payment', 'shipping', 'tax', 'mail', 'search', 'feed', 'erp', 'licence', 'platform', 'telemetry', 'unknown' );

	/**
	 * The PHP file's text.
	 *
	 * @param string $folder Where the catalogues are.
	 */
	public static function source( string $folder ): string {
		$table = self::table( self::rows( $folder ) );
		return "<?php\n/**\n * Destinations by host. Built by bin/build-destinations.php: change the catalogues, not this file.\n"
			. " *\n * @package Tamis\n */\n\ndeclare( strict_types=1 );\n\nreturn "
			. self::export( $table, 0 ) . ";\n";
	}

	/**
	 * Rows of both catalogues in one form.
	 *
	 * @param string $folder Where the catalogues are.
	 * @return list<array<string, mixed>>
	 */
	private static function rows( string $folder ): array {
		$rows = array();
		foreach ( self::read( $folder . '/ai-destinations.tsv' ) as $row ) {
			if ( 'heuristic' === $row['class'] || 'caller' === $row['match'] ) {
				continue; // These look at bodies and callers, not at hosts.
			}
			if ( ! isset( self::CLASSES[ $row['class'] ] ) ) {
				throw new RuntimeException( 'Unmapped class in row ' . $row['id'] );
			}
			$rows[] = array(
				'id'      => $row['id'],
				'vendor'  => $row['vendor'],
				'host'    => $row['host_pattern'],
				'match'   => $row['match'],
				'class'   => self::ROW_CLASSES[ $row['id'] ] ?? self::CLASSES[ $row['class'] ],
				'use'     => self::USES[ $row['class'] ] ?? '',
				'shape'   => $row['shape'],
				'path'    => $row['path_regex'],
				'carrier' => $row['secret_carrier'],
				'shared'  => in_array( $row['host_pattern'], self::SHARED, true ),
			);
		}
		foreach ( self::read( $folder . '/store-destinations.tsv' ) as $row ) {
			if ( ! in_array( $row['class'], self::OURS, true ) ) {
				throw new RuntimeException( 'Unknown class in row ' . $row['id'] );
			}
			$rows[] = array(
				'id'      => $row['id'],
				'vendor'  => $row['vendor'],
				'host'    => $row['host_pattern'],
				'match'   => $row['match'],
				'class'   => $row['class'],
				'use'     => '',
				'shape'   => '',
				'path'    => $row['path_regex'],
				'carrier' => '',
				'shared'  => 'yes' === $row['shared'],
			);
		}
		return $rows;
	}

	/**
	 * The lines of a file of tab-separated values by their header's names.
	 *
	 * @param string $path The file.
	 * @return list<array<string, string>>
	 */
	private static function read( string $path ): array {
		$lines = file( $path, FILE_IGNORE_NEW_LINES );
		if ( false === $lines || array() === $lines ) {
			throw new RuntimeException( 'A catalogue cannot be read.' );
		}
		$names = explode( "\t", (string) array_shift( $lines ) );
		$rows  = array();
		foreach ( $lines as $line ) {
			if ( '' !== $line ) {
				$rows[] = array_combine( $names, array_pad( explode( "\t", $line ), count( $names ), '' ) );
			}
		}
		return $rows;
	}

	/**
	 * Rows by how their host is looked up.
	 *
	 * @param list<array<string, mixed>> $rows Rows.
	 * @return array<string, mixed>
	 */
	private static function table( array $rows ): array {
		$table  = array(
			'rows'   => array(),
			'exact'  => array(),
			'suffix' => array(),
			'regex'  => array(),
			'any'    => '',
		);
		$shared = array();
		foreach ( $rows as $row ) {
			$shared[ $row['host'] ] = ( $shared[ $row['host'] ] ?? false ) || $row['shared'];
		}
		foreach ( $rows as $index => $row ) {
			$path = '' === $row['path'] ? '' : self::regex( $row['path'], $row['id'] );

			$table['rows'][ $index ] = array(
				'id'      => $row['id'],
				'vendor'  => $row['vendor'],
				'class'   => $row['class'],
				'use'     => $row['use'],
				'shape'   => $row['shape'],
				'path'    => $path,
				'headers' => self::carrier_headers( $row['carrier'] ),
				'query'   => self::carrier_query( $row['carrier'] ),
				'shared'  => $shared[ $row['host'] ],
			);
			$host = 'regex' === $row['match'] ? self::regex( $row['host'], $row['id'] ) : strtolower( $row['host'] );

			$table[ $row['match'] ][ $host ][] = $index;
		}
		$any = array();
		foreach ( array_keys( $table['regex'] ) as $regex ) {
			$any[] = substr( (string) $regex, 1, -1 );
		}
		$table['any'] = '~' . implode( '|', $any ) . '~';
		return $table;
	}

	/**
	 * A pattern with delimiters, tried once so that a bad row fails here and not in a shop.
	 *
	 * @param string $pattern Pattern.
	 * @param string $id      Row, for the message.
	 */
	private static function regex( string $pattern, string $id ): string {
		$regex = '~' . str_replace( '~', '\~', $pattern ) . '~';
		if ( false === preg_match( $regex, '' ) ) {
			throw new RuntimeException( 'Bad pattern in row ' . $id );
		}
		return $regex;
	}

	/**
	 * Headers, in lower case, in which a vendor wants its own credential.
	 *
	 * @param string $carrier The catalogue's words.
	 * @return list<string>
	 */
	private static function carrier_headers( string $carrier ): array {
		$headers = array();
		if ( preg_match( '~authorization|bearer|jwt|signature~i', $carrier ) ) {
			$headers[] = 'authorization';
		}
		if ( preg_match_all( '~(?<![?\w-])(x-[a-z-]*key|x-user-id|x-chroma-token|(?:xi-)?api-key|ocp-apim-subscription-key|access-token)\b~i', $carrier, $found ) ) {
			$headers = array_merge( $headers, array_map( 'strtolower', $found[1] ) );
		}
		return array_values( array_unique( $headers ) );
	}

	/**
	 * Query parameters in which a vendor wants its own credential.
	 *
	 * @param string $carrier The catalogue's words.
	 * @return list<string>
	 */
	private static function carrier_query( string $carrier ): array {
		preg_match_all( '~\?([a-z_]+)=~', $carrier, $found );
		$query = $found[1];
		if ( false !== strpos( $carrier, 'query token' ) || false !== strpos( $carrier, 'or query' ) ) {
			$query[] = 'token';
		}
		return array_values( array_unique( $query ) );
	}

	/**
	 * A value as PHP, one row a line.
	 *
	 * @param mixed $value Value.
	 * @param int   $depth Depth.
	 */
	private static function export( $value, int $depth ): string {
		if ( ! is_array( $value ) ) {
			return var_export( $value, true );
		}
		$list  = array_keys( $value ) === range( 0, count( $value ) - 1 ) || array() === $value;
		$items = array();
		foreach ( $value as $key => $item ) {
			$items[] = ( $list ? '' : var_export( $key, true ) . ' => ' ) . self::export( $item, $depth + 1 );
		}
		if ( $depth > 1 ) {
			return array() === $items ? 'array()' : 'array( ' . implode( ', ', $items ) . ' )';
		}
		$pad = "\n" . str_repeat( "\t", $depth + 1 );
		return 'array(' . $pad . implode( ',' . $pad, $items ) . ",\n" . str_repeat( "\t", $depth ) . ')';
	}
}

if ( realpath( (string) ( $_SERVER['SCRIPT_FILENAME'] ?? '' ) ) === __FILE__ ) {
	file_put_contents( __DIR__ . '/../data/destinations.php', DestinationTable::source( __DIR__ . '/../data' ) );
}
