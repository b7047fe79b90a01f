<?php
/**
 * What reads bodies.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

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
	 * @param Destination  $destination Where it goes.
	 * @param string       $scope       What tokens are bound to.
	 * @param string       $body        Bytes.
	 * @param string       $type        Content type.
	 * @param string       $charset     Character set.
	 * @param Outcome|null $exchange    Earlier outcome of the same exchange.
	 */
	public function redact( Destination $destination, string $scope, string $body, string $type, string $charset, ?Outcome $exchange ): Outcome;
}
