<?php
/**
 * Decides about a request.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

use Tamis\Outcome;
use Throwable;

/**
 * The one place where findings, modes and failures meet. It sends nothing and alters nothing.
 */
final class Guard {

	/**
	 * A guard.
	 *
	 * @param Catalogue $catalogue Destinations.
	 * @param Settings  $settings  Modes.
	 * @param Engine    $engine    Engine.
	 * @param Scrubber  $scrubber  Scrubber.
	 */
	public function __construct(
		private readonly Catalogue $catalogue,
		private readonly Settings $settings,
		private readonly Engine $engine,
		private readonly Scrubber $scrubber,
	) {}

	/**
	 * Where a request goes, or null where that is nowhere.
	 *
	 * @param Request $request Request.
	 */
	public function destination( Request $request ): ?Destination {
		$url = Url::parse( $request->url );
		if ( null === $url ) {
			return null;
		}
		$found = $this->catalogue->find( $url );
		if ( 'unknown' === $found->class ) {
			$shape = BodyShape::of( $request->body );
			if ( '' !== $shape ) {
				return $this->catalogue->told_by_body( $url, $shape );
			}
		}
		return $found;
	}

	/**
	 * Whether a destination is protecting.
	 *
	 * @param Destination $destination Destination.
	 */
	public function protects( Destination $destination ): bool {
		return $this->settings->protects( $destination );
	}

	/**
	 * What becomes of a request to an AI service. Never throws: a fault holds what is protected.
	 *
	 * @param Request      $request     Request.
	 * @param Destination  $destination Where it goes.
	 * @param bool         $protecting  Whether the destination is protecting.
	 * @param Outcome|null $exchange    Earlier outcome of the same exchange.
	 */
	public function decide( Request $request, Destination $destination, bool $protecting, ?Outcome $exchange = null ): Decision {
		try {
			$problem = $this->engine->problem( $destination->use );
			if ( null !== $problem ) {
				$key = ! $protecting && self::has_private_key( $request );
				return self::failed( $protecting || $key, $key ? Reason::PRIVATE_KEY : $problem->reason, $key ? 0 : $problem->code );
			}
			$url    = Url::parse( $request->url );
			$signed = Signature::is_on( $request->headers, null === $url ? '' : $url->query );

			list( $scrubbed, $tally ) = $this->scrubber->scrub( $request, $destination, $exchange, $signed );
			return $protecting ? self::protecting( $scrubbed, $tally, $signed ) : self::watching( $tally );
		} catch ( Throwable $fault ) {
			return self::failed( $protecting, Reason::FAULT, 0 );
		}
	}

	/**
	 * A request to a destination that is protecting.
	 *
	 * @param Request $scrubbed What may be sent.
	 * @param Tally   $tally    What was found.
	 * @param bool    $signed   Whether it is signed.
	 */
	private static function protecting( Request $scrubbed, Tally $tally, bool $signed ): Decision {
		if ( $tally->private_key ) {
			return new Decision( Decision::HOLD, Reason::PRIVATE_KEY, 0, $tally );
		}
		if ( $tally->foreign_credential ) {
			return new Decision( Decision::HOLD, Reason::FOREIGN_KEY, 0, $tally );
		}
		if ( '' !== $tally->blocked ) {
			return new Decision( Decision::HOLD, $tally->blocked, $tally->code, $tally );
		}
		if ( ! $tally->changed ) {
			return new Decision( Decision::PASS, '', 0, $tally );
		}
		if ( $signed ) {
			return new Decision( Decision::HOLD, Reason::SIGNED, 0, $tally );
		}
		return new Decision( Decision::REPLACE, '', 0, $tally, $scrubbed );
	}

	/**
	 * A request to a destination that is only watched: nothing is altered, and keys are stopped.
	 *
	 * @param Tally $tally What was found.
	 */
	private static function watching( Tally $tally ): Decision {
		if ( $tally->private_key ) {
			return new Decision( Decision::HOLD, Reason::PRIVATE_KEY, 0, $tally );
		}
		if ( $tally->foreign_key || $tally->foreign_credential ) {
			return new Decision( Decision::HOLD, Reason::FOREIGN_KEY, 0, $tally );
		}
		return new Decision( Decision::PASS, $tally->blocked, $tally->code, $tally );
	}

	/**
	 * Whether a body holds a private key as plainly as PHP can see it: stopped also where there is no engine.
	 *
	 * @param Request $request Request.
	 */
	private static function has_private_key( Request $request ): bool {
		$body = is_array( $request->body ) ? http_build_query( $request->body ) : (string) $request->body;
		return str_contains( $body, 'PRIVATE KEY-----' ) || str_contains( $body, 'PRIVATE+KEY-----' );
	}

	/**
	 * What becomes of a request that could not be read.
	 *
	 * @param bool   $protecting Whether the destination is protecting.
	 * @param string $reason     Why.
	 * @param int    $code       The engine's code.
	 */
	private static function failed( bool $protecting, string $reason, int $code ): Decision {
		return new Decision( $protecting ? Decision::HOLD : Decision::PASS, $reason, $code );
	}
}
