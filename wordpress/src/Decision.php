<?php
/**
 * What becomes of one request.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

/**
 * Pass it as it is, send another in its place, or hold it.
 */
final class Decision {

	public const PASS    = 'pass';
	public const REPLACE = 'replace';
	public const HOLD    = 'hold';

	/**
	 * A decision.
	 *
	 * @param string       $what    One of the constants.
	 * @param string       $reason  Why it is held, or could not be read.
	 * @param int          $code    The engine's code.
	 * @param Tally|null   $tally   What was found.
	 * @param Request|null $request What is sent instead.
	 */
	public function __construct(
		public readonly string $what,
		public readonly string $reason = '',
		public readonly int $code = 0,
		public readonly ?Tally $tally = null,
		public readonly ?Request $request = null,
	) {}

	/**
	 * What an event says of it.
	 *
	 * @param bool $seen Whether anything was found or could not be read.
	 */
	public function action( bool $seen ): string {
		return match ( $this->what ) {
			self::HOLD    => Event::HELD,
			self::REPLACE => Event::PROTECTED,
			default       => $seen ? Event::WATCHED : Event::CLEAN,
		};
	}

	/** Whether anything was found or could not be read. */
	public function saw(): bool {
		return '' !== $this->reason || ( null !== $this->tally && array() !== $this->tally->counts );
	}
}
