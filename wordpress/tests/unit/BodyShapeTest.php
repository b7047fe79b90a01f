<?php
/**
 * AI by its body.
 *
 * @package Tamis\Tests
 */

declare( strict_types=1 );

namespace Tamis\WordPress\Tests;

use Tamis\WordPress\BodyShape;

final class BodyShapeTest extends TestCase {

	public function bodies(): array {
		return array(
			'chat'                    => array( self::CHAT, 'sniff.openai' ),
			'truncated chat'          => array( substr( self::CHAT, 0, -5 ), 'sniff.openai' ),
			'gemini'                  => array( '{"contents":[{"parts":[{"text":"x"}]}]}', 'sniff.gemini' ),
			'form array'              => array( array( 'model' => 'm', 'messages' => array( array( 'role' => 'user' ) ) ), 'sniff.openai' ),
			'form with JSON'          => array( array( 'model' => 'm', 'messages' => '[{"role":"user"}]' ), 'sniff.openai' ),
			'mail with messages'      => array( '{"messages":[{"to":"x"}],"model":"x","role":"y"}', '' ),
			'words in a text'         => array( '{"note":"\"messages\" \"role\" \"model\" are words"}', '' ),
			'no model'                => array( '{"messages":[{"role":"user"}]}', '' ),
			'nothing'                 => array( '', '' ),
			'null'                    => array( null, '' ),
			'empty messages'          => array( '{"model":"m","messages":[],"role":1}', '' ),
			'order'                   => array( array( 'order' => 1 ), '' ),
		);
	}

	/** @dataProvider bodies */
	public function test_a_published_shape_is_needed( mixed $body, string $shape ): void {
		self::assertSame( $shape, BodyShape::of( $body ) );
	}

	public function test_a_large_body_is_not_parsed(): void {
		$body = '{"model":"m","messages":[{"role":"user","content":"' . str_repeat( 'a', 1048576 ) . '"}]}';
		self::assertSame( 'sniff.openai', BodyShape::of( $body ) );
	}
}
