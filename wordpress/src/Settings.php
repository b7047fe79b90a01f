<?php
/**
 * What the owner decided.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

/**
 * Constants, read once when WordPress loads so that no later code can define them, and one small option.
 * Constants win.
 */
final class Settings {

	/** The one autoloaded option. */
	public const OPTION = 'tamis';

	/** Most destinations in the option; it stays under 4 KB. */
	public const PROTECT_MAX = 40;

	/** Longest name of a destination in the option, in bytes. */
	public const NAME_BYTES_MAX = 80;

	/** Where in the shop pages can be protected. */
	public const CHECKOUT = 'checkout';
	public const FRONT    = 'front';
	public const EDITOR   = 'editor';
	public const PLACES   = array( self::CHECKOUT, self::FRONT, self::EDITOR );

	/** Addresses of the site's own that count as AI on protected pages, at most. */
	public const ENDPOINTS_MAX = 16;

	/** The names that mean every AI service. */
	private const ALL = 'all';

	/**
	 * Settings.
	 *
	 * @param list<string>|null $fixed     Destinations that a constant protects; null when it is not defined.
	 * @param bool              $bypass    Whether the emergency bypass is on.
	 * @param string            $policy    Path or JSON of the owner's policy.
	 * @param list<string>|null $pages     Places whose pages a constant protects; null when it is not defined.
	 * @param list<string>      $endpoints Paths of the site's own that count as AI on those pages.
	 */
	public function __construct(
		private readonly ?array $fixed,
		private readonly bool $bypass,
		private readonly string $policy,
		private readonly ?array $pages = null,
		private readonly array $endpoints = array(),
	) {}

	/** The constants as they are now. */
	public static function from_constants(): self {
		$policy = defined( 'TAMIS_POLICY' ) ? constant( 'TAMIS_POLICY' ) : '';
		return new self(
			defined( 'TAMIS_PROTECT' ) ? self::names( constant( 'TAMIS_PROTECT' ) ) : null,
			defined( 'TAMIS_BYPASS' ) && (bool) constant( 'TAMIS_BYPASS' ),
			is_string( $policy ) ? $policy : '',
			defined( 'TAMIS_PAGES' ) ? self::places( constant( 'TAMIS_PAGES' ) ) : null,
			defined( 'TAMIS_PAGE_ENDPOINTS' ) ? self::paths( constant( 'TAMIS_PAGE_ENDPOINTS' ) ) : array(),
		);
	}

	/**
	 * A constant's value as names.
	 *
	 * @param mixed $value True, 'all', or a list with commas.
	 * @return list<string>
	 */
	public static function names( mixed $value ): array {
		if ( true === $value || 1 === $value ) {
			return array( self::ALL );
		}
		if ( is_array( $value ) ) {
			$value = implode( ',', array_filter( $value, 'is_string' ) );
		}
		$names = array();
		foreach ( explode( ',', is_string( $value ) ? $value : '' ) as $name ) {
			$name = strtolower( trim( $name ) );
			if ( '' !== $name ) {
				$names[] = '1' === $name || 'true' === $name ? self::ALL : $name;
			}
		}
		return array_values( array_unique( $names ) );
	}

	/**
	 * A constant's value as places. A word that is no place is left out.
	 *
	 * @param mixed $value True, 'all', or a list with commas.
	 * @return list<string>
	 */
	public static function places( mixed $value ): array {
		$names = self::names( $value );
		return in_array( self::ALL, $names, true ) ? self::PLACES : array_values( array_intersect( self::PLACES, $names ) );
	}

	/**
	 * A constant's value as paths of this site. What does not begin with one slash is left out: it would lead
	 * to another host.
	 *
	 * @param mixed $value A list, or text with commas.
	 * @return list<string>
	 */
	public static function paths( mixed $value ): array {
		$paths = array();
		foreach ( is_array( $value ) ? $value : explode( ',', is_string( $value ) ? $value : '' ) as $path ) {
			$path = is_string( $path ) ? trim( $path ) : '';
			if ( 1 === preg_match( '~^/(?![/\\\\])[\x21-\x7E]{1,199}$~', $path ) ) {
				$paths[] = $path;
			}
		}
		return array_slice( array_values( array_unique( $paths ) ), 0, self::ENDPOINTS_MAX );
	}

	/** Whether nothing is looked at: the owner's way out. */
	public function bypassed(): bool {
		return $this->bypass;
	}

	/** Path or JSON of the owner's policy, or nothing. */
	public function policy(): string {
		return $this->policy;
	}

	/** Whether a constant says what is protected, so that switches show read-only. */
	public function is_fixed(): bool {
		return null !== $this->fixed;
	}

	/**
	 * Destinations that are protected.
	 *
	 * @return list<string>
	 */
	public function protected_names(): array {
		return $this->fixed ?? $this->stored();
	}

	/**
	 * Whether a destination is protecting. Only AI services ever are.
	 *
	 * @param Destination $destination Destination.
	 */
	public function protects( Destination $destination ): bool {
		if ( ! $destination->is_ai() ) {
			return false;
		}
		$names = $this->protected_names();
		if ( array() === $names || in_array( self::ALL, $names, true ) ) {
			return array() !== $names;
		}
		$ours = array(
			strtolower( $destination->id ),
			strtolower( $destination->vendor ),
			$destination->host,
			$destination->host . ':' . $destination->port,
			strtok( strtolower( $destination->id ), '.' ),
		);
		return array() !== array_intersect( $ours, $names );
	}

	/** The mode of the whole site, for people: watching, protecting, or some of both. */
	public function mode(): string {
		$names = $this->protected_names();
		if ( array() === $names ) {
			return 'watching';
		}
		return in_array( self::ALL, $names, true ) ? 'protecting' : 'some';
	}

	/**
	 * Protects a destination, or lets it only be watched. Returns false where a constant decides.
	 *
	 * @param string $name    Row, vendor, host or all.
	 * @param bool   $protect Whether to protect it.
	 */
	public function change( string $name, bool $protect ): bool {
		$name = strtolower( trim( $name ) );
		if ( $this->is_fixed() || '' === $name || strlen( $name ) > self::NAME_BYTES_MAX ) {
			return false;
		}
		$names = $this->stored();
		if ( ! $protect ) {
			$names = self::ALL === $name ? array() : array_diff( $names, array( $name ) );
		} elseif ( count( $names ) < self::PROTECT_MAX ) {
			$names[] = $name;
		} else {
			return false;
		}
		$option            = self::option();
		$option['protect'] = array_values( array_unique( $names ) );
		return update_option( self::OPTION, $option, true ) || self::option() === $option;
	}

	/** Whether a constant says which pages are protected. */
	public function are_pages_fixed(): bool {
		return null !== $this->pages;
	}

	/**
	 * Places whose pages are protected in the browser.
	 *
	 * @return list<string>
	 */
	public function pages(): array {
		return $this->pages ?? self::stored_places();
	}

	/**
	 * Paths of the site's own that count as AI on those pages.
	 *
	 * @return list<string>
	 */
	public function page_endpoints(): array {
		return $this->endpoints;
	}

	/**
	 * Chooses the places. Returns false where a constant decides.
	 *
	 * @param list<string> $places Places; a word that is none is left out.
	 */
	public function change_pages( array $places ): bool {
		if ( $this->are_pages_fixed() ) {
			return false;
		}
		$option          = self::option();
		$option['pages'] = array_values( array_intersect( self::PLACES, $places ) );
		return update_option( self::OPTION, $option, true ) || self::option() === $option;
	}

	/**
	 * The option as it is stored.
	 *
	 * @return array<string, mixed>
	 */
	public static function option(): array {
		$option = get_option( self::OPTION, array() );
		return is_array( $option ) ? $option : array();
	}

	/**
	 * Places that the option names.
	 *
	 * @return list<string>
	 */
	private static function stored_places(): array {
		$places = self::option()['pages'] ?? array();
		return is_array( $places ) ? array_values( array_intersect( self::PLACES, array_filter( $places, 'is_string' ) ) ) : array();
	}

	/**
	 * Destinations that the option protects.
	 *
	 * @return list<string>
	 */
	private function stored(): array {
		$names = self::option()['protect'] ?? array();
		return is_array( $names ) ? array_values( array_filter( $names, 'is_string' ) ) : array();
	}
}
