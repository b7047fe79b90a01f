<?php
/**
 * The engine where there is none.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

use LogicException;
use Tamis\Outcome;

/**
 * Reads nothing, so that protecting destinations are held.
 */
final class BlockingEngine implements Engine {

	/**
	 * An engine that says why it reads nothing.
	 *
	 * @param Problem $problem Why.
	 */
	public function __construct( private readonly Problem $problem ) {}

	/**
	 * Always the same problem.
	 *
	 * @param string $use What a call is for.
	 */
	public function problem( string $use ): ?Problem {
		return $this->problem;
	}

	/**
	 * Never called: callers ask for the problem first.
	 *
	 * @param Destination  $destination Where it goes.
	 * @param string       $scope       What tokens are bound to.
	 * @param string       $body        Bytes.
	 * @param string       $type        Content type.
	 * @param string       $charset     Character set.
	 * @param Outcome|null $exchange    Earlier outcome of the same exchange.
	 */
	public function redact( Destination $destination, string $scope, string $body, string $type, string $charset, ?Outcome $exchange ): Outcome {
		throw new LogicException( 'There is no engine.' );
	}
}
