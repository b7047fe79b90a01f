<?php
/**
 * What reads bodies.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

use Tamis\Input;
use Tamis\Outcome;

/**
 * The extension, or its absence.
 */
interface Engine {

	/**
	 * Why bodies for this use cannot be read: a reason, or null when they can.
	 *
	 * @param string $use What a call is for.
	 */
	public function problem( string $use ): ?Problem;

	/**
	 * Reads one body.
	 *
	 * @param string       $use      What the call is for.
	 * @param Input        $input    Body with what is known of it.
	 * @param Outcome|null $exchange Earlier outcome of the same exchange.
	 */
	public function redact( string $use, Input $input, ?Outcome $exchange ): Outcome;
}
