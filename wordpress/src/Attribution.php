<?php
/**
 * Who makes a call.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

/**
 * Reads the backtrace for plugins and themes. The outermost started it, the innermost wrote the request;
 * under a job queue the outermost is the plugin that carries the queue.
 */
final class Attribution {

	/** Longest name, in bytes: folder names are the plugins' to choose. */
	private const NAME_BYTES_MAX = 64;

	/** Frames that are looked at. */
	private const FRAMES_MAX = 200;

	/**
	 * Folders with a closing slash.
	 *
	 * @var list<string>
	 */
	private array $folders;

	/**
	 * An attribution.
	 *
	 * @param list<string>          $folders Folders in which each entry is a plugin or a theme.
	 * @param string                $own     Folder of Tamis itself.
	 * @param array<string, string> $links   Real folder by the folder that links to it.
	 */
	public function __construct(
		array $folders,
		private readonly string $own,
		private readonly array $links = array(),
	) {
		$this->folders = array();
		foreach ( $folders as $folder ) {
			if ( '' !== $folder ) {
				$this->folders[] = rtrim( strtr( $folder, '\\', '/' ), '/' ) . '/';
			}
		}
	}

	/**
	 * Outermost and innermost caller of the code that runs now; empty strings for WordPress itself.
	 *
	 * @return array{string, string}
	 */
	public function callers(): array {
		return $this->of( debug_backtrace( DEBUG_BACKTRACE_IGNORE_ARGS, self::FRAMES_MAX ) );
	}

	/**
	 * Outermost and innermost caller of a backtrace.
	 *
	 * @param list<array<string, mixed>> $frames Frames, innermost first.
	 * @return array{string, string}
	 */
	public function of( array $frames ): array {
		$outer = '';
		$inner = '';
		foreach ( $frames as $frame ) {
			$name = isset( $frame['file'] ) ? $this->name( $frame['file'] ) : '';
			if ( '' !== $name ) {
				$inner = '' === $inner ? $name : $inner;
				$outer = $name;
			}
		}
		return array( $outer, $inner );
	}

	/**
	 * The plugin or theme that a file belongs to.
	 *
	 * @param string $file File.
	 */
	private function name( string $file ): string {
		$file = strtr( $file, '\\', '/' );
		if ( str_starts_with( $file, $this->own ) || str_ends_with( $file, '/000-tamis.php' ) ) {
			return '';
		}
		foreach ( $this->folders as $folder ) {
			if ( str_starts_with( $file, $folder ) ) {
				return self::segment( substr( $file, strlen( $folder ) ) );
			}
		}
		foreach ( $this->links as $link => $real ) {
			if ( str_starts_with( $file, rtrim( $real, '/' ) . '/' ) ) {
				return self::segment( basename( $link ) );
			}
		}
		return '';
	}

	/**
	 * The first part of a path, without the ending of a plugin that is one file.
	 *
	 * @param string $path Path inside a folder of plugins.
	 */
	private static function segment( string $path ): string {
		$name = explode( '/', $path, 2 )[0];
		$name = str_ends_with( $name, '.php' ) ? substr( $name, 0, -4 ) : $name;
		return substr( $name, 0, self::NAME_BYTES_MAX );
	}
}
