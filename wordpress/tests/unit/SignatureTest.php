<?php
/**
 * Signed requests.
 *
 * @package Tamis\Tests
 */

declare( strict_types=1 );

namespace Tamis\WordPress\Tests;

use Tamis\WordPress\Signature;

final class SignatureTest extends TestCase {

	public function signed(): array {
		return array(
			'SigV4'              => array( array( 'Authorization' => 'AWS4-HMAC-SHA256 Credential=AKIA/x, SignedHeaders=host, Signature=y' ), '' ),
			'SigV4 body hash'    => array( array( 'X-Amz-Content-Sha256' => 'abc' ), '' ),
			'SigV4 in the query' => array( array(), 'a=1&X-Amz-Signature=abc' ),
			'OAuth 1'            => array( array( 'Authorization' => 'OAuth oauth_consumer_key="a", oauth_signature="b"' ), '' ),
			'OAuth 1 in query'   => array( array(), 'oauth_signature=b' ),
			'message signatures' => array( array( 'Signature-Input' => 'sig1=()', 'Signature' => 'sig1=:x:' ), '' ),
			'draft signatures'   => array( array( 'Authorization' => 'Signature keyId="a",signature="b"' ), '' ),
			'WooCommerce'        => array( array( 'X-WC-Webhook-Signature' => 'x' ), '' ),
			'hub'                => array( array( 'X-Hub-Signature-256' => 'x' ), '' ),
			'standard webhooks'  => array( array( 'webhook-signature' => 'v1,x' ), '' ),
			'hmac header'        => array( array( 'X-Shopify-Hmac-Sha256' => 'x' ), '' ),
			'Jetpack'            => array( array( 'Authorization' => 'X_JETPACK token="a" signature="b"' ), '' ),
			'Azure SAS'          => array( array(), 'sv=1&sig=abc' ),
			'Elementor'          => array( array( 'x-elementor-signature' => 'x' ), '' ),
		);
	}

	/** @dataProvider signed */
	public function test_signatures_are_seen( array $headers, string $query ): void {
		self::assertTrue( Signature::is_on( $headers, $query ) );
	}

	public function unsigned(): array {
		return array(
			'bearer'            => array( array( 'Authorization' => 'Bearer x' ), '' ),
			'OAuth 2'           => array( array( 'Authorization' => 'OAuth ya29.x' ), '' ),
			'idempotency'       => array( array( 'Idempotency-Key' => 'x' ), '' ),
			'name with a sign'  => array( array( 'X-Design' => 'x', 'X-Assignment' => 'y' ), '' ),
			'ordinary query'    => array( array(), 'signal=1&q=signature' ),
			'session token'     => array( array( 'X-Amz-Security-Token' => 'x' ), '' ),
			'list in a header'  => array( array( 'Authorization' => array( 'OAuth oauth_signature' ) ), '' ),
		);
	}

	/** @dataProvider unsigned */
	public function test_other_headers_are_no_signature( array $headers, string $query ): void {
		self::assertFalse( Signature::is_on( $headers, $query ) );
	}

	public function test_a_long_name_costs_little(): void {
		$started = hrtime( true );
		Signature::is_on( array( 'x-' . str_repeat( 'a-', 20000 ) => '1' ), '' );
		self::assertLessThan( 50_000_000, hrtime( true ) - $started );
	}
}
