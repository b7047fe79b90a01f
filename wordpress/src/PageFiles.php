<?php
/**
 * The browser engine's files.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

/**
 * A build puts them beside the plugin, as the npm package has them. A plugin without them prints nothing: a
 * script that is not there would look like protection.
 */
final class PageFiles {

	/** Where they are, below the plugin's folder. */
	public const FOLDER = 'assets/page';

	/** The files that must all be there. */
	public const SCRIPT = 'src/page.js';
	public const MODULE = 'tamis.wasm';
	public const SCALAR = 'tamis-scalar.wasm';

	/**
	 * The files of a plugin.
	 *
	 * @param string $file Path of tamis.php.
	 */
	public function __construct( private readonly string $file ) {}

	/** Whether they are part of this build. */
	public function are_there(): bool {
		$folder = dirname( $this->file ) . '/' . self::FOLDER . '/';
		return is_file( $folder . self::SCRIPT ) && is_file( $folder . self::MODULE ) && is_file( $folder . self::SCALAR );
	}

	/**
	 * A file's address. The scheme is the page's own, where that is known only behind a proxy.
	 *
	 * @param string $name File.
	 */
	public function url( string $name ): string {
		return plugins_url( self::FOLDER . '/' . $name, $this->file );
	}
}
