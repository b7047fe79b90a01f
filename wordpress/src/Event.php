<?php
/**
 * What happened to one call, or how often nothing did in one hour.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

/**
 * Names, counts and times: never a value, never a query string.
 */
final class Event {

	public const WATCHED   = 'watched';
	public const PROTECTED = 'protected';
	public const HELD      = 'held';
	public const CLEAN     = 'clean';
	/** Calls that are none of Tamis's business; only counted. */
	public const COUNTED = 'counted';

	/** How often it happened; more than once only for clean and counted ones. */
	public int $calls = 1;

	/** Reason, for those that were held or could not be read. */
	public string $reason = '';

	/**
	 * Findings by entity.
	 *
	 * @var array<string, int>
	 */
	public array $counts = array();

	/** Microseconds that Tamis took. */
	public int $duration_us = 0;

	/** Tokens that the reply got back. */
	public int $restored = 0;

	/** Order among events, in microseconds since the epoch. */
	public int $seq = 0;

	/** Outermost caller. */
	public string $caller_outer = '';

	/** Innermost caller. */
	public string $caller_inner = '';

	/**
	 * An event.
	 *
	 * @param string $id          Public id, random.
	 * @param int    $time        Seconds since the epoch.
	 * @param string $action      One of the constants.
	 * @param string $destination Row of the catalogue.
	 * @param string $vendor      Name for people.
	 * @param string $host        Host.
	 * @param string $class       Class.
	 * @param string $surface     Where in the shop.
	 * @param string $mode        Mode: watching or protecting.
	 */
	public function __construct(
		public readonly string $id,
		public readonly int $time,
		public string $action,
		public readonly string $destination,
		public readonly string $vendor,
		public readonly string $host,
		public readonly string $class,
		public readonly string $surface,
		public readonly string $mode,
	) {}

	/**
	 * Takes findings in. The second layer sees the same call again, so the larger count stands.
	 *
	 * @param array<string, int> $counts Findings by entity.
	 */
	public function take( array $counts ): void {
		foreach ( $counts as $entity => $count ) {
			$this->counts[ $entity ] = max( $this->counts[ $entity ] ?? 0, $count );
		}
	}

	/** Whether it is one of many alike, kept as an hour's count. */
	public function is_counter(): bool {
		return self::CLEAN === $this->action || self::COUNTED === $this->action;
	}

	/** The id under which an hour's count is kept. */
	public function counter_id(): string {
		$hour = intdiv( $this->time, 3600 );
		$what = array( $this->action, $this->destination, $this->host, $this->class, $this->surface, $this->mode, $this->caller_outer, $this->caller_inner );
		return 'h' . $hour . '-' . hash( 'xxh64', implode( "\0", $what ) );
	}
}
