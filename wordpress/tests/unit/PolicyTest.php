<?php
/**
 * Policies.
 *
 * @package Tamis\Tests
 */

declare( strict_types=1 );

namespace Tamis\WordPress\Tests;

use Tamis\WordPress\KeySource;
use Tamis\WordPress\NativeEngine;
use Tamis\WordPress\Policy;
use Tamis\WordPress\Reason;

final class PolicyTest extends TestCase {

	private static function decoded( string $source, string $use = 'chat' ): array {
		return json_decode( (string) ( new Policy( $source ) )->json( $use ), true );
	}

	public function test_each_use_has_its_defaults(): void {
		self::assertSame( 'replace', self::decoded( '' )['entities']['cost'] );
		self::assertSame( 'null', self::decoded( '' )['numbers'] );
		self::assertSame( 'token', self::decoded( '' )['entities']['sku'] );
		self::assertArrayNotHasKey( 'email', self::decoded( '' )['entities'] );
		self::assertSame( 'replace', self::decoded( '', 'embeddings' )['entities']['email'] );
		self::assertSame( 'drop', self::decoded( '', 'embeddings' )['entities']['cost'] );
		self::assertSame( 'drop', self::decoded( '', 'translation' )['entities']['margin'] );
		self::assertArrayNotHasKey( 'email', self::decoded( '', 'translation' )['entities'] );
	}

	public function test_the_owners_policy_replaces_what_it_names(): void {
		$policy = self::decoded( '{"entities":{"email":"drop"},"allow":["x"]}' );
		self::assertSame( array( 'email' => 'drop' ), $policy['entities'] );
		self::assertSame( array( 'x' ), $policy['allow'] );
		self::assertSame( 'null', $policy['numbers'] );
		self::assertSame( 1, $policy['version'] );
	}

	public function test_empty_objects_stay_objects(): void {
		self::assertStringContainsString( '"entities":{}', (string) ( new Policy( '{"entities":{}}' ) )->json( 'chat' ) );
	}

	public function test_a_file_is_read(): void {
		$file = tempnam( sys_get_temp_dir(), 'tamis' );
		file_put_contents( $file, '{"numbers":"string"}' );
		self::assertSame( 'string', self::decoded( $file )['numbers'] );
		unlink( $file );
	}

	public function broken(): array {
		return array(
			'no such file' => array( '/nowhere/policy.json' ),
			'no JSON'      => array( '{"entities":' ),
			'a list'       => array( '{}x' ),
			'a folder'     => array( sys_get_temp_dir() ),
		);
	}

	/** @dataProvider broken */
	public function test_a_policy_that_cannot_be_read_is_a_problem( string $source ): void {
		$policy = new Policy( $source );
		self::assertNull( $policy->json( 'chat' ) );
		self::assertNotSame( '', $policy->problem() );
		$problem = ( new NativeEngine( $policy, new KeySource() ) )->problem( 'chat' );
		self::assertSame( Reason::POLICY, $problem?->reason );
	}

	public function test_a_problem_names_the_path_and_no_value(): void {
		$problem = self::engine( '{"entitys":{"secret-value":1}}' )->problem( 'chat' );
		self::assertSame( array( Reason::POLICY, 103 ), array( $problem?->reason, $problem?->code ) );
		self::assertStringContainsString( '$.entitys', (string) $problem?->detail );
		self::assertStringNotContainsString( 'secret-value', (string) $problem?->detail );
	}

	public function test_a_good_policy_is_no_problem(): void {
		foreach ( Policy::USES as $use ) {
			self::assertNull( self::engine()->problem( $use ) );
		}
	}

	public function codes(): array {
		return array(
			array( 101, Reason::POLICY ),
			array( 120, Reason::KEY ),
			array( 201, Reason::LIMIT ),
			array( 205, Reason::LIMIT ),
			array( 206, Reason::UNREADABLE ),
			array( 207, Reason::UNREADABLE ),
			array( 208, Reason::RULE ),
			array( 211, Reason::LIMIT ),
			array( 301, Reason::FAULT ),
			array( 0, Reason::FAULT ),
		);
	}

	/** @dataProvider codes */
	public function test_codes_of_the_engine_have_reasons( int $code, string $reason ): void {
		self::assertSame( $reason, Reason::of_code( $code ) );
	}

	public function test_every_reason_has_a_text(): void {
		foreach ( ( new \ReflectionClass( Reason::class ) )->getConstants() as $reason ) {
			self::assertNotSame( '', Reason::text( (string) $reason ) );
		}
		self::assertSame( '', Reason::text( '' ) );
	}
}
