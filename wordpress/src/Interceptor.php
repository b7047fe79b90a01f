<?php
/**
 * The first layer: decides before WordPress does anything with a request.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

use Throwable;
use WP_Error;

/**
 * First at pre_http_request. A clean request goes on untouched; another is sent in its place, or it is held.
 * Last at pre_http_request it insists on its answer: a plugin that returns false there would have WordPress
 * send the request again, as it was written.
 */
final class Interceptor {

	/** Answers that later callbacks may still take away; deeper nesting forgets the oldest. */
	private const ANSWERS_MAX = 16;

	/**
	 * Answers by request, innermost last.
	 *
	 * @var list<array{array<string, mixed>, string, array<string, mixed>|WP_Error}>
	 */
	private array $answers = array();

	/**
	 * The first layer.
	 *
	 * @param Settings  $settings  Settings.
	 * @param Guard     $guard     Guard.
	 * @param Exchanges $exchanges Calls on their way.
	 * @param Recorder  $recorder  Events.
	 * @param Reply     $reply     Replies.
	 */
	public function __construct(
		private readonly Settings $settings,
		private readonly Guard $guard,
		private readonly Exchanges $exchanges,
		private readonly Recorder $recorder,
		private readonly Reply $reply,
	) {}

	/**
	 * Filter pre_http_request, first.
	 *
	 * @param mixed $pre  False, or another plugin's answer, which stands: nothing is sent then.
	 * @param mixed $args Arguments of the request.
	 * @param mixed $url  Address.
	 * @return mixed
	 */
	public function first( mixed $pre, mixed $args, mixed $url ): mixed {
		if ( false !== $pre || $this->settings->bypassed() || ! is_array( $args ) || ! is_string( $url ) ) {
			return $pre;
		}
		$destination = null;
		try {
			$request     = Request::from_args( $url, $args );
			$destination = $this->guard->destination( $request );
			$answer      = null === $destination ? $pre : $this->decide( $request, $destination, $args );
		} catch ( Throwable $fault ) {
			$answer = $this->failed( $destination );
		}
		if ( $answer instanceof Exchange ) {
			// Outside of the guard above: what other plugins throw on the way is their callers' to see.
			$answer = $this->send( $answer, $args );
		}
		if ( false !== $answer ) {
			$this->remember( $args, $url, $answer );
		}
		return $answer;
	}

	/**
	 * False where a request passes, an error where it is held, an exchange where another is sent instead.
	 *
	 * @param Request              $request     Request.
	 * @param Destination          $destination Where it goes.
	 * @param array<string, mixed> $args        Its arguments.
	 */
	private function decide( Request $request, Destination $destination, array $args ): Exchange|WP_Error|false {
		if ( isset( $args[ Exchanges::ARG ] ) && $this->exchanges->claim( $args[ Exchanges::ARG ], $destination->host ) ) {
			return false;
		}
		if ( ! $destination->is_ai() ) {
			$this->recorder->count( $destination );
			return false;
		}
		$started  = hrtime( true );
		$strict   = $this->guard->protects( $destination );
		$decision = $this->guard->decide( $request, $destination, $strict );
		$event    = $this->recorder->event( $destination, $decision, $strict );
		$exchange = new Exchange( $request, $decision->request ?? $request, $destination->host, $strict, null, $event, null !== $decision->request );

		$event->duration_us = intdiv( hrtime( true ) - $started, 1000 );
		if ( Decision::HOLD === $decision->what ) {
			return ( new Hold( $event->id, $decision->reason, $decision->code ) )->error();
		}
		if ( Decision::PASS === $decision->what ) {
			$this->exchanges->pass( $exchange );
			return false;
		}
		$exchange->outcome = $decision->tally?->outcome;
		return $exchange;
	}

	/**
	 * The answer where Tamis itself failed: what is protected is held.
	 *
	 * @param Destination|null $destination Where the request goes, if that is known.
	 */
	private function failed( ?Destination $destination ): WP_Error|false {
		if ( null === $destination || ! $this->guard->protects( $destination ) ) {
			return false;
		}
		return ( new Hold( bin2hex( random_bytes( 6 ) ), Reason::FAULT ) )->error();
	}

	/**
	 * Filter pre_http_request, last.
	 *
	 * @param mixed $pre  What the filter has come to.
	 * @param mixed $args Arguments of the request.
	 * @param mixed $url  Address.
	 * @return mixed
	 */
	public function last( mixed $pre, mixed $args, mixed $url ): mixed {
		for ( $at = count( $this->answers ) - 1; $at >= 0; --$at ) {
			list( $known, $address, $answer ) = $this->answers[ $at ];
			if ( $known === $args && $address === $url ) {
				// Answers above belong to requests that ended in an exception.
				array_splice( $this->answers, $at );
				return false === $pre ? $answer : $pre;
			}
		}
		return $pre;
	}

	/**
	 * Sends the scrubbed request and restores its reply.
	 *
	 * @param Exchange             $exchange Exchange.
	 * @param array<string, mixed> $args     The caller's arguments.
	 * @return array<string, mixed>|WP_Error
	 */
	private function send( Exchange $exchange, array $args ): array|WP_Error {
		$token = $this->exchanges->open( $exchange );
		$args  = $exchange->approved->into_args( $args );

		$args[ Exchanges::ARG ] = $token;
		try {
			$response = _wp_http_get_object()->request( $exchange->approved->url, $args );
		} finally {
			$this->exchanges->close( $token );
		}
		if ( null !== $exchange->hold && is_wp_error( $response ) ) {
			return $exchange->hold->error();
		}
		return is_array( $response ) ? $this->reply->restore( $response, $exchange ) : $response;
	}

	/**
	 * Remembers an answer until the filter has run through.
	 *
	 * @param array<string, mixed>          $args   Arguments of the request.
	 * @param string                        $url    Address.
	 * @param array<string, mixed>|WP_Error $answer Answer.
	 */
	private function remember( array $args, string $url, array|WP_Error $answer ): void {
		if ( count( $this->answers ) >= self::ANSWERS_MAX ) {
			array_shift( $this->answers );
		}
		$this->answers[] = array( $args, $url, $answer );
	}
}
