<?php
/**
 * The part of the owner's policy that pages show to the world.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

/**
 * Built from known words alone, so that nothing of the shop's own can be in it:
 *
 * - `version`, `min_engine`, `entities` of the built-in entities, `numbers` and `limits.body_bytes` are shown.
 * - `allow` and `restore.tools` stay on the server, which only makes a page stricter.
 * - `rules`, `fields` and entities of `custom:` stay on the server, since patterns and names are the shop's own.
 *   A page does not find what only they find: the owner is told how many there are.
 *
 * A policy that holds anything else becomes one that no engine takes, and the page holds.
 */
final class PagePolicy {

	/** A policy that no engine takes. */
	public const REFUSED = array( 'version' => 0 );

	/** The engine's entities. */
	public const ENTITIES = array(
		'email', 'phone', 'credit_card', 'iban', 'bic', 'bank_account', 'ip_address', 'mac_address', 'national_id', 'tax_id', 'passport',
		'driver_license', 'person', 'address', 'date_of_birth', 'customer_id', 'url_credentials', 'api_key', 'jwt', 'private_key', 'password',
		'session_cookie', 'crypto_wallet', 'sku', 'gtin', 'price', 'cost', 'margin', 'stock', 'supplier', 'coupon', 'order_number',
		'product_name', 'product_copy', 'search_query', 'forged_token',
	);

	/** The engine's operators. */
	public const OPERATORS = array( 'keep', 'token', 'mask', 'replace', 'drop', 'block' );

	/** What becomes of numbers. */
	public const NUMBERS = array( 'standin', 'string', 'null', 'block' );

	/** Keys that a policy may have. */
	private const KEYS = array( 'version', 'min_engine', 'entities', 'rules', 'fields', 'allow', 'numbers', 'restore', 'limits' );

	/** Keys whose lists stay on the server although pages are the weaker for it. */
	private const WITHHELD = array( 'rules', 'fields' );

	/**
	 * The public part of a policy.
	 *
	 * @param array<string, mixed> $policy Policy by its top-level names, objects as objects.
	 * @return array<string, mixed>
	 */
	public static function of( array $policy ): array {
		$policy = self::without_notes( $policy );
		if ( array() !== array_diff( array_keys( $policy ), self::KEYS ) ) {
			return self::REFUSED;
		}
		$entities = self::entities( $policy['entities'] ?? null );
		$numbers  = $policy['numbers'] ?? null;
		$limits   = self::limits( $policy['limits'] ?? null );
		$version  = $policy['version'] ?? null;
		if ( null === $entities || null === $limits || ! is_int( $version ) || ! in_array( $numbers, self::NUMBERS, true ) ) {
			return self::REFUSED;
		}
		$public = array(
			'version'  => $version,
			'entities' => (object) $entities,
			'numbers'  => $numbers,
		) + $limits;
		if ( isset( $policy['min_engine'] ) ) {
			$engine = $policy['min_engine'];
			if ( ! is_string( $engine ) || 1 !== preg_match( '~^[0-9]{1,5}(\.[0-9]{1,5}){2}$~D', $engine ) ) {
				return self::REFUSED;
			}
			$public['min_engine'] = $engine;
		}
		return $public;
	}

	/**
	 * How many rules and fields of a policy pages do not know.
	 *
	 * @param array<string, mixed> $policy Policy.
	 */
	public static function withheld( array $policy ): int {
		$count = 0;
		foreach ( self::WITHHELD as $name ) {
			$count += is_array( $policy[ $name ] ?? null ) ? count( $policy[ $name ] ) : 0;
		}
		return $count;
	}

	/**
	 * Operators of built-in entities, or null.
	 *
	 * @param mixed $entities The policy's.
	 * @return array<string, mixed>|null
	 */
	private static function entities( mixed $entities ): ?array {
		if ( ! is_object( $entities ) && ! is_array( $entities ) ) {
			return null;
		}
		$public = array();
		foreach ( (array) $entities as $name => $operator ) {
			$name = (string) $name;
			if ( str_starts_with( $name, 'custom:' ) ) {
				continue;
			}
			$operator = self::operator( $operator );
			if ( null === $operator || ! in_array( $name, self::ENTITIES, true ) ) {
				return null;
			}
			$public[ $name ] = $operator;
		}
		return $public;
	}

	/**
	 * An operator, or null.
	 *
	 * @param mixed $operator A word, or an object with the word and its setting.
	 * @return string|array<string, mixed>|null
	 */
	private static function operator( mixed $operator ): string|array|null {
		$settings = is_object( $operator ) ? self::without_notes( get_object_vars( $operator ) ) : array( 'operator' => $operator );
		$last     = $settings['keep_last'] ?? 0;
		$known    = array() === array_diff( array_keys( $settings ), array( 'operator', 'keep_last' ) );
		if ( ! $known || ! is_int( $last ) || ! in_array( $settings['operator'] ?? null, self::OPERATORS, true ) ) {
			return null;
		}
		return is_object( $operator ) ? $settings : $settings['operator'];
	}

	/**
	 * Limits as the policy has them, or null.
	 *
	 * @param mixed $limits The policy's.
	 * @return array<string, mixed>|null
	 */
	private static function limits( mixed $limits ): ?array {
		if ( null === $limits ) {
			return array();
		}
		$limits = is_object( $limits ) ? self::without_notes( get_object_vars( $limits ) ) : array( '' );
		$known  = array() === array_diff( array_keys( $limits ), array( 'body_bytes' ) );
		return $known && is_int( $limits['body_bytes'] ?? 0 ) ? array( 'limits' => (object) $limits ) : null;
	}

	/**
	 * Names without those of notes for people, which the engine ignores.
	 *
	 * @param array<string, mixed> $values Values by name.
	 * @return array<string, mixed>
	 */
	private static function without_notes( array $values ): array {
		return array_filter( $values, static fn( $name ): bool => ! str_starts_with( (string) $name, 'x-' ), ARRAY_FILTER_USE_KEY );
	}
}
