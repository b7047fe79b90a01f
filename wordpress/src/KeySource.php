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

	/** The key. */
	public function key(): Key {
		if ( defined( 'TAMIS_KEY' ) ) {
			return Key::fromString( (string) constant( 'TAMIS_KEY' ) );
		}
		if ( defined( 'TAMIS_KEY_FILE' ) ) {
			return Key::fromFile( (string) constant( 'TAMIS_KEY_FILE' ) );
		}
		return Key::fromString( self::derived() );
	}

	/** Whether the owner set a key. */
	public function is_set(): bool {
		return defined( 'TAMIS_KEY' ) || defined( 'TAMIS_KEY_FILE' );
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
