<?php
/**
 * What pages show of a policy.
 *
 * @package Tamis\Tests
 */

declare( strict_types=1 );

namespace Tamis\WordPress\Tests;

use Tamis\WordPress\PagePolicy;
use Tamis\WordPress\Policy;

final class PagePolicyTest extends TestCase {

	private static function shown( string $source ): array {
		return (array) json_decode( (string) json_encode( ( new Policy( $source ) )->public_part() ), true );
	}

	public function test_the_default_is_that_of_chats(): void {
		$policy = self::shown( '' );
		self::assertSame( Policy::entities( 'chat' ), $policy['entities'] );
		self::assertSame( array( 1, 'null' ), array( $policy['version'], $policy['numbers'] ) );
	}

	public function test_operators_numbers_limit_and_versions_are_shown(): void {
		$source = '{"version":1,"min_engine":"0.1.0","entities":{"email":{"operator":"mask","keep_last":2},"sku":"keep"},"numbers":"block","limits":{"body_bytes":65536}}';
		self::assertEquals( json_decode( $source, true ), self::shown( $source ) );
	}

	public function test_nothing_of_the_shops_own_is_shown(): void {
		$source = '{"x-note":"falcon1","entities":{"custom:falcon2":"drop","email":{"operator":"mask","x-why":"falcon3"}},'
			. '"rules":[{"id":"falcon5","entity":"sku","pattern":"falcon6"}],"fields":[{"name":"falcon7","entity":"cost"}],'
			. '"allow":["falcon8"],"restore":{"tools":["falcon9"]},"limits":{"x-l":"falcon10"}}';
		$policy = new Policy( $source );
		$json   = (string) json_encode( $policy->public_part() );
		self::assertStringNotContainsString( 'falcon', $json );
		self::assertStringContainsString( '"email":{"operator":"mask"}', $json );
		self::assertSame( 2, $policy->withheld(), 'The owner is told of rules and fields.' );
		self::assertSame( 0, ( new Policy( '' ) )->withheld() );
	}

	public function odd(): array {
		return array(
			'unreadable'           => array( '/nowhere/policy.json' ),
			'no object'            => array( '[]' ),
			'unknown key'          => array( '{"falcon":1}' ),
			'misspelt key'         => array( '{"entitys":{"email":"block"}}' ),
			'unknown entity'       => array( '{"entities":{"falcon":"drop"}}' ),
			'unknown operator'     => array( '{"entities":{"email":"falcon"}}' ),
			'operator of no form'  => array( '{"entities":{"email":["falcon"]}}' ),
			'setting of no form'   => array( '{"entities":{"email":{"operator":"mask","keep_last":"falcon"}}}' ),
			'unknown setting'      => array( '{"entities":{"email":{"operator":"mask","falcon":1}}}' ),
			'entities of no form'  => array( '{"entities":"falcon"}' ),
			'unknown numbers'      => array( '{"numbers":"falcon"}' ),
			'version of no form'   => array( '{"version":"falcon"}' ),
			'engine of no form'    => array( '{"min_engine":"falcon"}' ),
			'limits of no form'    => array( '{"limits":"falcon"}' ),
			'limit of no form'     => array( '{"limits":{"body_bytes":"falcon"}}' ),
			'unknown limit'        => array( '{"limits":{"falcon":1}}' ),
		);
	}

	/** @dataProvider odd */
	public function test_what_is_of_no_known_form_becomes_a_policy_that_no_engine_takes( string $source ): void {
		self::assertSame( array( 'version' => 0 ), self::shown( $source ) );
	}

	public function test_the_words_are_the_engines(): void {
		$core = dirname( __DIR__, 3 ) . '/core/src';
		if ( ! is_dir( $core ) ) {
			self::markTestSkipped( 'The engine is not beside the plugin.' );
		}
		preg_match_all( '~\b[A-Z]\w+ "([a-z_]+)" "[A-Z]+"~', (string) file_get_contents( $core . '/entity.rs' ), $entities );
		self::assertSame( $entities[1], PagePolicy::ENTITIES );
		$policy = (string) file_get_contents( $core . '/policy/mod.rs' );
		preg_match_all( '~Self::[A-Z]\w+ => "([a-z]+)"~', $policy, $operators );
		self::assertSame( $operators[1], PagePolicy::OPERATORS );
		preg_match_all( '~"([a-z]+)" => Some\(Self::~', $policy, $numbers );
		self::assertSame( $numbers[1], PagePolicy::NUMBERS );
	}
}
