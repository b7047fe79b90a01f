<?php
/**
 * Writes languages/tamis.pot from the plugin's sources. Run it after a change of a text: php bin/make-pot.php.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress\Build;

/**
 * Reads calls of the translation functions from PHP's own tokens.
 */
final class Pot {

	/** Functions, and how many of their first arguments are texts. */
	private const FUNCTIONS = array(
		'__'          => 1,
		'esc_html__'  => 1,
		'esc_attr__'  => 1,
		'_n'          => 2,
	);

	/**
	 * The file's text.
	 *
	 * @param string $folder Folder of the plugin.
	 */
	public static function source( string $folder ): string {
		$found = array();
		$files = array_merge( glob( $folder . '/*.php' ) ?: array(), glob( $folder . '/src/*.php' ) ?: array(), glob( $folder . '/src/*/*.php' ) ?: array() );
		foreach ( $files as $file ) {
			self::read( $file, substr( $file, strlen( $folder ) + 1 ), $found );
		}
		$text = "# Texts of Tamis. GPL-2.0-or-later.\nmsgid \"\"\nmsgstr \"\"\n\"Project-Id-Version: Tamis 0.1.0\\n\"\n"
			. "\"MIME-Version: 1.0\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Content-Transfer-Encoding: 8bit\\n\"\n\"X-Domain: tamis\\n\"\n";
		foreach ( $found as $entry ) {
			$text .= "\n" . ( '' === $entry['note'] ? '' : '#. ' . $entry['note'] . "\n" );
			$text .= '#: ' . implode( ' ', array_unique( $entry['places'] ) ) . "\n";
			$text .= 'msgid ' . self::quoted( $entry['texts'][0] ) . "\n";
			$text .= isset( $entry['texts'][1] )
				? 'msgid_plural ' . self::quoted( $entry['texts'][1] ) . "\nmsgstr[0] \"\"\nmsgstr[1] \"\"\n"
				: "msgstr \"\"\n";
		}
		return $text;
	}

	/**
	 * Adds the texts of one file.
	 *
	 * @param string                              $file  File.
	 * @param string                              $name  Its name.
	 * @param array<string, array<string, mixed>> $found Texts so far, by reference.
	 */
	private static function read( string $file, string $name, array &$found ): void {
		$tokens = array_values( array_filter( \PhpToken::tokenize( (string) file_get_contents( $file ) ), static fn( \PhpToken $t ): bool => ! $t->is( T_WHITESPACE ) ) );
		$note   = '';
		foreach ( $tokens as $at => $token ) {
			if ( $token->is( T_COMMENT ) && 1 === preg_match( '~translators:.*[^*/ ]~', $token->text, $match ) ) {
				$note = $match[0];
			}
			$count = $token->is( T_STRING ) ? self::FUNCTIONS[ $token->text ] ?? 0 : 0;
			if ( 0 === $count || '(' !== ( $tokens[ $at + 1 ]->text ?? '' ) ) {
				continue;
			}
			$texts = array();
			for ( $i = 0; $i < $count; ++$i ) {
				$part = $tokens[ $at + 2 + 2 * $i ];
				if ( $part->is( T_CONSTANT_ENCAPSED_STRING ) ) {
					$texts[] = strtr( substr( $part->text, 1, -1 ), array( "\\'" => "'", '\\\\' => '\\' ) );
				}
			}
			if ( count( $texts ) === $count ) {
				$key                        = implode( "\0", $texts );
				$found[ $key ]['texts']    = $texts;
				$found[ $key ]['note']     = '' === ( $found[ $key ]['note'] ?? '' ) ? $note : $found[ $key ]['note'];
				$found[ $key ]['places'][] = $name;
				$note                       = '';
			}
		}
	}

	/**
	 * A text in quotes.
	 *
	 * @param string $text Text.
	 */
	private static function quoted( string $text ): string {
		return '"' . addcslashes( $text, "\"\\\n\t" ) . '"';
	}
}

if ( realpath( (string) ( $_SERVER['SCRIPT_FILENAME'] ?? '' ) ) === __FILE__ ) {
	file_put_contents( __DIR__ . '/../languages/tamis.pot', Pot::source( dirname( __DIR__ ) ) );
}
