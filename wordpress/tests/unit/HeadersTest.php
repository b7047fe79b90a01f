<?php
/**
 * Headers.
 *
 * @package Tamis\Tests
 */

declare( strict_types=1 );

namespace Tamis\WordPress\Tests;

use Tamis\WordPress\Headers;

final class HeadersTest extends TestCase {

	public function test_text_becomes_headers(): void {
		$text = "X-One: 1\r\nX-Two:2\nno header\n: none\nX-One: again\nX-Fold: a\r\n\tb";
		self::assertSame( array( 'X-One' => '1, again', 'X-Two' => '2', 'X-Fold' => 'a b' ), Headers::from( $text ) );
	}

	public function test_what_is_no_headers_is_none(): void {
		self::assertSame( array(), Headers::from( null ) );
		self::assertSame( array(), Headers::from( '' ) );
		self::assertSame( array(), Headers::from( 7 ) );
	}

	public function test_names_are_compared_without_case(): void {
		self::assertSame( 'a', Headers::get( array( 'CONTENT-Type' => 'a' ), 'content-type' ) );
		self::assertSame( 'a', Headers::get( array( 'X' => array( 'a', 'b' ) ), 'x' ) );
		self::assertSame( '', Headers::get( array( 'X' => new \stdClass() ), 'x' ) );
		self::assertSame( '', Headers::get( array( 7 => 'X: 1' ), 'x' ) );
	}

	public function test_a_changed_body_loses_what_speaks_of_its_bytes(): void {
		$headers = array( 'Content-Length' => 1, 'content-md5' => 'x', 'Digest' => 'x', 'CONTENT-DIGEST' => 'x', 'Repr-Digest' => 'x', 'Content-Type' => 'a' );
		self::assertSame( array( 'Content-Type' => 'a' ), Headers::for_changed_body( $headers ) );
	}

	public function test_credentials_stay_with_their_host(): void {
		$headers = array( 'Authorization' => 'a', 'Cookie' => 'b', 'X-API-Key' => 'c', 'X-Goog-Api-Key' => 'd', 'X-Mine' => 'e', 'Accept' => 'f' );
		self::assertSame( array( 'Accept' => 'f' ), Headers::for_other_host( $headers, array( 'x-mine' ) ) );
	}

	public function charsets(): array {
		return array(
			array( 'text/plain; charset=UTF-16', 'utf-16' ),
			array( 'text/plain;charset="iso-8859-1"', 'iso-8859-1' ),
			array( 'text/plain; Charset = utf-8; x=y', 'utf-8' ),
			array( 'application/json', '' ),
			array( '', '' ),
		);
	}

	/** @dataProvider charsets */
	public function test_a_charset_is_read_from_the_type( string $type, string $charset ): void {
		self::assertSame( $charset, Headers::charset( $type ) );
	}

	public function test_protocol_is_told_from_content(): void {
		self::assertTrue( Headers::is_protocol( 'user-agent' ) );
		self::assertTrue( Headers::is_protocol( 'anthropic-version' ) );
		self::assertFalse( Headers::is_protocol( 'x-customer' ) );
		self::assertFalse( Headers::is_protocol( 'idempotency-key' ) );
	}
}
