<?php
/**
 * Every part of a request.
 *
 * @package Tamis\Tests
 */

declare( strict_types=1 );

namespace Tamis\WordPress\Tests;

use Tamis\WordPress\Reason;
use Tamis\WordPress\Request;
use Tamis\WordPress\Scrubber;
use Tamis\WordPress\Site;
use Tamis\WordPress\Tally;

final class ScrubberTest extends TestCase {

	/** @return array{Request, Tally} */
	private static function scrub( Request $request, bool $signed = false ): array {
		return ( new Scrubber( self::engine(), new Site() ) )->scrub( $request, self::find( $request->url ), null, $signed );
	}

	private static function request( mixed $body = null, array $headers = array(), string $url = self::URL, string $method = 'POST' ): Request {
		return new Request( $method, $url, $headers, $body );
	}

	public function test_a_clean_request_keeps_its_very_parts(): void {
		$request               = self::request( '{"a":1}', array( 'X' => '1' ) );
		list( $copy, $tally ) = self::scrub( $request );
		self::assertTrue( $copy->equals( $request ) );
		self::assertFalse( $tally->changed );
		self::assertSame( array(), $tally->counts );
	}

	public function test_the_original_is_not_altered(): void {
		$request = self::request( self::CHAT );
		self::scrub( $request );
		self::assertSame( self::CHAT, $request->body );
	}

	public function test_a_text_body_is_scrubbed_and_its_length_forgotten(): void {
		list( $copy, $tally ) = self::scrub( self::request( self::CHAT, array( 'content-length' => '9', 'Content-Type' => 'application/json' ) ) );
		self::assertStringNotContainsString( self::MAIL, (string) $copy->body );
		self::assertArrayNotHasKey( 'content-length', $copy->headers );
		self::assertSame( array( 'email' => 1 ), $tally->counts );
	}

	public function test_an_array_body_stays_an_array_with_its_types(): void {
		$body           = array( 'n' => 5, 'no' => null, 'on' => true, 'deep' => array( 'a' => array( 'mail ' . self::MAIL ), 'empty' => array() ), 'z' => '1 & 2' );
		list( $copy ) = self::scrub( self::request( $body ) );
		self::assertSame( array( 5, null, true ), array( $copy->body['n'], $copy->body['no'], $copy->body['on'] ) );
		self::assertMatchesRegularExpression( '~^mail EMAIL_9\d{14}$~', $copy->body['deep']['a'][0] );
		self::assertSame( '1 & 2', $copy->body['z'] );
		self::assertSame( array_keys( $body ), array_keys( $copy->body ) );
	}

	public function test_a_name_that_must_not_leave_is_replaced_too(): void {
		list( $copy ) = self::scrub( self::request( array( self::MAIL => 1 ) ) );
		self::assertIsString( $copy->body );
		self::assertStringNotContainsString( 'jane', $copy->body );
	}

	public function test_such_a_name_in_a_get_blocks(): void {
		list( , $tally ) = self::scrub( self::request( array( self::MAIL => 1 ), array(), self::URL, 'GET' ) );
		self::assertSame( Reason::SHAPE, $tally->blocked );
	}

	public function test_objects_in_a_form_are_scrubbed_as_text(): void {
		list( $copy ) = self::scrub( self::request( array( 'o' => (object) array( 'mail' => self::MAIL ), 'z' => 1 ) ) );
		self::assertIsString( $copy->body );
		self::assertStringNotContainsString( 'jane', $copy->body );
		self::assertStringEndsWith( '&z=1', $copy->body );
	}

	public function test_the_query_is_scrubbed_and_the_own_credential_stays(): void {
		$url           = 'https://api.weglot.com/translate?api_key=jane.doe%40example.com&q=jane.doe%40example.com&z=a%20b';
		list( $copy ) = self::scrub( self::request( null, array(), $url, 'GET' ) );
		self::assertMatchesRegularExpression( '~^https://api\.weglot\.com/translate\?api_key=jane\.doe%40example\.com&q=EMAIL_9\d{14}&z=a%20b$~', $copy->url );
	}

	public function test_the_own_credential_may_stand_in_the_middle(): void {
		$url           = 'https://api.weglot.com/translate?a=jane.doe%40example.com&api_key=x&b=jane.doe%40example.com';
		list( $copy ) = self::scrub( self::request( null, array(), $url, 'GET' ) );
		self::assertMatchesRegularExpression( '~\?a=EMAIL_9\d{14}&api_key=x&b=EMAIL_9\d{14}$~', $copy->url );
	}

	public function test_a_user_agent_loses_people_and_keeps_versions(): void {
		$request        = self::request( null, array( 'User-Agent' => 'Shop/1 ' . self::MAIL ) );
		$request->agent = 'Shop/1 ' . self::MAIL;
		list( $copy )   = self::scrub( $request );
		self::assertMatchesRegularExpression( '~^Shop/1 EMAIL_9\d{14}$~', $copy->agent );
		self::assertSame( $copy->agent, $copy->headers['User-Agent'] );
		$request->agent = 'Shop/120.11.22.33 (+https://shop.example/)';
		self::assertSame( $request->agent, self::scrub( $request )[0]->agent );
	}

	public function test_a_path_with_a_finding_blocks(): void {
		list( , $tally ) = self::scrub( self::request( null, array(), 'https://api.openai.com/v1/users/jane.doe%40example.com', 'GET' ) );
		self::assertSame( Reason::PATH, $tally->blocked );
		self::assertSame( array( 'email' => 1 ), $tally->counts );
	}

	public function test_custom_headers_are_scrubbed_and_protocol_stays(): void {
		$headers       = array( 'X-Customer' => 'mail ' . self::MAIL . ' & more=1%', 'Accept' => self::MAIL, 'X-List' => array( 'a', self::MAIL ), 'Authorization' => 'Bearer ' . self::MAIL );
		list( $copy ) = self::scrub( self::request( null, $headers ) );
		self::assertMatchesRegularExpression( '~^mail EMAIL_9\d{14} & more=1%$~', $copy->headers['X-Customer'] );
		self::assertSame( self::MAIL, $copy->headers['Accept'] );
		self::assertSame( 'a', $copy->headers['X-List'][0] );
		self::assertStringStartsWith( 'EMAIL_9', $copy->headers['X-List'][1] );
		self::assertSame( 'Bearer ' . self::MAIL, $copy->headers['Authorization'] );
	}

	public function test_cookies_are_scrubbed_and_the_callers_objects_are_not(): void {
		$cookie           = (object) array( 'name' => 'c', 'value' => self::MAIL );
		$request          = self::request( 'x' );
		$request->cookies = array( 'a' => self::MAIL, 'b' => '1', 7 => $cookie );
		list( $copy )   = self::scrub( $request );
		self::assertStringStartsWith( 'EMAIL_9', $copy->cookies['a'] );
		self::assertSame( '1', $copy->cookies['b'] );
		self::assertStringStartsWith( 'EMAIL_9', $copy->cookies[7]->value );
		self::assertSame( self::MAIL, $cookie->value );
	}

	public function test_all_parts_share_one_session(): void {
		list( $copy, $tally ) = self::scrub( self::request( self::MAIL, array( 'X-A' => 'anna@example.org', 'Content-Type' => 'text/plain' ) ) );
		$reply                 = $copy->body . ' ' . $copy->headers['X-A'];
		self::assertSame( self::MAIL . ' anna@example.org', $tally->outcome?->restore( $reply, 'text/plain' ) );
	}

	public function test_a_compressed_body_is_scrubbed_inside(): void {
		list( $copy, $tally ) = self::scrub( self::request( gzencode( self::CHAT ), array( 'Content-Encoding' => 'gzip', 'Content-Type' => 'application/json' ) ) );
		self::assertSame( '', $tally->blocked );
		self::assertStringContainsString( 'EMAIL_9', (string) gzdecode( $copy->body ) );
	}

	public function test_an_unknown_encoding_blocks(): void {
		list( , $tally ) = self::scrub( self::request( 'x', array( 'Content-Encoding' => 'br' ) ) );
		self::assertSame( Reason::UNREADABLE, $tally->blocked );
	}

	public function test_a_foreign_key_is_told_from_an_own_one(): void {
		$key             = 'sk_live_7Rq2VxT9mKd4WzB8nYc3Hs6J';
		list( , $tally ) = self::scrub( self::request( 'use ' . $key, array( 'Content-Type' => 'text/plain' ) ) );
		self::assertTrue( $tally->foreign_key );
		self::assertFalse( $tally->foreign_credential );
		list( , $tally ) = self::scrub( self::request( null, array( 'Authorization' => 'Bearer ' . $key ) ) );
		self::assertTrue( $tally->foreign_credential );
	}

	public function test_a_signature_is_not_read(): void {
		$headers         = array( 'X-Amz-Security-Token' => self::MAIL, 'X-Amz-Content-Sha256' => self::MAIL );
		list( , $tally ) = self::scrub( self::request( null, $headers, self::URL . '?X-Amz-Credential=jane.doe@example.com' ), true );
		self::assertFalse( $tally->changed );
	}

	public function test_the_engine_is_told_what_is_known(): void {
		$spy      = new SpyEngine( self::engine() );
		$scrubber = new Scrubber( $spy, new Site() );
		$to       = self::find( self::URL );
		$scrubber->scrub( self::request( '{}', array( 'Content-Type' => 'application/json; charset=utf-16' ) ), $to, null, false );
		$scrubber->scrub( self::request( ' {"a":1}' ), $to, null, false );
		$scrubber->scrub( self::request( 'a=1' ), $to, null, false );
		list( $told, $path, $guessed, , $form ) = $spy->asked;
		self::assertSame( array( 'application/json; charset=utf-16', 'utf-16', 'shop.example api.openai.com' ), array_values( $told ) );
		self::assertSame( 'text/plain', $path['type'] );
		self::assertSame( 'application/json', $guessed['type'] );
		self::assertSame( 'application/x-www-form-urlencoded', $form['type'] );
	}
}
