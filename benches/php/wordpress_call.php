<?php
/**
 * What Tamis adds to a call of WordPress's HTTP functions, the network stubbed.
 *
 *     cargo xtask wordpress up --dir D --define TAMIS_PROTECT=true
 *     cargo xtask wordpress wp --dir D -- eval-file benches/php/wordpress_call.php
 *
 * The baseline is the same call to a host that Tamis only counts. Times are medians in microseconds.
 *
 * @package Tamis
 */

/** A transport that answers with the body it was given. */
final class Tamis_Stub_Transport {
	/** What every call gets. */
	public function request( $url, $headers = array(), $data = array(), $options = array() ): string {
		$body = is_string( $data ) ? $data : '';
		return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " . strlen( $body ) . "\r\n\r\n" . $body;
	}
}

add_action(
	'requests-requests.before_request',
	static function ( &$url, &$headers, &$data, &$type, &$options ): void {
		$options['transport'] = new Tamis_Stub_Transport();
	},
	PHP_INT_MIN,
	5
);

/** Median of the time of one call, after a warm-up. */
$median = static function ( string $url, string $body ): float {
	$args  = array(
		'body'    => $body,
		'headers' => array(
			'Content-Type'  => 'application/json',
			'Authorization' => 'Bearer sk-test-0000000000000000000000000000000000',
		),
	);
	$times = array();
	for ( $n = 0; $n < 400; ++$n ) {
		$start = hrtime( true );
		$reply = wp_remote_post( $url, $args );
		$times[] = ( hrtime( true ) - $start ) / 1000;
		if ( is_wp_error( $reply ) ) {
			WP_CLI::error( 'The call was not answered: ' . $reply->get_error_code() );
		}
	}
	$times = array_slice( $times, 100 );
	sort( $times );
	return $times[ intdiv( count( $times ), 2 ) ];
};

$chat  = static fn( string $content ): string => (string) wp_json_encode(
	array(
		'model'    => 'gpt-5',
		'messages' => array( array( 'role' => 'user', 'content' => $content ) ),
	)
);
$order = array(
	'number'      => 'TS-2026-001041',
	'order_key'   => 'wc_order_k3QvN8yTzL5pA',
	'total'       => '129.10',
	'billing'     => array(
		'first_name' => 'Anna',
		'last_name'  => 'Larsen',
		'address_1'  => 'Storgata 12',
		'postcode'   => '0155',
		'city'       => 'Oslo',
		'email'      => 'anna.larsen@example.org',
		'phone'      => '+47 21 60 12 34',
	),
	'line_items'  => array( array( 'sku' => 'TS-KNF-0210', 'price' => 59 ) ),
);
$bodies = array(
	'clean, 0.1 KB'            => $chat( 'Write a short poem about a kitchen sieve.' ),
	'clean, 4 KB'              => $chat( str_repeat( 'The sieve is back in stock, and it comes in blue too. ', 75 ) ),
	'changed, a short message' => $chat( 'Answer anna.larsen@example.org about order TS-2026-001041.' ),
	'changed, an order'        => $chat( 'Answer Anna Larsen about this order: ' . wp_json_encode( $order ) ),
);

WP_CLI::log( sprintf( '%-26s %8s %10s %10s %8s', 'body', 'bytes', 'counted', 'protected', 'added' ) );
foreach ( $bodies as $name => $body ) {
	$counted   = $median( 'https://shop-statistics.example.com/collect', '{"note":' . wp_json_encode( $body ) . '}' );
	$protected = $median( 'https://api.openai.com/v1/chat/completions', $body );
	WP_CLI::log( sprintf( '%-26s %8d %10.1f %10.1f %8.1f', $name, strlen( $body ), $counted, $protected, $protected - $counted ) );
}
