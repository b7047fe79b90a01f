<?php
/**
 * Both layers, with WordPress's HTTP object and its network library stood in for.
 *
 * @package Tamis\Tests
 */

declare( strict_types=1 );

namespace Tamis\WordPress\Tests;

use FakeHttp;
use FakeWordPress;
use Tamis\WordPress\Exchanges;
use Tamis\WordPress\Hold;
use Tamis\WordPress\Reason;
use WP_Error;
use WP_HTTP_Requests_Hooks;
use WpOrg\Requests\Exception as LibraryException;

final class LayersTest extends TestCase {

	private static function http(): FakeHttp {
		return FakeHttp::$last ??= new FakeHttp();
	}

	private static function reason( mixed $answer ): string {
		return $answer instanceof WP_Error && Hold::CODE === $answer->get_error_code() ? $answer->get_error_data()['reason'] : 'not held';
	}

	/** Calls the second layer as the library does. */
	private static function library( object $verifier, object $hooks, string $url, mixed $headers, mixed $data, string $type = 'POST' ): array {
		$options = array( 'hooks' => $hooks, 'filename' => false );
		$verifier->before_request( $url, $headers, $data, $type, $options );
		return array( $url, $headers, $data );
	}

	public function test_a_clean_call_gets_the_incoming_value_and_no_second_dispatch(): void {
		list( $first ) = $this->layers();
		self::assertFalse( $first->first( false, self::args( '{"a":1}' ), self::URL ) );
		self::assertSame( array(), self::http()->sent );
	}

	public function test_a_protected_call_is_sent_scrubbed_and_its_reply_restored(): void {
		list( $first ) = $this->layers();
		$answer          = $first->first( false, self::args( self::CHAT ), self::URL );
		list( $url, $args ) = self::http()->sent[0];
		self::assertSame( self::URL, $url );
		self::assertStringNotContainsString( self::MAIL, $args['body'] );
		self::assertSame( 7, $args['timeout'] );
		self::assertSame( 'echo ' . self::CHAT, $answer['body'] );
	}

	public function test_watching_alters_nothing(): void {
		list( $first ) = $this->layers( array() );
		self::assertFalse( $first->first( false, self::args( self::CHAT ), self::URL ) );
		self::assertSame( array(), self::http()->sent );
	}

	public function test_watching_stops_private_keys_and_keys_of_others(): void {
		list( $first ) = $this->layers( array() );
		self::assertSame( Reason::PRIVATE_KEY, self::reason( $first->first( false, self::args( self::KEY, array() ), self::URL ) ) );
		self::assertSame( Reason::FOREIGN_KEY, self::reason( $first->first( false, self::args( 'sk_live_7Rq2VxT9mKd4WzB8nYc3Hs6J', array() ), self::URL ) ) );
	}

	public function test_protecting_replaces_keys_and_holds_private_ones(): void {
		list( $first ) = $this->layers();
		self::assertSame( Reason::PRIVATE_KEY, self::reason( $first->first( false, self::args( self::KEY, array() ), self::URL ) ) );
		$first->first( false, self::args( 'sk_live_7Rq2VxT9mKd4WzB8nYc3Hs6J', array() ), self::URL );
		self::assertSame( '[api_key]', self::http()->sent[0][1]['body'] );
	}

	public function others(): array {
		return array(
			array( 'https://api.stripe.com/v1/charges' ),
			array( 'https://api.mailgun.net/v3/x/messages' ),
			array( 'https://shop.example/wp-cron.php' ),
			array( 'http://localhost:11434/api/chat' ),
			array( 'https://nobody.example/v1/chat/completions' ),
		);
	}

	/** @dataProvider others */
	public function test_other_classes_are_never_altered_or_held( string $url ): void {
		list( $first, $second ) = $this->layers();
		$body                   = self::KEY . self::MAIL;
		self::assertFalse( $first->first( false, self::args( $body ), $url ) );
		self::assertSame( array( $url, array(), $body ), self::library( $second, new WP_HTTP_Requests_Hooks( $url, array() ), $url, array(), $body ) );
	}

	public function test_an_unknown_host_is_ai_by_its_body(): void {
		list( $first ) = $this->layers();
		$first->first( false, self::args( self::CHAT ), 'https://nobody.example/x' );
		self::assertStringNotContainsString( self::MAIL, self::http()->sent[0][1]['body'] );
	}

	public function test_another_plugins_answer_stands(): void {
		list( $first ) = $this->layers();
		$answer          = array( 'body' => 'cached' );
		self::assertSame( $answer, $first->first( $answer, self::args( self::CHAT ), self::URL ) );
	}

	public function test_odd_arguments_pass(): void {
		list( $first ) = $this->layers();
		self::assertFalse( $first->first( false, 'args', self::URL ) );
		self::assertFalse( $first->first( false, self::args( self::CHAT ), null ) );
		self::assertFalse( $first->first( false, self::args( self::CHAT ), 'no address' ) );
	}

	public function test_the_bypass_passes_everything(): void {
		list( $first, $second ) = $this->layers( array( 'all' ), null, true );
		self::assertFalse( $first->first( false, self::args( self::KEY ), self::URL ) );
		self::assertSame( self::KEY, self::library( $second, new WP_HTTP_Requests_Hooks( self::URL, array() ), self::URL, array(), self::KEY )[2] );
	}

	public function test_a_callback_that_returns_false_does_not_undo_the_answer(): void {
		list( $first ) = $this->layers();
		$args            = self::args( self::CHAT );
		$answer          = $first->first( false, $args, self::URL );
		self::assertSame( $answer, $first->last( false, $args, self::URL ) );
		self::assertFalse( $first->last( false, $args, self::URL ), 'An answer is given once.' );
	}

	public function test_a_callback_with_an_answer_of_its_own_keeps_it(): void {
		list( $first ) = $this->layers();
		$args            = self::args( self::CHAT );
		$first->first( false, $args, self::URL );
		self::assertSame( array( 'mine' ), $first->last( array( 'mine' ), $args, self::URL ) );
	}

	public function test_a_hold_is_not_undone_either(): void {
		list( $first ) = $this->layers();
		$args            = self::args( self::KEY );
		$first->first( false, $args, self::URL );
		self::assertSame( Reason::PRIVATE_KEY, self::reason( $first->last( false, $args, self::URL ) ) );
	}

	public function test_the_token_opens_the_way_once_and_only_to_its_host(): void {
		list( $first ) = $this->layers();
		$seen            = array();
		self::http()->answer = static function ( string $url, array $args ) use ( $first, &$seen ): array {
			if ( count( $seen ) > 5 ) {
				return array();
			}
			$seen[] = $first->first( false, array( 'body' => self::CHAT ) + $args, 'https://api.anthropic.com/v1/messages' );
			$seen[] = $first->first( false, $args, $url );
			$seen[] = self::http()->sent;
			return array( 'body' => '' );
		};
		$first->first( false, self::args( self::CHAT ), self::URL );
		self::assertContains( false, $seen );
		foreach ( self::http()->sent as list( , $args ) ) {
			self::assertStringNotContainsString( self::MAIL, $args['body'] );
		}
	}

	public function test_a_made_up_token_opens_nothing(): void {
		list( $first ) = $this->layers();
		$first->first( false, array( Exchanges::ARG => str_repeat( 'a', 32 ) ) + self::args( self::CHAT ), self::URL );
		self::assertCount( 1, self::http()->sent );
	}

	public function test_a_call_that_throws_leaves_no_open_token(): void {
		list( $first )       = $this->layers();
		$token               = '';
		self::http()->answer = static function ( string $url, array $args ) use ( &$token ): array {
			$token = $args[ Exchanges::ARG ];
			throw new \RuntimeException( 'another plugin' );
		};
		try {
			$first->first( false, self::args( self::CHAT ), self::URL );
			self::fail( 'The exception of another plugin is its caller\'s.' );
		} catch ( \RuntimeException $error ) {
			self::assertSame( 'another plugin', $error->getMessage() );
		}
		self::assertFalse( $this->exchanges->claim( $token, 'api.openai.com' ) );
	}

	public function test_signed_calls_pass_clean_or_are_held(): void {
		list( $first ) = $this->layers();
		$headers         = array( 'X-Amz-Content-Sha256' => 'x' );
		self::assertFalse( $first->first( false, self::args( '{}', $headers ), self::URL ) );
		self::assertSame( Reason::SIGNED, self::reason( $first->first( false, self::args( self::CHAT, $headers ), self::URL ) ) );
	}

	public function failures(): array {
		return array(
			'no engine'     => array( 'missing', Reason::ENGINE_MISSING ),
			'broken policy' => array( 'policy', Reason::POLICY ),
		);
	}

	/** @dataProvider failures */
	public function test_a_failure_holds_what_is_protected_and_passes_what_is_watched( string $what, string $reason ): void {
		$engine = 'missing' === $what ? self::missing() : self::engine( '{"nonsense":1}' );
		list( $first, $second ) = $this->layers( array( 'openai' ), $engine );
		self::assertSame( $reason, self::reason( $first->first( false, self::args( '{}' ), self::URL ) ) );
		self::assertFalse( $first->first( false, self::args( '{}' ), 'https://api.anthropic.com/v1/messages' ) );
		self::assertFalse( $first->first( false, self::args( '{}' ), 'https://api.stripe.com/v1/charges' ) );
		$this->expectException( LibraryException::class );
		self::library( $second, new WP_HTTP_Requests_Hooks( self::URL, array() ), self::URL, array(), '{}' );
	}

	public function test_a_private_key_is_stopped_without_an_engine_too(): void {
		list( $first ) = $this->layers( array(), self::missing() );
		self::assertSame( Reason::PRIVATE_KEY, self::reason( $first->first( false, self::args( array( 'k' => self::KEY ) ), self::URL ) ) );
	}

	public function test_a_fault_holds_what_is_protected_and_says_no_value(): void {
		$spy           = new SpyEngine( self::engine() );
		$spy->fault    = new \RuntimeException( self::MAIL );
		list( $first ) = $this->layers( array( 'all' ), $spy );
		$held          = $first->first( false, self::args( self::CHAT ), self::URL );
		self::assertSame( Reason::FAULT, self::reason( $held ) );
		self::assertStringNotContainsString( 'jane', serialize( array( $held->get_error_message(), $held->get_error_data() ) ) );
		list( $first ) = $this->layers( array(), $spy );
		self::assertFalse( $first->first( false, self::args( self::CHAT ), self::URL ) );
	}

	public function test_a_hold_has_an_id_a_reason_and_a_fixed_text(): void {
		list( $first ) = $this->layers();
		$held            = $first->first( false, self::args( self::KEY ), self::URL );
		$data            = $held->get_error_data();
		self::assertMatchesRegularExpression( '~^[0-9a-f]{12}$~', $data['id'] );
		self::assertSame( array( 503, 'private_key' ), array( $data['status'], $data['reason'] ) );
		self::assertSame( 'Not available right now (' . $data['id'] . ')', $held->get_error_message() );
	}

	public function test_what_the_first_layer_passed_is_not_read_again(): void {
		$spy                    = new SpyEngine( self::engine() );
		list( $first, $second ) = $this->layers( array( 'all' ), $spy );
		$args                   = self::args( '{"a":1}' );
		$first->first( false, $args, self::URL );
		$asked = count( $spy->asked );
		self::assertGreaterThan( 0, $asked );
		self::library( $second, new WP_HTTP_Requests_Hooks( self::URL, $args ), self::URL, $args['headers'], $args['body'] );
		self::assertCount( $asked, $spy->asked );
	}

	public function test_a_late_change_is_scrubbed_in_place_and_the_reply_restored(): void {
		list( $first, $second ) = $this->layers();
		$args                   = self::args( '{"a":1}' );
		$first->first( false, $args, self::URL );
		$hooks                 = new WP_HTTP_Requests_Hooks( self::URL, $args );
		list( , $head, $body ) = self::library( $second, $hooks, self::URL, $args['headers'] + array( 'Content-Length' => 7 ), self::CHAT );
		self::assertStringNotContainsString( self::MAIL, $body );
		self::assertArrayNotHasKey( 'Content-Length', $head );
		$response = (object) array( 'headers' => array( 'content-type' => 'text/plain' ), 'body' => $body );
		$hooks->registered['requests.after_request'][0]( $response, array(), '', array( 'hooks' => $hooks, 'filename' => false ) );
		self::assertSame( self::CHAT, $response->body );
	}

	public function test_a_raw_request_past_the_first_layer_is_scrubbed(): void {
		list( , $second ) = $this->layers();
		self::assertStringNotContainsString( self::MAIL, self::library( $second, new WP_HTTP_Requests_Hooks( self::URL, array() ), self::URL, array(), self::CHAT )[2] );
	}

	public function test_a_hold_of_the_second_layer_gets_its_own_code(): void {
		list( , $second ) = $this->layers();
		$error            = null;
		try {
			self::library( $second, new WP_HTTP_Requests_Hooks( self::URL, array() ), self::URL, array(), self::KEY );
		} catch ( LibraryException $held ) {
			$error = new WP_Error( 'http_request_failed', $held->getMessage() );
		}
		self::assertNotNull( $error );
		$other = new WP_Error( 'http_request_failed', 'timeout' );
		$second->name_hold( $other );
		self::assertSame( 'http_request_failed', $other->get_error_code() );
		$second->name_hold( $error );
		self::assertSame( Reason::PRIVATE_KEY, self::reason( $error ) );
	}

	public function test_a_redirect_to_another_host_loses_credentials_and_gets_its_own_tokens(): void {
		list( , $second ) = $this->layers();
		$hooks            = new WP_HTTP_Requests_Hooks( self::URL, array() );
		$headers          = array( 'Authorization' => 'Bearer x', 'Cookie' => 'c=1', 'Content-Type' => 'application/json' );
		$one              = self::library( $second, $hooks, self::URL, $headers, self::CHAT );
		self::assertSame( 'Bearer x', $one[1]['Authorization'] );
		$two = self::library( $second, $hooks, 'https://api.anthropic.com/v1/messages', $one[1], $one[2] );
		self::assertSame( array( 'Content-Type' => 'application/json' ), $two[1] );
		self::assertStringNotContainsString( self::MAIL, $two[2] );
		self::assertNotSame( $one[2], $two[2] );
	}

	public function test_a_redirect_on_the_same_host_keeps_credentials(): void {
		list( , $second ) = $this->layers();
		$hooks            = new WP_HTTP_Requests_Hooks( self::URL, array() );
		self::library( $second, $hooks, self::URL, array( 'Authorization' => 'Bearer x' ), '{}' );
		self::assertSame( array( 'Authorization' => 'Bearer x' ), self::library( $second, $hooks, 'https://api.openai.com/v1/other', array( 'Authorization' => 'Bearer x' ), '{}' )[1] );
	}

	public function test_the_way_from_http_to_https_keeps_credentials_and_no_other_port_does(): void {
		list( , $second ) = $this->layers();
		$hooks            = new WP_HTTP_Requests_Hooks( self::URL, array() );
		$headers          = array( 'Authorization' => 'Bearer x' );
		self::library( $second, $hooks, 'http://api.openai.com/v1/x', $headers, '{}' );
		self::assertSame( $headers, self::library( $second, $hooks, 'https://api.openai.com/v1/x', $headers, '{}' )[1] );
		self::assertSame( array(), self::library( $second, $hooks, 'https://api.openai.com:8443/v1/x', $headers, '{}' )[1] );
		self::assertSame( array(), self::library( $second, $hooks, 'http://api.openai.com/v1/x', $headers, '{}' )[1] );
	}

	public function test_an_exchange_never_gets_weaker(): void {
		list( , $second ) = $this->layers( array( 'openai' ) );
		$hooks            = new WP_HTTP_Requests_Hooks( self::URL, array() );
		$one              = self::library( $second, $hooks, self::URL, array(), self::CHAT );
		$two              = self::library( $second, $hooks, 'https://api.anthropic.com/v1/messages', $one[1], $one[2] );
		self::assertStringNotContainsString( self::MAIL, $two[2] );
		$three = self::library( $second, $hooks, 'https://nobody.example/', array( 'Authorization' => 'x' ), $two[2] );
		self::assertStringNotContainsString( self::MAIL, $three[2] );
		self::assertArrayNotHasKey( 'Authorization', $three[1] );
	}

	public function test_a_watched_redirect_is_left_alone(): void {
		list( , $second ) = $this->layers( array() );
		$hooks            = new WP_HTTP_Requests_Hooks( self::URL, array() );
		$headers          = array( 'Authorization' => 'Bearer x' );
		self::library( $second, $hooks, self::URL, $headers, self::CHAT );
		self::assertSame( array( $headers, self::CHAT ), array_slice( self::library( $second, $hooks, 'https://api.anthropic.com/v1/messages', $headers, self::CHAT ), 1 ) );
	}

	public function test_a_file_reply_is_restored_in_place(): void {
		list( $first )       = $this->layers();
		$file                = (string) tempnam( sys_get_temp_dir(), 'tamis' );
		self::http()->answer = static function ( string $url, array $args ) use ( $file ): array {
			file_put_contents( $file, $args['body'] );
			return array( 'headers' => array( 'Content-Type' => 'application/json' ), 'body' => '', 'filename' => $file );
		};
		$first->first( false, self::args( self::CHAT ), self::URL );
		self::assertSame( self::CHAT, file_get_contents( $file ) );
		unlink( $file );
	}

	public function test_a_binary_file_is_not_touched(): void {
		list( $first )       = $this->layers();
		$file                = (string) tempnam( sys_get_temp_dir(), 'tamis' );
		self::http()->answer = static function ( string $url, array $args ) use ( $file ): array {
			file_put_contents( $file, $args['body'] );
			return array( 'headers' => array( 'Content-Type' => 'image/png' ), 'body' => '', 'filename' => $file );
		};
		$first->first( false, self::args( self::CHAT ), self::URL );
		self::assertStringNotContainsString( self::MAIL, (string) file_get_contents( $file ) );
		unlink( $file );
	}

	public function test_a_reply_that_is_an_error_is_handed_on(): void {
		list( $first )       = $this->layers();
		$error               = new WP_Error( 'http_request_failed', 'timeout' );
		self::http()->answer = static fn(): WP_Error => $error;
		self::assertSame( $error, $first->first( false, self::args( self::CHAT ), self::URL ) );
	}

	public function test_a_reply_without_a_body_is_handed_on(): void {
		list( $first )       = $this->layers();
		self::http()->answer = static fn(): array => array( 'headers' => array(), 'body' => '' );
		self::assertSame( array( 'headers' => array(), 'body' => '' ), $first->first( false, self::args( self::CHAT ), self::URL ) );
	}

	public function test_events_tell_what_happened_and_no_value(): void {
		FakeWordPress::$options['tamis'] = array( 'schema' => 1 );
		list( $first )                   = $this->layers();
		$first->first( false, self::args( self::CHAT ), self::URL . '?q=secret-query' );
		$first->first( false, self::args( self::KEY ), self::URL );
		$first->first( false, self::args( '{}' ), self::URL );
		$first->first( false, self::args( '{}' ), 'https://api.stripe.com/v1/charges' );
		$this->recorder->flush();
		$sql = implode( "\n", $GLOBALS['wpdb']->queries );
		foreach ( array( "'protected'", "'held'", "'clean'", "'counted'", "'private_key'", 'email', 'openai.chat' ) as $word ) {
			self::assertStringContainsString( $word, $sql );
		}
		foreach ( array( 'jane', 'MIIEow', 'secret-query', 'BEGIN' ) as $value ) {
			self::assertStringNotContainsString( $value, $sql );
		}
		self::assertCount( 1, $GLOBALS['wpdb']->queries );
	}

	public function test_a_page_without_calls_asks_the_database_nothing(): void {
		$this->layers();
		$this->recorder->flush();
		self::assertSame( array(), $GLOBALS['wpdb']->queries );
	}

	public function test_a_filter_that_throws_does_not_end_a_call(): void {
		FakeWordPress::$filters['tamis_destinations'] = static function (): array {
			throw new \RuntimeException( 'another plugin' );
		};
		list( $first ) = $this->layers();
		self::assertFalse( $first->first( false, self::args( self::MAIL ), 'https://api.stripe.com/v1/charges' ) );
		$first->first( false, self::args( self::CHAT ), self::URL );
		self::assertStringNotContainsString( self::MAIL, self::http()->sent[0][1]['body'] );
	}

	public function test_a_database_that_throws_does_not_end_a_page(): void {
		FakeWordPress::$options['tamis'] = array( 'schema' => 1 );
		$GLOBALS['wpdb']                 = new class() {
			public function __get( string $name ): string {
				throw new \RuntimeException( 'no database' );
			}
		};
		list( $first ) = $this->layers();
		$first->first( false, self::args( '{}' ), self::URL );
		$this->recorder->flush();
		self::assertSame( array(), self::http()->sent );
	}

	public function test_a_call_that_both_layers_read_counts_once(): void {
		FakeWordPress::$options['tamis'] = array( 'schema' => 1 );
		list( $first, $second )          = $this->layers( array() );
		$args                            = self::args( self::CHAT );
		$first->first( false, $args, self::URL );
		self::library( $second, new WP_HTTP_Requests_Hooks( self::URL, $args ), self::URL, array( 'X-New' => '1' ), self::CHAT );
		$hooks = new WP_HTTP_Requests_Hooks( self::URL, $args );
		$first->first( false, $args, self::URL );
		self::library( $second, $hooks, self::URL, $args['headers'], self::CHAT );
		self::library( $second, $hooks, 'https://api.anthropic.com/v1/messages', $args['headers'], self::CHAT );
		$this->recorder->flush();
		self::assertStringNotContainsString( 'email\\":2', $GLOBALS['wpdb']->queries[0] );
		self::assertSame( 2, substr_count( $GLOBALS['wpdb']->queries[0], 'email' ) );
	}
}
