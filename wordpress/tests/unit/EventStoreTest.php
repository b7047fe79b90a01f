<?php
/**
 * Events in the database.
 *
 * @package Tamis\Tests
 */

declare( strict_types=1 );

namespace Tamis\WordPress\Tests;

use FakeWordPress;
use Tamis\WordPress\Event;
use Tamis\WordPress\EventStore;

final class EventStoreTest extends TestCase {

	private static function event( string $action, string $host = 'api.example' ): Event {
		return new Event( bin2hex( random_bytes( 6 ) ), 1_800_000_123, $action, 'row', 'Vendor', $host, 'ai', 'front', 'watching' );
	}

	private static function ready(): EventStore {
		FakeWordPress::$options['tamis'] = array( 'schema' => 1 );
		return new EventStore();
	}

	public function test_a_page_writes_once(): void {
		self::ready()->write( array( self::event( Event::HELD ), self::event( Event::PROTECTED ), self::event( Event::CLEAN ) ) );
		self::assertCount( 1, $GLOBALS['wpdb']->queries );
		self::assertStringStartsWith( 'INSERT INTO `wp_tamis_events`', $GLOBALS['wpdb']->queries[0] );
	}

	public function test_alike_counters_become_one_row_and_events_do_not(): void {
		$events = array( self::event( Event::CLEAN ), self::event( Event::CLEAN ), self::event( Event::COUNTED ), self::event( Event::WATCHED ), self::event( Event::WATCHED ) );
		self::ready()->write( $events );
		self::assertSame( 4, substr_count( $GLOBALS['wpdb']->queries[0], "'Vendor'" ) );
	}

	public function test_a_counter_is_of_its_hour(): void {
		self::assertSame( self::event( Event::CLEAN )->counter_id(), self::event( Event::CLEAN )->counter_id() );
		self::assertNotSame( self::event( Event::CLEAN )->counter_id(), self::event( Event::COUNTED )->counter_id() );
		self::assertNotSame( self::event( Event::CLEAN )->counter_id(), self::event( Event::CLEAN, 'other.example' )->counter_id() );
		self::ready()->write( array( self::event( Event::CLEAN ) ) );
		self::assertStringContainsString( (string) ( intdiv( 1_800_000_123, 3600 ) * 3600 ), $GLOBALS['wpdb']->queries[0] );
	}

	public function test_hostile_names_are_plain_before_they_are_stored(): void {
		self::ready()->write( array( self::event( Event::HELD, "evil\x1b[31m\u{202e}.example" ) ) );
		self::assertStringContainsString( "'evil[31m.example'", $GLOBALS['wpdb']->queries[0] );
	}

	public function test_without_a_table_a_few_events_wait_and_no_table_is_made(): void {
		$store = new EventStore();
		for ( $i = 0; $i < 60; ++$i ) {
			$store->write( array( self::event( Event::HELD ) ) );
		}
		self::assertSame( array(), $GLOBALS['wpdb']->queries );
		self::assertCount( 50, FakeWordPress::$options[ EventStore::QUEUE ] );
	}

	public function test_a_failed_write_waits_too(): void {
		$GLOBALS['wpdb']->works = false;
		self::ready()->write( array( self::event( Event::HELD ) ) );
		self::assertCount( 1, FakeWordPress::$options[ EventStore::QUEUE ] );
	}

	public function test_upkeep_makes_the_table_once_and_takes_the_waiting_in(): void {
		$store = new EventStore();
		$store->write( array( self::event( Event::HELD ) ) );
		$store->maintain();
		$store->maintain();
		$made = preg_grep( '~^CREATE TABLE~', $GLOBALS['wpdb']->queries );
		self::assertCount( 1, (array) $made );
		self::assertCount( 1, (array) preg_grep( '~^INSERT~', $GLOBALS['wpdb']->queries ) );
		self::assertArrayNotHasKey( EventStore::QUEUE, FakeWordPress::$options );
	}

	public function test_nothing_happens_while_wordpress_is_installed(): void {
		FakeWordPress::$installing = true;
		$store                     = new EventStore();
		$store->maintain();
		$store->write( array( self::event( Event::HELD ) ) );
		self::assertSame( array(), $GLOBALS['wpdb']->queries );
	}

	public function test_rows_come_back_with_their_types(): void {
		$GLOBALS['wpdb']->results = array( array( 'id' => 'a', 'time' => '7', 'calls' => '2', 'counts' => '{"email":1}' ), array( 'id' => 'b', 'counts' => 'spoilt' ) );
		list( $first, $second )   = ( new EventStore() )->last( 5 );
		self::assertSame( array( 7, 2, array( 'email' => 1 ) ), array( $first['time'], $first['calls'], $first['counts'] ) );
		self::assertSame( array(), $second['counts'] );
	}

	public function test_a_missing_table_has_no_rows(): void {
		$GLOBALS['wpdb']->results = null;
		self::assertSame( array(), ( new EventStore() )->last( 5 ) );
	}
}
