<?php
/**
 * Who may see and switch.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

/**
 * A capability of our own, mapped to that of administrators.
 */
final class Capability {

	/** The capability. */
	public const MANAGE = 'tamis_manage';

	/**
	 * Filter map_meta_cap.
	 *
	 * @param mixed $caps Capabilities that are needed.
	 * @param mixed $cap  Capability that was asked for.
	 */
	public static function map( mixed $caps, mixed $cap ): mixed {
		return self::MANAGE === $cap ? array( 'manage_options' ) : $caps;
	}
}
