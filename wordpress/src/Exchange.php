<?php
/**
 * One call and its reply.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

use Tamis\Outcome;

/**
 * What both layers must know of a call on its way.
 */
final class Exchange {

	/** Why the second layer held it. */
	public ?Hold $hold = null;

	/** Whether its token was shown. */
	public bool $claimed = false;

	/**
	 * An exchange.
	 *
	 * @param Request      $original What the caller wanted to send.
	 * @param Request      $approved What may be sent.
	 * @param string       $host     Host that it was approved for.
	 * @param bool         $strict   Whether a destination of this exchange is protecting: it never gets weaker.
	 * @param Outcome|null $outcome  The way back; null when nothing was replaced.
	 * @param Event        $event    Its event.
	 * @param bool         $answered Whether the first layer restores the reply.
	 */
	public function __construct(
		public readonly Request $original,
		public Request $approved,
		public string $host,
		public bool $strict,
		public ?Outcome $outcome,
		public Event $event,
		public readonly bool $answered,
	) {}
}
