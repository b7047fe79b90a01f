<?php
/**
 * The engine where there is none.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

use LogicException;
use Tamis\Input;
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
	 * @param string       $use      What the call is for.
	 * @param Input        $input    Body.
	 * @param Outcome|null $exchange Earlier outcome.
	 */
	public function redact( string $use, Input $input, ?Outcome $exchange ): Outcome {
		throw new LogicException( 'There is no engine.' );
	}
}
