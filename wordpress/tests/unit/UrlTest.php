<?php
/**
 * Addresses.
 *
 * @package Tamis\Tests
 */

declare( strict_types=1 );

namespace Tamis\WordPress\Tests;

use Tamis\WordPress\Url;

final class UrlTest extends TestCase {

	public function test_parts_are_normalised_and_the_raw_text_stays(): void {
		$url = Url::parse( 'HTTPS://user:pw@Host.Example.:444/a%20b?q=1#f' );
		self::assertSame( array( 'host.example', 444, '/a%20b', 'q=1' ), array( $url->host, $url->port, $url->path, $url->query ) );
		self::assertSame( 'HTTPS://user:pw@Host.Example.:444/a%20b?q=1#f', $url->raw );
	}

	public function ports(): array {
		return array( array( 'http://a.example', 80 ), array( 'https://a.example', 443 ), array( 'https://a.example:8443', 8443 ), array( '//a.example', 80 ) );
	}

	/** @dataProvider ports */
	public function test_a_port_is_always_known( string $url, int $port ): void {
		self::assertSame( $port, Url::parse( $url )->port );
	}

	public function nowhere(): array {
		return array( array( '' ), array( '/path' ), array( 'http://' ), array( 'http:///x' ), array( 'mailto:a@b.example' ), array( 'http://a:99999/' ) );
	}

	/** @dataProvider nowhere */
	public function test_an_address_without_a_host_is_none( string $url ): void {
		self::assertNull( Url::parse( $url ) );
	}

	public function queries(): array {
		return array(
			array( 'https://a.example/x?q=1', 'https://a.example/x?q=2' ),
			array( 'https://a.example/x?q=1#q=1', 'https://a.example/x?q=2#q=1' ),
			array( 'https://a.example/q=1?q=1', 'https://a.example/q=1?q=2' ),
			array( 'https://a.example/x', 'https://a.example/x' ),
			array( 'https://a.example/x#?q=1', 'https://a.example/x#?q=1' ),
		);
	}

	/** @dataProvider queries */
	public function test_only_the_query_is_replaced( string $url, string $expected ): void {
		self::assertSame( $expected, Url::parse( $url )->with_query( 'q=2' ) );
	}
}
