<?php
/**
 * Where the secret comes from.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

use RuntimeException;
use Tamis\Key;

/**
 * A constant or a file, never the database. Until one is set, the key is derived from the salts: tokens
 * then change when those do, and Site Health says so.
 */
final class KeySource {

	/** Salts of wp-config.php. */
	private const SALTS = array( 'AUTH_KEY', 'SECURE_AUTH_KEY', 'LOGGED_IN_KEY', 'NONCE_KEY', 'AUTH_SALT', 'SECURE_AUTH_SALT' );

	/**
	 * A source.
	 *
	 * @param string|null $secret The owner's key, if one is set.
	 * @param string|null $file   The file that holds it, if one is named.
	 */
	public function __construct(
		#[\SensitiveParameter] private readonly ?string $secret = null,
		private readonly ?string $file = null,
	) {}

	/** The constants as they are now. */
	public static function from_constants(): self {
		return new self(
			defined( 'TAMIS_KEY' ) ? (string) constant( 'TAMIS_KEY' ) : null,
			defined( 'TAMIS_KEY_FILE' ) ? (string) constant( 'TAMIS_KEY_FILE' ) : null,
		);
	}

	/** Hides the secret from dumps. */
	public function __debugInfo(): array {
		return array( 'is_set' => $this->is_set() );
	}

	/** The key. */
	public function key(): Key {
		if ( null !== $this->secret ) {
			return Key::fromString( $this->secret );
		}
		if ( null !== $this->file ) {
			return Key::fromFile( $this->file );
		}
		return Key::fromString( self::derived() );
	}

	/** Whether the owner set a key. */
	public function is_set(): bool {
		return null !== $this->secret || null !== $this->file;
	}

	/** A secret from the salts. */
	private static function derived(): string {
		$salt = '';
		foreach ( self::SALTS as $name ) {
			$salt .= defined( $name ) ? (string) constant( $name ) : '';
		}
		if ( strlen( $salt ) < 64 || str_contains( $salt, 'put your unique phrase here' ) ) {
			$salt = function_exists( 'wp_salt' ) ? (string) wp_salt( 'auth' ) : '';
		}
		if ( strlen( $salt ) < 16 ) {
			throw new RuntimeException( 'There are no salts yet.' );
		}
		return hash_hmac( 'sha256', 'tamis key 1', $salt );
	}
}
