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

	/** The names that mean every AI service. */
	private const ALL = 'all';

	/**
	 * Settings.
	 *
	 * @param list<string>|null $fixed  Destinations that a constant protects; null when it is not defined.
	 * @param bool              $bypass Whether the emergency bypass is on.
	 * @param string            $policy Path or JSON of the owner's policy.
	 */
	public function __construct(
		private readonly ?array $fixed,
		private readonly bool $bypass,
		private readonly string $policy,
	) {}

	/** The constants as they are now. */
	public static function from_constants(): self {
		$policy = defined( 'TAMIS_POLICY' ) ? constant( 'TAMIS_POLICY' ) : '';
		return new self(
			defined( 'TAMIS_PROTECT' ) ? self::names( constant( 'TAMIS_PROTECT' ) ) : null,
			defined( 'TAMIS_BYPASS' ) && (bool) constant( 'TAMIS_BYPASS' ),
			is_string( $policy ) ? $policy : '',
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
	 * Destinations that the option protects.
	 *
	 * @return list<string>
	 */
	private function stored(): array {
		$names = self::option()['protect'] ?? array();
		return is_array( $names ) ? array_values( array_filter( $names, 'is_string' ) ) : array();
	}
}
