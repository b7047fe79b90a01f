<?php
/**
 * A request that is not sent.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

use WP_Error;

/**
 * An id, a reason and a fixed text; never a value.
 */
final class Hold {

	/** The code of the error that callers get. */
	public const CODE = 'tamis_held';

	/**
	 * A hold.
	 *
	 * @param string $id     The event's public id.
	 * @param string $reason One of Reason.
	 * @param int    $code   The engine's code, or 0.
	 */
	public function __construct(
		public readonly string $id,
		public readonly string $reason,
		public readonly int $code = 0,
	) {}

	/** What visitors may see. */
	public function message(): string {
		/* translators: %s: id of the event in Tamis. */
		return sprintf( __( 'Not available right now (%s)', 'tamis' ), $this->id );
	}

	/**
	 * What callers may know.
	 *
	 * @return array{status: int, id: string, reason: string, code: int}
	 */
	public function data(): array {
		return array(
			'status' => 503,
			'id'     => $this->id,
			'reason' => $this->reason,
			'code'   => $this->code,
		);
	}

	/** The error that callers of WordPress's HTTP functions get. */
	public function error(): WP_Error {
		return new WP_Error( self::CODE, $this->message(), $this->data() );
	}
}
