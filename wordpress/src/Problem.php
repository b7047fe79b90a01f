<?php
/**
 * Why there is no engine.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

/**
 * A reason for machines and a text for owners; neither holds a value.
 */
final class Problem {

	/**
	 * A problem.
	 *
	 * @param string $reason One of Reason.
	 * @param int    $code   The engine's code, or 0.
	 * @param string $detail What the engine said, such as a JSON path of the policy.
	 */
	public function __construct(
		public readonly string $reason,
		public readonly int $code = 0,
		public readonly string $detail = '',
	) {}
}
