<?php
/**
 * Finds the plugin's classes.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

/**
 * One folder, one class a file.
 */
final class Autoload {

	/** Registers it once. */
	public static function register(): void {
		static $done = false;
		if ( ! $done ) {
			$done = true;
			spl_autoload_register( array( self::class, 'load' ) );
		}
	}

	/**
	 * Loads a class of this plugin.
	 *
	 * @param string $name Class.
	 */
	public static function load( string $name ): void {
		if ( str_starts_with( $name, __NAMESPACE__ . '\\' ) ) {
			$file = __DIR__ . '/' . strtr( substr( $name, strlen( __NAMESPACE__ ) + 1 ), '\\', '/' ) . '.php';
			if ( is_file( $file ) ) {
				require $file;
			}
		}
	}
}
