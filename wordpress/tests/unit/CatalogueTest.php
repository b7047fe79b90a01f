<?php
/**
 * Destinations by address.
 *
 * @package Tamis\Tests
 */

declare( strict_types=1 );

namespace Tamis\WordPress\Tests;

use FakeWordPress;
use Tamis\WordPress\Build\DestinationTable;
use Tamis\WordPress\Url;

final class CatalogueTest extends TestCase {

	public function addresses(): array {
		return array(
			'exact host and path'              => array( 'https://api.openai.com/v1/chat/completions', 'openai.chat', 'ai' ),
			'another path of the same host'    => array( 'https://api.openai.com/v1/embeddings', 'openai.embeddings', 'ai' ),
			'unlisted path of an AI host'      => array( 'https://api.openai.com/v1/brand-new', 'openai.other', 'ai' ),
			'upper case and closing dot'       => array( 'https://API.OpenAI.com./v1/chat/completions', 'openai.chat', 'ai' ),
			'encoded dot in the host'          => array( 'https://api%2Eopenai.com/v1/chat/completions', 'openai.chat', 'ai' ),
			'another port of the host'         => array( 'https://api.openai.com:8443/v1/chat/completions', 'openai.chat', 'ai' ),
			'no path'                          => array( 'https://api.openai.com', 'openai.other', 'ai' ),
			'suffix'                           => array( 'https://mine.openai.azure.com/openai/v1/responses', 'openai.azure', 'ai' ),
			'suffix on the cognitive services' => array( 'https://mine.cognitiveservices.azure.com/openai/deployments/x', 'azure.cognitive', 'ai' ),
			'pattern'                          => array( 'https://eu.api.openai.com/v1/chat/completions', 'openai.residency', 'ai' ),
			'a host that only ends alike'      => array( 'https://notapi.openai.com.evil.example/v1/chat/completions', 'unknown', 'unknown' ),
			'a host that only begins alike'    => array( 'https://api.openai.com.evil.example/', 'unknown', 'unknown' ),
			'shared host, AI path'             => array( 'https://public-api.wordpress.com/wpcom/v2/jetpack-ai-query', 'wpcom.jetpackai', 'ai' ),
			'shared host, payment path'        => array( 'https://public-api.wordpress.com/wpcom/v2/sites/1/wcpay/intents', 'woopayments', 'payment' ),
			'shared host, unlisted path'       => array( 'https://public-api.wordpress.com/rest/v1.1/me', 'unknown', 'unknown' ),
			'zones beside AI on one host'      => array( 'https://api.cloudflare.com/client/v4/zones', 'cloudflare', 'platform' ),
			'AI beside zones on one host'      => array( 'https://api.cloudflare.com/client/v4/accounts/1/ai/run/@cf/x', 'cloudflare.workersai', 'ai' ),
			'licence before telemetry'         => array( 'https://api.freemius.com/v1/plugins/1/ping.json', 'freemius.api', 'licence' ),
			'local model'                      => array( 'http://localhost:11434/api/chat', 'local.ollama.chat', 'local_ai' ),
			'local model by IPv6'              => array( 'http://[::1]:11434/api/generate', 'local.ollama.generate', 'local_ai' ),
			'second program of one port'       => array( 'http://localhost:8080/infill', 'local.llamacpp', 'local_ai' ),
			'other path of a local port'       => array( 'http://localhost:8080/index.php', 'unknown', 'unknown' ),
			'local host, other port'           => array( 'http://localhost:9/api/chat', 'unknown', 'unknown' ),
			'payment'                          => array( 'https://api.stripe.com/v1/charges', 'stripe', 'payment' ),
			'shipping by suffix'               => array( 'https://api-eu.dhl.com/track', 'dhl', 'shipping' ),
			'mail with a path like AI'         => array( 'https://api.mailgun.net/v3/shop.example/messages', 'mailgun', 'mail' ),
			'tax'                              => array( 'https://ec.europa.eu/taxation_customs/vies/services/checkVatService', 'vies', 'tax' ),
			'updates'                          => array( 'https://api.wordpress.org/plugins/update-check/1.1/', 'wporg.api', 'platform' ),
			'search'                           => array( 'https://abc-dsn.algolia.net/1/indexes/x', 'algolia', 'search' ),
			'the site itself'                  => array( 'https://shop.example/wp-cron.php', 'self', 'self' ),
			'the site by the other scheme'     => array( 'http://shop.example/wp-cron.php', 'self', 'self' ),
			'the site at another port'         => array( 'http://shop.example:8080/', 'unknown', 'unknown' ),
			'nobody'                           => array( 'https://blog.example/v1/chat/completions', 'unknown', 'unknown' ),
		);
	}

	/** @dataProvider addresses */
	public function test_an_address_has_one_destination( string $url, string $id, string $class ): void {
		$found = self::find( $url );
		self::assertSame( array( $id, $class ), array( $found->id, $found->class ) );
	}

	public function uses(): array {
		return array(
			array( 'https://api.openai.com/v1/chat/completions', 'chat' ),
			array( 'https://api.openai.com/v1/embeddings', 'embeddings' ),
			array( 'https://api.voyageai.com/v1/rerank', 'embeddings' ),
			array( 'https://api-free.deepl.com/v2/translate', 'translation' ),
			array( 'https://api.openai.com/v1/images/generations', 'media' ),
			array( 'https://api.elevenlabs.io/v1/text-to-speech/x', 'media' ),
			array( 'https://generativelanguage.googleapis.com/v1beta/models/m:embedContent', 'embeddings' ),
		);
	}

	/** @dataProvider uses */
	public function test_the_use_is_told_by_class_and_path( string $url, string $use ): void {
		self::assertSame( $use, self::find( $url )->use );
	}

	public function test_a_vendor_has_its_credential_in_its_own_place(): void {
		$gemini = self::find( 'https://generativelanguage.googleapis.com/v1beta/models/m:generateContent' );
		self::assertContains( 'x-goog-api-key', $gemini->headers );
		self::assertSame( array( 'key' ), $gemini->query );
		self::assertSame( array( 'api_key' ), self::find( 'https://api.weglot.com/translate' )->query );
		self::assertSame( array( 'x-api-key' ), self::find( 'https://api.anthropic.com/v1/messages' )->headers );
		self::assertContains( 'api-key', self::find( 'https://mine.openai.azure.com/openai/v1/x' )->headers );
		self::assertContains( 'ocp-apim-subscription-key', self::find( 'https://api.cognitive.microsofttranslator.com/translate' )->headers );
		self::assertContains( 'xi-api-key', self::find( 'https://api.elevenlabs.io/v1/voices/add' )->headers );
	}

	public function test_a_vendor_is_known_by_id_name_or_host(): void {
		$openai = self::find( self::URL );
		self::assertTrue( $openai->is_of( 'openai' ) );
		self::assertFalse( $openai->is_of( 'stripe' ) );
		self::assertFalse( $openai->is_of( '' ) );
		self::assertTrue( self::find( 'https://router.huggingface.co/v1/chat/completions' )->is_of( 'huggingface' ) );
	}

	public function test_rows_of_the_site_win_and_the_most_specific_of_them_first(): void {
		FakeWordPress::$filters['tamis_destinations'] = static fn( array $rows ): array => array(
			array( 'id' => 'wide', 'host' => '.openai.com', 'class' => 'erp' ),
			array( 'id' => 'mine', 'host' => 'api.openai.com', 'class' => 'local_ai', 'path' => '^/v1/chat/' ),
			array( 'id' => 'port', 'host' => '127.0.0.1', 'port' => 9000, 'class' => 'ai', 'vendor' => 'Mine' ),
			array( 'id' => 'pattern', 'host' => '^gw[0-9]\.example$', 'class' => 'ai' ),
		);
		self::assertSame( 'mine', self::find( self::URL )->id );
		self::assertSame( 'wide', self::find( 'https://files.openai.com/x' )->id );
		self::assertSame( 'port', self::find( 'http://127.0.0.1:9000/any' )->id );
		self::assertSame( 'unknown', self::find( 'http://127.0.0.1:9001/any' )->id );
		self::assertSame( 'pattern', self::find( 'https://gw7.example/' )->id );
	}

	public function test_a_row_for_a_port_is_more_specific_than_one_for_the_host(): void {
		FakeWordPress::$filters['tamis_destinations'] = static fn( array $rows ): array => array(
			array( 'id' => 'host', 'host' => 'gw.example', 'class' => 'erp' ),
			array( 'id' => 'port', 'host' => 'gw.example', 'port' => 443, 'class' => 'ai' ),
		);
		self::assertSame( 'port', self::find( 'https://gw.example/' )->id );
		self::assertSame( 'host', self::find( 'http://gw.example/' )->id );
	}

	public function bad_rows(): array {
		return array(
			'no rows at all'   => array( 'text' ),
			'row is no array'  => array( array( 'text' ) ),
			'no class'         => array( array( array( 'id' => 'x', 'host' => 'h.example' ) ) ),
			'no such class'    => array( array( array( 'id' => 'x', 'host' => 'h.example', 'class' => 'evil' ) ) ),
			'no host'          => array( array( array( 'id' => 'x', 'class' => 'ai' ) ) ),
			'no id'            => array( array( array( 'host' => 'h.example', 'class' => 'ai' ) ) ),
			'bad host pattern' => array( array( array( 'id' => 'x', 'host' => '^(h.example', 'class' => 'ai' ) ) ),
			'bad path pattern' => array( array( array( 'id' => 'x', 'host' => 'h.example', 'class' => 'ai', 'path' => '(' ) ) ),
			'host is an array' => array( array( array( 'id' => 'x', 'host' => array(), 'class' => 'ai' ) ) ),
		);
	}

	/** @dataProvider bad_rows */
	public function test_what_is_no_row_is_left_out( mixed $rows ): void {
		FakeWordPress::$filters['tamis_destinations'] = static fn(): mixed => $rows;
		self::assertSame( 'unknown', self::find( 'https://h.example/' )->id );
	}

	public function test_rows_are_read_again_when_more_plugins_have_loaded(): void {
		$catalogue = self::catalogue();
		$url       = Url::parse( 'https://late.example/' );
		self::assertSame( 'unknown', $catalogue->find( $url )->id );
		FakeWordPress::$filters['tamis_destinations'] = static fn(): array => array( array( 'id' => 'late', 'host' => 'late.example', 'class' => 'ai' ) );
		self::assertSame( 'unknown', $catalogue->find( $url )->id );
		FakeWordPress::$actions['plugins_loaded'] = 1;
		self::assertSame( 'late', $catalogue->find( $url )->id );
	}

	public function test_the_table_is_built_from_the_catalogues(): void {
		$folder = dirname( __DIR__, 2 ) . '/data';
		self::assertSame( file_get_contents( $folder . '/destinations.php' ), DestinationTable::source( $folder ), 'Run php bin/build-destinations.php' );
	}

	public function test_every_pattern_of_the_table_compiles_and_ids_are_unique(): void {
		$table = require dirname( __DIR__, 2 ) . '/data/destinations.php';
		foreach ( array_merge( array_keys( $table['regex'] ), array_filter( array_column( $table['rows'], 'path' ) ), array( $table['any'] ) ) as $regex ) {
			self::assertNotFalse( preg_match( (string) $regex, 'x' ) );
		}
		$ids = array_column( $table['rows'], 'id' );
		self::assertSame( $ids, array_values( array_unique( $ids ) ) );
		self::assertGreaterThan( 280, count( $ids ) );
	}
}
