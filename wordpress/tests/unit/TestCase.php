<?php
/**
 * What tests share.
 *
 * @package Tamis\Tests
 */

declare( strict_types=1 );

namespace Tamis\WordPress\Tests;

use FakeDatabase;
use FakeHttp;
use FakeWordPress;
use PHPUnit\Framework\TestCase as Base;
use Tamis\WordPress\Attribution;
use Tamis\WordPress\BlockingEngine;
use Tamis\WordPress\Catalogue;
use Tamis\WordPress\Destination;
use Tamis\WordPress\Engine;
use Tamis\WordPress\EventStore;
use Tamis\WordPress\Exchanges;
use Tamis\WordPress\ExtraRows;
use Tamis\WordPress\Guard;
use Tamis\WordPress\Interceptor;
use Tamis\WordPress\KeySource;
use Tamis\WordPress\NativeEngine;
use Tamis\WordPress\Policy;
use Tamis\WordPress\Problem;
use Tamis\WordPress\Reason;
use Tamis\WordPress\Recorder;
use Tamis\WordPress\Reply;
use Tamis\WordPress\Scrubber;
use Tamis\WordPress\Settings;
use Tamis\WordPress\Site;
use Tamis\WordPress\Url;
use Tamis\WordPress\Verifier;

/** Fresh WordPress for each test, and the plugin's parts put together. */
abstract class TestCase extends Base {
	protected const MAIL = 'jane.doe@example.com';
	protected const KEY  = "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA7n1uJ8Qx0Z0l0v0t0b0Zk2QfE1Zy3Vx9bq8x5w6t4r2e1q0p\n-----END RSA PRIVATE KEY-----";
	protected const CHAT = '{"model":"gpt-4o","messages":[{"role":"user","content":"Write to jane.doe@example.com"}]}';
	protected const URL  = 'https://api.openai.com/v1/chat/completions';

	protected Exchanges $exchanges;
	protected Recorder $recorder;
	protected Guard $guard;

	protected function setUp(): void {
		FakeWordPress::reset();
		FakeHttp::$last  = null;
		$GLOBALS['wpdb'] = new FakeDatabase();
	}

	protected static function catalogue(): Catalogue {
		return new Catalogue( require dirname( __DIR__, 2 ) . '/data/destinations.php', new ExtraRows(), new Site() );
	}

	protected static function find( string $url ): Destination {
		return self::catalogue()->find( Url::parse( $url ) );
	}

	protected static function engine( string $policy = '' ): Engine {
		return new NativeEngine( new Policy( $policy ), new KeySource() );
	}

	protected static function missing(): Engine {
		return new BlockingEngine( new Problem( Reason::ENGINE_MISSING ) );
	}

	/**
	 * Both layers.
	 *
	 * @return array{Interceptor, Verifier}
	 */
	protected function layers( ?array $protect = array( 'all' ), ?Engine $engine = null, bool $bypass = false ): array {
		$settings        = new Settings( $protect, $bypass, '' );
		$engine          = $engine ?? self::engine();
		$this->exchanges = new Exchanges();
		$this->recorder  = new Recorder( new EventStore(), new Attribution( array(), '/nowhere/' ) );
		$this->guard     = new Guard( self::catalogue(), $settings, $engine, new Scrubber( $engine, new Site() ) );
		return array(
			new Interceptor( $settings, $this->guard, $this->exchanges, $this->recorder, new Reply() ),
			new Verifier( $settings, $this->guard, $this->exchanges, $this->recorder, new Reply() ),
		);
	}

	/**
	 * Arguments as WordPress fills them in.
	 *
	 * @return array<string, mixed>
	 */
	protected static function args( mixed $body, mixed $headers = array( 'Content-Type' => 'application/json' ), string $method = 'POST' ): array {
		return array(
			'method'   => $method,
			'headers'  => $headers,
			'body'     => $body,
			'cookies'  => array(),
			'blocking' => true,
			'timeout'  => 7,
		);
	}
}
