<?php
/**
 * Other people's names on our screens.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

/**
 * Hosts, plugins and vendors are hostile text: made plain before they are stored, and again for a terminal
 * or a spreadsheet. HTML is escaped where it is printed.
 */
final class Text {

	/**
	 * Text without control characters, broken encodings or marks that turn writing around.
	 *
	 * @param string $text Text.
	 * @param int    $max  Longest result, in bytes.
	 */
	public static function plain( string $text, int $max = 200 ): string {
		if ( 1 !== preg_match( '//u', $text ) ) {
			$text = (string) preg_replace( '~[^\x20-\x7E]~', '?', $text );
		}
		$text = (string) preg_replace( '~[\x{00}-\x{1F}\x{7F}-\x{9F}\x{200B}-\x{200F}\x{2028}-\x{202E}\x{2060}-\x{2069}\x{FEFF}]~u', '', $text );
		if ( strlen( $text ) > $max ) {
			$text = substr( $text, 0, $max );
			// A cut may fall into a character.
			while ( '' !== $text && 1 !== preg_match( '//u', $text ) ) {
				$text = substr( $text, 0, -1 );
			}
		}
		return $text;
	}

	/**
	 * Text for a cell of a spreadsheet: nothing that starts a formula.
	 *
	 * @param string $text Text.
	 */
	public static function cell( string $text ): string {
		$text = self::plain( $text );
		return '' !== $text && str_contains( "=+-@\t\r", $text[0] ) ? "'" . $text : $text;
	}

	/**
	 * Counts for people: entity and number.
	 *
	 * @param array<mixed> $counts Findings by entity.
	 */
	public static function counts( array $counts ): string {
		$parts = array();
		foreach ( $counts as $entity => $count ) {
			$parts[] = self::plain( (string) $entity, 64 ) . ' ' . (int) $count;
		}
		return implode( ', ', $parts );
	}
}
