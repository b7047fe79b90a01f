<?php
/**
 * The must-use loader.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

/**
 * Copies the loader into the folder of must-use plugins, so that Tamis comes before all others. Where that
 * folder cannot be written, Tamis runs as a plugin and Site Health says what that weakens.
 */
final class Loader {

	/** Name of the loader: the folder is read in the order of names. */
	public const NAME = '000-tamis.php';

	/**
	 * A loader.
	 *
	 * @param string $file Path of tamis.php.
	 */
	public function __construct( private readonly string $file ) {}

	/** Whether the loader is there and of this version. */
	public function is_current(): bool {
		$there = self::path();
		return is_file( $there ) && file_get_contents( $there ) === $this->source();
	}

	/** Writes the loader where it is missing or old. Asked on activation and on admin pages. */
	public function repair(): bool {
		if ( $this->is_current() ) {
			return true;
		}
		$source = $this->source();
		$folder = dirname( self::path() );
		if ( '' === $source || ( ! is_dir( $folder ) && ! wp_mkdir_p( $folder ) ) || ! wp_is_writable( $folder ) ) {
			return false;
		}
		// Written beside and moved: a page that loads meanwhile sees the old one or the new one.
		$next = $folder . '/.tamis-' . bin2hex( random_bytes( 4 ) );
		return false !== file_put_contents( $next, $source ) && rename( $next, self::path() );
	}

	/** Takes the loader away. */
	public static function remove(): void {
		if ( is_file( self::path() ) ) {
			wp_delete_file( self::path() );
		}
	}

	/** Where the loader belongs. */
	public static function path(): string {
		return WPMU_PLUGIN_DIR . '/' . self::NAME;
	}

	/** The loader as it ships. */
	private function source(): string {
		$ships = dirname( $this->file ) . '/mu-plugins/' . self::NAME;
		return is_file( $ships ) ? (string) file_get_contents( $ships ) : '';
	}
}
