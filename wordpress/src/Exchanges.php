<?php
/**
 * Calls on their way.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

use WeakMap;
use WP_HTTP_Requests_Hooks;

/**
 * Finds the exchange of a request: by a single-use token in the arguments where the first layer sent it, by
 * the network library's hooks object from then on. A flag would not do: a call that another plugin makes
 * meanwhile is another call.
 */
final class Exchanges {

	/** The argument that carries the token. */
	public const ARG = 'tamis_exchange';

	/** Exchanges that passed the first layer and may still be on their way. */
	private const PASSED_MAX = 4;

	/**
	 * By token.
	 *
	 * @var array<string, Exchange>
	 */
	private array $by_token = array();

	/**
	 * By hooks object.
	 *
	 * @var WeakMap<object, Exchange>
	 */
	private WeakMap $by_hooks;

	/**
	 * Exchanges that the first layer passed as they were.
	 *
	 * @var list<Exchange>
	 */
	private array $passed = array();

	/**
	 * The host of the last hop, by hooks object.
	 *
	 * @var WeakMap<object, string>
	 */
	private WeakMap $hosts;

	/** Nothing is on its way yet. */
	public function __construct() {
		$this->by_hooks = new WeakMap();
		$this->hosts    = new WeakMap();
	}

	/**
	 * Opens an exchange and gives its token.
	 *
	 * @param Exchange $exchange Exchange.
	 */
	public function open( Exchange $exchange ): string {
		$token = bin2hex( random_bytes( 16 ) );

		$this->by_token[ $token ] = $exchange;
		return $token;
	}

	/**
	 * Closes an exchange: its token opens nothing any more.
	 *
	 * @param string $token Token.
	 */
	public function close( string $token ): void {
		unset( $this->by_token[ $token ] );
	}

	/**
	 * Whether a request at the first layer is the one that this layer itself sent. Each token counts once.
	 *
	 * @param mixed  $token Token.
	 * @param string $host  Host of the request.
	 */
	public function claim( mixed $token, string $host ): bool {
		$exchange = is_string( $token ) ? $this->by_token[ $token ] ?? null : null;
		if ( null === $exchange || $exchange->claimed || $exchange->host !== $host ) {
			return false;
		}
		$exchange->claimed = true;
		return true;
	}

	/**
	 * The exchange of a request at the second layer, or null when this layer meets it first.
	 *
	 * @param object $hooks The library's hooks object, the same on all hops.
	 */
	public function of( object $hooks ): ?Exchange {
		if ( isset( $this->by_hooks[ $hooks ] ) ) {
			return $this->by_hooks[ $hooks ];
		}
		if ( array() === $this->by_token || ! $hooks instanceof WP_HTTP_Requests_Hooks ) {
			return null;
		}
		list( , $args ) = $this->asked( $hooks );

		$token = $args[ self::ARG ] ?? null;
		$found = is_string( $token ) ? $this->by_token[ $token ] ?? null : null;
		if ( null !== $found ) {
			$this->by_hooks[ $hooks ] = $found;
		}
		return $found;
	}

	/**
	 * Ties an exchange to a hooks object.
	 *
	 * @param object   $hooks    Hooks object.
	 * @param Exchange $exchange Exchange.
	 */
	public function tie( object $hooks, Exchange $exchange ): void {
		$this->by_hooks[ $hooks ] = $exchange;
	}

	/**
	 * Remembers an exchange whose request passed as it was.
	 *
	 * @param Exchange $exchange Exchange.
	 */
	public function pass( Exchange $exchange ): void {
		if ( count( $this->passed ) >= self::PASSED_MAX ) {
			array_shift( $this->passed );
		}
		$this->passed[] = $exchange;
	}

	/**
	 * The exchange that passed the first layer with these very bytes, or else from the same call: other
	 * plugins and cookies may have changed it since. Null when there is none.
	 *
	 * @param object  $hooks   Hooks object of the request at the second layer.
	 * @param Request $request Request.
	 */
	public function passed( object $hooks, Request $request ): ?Exchange {
		foreach ( $this->passed as $index => $exchange ) {
			if ( $exchange->approved->equals( $request ) ) {
				array_splice( $this->passed, $index, 1 );
				$this->by_hooks[ $hooks ] = $exchange;
				return $exchange;
			}
		}
		if ( array() === $this->passed || ! $hooks instanceof WP_HTTP_Requests_Hooks ) {
			return null;
		}
		list( $url, $args ) = $this->asked( $hooks );
		foreach ( $this->passed as $index => $exchange ) {
			$known = $exchange->original;
			if ( $known->url === $url && $known->body === ( $args['body'] ?? null ) && $known->headers === Headers::from( $args['headers'] ?? null ) ) {
				array_splice( $this->passed, $index, 1 );
				$this->by_hooks[ $hooks ] = $exchange;
				return $exchange;
			}
		}
		return null;
	}

	/**
	 * Address and arguments that WordPress was asked for. They are protected, and the action does not hand
	 * them over.
	 *
	 * @param WP_HTTP_Requests_Hooks $hooks Hooks object.
	 * @return array{string, array<string, mixed>}
	 */
	private function asked( WP_HTTP_Requests_Hooks $hooks ): array {
		return \Closure::bind( fn(): array => array( (string) $this->url, (array) $this->request ), $hooks, WP_HTTP_Requests_Hooks::class )();
	}

	/**
	 * Notes the host of a hop and gives the host of the one before; an empty string for the first.
	 *
	 * @param object $hooks Hooks object.
	 * @param string $host  Host with its port.
	 */
	public function hop( object $hooks, string $host ): string {
		$before                = $this->hosts[ $hooks ] ?? '';
		$this->hosts[ $hooks ] = $host;
		return $before;
	}
}
