<?php
/**
 * Events in the database.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

/**
 * One table. It is made where nobody shops, since making one ends an open transaction: until then a few
 * events wait in an option.
 */
final class EventStore {

	/** Version of the table. */
	private const SCHEMA = 1;

	/** Option for events that came before the table. */
	public const QUEUE = 'tamis_queue';

	/** Events that wait at most. */
	private const QUEUE_MAX = 50;

	/** Rows that stay, and for how long. */
	private const ROWS_MAX = 20000;
	private const DAYS_MAX = 90;

	/** Columns that hold text, with their sizes. */
	private const TEXTS = array(
		'id'           => 40,
		'action'       => 12,
		'reason'       => 32,
		'destination'  => 64,
		'vendor'       => 64,
		'host'         => 191,
		'class'        => 12,
		'surface'      => 12,
		'mode'         => 12,
		'caller_outer' => 64,
		'caller_inner' => 64,
	);

	/** Columns that hold numbers. */
	private const NUMBERS = array( 'time', 'seq', 'calls', 'restored', 'duration_us' );

	/** The table of the current site. */
	public static function table(): string {
		global $wpdb;
		return $wpdb->prefix . 'tamis_events';
	}

	/**
	 * Writes events by one statement. Alike counters become one.
	 *
	 * @param list<Event> $events Events.
	 */
	public function write( array $events ): void {
		if ( wp_installing() ) {
			return; // There may be no tables at all.
		}
		$rows = array();
		foreach ( $events as $event ) {
			$row = self::row( $event );
			$id  = $row['id'];
			if ( isset( $rows[ $id ] ) ) {
				$rows[ $id ]['calls']       += $row['calls'];
				$rows[ $id ]['duration_us'] += $row['duration_us'];
				$rows[ $id ]['seq']          = $row['seq'];
			} else {
				$rows[ $id ] = $row;
			}
		}
		$rows = array_values( $rows );
		if ( ( Settings::option()['schema'] ?? 0 ) !== self::SCHEMA || ! $this->insert( $rows ) ) {
			$this->queue( $rows );
		}
	}

	/**
	 * The last events, newest first; counters of calls that are none of Tamis's business are left out.
	 *
	 * @param int $limit How many.
	 * @return list<array<string, mixed>>
	 */
	public function last( int $limit ): array {
		return $this->select( "action <> 'counted'", $limit );
	}

	/**
	 * The last hours' counts of other calls.
	 *
	 * @param int $limit How many.
	 * @return list<array<string, mixed>>
	 */
	public function counted( int $limit ): array {
		return $this->select( "action = 'counted'", $limit );
	}

	/** Makes the table where it is missing, takes waiting events in and lets old ones go. Never on a page that customers see. */
	public function maintain(): void {
		global $wpdb;
		if ( wp_installing() ) {
			return; // WordPress's own tables may not be there yet.
		}
		$option = Settings::option();
		if ( ( $option['schema'] ?? 0 ) !== self::SCHEMA ) {
			$wpdb->query( self::definition( self::table(), $wpdb->get_charset_collate() ) );
			$option['schema'] = self::SCHEMA;
			update_option( Settings::OPTION, $option, true );
		}
		$waiting = get_option( self::QUEUE, array() );
		if ( is_array( $waiting ) && array() !== $waiting ) {
			delete_option( self::QUEUE );
			$this->insert( array_values( array_filter( $waiting, 'is_array' ) ) );
		}
		$today = (int) gmdate( 'Ymd' );
		if ( ( $option['pruned'] ?? 0 ) !== $today ) {
			$option['pruned'] = $today;
			update_option( Settings::OPTION, $option, true );
			$this->prune();
		}
	}

	/** Takes everything away that belongs to the current site. */
	public static function uninstall(): void {
		global $wpdb;
		// phpcs:ignore Squiz.Strings.DoubleQuoteUsage -- the table's name is ours.
		$wpdb->query( 'DROP TABLE IF EXISTS ' . self::table() );
		delete_option( self::QUEUE );
		delete_option( Settings::OPTION );
	}

	/**
	 * The table.
	 *
	 * @param string $table   Name.
	 * @param string $charset Character set.
	 */
	private static function definition( string $table, string $charset ): string {
		$columns = array();
		foreach ( self::TEXTS as $name => $size ) {
			$columns[] = "`$name` varchar($size) NOT NULL DEFAULT ''";
		}
		foreach ( self::NUMBERS as $name ) {
			$columns[] = "`$name` bigint(20) unsigned NOT NULL DEFAULT 0";
		}
		$columns[] = '`counts` text NOT NULL';
		$columns[] = 'PRIMARY KEY (`id`)';
		$columns[] = 'KEY `time` (`time`)';
		$columns[] = 'KEY `seq` (`seq`)';
		return "CREATE TABLE IF NOT EXISTS `$table` (" . implode( ', ', $columns ) . ") $charset";
	}

	/**
	 * An event as a row. All names come from other hands: what is no printable text is taken out.
	 *
	 * @param Event $event Event.
	 * @return array<string, mixed>
	 */
	private static function row( Event $event ): array {
		$row = array();
		foreach ( self::TEXTS as $name => $size ) {
			$text         = 'id' === $name && $event->is_counter() ? $event->counter_id() : $event->$name;
			$row[ $name ] = Text::plain( $text, $size );
		}
		foreach ( self::NUMBERS as $name ) {
			$row[ $name ] = $event->$name;
		}
		if ( $event->is_counter() ) {
			$row['time'] = intdiv( $event->time, 3600 ) * 3600;
		}
		$row['counts'] = (string) wp_json_encode( (object) $event->counts );
		return $row;
	}

	/**
	 * Inserts rows; counters that are there grow.
	 *
	 * @param list<array<string, mixed>> $rows Rows.
	 */
	private function insert( array $rows ): bool {
		global $wpdb;
		$names  = array_merge( array_keys( self::TEXTS ), self::NUMBERS, array( 'counts' ) );
		$marks  = array_merge( array_fill( 0, count( self::TEXTS ), '%s' ), array_fill( 0, count( self::NUMBERS ), '%d' ), array( '%s' ) );
		$marks  = '(' . implode( ',', $marks ) . ')';
		$values = array();
		foreach ( $rows as $row ) {
			foreach ( $names as $name ) {
				$values[] = $row[ $name ] ?? '';
			}
		}
		if ( array() === $values ) {
			return true;
		}
		$sql = 'INSERT INTO `' . self::table() . '` (`' . implode( '`,`', $names ) . '`) VALUES '
			. implode( ',', array_fill( 0, count( $rows ), $marks ) )
			. ' ON DUPLICATE KEY UPDATE `calls` = `calls` + VALUES(`calls`), `duration_us` = `duration_us` + VALUES(`duration_us`), `seq` = VALUES(`seq`)';
		$old = $wpdb->suppress_errors( true );
		$ok  = false !== $wpdb->query( $wpdb->prepare( $sql, $values ) );
		$wpdb->suppress_errors( $old );
		return $ok;
	}

	/**
	 * Lets rows wait for the table.
	 *
	 * @param list<array<string, mixed>> $rows Rows.
	 */
	private function queue( array $rows ): void {
		$waiting = get_option( self::QUEUE, array() );
		$waiting = is_array( $waiting ) ? $waiting : array();
		if ( count( $waiting ) < self::QUEUE_MAX ) {
			update_option( self::QUEUE, array_slice( array_merge( $waiting, $rows ), 0, self::QUEUE_MAX ), false );
		}
	}

	/**
	 * Rows, newest first.
	 *
	 * @param string $where Condition; fixed text.
	 * @param int    $limit How many.
	 * @return list<array<string, mixed>>
	 */
	private function select( string $where, int $limit ): array {
		global $wpdb;
		$old  = $wpdb->suppress_errors( true );
		$rows = $wpdb->get_results( $wpdb->prepare( 'SELECT * FROM `' . self::table() . "` WHERE $where ORDER BY `seq` DESC LIMIT %d", $limit ), ARRAY_A );
		$wpdb->suppress_errors( $old );
		$found = array();
		foreach ( is_array( $rows ) ? $rows : array() as $row ) {
			foreach ( self::NUMBERS as $name ) {
				$row[ $name ] = (int) ( $row[ $name ] ?? 0 );
			}
			$counts        = json_decode( (string) ( $row['counts'] ?? '' ), true );
			$row['counts'] = is_array( $counts ) ? $counts : array();
			$found[]       = $row;
		}
		return $found;
	}

	/** Lets old rows go. */
	private function prune(): void {
		global $wpdb;
		$table = self::table();
		$old   = $wpdb->suppress_errors( true );
		$wpdb->query( $wpdb->prepare( "DELETE FROM `$table` WHERE `time` < %d", time() - self::DAYS_MAX * 86400 ) );
		$edge = $wpdb->get_var( $wpdb->prepare( "SELECT `time` FROM `$table` ORDER BY `time` DESC LIMIT 1 OFFSET %d", self::ROWS_MAX ) );
		if ( null !== $edge ) {
			$wpdb->query( $wpdb->prepare( "DELETE FROM `$table` WHERE `time` <= %d", (int) $edge ) );
		}
		$wpdb->suppress_errors( $old );
	}
}
