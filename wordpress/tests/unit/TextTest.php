<?php
/**
 * Hostile text.
 *
 * @package Tamis\Tests
 */

declare( strict_types=1 );

namespace Tamis\WordPress\Tests;

use Tamis\WordPress\Tally;
use Tamis\WordPress\Text;

final class TextTest extends TestCase {

	public function texts(): array {
		return array(
			'terminal escape'  => array( "a\x1b[31mred", 'a[31mred' ),
			'line break'       => array( "a\r\nb", 'ab' ),
			'nul'              => array( "a\0b", 'ab' ),
			'C1 controls'      => array( "a\u{9b}31m", 'a31m' ),
			'right to left'    => array( "a\u{202e}gpj.exe", 'agpj.exe' ),
			'zero width'       => array( "pay\u{200b}pal", 'paypal' ),
			'broken encoding'  => array( "a\xff\xfeb", 'a??b' ),
			'letters stay'     => array( 'Übersetzer – 翻訳', 'Übersetzer – 翻訳' ),
		);
	}

	/** @dataProvider texts */
	public function test_text_becomes_plain( string $text, string $plain ): void {
		self::assertSame( $plain, Text::plain( $text ) );
	}

	public function test_a_cut_never_splits_a_character(): void {
		self::assertSame( 'ab', Text::plain( 'abé', 3 ) );
		self::assertSame( 'abé', Text::plain( 'abé', 4 ) );
		self::assertSame( '', Text::plain( '翻', 2 ) );
	}

	public function cells(): array {
		return array( array( '=1+1', "'=1+1" ), array( '+1', "'+1" ), array( '-1', "'-1" ), array( '@x', "'@x" ), array( 'a=1', 'a=1' ), array( '', '' ), array( "\t=1", "'=1" ) );
	}

	/** @dataProvider cells */
	public function test_no_cell_is_a_formula( string $text, string $cell ): void {
		self::assertSame( $cell, Text::cell( $text ) );
	}

	public function test_counts_are_words_and_numbers(): void {
		self::assertSame( 'email 2, x[1m 0', Text::counts( array( 'email' => 2, "x\x1b[1m" => 'a' ) ) );
	}

	public function rules(): array {
		return array(
			array( 'secret.stripe', 'stripe' ),
			array( 'secret.azure_openai', 'azure' ),
			array( 'secret.slack_webhook', 'slack' ),
			array( 'secret.new_relic', 'newrelic' ),
			array( 'secret.sk', '' ),
			array( 'secret.bearer', '' ),
			array( 'secret.assignment', '' ),
			array( 'custom', '' ),
			array( '', '' ),
		);
	}

	/** @dataProvider rules */
	public function test_only_known_vendors_are_named_by_a_rule( string $rule, string $vendor ): void {
		self::assertSame( $vendor, Tally::vendor( $rule ) );
	}
}
