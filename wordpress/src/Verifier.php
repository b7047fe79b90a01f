<?php
/**
 * The second layer: looks at what is really sent.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

use Throwable;
use WP_Error;
use WpOrg\Requests\Exception as LibraryException;

/**
 * Last at the network library's own hook, on every hop. What the first layer approved passes; whatever was
 * changed since, sent past it or redirected is decided again, altered in place or refused.
 */
final class Verifier {

	/** A hold whose error is still on its way through WordPress. */
	private ?Hold $pending = null;

	/**
	 * The second layer.
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
	 * Action requests-requests.before_request. All parameters are the library's own, by reference.
	 *
	 * @param mixed $url     Address.
	 * @param mixed $headers Headers.
	 * @param mixed $data    Body.
	 * @param mixed $type    Method.
	 * @param mixed $options Options.
	 * @throws LibraryException When the request is held.
	 */
	public function before_request( mixed &$url, mixed &$headers, mixed &$data, mixed &$type, mixed &$options ): void {
		$hooks = is_array( $options ) ? $options['hooks'] ?? null : null;
		if ( $this->settings->bypassed() || ! is_object( $hooks ) ) {
			return;
		}
		$started  = hrtime( true );
		$request  = Request::from_library( (string) $url, $headers, $data, (string) $type, $options['useragent'] ?? '' );
		$exchange = $this->exchanges->of( $hooks );
		$address  = Url::parse( $request->url );
		if ( null === $address ) {
			return;
		}
		$host   = $address->host . ':' . $address->port;
		$before = $this->exchanges->hop( $hooks, $host );
		// From http to https on one host is the way home, not another place.
		$moved = '' !== $before && $before !== $host && ( 443 !== $address->port || $before !== $address->host . ':80' );
		if ( ! $moved ) {
			$exchange ??= $this->exchanges->passed( $hooks, $request );
			if ( null !== $exchange && $exchange->approved->equals( $request ) ) {
				return;
			}
		}
		try {
			$this->look( $request, $hooks, $exchange, $moved, $started );
		} catch ( LibraryException $held ) {
			throw $held;
		} catch ( Throwable $fault ) {
			$this->failed( $request, $exchange );
			return;
		}

		$url     = $request->url;
		$headers = $request->headers;
		$data    = $request->body;
		if ( '' !== $request->agent ) {
			$options['useragent'] = $request->agent;
		}
	}

	/**
	 * The library's hook after a reply, set where only this layer altered the request.
	 *
	 * @param mixed $response Response, by reference.
	 * @param mixed $headers  Headers of the request.
	 * @param mixed $data     Body of the request.
	 * @param mixed $options  Options.
	 */
	public function after_request( mixed &$response, mixed $headers, mixed $data, mixed $options ): void {
		$hooks    = is_array( $options ) ? $options['hooks'] ?? null : null;
		$exchange = is_object( $hooks ) ? $this->exchanges->of( $hooks ) : null;
		if ( null !== $exchange && is_object( $response ) ) {
			$this->reply->restore_object( $response, $exchange, is_string( $options['filename'] ?? null ) ? $options['filename'] : '' );
		}
	}

	/**
	 * Action http_api_debug: gives a hold of this layer its own code. The library knows only its own errors.
	 *
	 * @param mixed $response Response or error.
	 */
	public function name_hold( mixed $response ): void {
		$hold = $this->pending;
		if ( null === $hold || ! $response instanceof WP_Error || $response->get_error_message() !== $hold->message() ) {
			return;
		}
		$this->pending = null;
		foreach ( $response->get_error_codes() as $code ) {
			$response->remove( $code );
		}
		$response->add( Hold::CODE, $hold->message(), $hold->data() );
	}

	/**
	 * Decides about a request that is not as the first layer approved it, and alters it.
	 *
	 * @param Request       $request  Request; altered.
	 * @param object        $hooks    Hooks object.
	 * @param Exchange|null $exchange Its exchange, if one is known.
	 * @param bool          $moved    Whether a redirect led to another host.
	 * @param int           $started  When this layer began.
	 * @throws LibraryException When the request is held.
	 */
	private function look( Request $request, object $hooks, ?Exchange $exchange, bool $moved, int $started ): void {
		$destination = $this->guard->destination( $request );
		$strict      = null !== $exchange && $exchange->strict;
		if ( null === $destination || ! $destination->is_ai() ) {
			if ( $moved && $strict && null !== $destination ) {
				$request->headers = Headers::for_other_host( $request->headers, $destination->headers );
			}
			return;
		}
		$strict = $strict || $this->guard->protects( $destination );
		if ( $moved && $strict ) {
			$request->headers = Headers::for_other_host( $request->headers, $destination->headers );
			if ( null !== $exchange && $exchange->approved->body === $request->body ) {
				// Tokens are bound to a host: the next one gets its own, made from the caller's words.
				$request->body = $exchange->original->body;
			}
		}
		$decision = $this->guard->decide( $request, $destination, $strict, $exchange?->outcome );
		if ( null === $exchange ) {
			$event    = $this->recorder->event( $destination, $decision, $strict );
			$exchange = new Exchange( clone $request, clone $request, $destination->host, $strict, null, $event, false );
			$this->exchanges->tie( $hooks, $exchange );
		} else {
			$this->recorder->amend( $exchange->event, $decision );
		}
		$exchange->strict              = $strict;
		$exchange->event->duration_us += intdiv( hrtime( true ) - $started, 1000 );
		if ( Decision::HOLD === $decision->what ) {
			$hold           = new Hold( $exchange->event->id, $decision->reason, $decision->code );
			$exchange->hold = $hold;
			$this->pending  = $hold;
			throw new LibraryException( $hold->message(), Hold::CODE, $hold->data() );
		}
		if ( null !== $decision->request ) {
			$this->alter( $request, $decision->request, $hooks, $exchange, $decision->tally );
		}
	}

	/**
	 * Holds what is protected where Tamis itself failed.
	 *
	 * @param Request       $request  Request.
	 * @param Exchange|null $exchange Its exchange, if one is known.
	 * @throws LibraryException When the request is held.
	 */
	private function failed( Request $request, ?Exchange $exchange ): void {
		$destination = $this->guard->destination( $request );
		if ( null !== $destination && $destination->is_ai() && ( ( null !== $exchange && $exchange->strict ) || $this->guard->protects( $destination ) ) ) {
			$this->pending = new Hold( bin2hex( random_bytes( 6 ) ), Reason::FAULT );
			throw new LibraryException( $this->pending->message(), Hold::CODE, $this->pending->data() );
		}
	}

	/**
	 * Puts the scrubbed parts in place and sees that the reply is restored.
	 *
	 * @param Request    $request  Request; altered.
	 * @param Request    $scrubbed What may be sent.
	 * @param object     $hooks    Hooks object.
	 * @param Exchange   $exchange Exchange.
	 * @param Tally|null $tally    What was found.
	 */
	private function alter( Request $request, Request $scrubbed, object $hooks, Exchange $exchange, ?Tally $tally ): void {
		$first              = null === $exchange->outcome;
		$exchange->outcome  = $tally?->outcome;
		$exchange->approved = $scrubbed;

		$request->url     = $scrubbed->url;
		$request->headers = $scrubbed->headers;
		$request->agent   = $scrubbed->agent;
		$request->body    = $scrubbed->body;
		if ( $first && ! $exchange->answered && method_exists( $hooks, 'register' ) ) {
			$hooks->register( 'requests.after_request', array( $this, 'after_request' ) );
		}
	}
}
