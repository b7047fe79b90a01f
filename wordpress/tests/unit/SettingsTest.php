<?php
/**
 * Modes.
 *
 * @package Tamis\Tests
 */

declare( strict_types=1 );

namespace Tamis\WordPress\Tests;

use FakeWordPress;
use Tamis\WordPress\Settings;

final class SettingsTest extends TestCase {

	public function constants(): array {
		return array(
			array( true, array( 'all' ) ),
			array( 1, array( 'all' ) ),
			array( '1', array( 'all' ) ),
			array( 'ALL', array( 'all' ) ),
			array( ' openai.chat , Mistral AI,,', array( 'openai.chat', 'mistral ai' ) ),
			array( array( 'a', 7, 'b' ), array( 'a', 'b' ) ),
			array( false, array() ),
			array( '', array() ),
			array( null, array() ),
		);
	}

	/** @dataProvider constants */
	public function test_a_constant_becomes_names( mixed $value, array $names ): void {
		self::assertSame( $names, Settings::names( $value ) );
	}

	public function names(): array {
		return array(
			'all'            => array( 'all', true ),
			'row'            => array( 'openai.chat', true ),
			'vendor'         => array( 'openai', true ),
			'host'           => array( 'api.openai.com', true ),
			'host and port'  => array( 'api.openai.com:443', true ),
			'another row'    => array( 'openai.embeddings', false ),
			'another vendor' => array( 'anthropic', false ),
			'part of a host' => array( 'openai.com', false ),
		);
	}

	/** @dataProvider names */
	public function test_a_destination_is_protected_by_row_vendor_or_host( string $name, bool $protects ): void {
		self::assertSame( $protects, ( new Settings( array( $name ), false, '' ) )->protects( self::find( self::URL ) ) );
	}

	public function test_only_ai_is_ever_protected(): void {
		$settings = new Settings( array( 'all', 'stripe', 'api.stripe.com' ), false, '' );
		self::assertFalse( $settings->protects( self::find( 'https://api.stripe.com/v1/charges' ) ) );
		self::assertFalse( $settings->protects( self::find( 'http://localhost:11434/api/chat' ) ) );
	}

	public function test_the_default_is_watching(): void {
		$settings = new Settings( null, false, '' );
		self::assertSame( 'watching', $settings->mode() );
		self::assertFalse( $settings->protects( self::find( self::URL ) ) );
	}

	public function test_a_person_switches_and_switches_back(): void {
		$settings = new Settings( null, false, '' );
		self::assertTrue( $settings->change( 'OpenAI', true ) );
		self::assertSame( 'some', $settings->mode() );
		self::assertTrue( $settings->protects( self::find( self::URL ) ) );
		self::assertTrue( $settings->change( 'openai', false ) );
		self::assertSame( 'watching', $settings->mode() );
	}

	public function test_protecting_twice_is_no_failure(): void {
		$settings = new Settings( null, false, '' );
		self::assertTrue( $settings->change( 'all', true ) );
		self::assertTrue( $settings->change( 'all', true ) );
		self::assertSame( 'protecting', $settings->mode() );
	}

	public function test_a_constant_wins_over_the_option(): void {
		FakeWordPress::$options['tamis'] = array( 'protect' => array( 'all' ) );
		$settings                        = new Settings( array(), false, '' );
		self::assertFalse( $settings->protects( self::find( self::URL ) ) );
		self::assertFalse( $settings->change( 'all', true ) );
		self::assertTrue( $settings->is_fixed() );
	}

	public function place_constants(): array {
		return array(
			array( true, Settings::PLACES ),
			array( 'all', Settings::PLACES ),
			array( 'Editor, checkout', array( 'checkout', 'editor' ) ),
			array( array( 'front' ), array( 'front' ) ),
			array( 'everywhere', array() ),
			array( false, array() ),
			array( null, array() ),
		);
	}

	/** @dataProvider place_constants */
	public function test_a_constant_becomes_places( mixed $value, array $places ): void {
		self::assertSame( $places, Settings::places( $value ) );
	}

	public function test_only_paths_of_this_site_are_endpoints(): void {
		$odd = array( '//evil.example/x', '/\\evil.example', 'https://evil.example/', 'x', '', '/a b', "/a\nb", 7, '/' . str_repeat( 'a', 200 ) );
		self::assertSame( array( '/wp-json/bot/', '/b' ), Settings::paths( array_merge( $odd, array( ' /wp-json/bot/ ', '/b', '/b' ) ) ) );
		self::assertSame( array( '/a', '/b' ), Settings::paths( '/a, /b' ) );
		self::assertCount( Settings::ENDPOINTS_MAX, Settings::paths( array_map( static fn( int $i ): string => '/' . $i, range( 1, 99 ) ) ) );
		self::assertSame( array(), Settings::paths( null ) );
	}

	public function test_the_option_stays_small(): void {
		$settings = new Settings( null, false, '' );
		for ( $i = 0; $i < Settings::PROTECT_MAX; ++$i ) {
			self::assertTrue( $settings->change( str_pad( 'v' . $i, Settings::NAME_BYTES_MAX, 'x' ), true ) );
		}
		self::assertTrue( $settings->change_pages( Settings::PLACES ) );
		self::assertFalse( $settings->change( 'one more', true ) );
		self::assertFalse( $settings->change( str_repeat( 'x', Settings::NAME_BYTES_MAX + 1 ), true ) );
		self::assertLessThanOrEqual( 4096, strlen( serialize( FakeWordPress::$options['tamis'] ) ) );
	}

	public function test_a_spoilt_option_protects_nothing_and_breaks_nothing(): void {
		foreach ( array( 'text', 7, array( 'protect' => 'all' ), array( 'protect' => array( 7, null ), 'pages' => array( 7, array() ) ), array( 'pages' => 'all' ) ) as $spoilt ) {
			FakeWordPress::$options['tamis'] = $spoilt;
			self::assertSame( 'watching', ( new Settings( null, false, '' ) )->mode() );
			self::assertSame( array(), ( new Settings( null, false, '' ) )->pages() );
		}
	}
}
