<?php
/**
 * What pages know of AI services.
 *
 * @package Tamis\Tests
 */

declare( strict_types=1 );

namespace Tamis\WordPress\Tests;

use FakeWordPress;
use Tamis\WordPress\ExtraRows;
use Tamis\WordPress\PageDestinations;
use Tamis\WordPress\Settings;

final class PageDestinationsTest extends TestCase {

	private static function rows( array $names ): ?array {
		$table = static fn(): array => require dirname( __DIR__, 2 ) . '/data/destinations.php';
		return ( new PageDestinations( $table, new ExtraRows() ) )->rows( $names );
	}

	private static function hosts( array $names ): array {
		return array_column( (array) self::rows( $names ), 'host' );
	}

	public function test_where_all_is_protected_hosts_of_the_site_are_named_besides(): void {
		FakeWordPress::$filters['tamis_destinations'] = static fn(): array => array(
			array( 'id' => 'hidden', 'host' => 'llm.internal.example', 'class' => 'ai' ),
			array( 'id' => 'one', 'host' => 'ai.shop.example', 'port' => 8443, 'class' => 'ai', 'page' => true ),
			array( 'id' => 'two', 'host' => '.ai.shop.example', 'port' => 8443, 'class' => 'ai', 'page' => true ),
		);
		$destinations = new PageDestinations( static fn(): array => array(), new ExtraRows() );
		self::assertSame( array( 'ai.shop.example:8443', '.ai.shop.example' ), $destinations->own_hosts() );
	}

	public function test_all_needs_no_rows_and_watching_has_none(): void {
		self::assertNull( self::rows( array( 'openai', 'all' ) ) );
		self::assertSame( array(), self::rows( array() ) );
	}

	public function test_a_vendor_is_all_of_its_hosts(): void {
		self::assertSame( array( array( 'host' => 'api.anthropic.com' ) ), self::rows( array( 'anthropic' ) ) );
		$hosts = self::hosts( array( 'openai' ) );
		foreach ( array( 'api.openai.com', '.openai.azure.com', '^(us|eu|au|in|jp)\.api\.openai\.com$' ) as $host ) {
			self::assertContains( $host, $hosts );
		}
		self::assertNotContains( 'api.anthropic.com', $hosts );
	}

	public function test_a_row_is_its_path_alone_unless_all_of_its_host_is_protected(): void {
		$row = array(
			'host' => 'api.openai.com',
			'path' => '^/v1/embeddings$',
		);
		self::assertSame( array( $row ), self::rows( array( 'openai.embeddings' ) ) );
		self::assertSame( array( array( 'host' => 'api.openai.com' ) ), self::rows( array( 'openai.embeddings', 'api.openai.com' ) ) );
	}

	public function named_hosts(): array {
		return array(
			'exact'             => array( 'api.openai.com', 'api.openai.com' ),
			'with its port'     => array( 'api.openai.com:443', 'api.openai.com' ),
			'one of a suffix'   => array( 'mine.openai.azure.com', 'mine.openai.azure.com' ),
			'one of a pattern'  => array( 'eu.api.openai.com', 'eu.api.openai.com' ),
			'no AI service'     => array( 'api.stripe.com', null ),
			'nobody'            => array( 'nobody.example', null ),
			'part of a host'    => array( 'openai.com', null ),
			'a host around one' => array( 'api.openai.com.evil.example', null ),
		);
	}

	/** @dataProvider named_hosts */
	public function test_a_host_is_that_host_alone( string $name, ?string $host ): void {
		self::assertSame( null === $host ? array() : array( array( 'host' => $host ) ), self::rows( array( $name ) ) );
	}

	public function test_a_host_that_carries_much_else_keeps_its_paths(): void {
		$rows = self::rows( array( 'public-api.wordpress.com' ) );
		self::assertNotSame( array(), $rows );
		foreach ( $rows as $row ) {
			self::assertArrayHasKey( 'path', $row, 'WooPayments is on this host, too.' );
		}
	}

	public function test_rows_agree_with_what_php_protects(): void {
		foreach ( array( array( 'openai' ), array( 'mistral ai' ), array( 'openai.chat' ), array( 'api.groq.com' ), array( 'public-api.wordpress.com' ) ) as $names ) {
			$settings = new Settings( $names, false, '' );
			foreach ( $this->addresses() as $address ) {
				self::assertSame( $settings->protects( self::find( $address ) ), self::is_met( (array) self::rows( $names ), $address ), $names[0] . ' ' . $address );
			}
		}
	}

	private function addresses(): array {
		return array(
			'https://api.openai.com/v1/chat/completions',
			'https://api.openai.com/v1/embeddings',
			'https://api.openai.com/brand-new',
			'https://mine.openai.azure.com/openai/v1/responses',
			'https://eu.api.openai.com/v1/chat/completions',
			'https://api.mistral.ai/v1/chat/completions',
			'https://api.groq.com/openai/v1/chat/completions',
			'https://public-api.wordpress.com/wpcom/v2/jetpack-ai-query',
			'https://public-api.wordpress.com/wpcom/v2/sites/1/wcpay/intents',
			'https://public-api.wordpress.com/rest/v1.1/me',
			'https://api.stripe.com/v1/charges',
			'https://nobody.example/v1/chat/completions',
		);
	}

	/** What a browser does with rows. */
	private static function is_met( array $rows, string $address ): bool {
		$host = (string) parse_url( $address, PHP_URL_HOST );
		$path = (string) parse_url( $address, PHP_URL_PATH );
		foreach ( $rows as $row ) {
			$fits = match ( $row['host'][0] ) {
				'.'     => str_ends_with( '.' . $host, $row['host'] ),
				'^'     => 1 === preg_match( '~' . $row['host'] . '~', $host ),
				default => $row['host'] === $host,
			};
			if ( $fits && ( ! isset( $row['path'] ) || 1 === preg_match( '~' . $row['path'] . '~', $path ) ) ) {
				return true;
			}
		}
		return false;
	}

	public function test_a_row_of_the_site_is_shown_only_where_it_says_so(): void {
		FakeWordPress::$filters['tamis_destinations'] = static fn(): array => array(
			array( 'id' => 'hidden', 'vendor' => 'Ours', 'host' => 'llm.internal.example', 'class' => 'ai' ),
			array( 'id' => 'gate.shown', 'vendor' => 'Ours', 'host' => 'ai.shop.example', 'port' => 8443, 'class' => 'ai', 'path' => '^/v1~x/', 'page' => true ),
			array( 'id' => 'gate.pattern', 'vendor' => 'Ours', 'host' => '^llm[0-9]+\.internal\.example$', 'class' => 'ai', 'page' => true ),
			array( 'id' => 'mail', 'vendor' => 'Ours', 'host' => 'mail.shop.example', 'class' => 'mail', 'page' => true ),
		);
		self::assertSame( array( array( 'host' => 'ai.shop.example:8443' ) ), self::rows( array( 'ours' ) ) );
		self::assertSame( array( array( 'host' => 'ai.shop.example:8443', 'path' => '^/v1~x/' ) ), self::rows( array( 'gate.shown' ) ) );
		self::assertSame( array(), self::rows( array( 'hidden', 'llm.internal.example', 'mail' ) ) );
	}
}
