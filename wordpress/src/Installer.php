<?php
/**
 * Comes and goes.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

/**
 * Activation, deactivation and removal, on one site or all sites of a network.
 */
final class Installer {

	/** Sites that are taken at a time. */
	private const SITES_STEP = 100;

	/**
	 * Activation.
	 *
	 * @param mixed $network_wide Whether for all sites; their tables are made when their admin pages are first seen.
	 */
	public static function activate( mixed $network_wide = false ): void {
		( new EventStore() )->maintain();
		( new Loader( dirname( __DIR__ ) . '/tamis.php' ) )->repair();
	}

	/** Deactivation: without the loader Tamis would go on running. */
	public static function deactivate(): void {
		Loader::remove();
	}

	/** Removal: everything that Tamis stored, on every site. */
	public static function uninstall(): void {
		Loader::remove();
		if ( ! is_multisite() ) {
			EventStore::uninstall();
			return;
		}
		$offset = 0;
		do {
			$sites = get_sites(
				array(
					'fields' => 'ids',
					'number' => self::SITES_STEP,
					'offset' => $offset,
				)
			);
			foreach ( $sites as $site ) {
				switch_to_blog( (int) $site );
				EventStore::uninstall();
				restore_current_blog();
			}
			$offset += self::SITES_STEP;
		} while ( count( $sites ) === self::SITES_STEP );
	}
}
