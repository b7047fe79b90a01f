<?php
/**
 * Tells an AI call on an unknown host by its body.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

/**
 * A published shape is needed: a path or one word is not enough, since mail and chat services use the
 * same paths and words.
 */
final class BodyShape {

	/** Largest body that is parsed to be sure, in bytes; larger ones count by their words alone. */
	private const PARSE_BYTES_MAX = 1048576;

	/** Deepest nesting that is parsed. */
	private const DEPTH_MAX = 64;

	/**
	 * The shape's name, or an empty string.
	 *
	 * @param string|array<mixed>|null $body Body.
	 */
	public static function of( string|array|null $body ): string {
		if ( is_array( $body ) ) {
			return self::shape( $body );
		}
		if ( null === $body || '' === $body ) {
			return '';
		}
		$openai = str_contains( $body, '"messages"' ) && str_contains( $body, '"role"' ) && str_contains( $body, '"model"' );
		$gemini = ! $openai && str_contains( $body, '"contents"' ) && str_contains( $body, '"parts"' );
		if ( ! $openai && ! $gemini ) {
			return '';
		}
		$found = $openai ? 'sniff.openai' : 'sniff.gemini';
		if ( strlen( $body ) > self::PARSE_BYTES_MAX ) {
			return $found;
		}
		$value = json_decode( $body, true, self::DEPTH_MAX );
		if ( is_array( $value ) ) {
			return self::shape( $value );
		}
		// Words of the shape in a body that is no good JSON: the careful answer.
		return $found;
	}

	/**
	 * The shape of a parsed body.
	 *
	 * @param array<mixed> $body Body.
	 */
	private static function shape( array $body ): string {
		if ( isset( $body['model'], $body['messages'] ) && self::has( $body['messages'], 'role' ) ) {
			return 'sniff.openai';
		}
		if ( isset( $body['contents'] ) && self::has( $body['contents'], 'parts' ) ) {
			return 'sniff.gemini';
		}
		return '';
	}

	/**
	 * Whether a list's first item has a field.
	 *
	 * @param mixed  $list  List.
	 * @param string $field Field.
	 */
	private static function has( mixed $list, string $field ): bool {
		if ( is_string( $list ) ) {
			return str_contains( $list, '"' . $field . '"' ); // A form field that holds JSON.
		}
		$first = is_array( $list ) ? reset( $list ) : null;
		return is_array( $first ) && array_key_exists( $field, $first );
	}
}
