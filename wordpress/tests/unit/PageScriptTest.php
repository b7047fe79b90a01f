<?php
/**
 * What is printed on protected pages.
 *
 * @package Tamis\Tests
 */

declare( strict_types=1 );

namespace Tamis\WordPress\Tests;

use FakeWordPress;
use Tamis\WordPress\ExtraRows;
use Tamis\WordPress\PageDestinations;
use Tamis\WordPress\PageFiles;
use Tamis\WordPress\PageScript;
use Tamis\WordPress\Plugin;
use Tamis\WordPress\Policy;
use Tamis\WordPress\Settings;

final class PageScriptTest extends TestCase {

	private string $folder = '';

	/** A plugin's folder with the browser engine in it. */
	protected function setUp(): void {
		parent::setUp();
		$this->folder = sys_get_temp_dir() . '/tamis-page-' . bin2hex( random_bytes( 6 ) );
		mkdir( $this->folder . '/assets/page/src', 0700, true );
		foreach ( self::files() as $file ) {
			touch( $this->folder . '/assets/page/' . $file );
		}
	}

	protected function tearDown(): void {
		foreach ( self::files() as $file ) {
			if ( is_file( $this->folder . '/assets/page/' . $file ) ) {
				unlink( $this->folder . '/assets/page/' . $file );
			}
		}
		foreach ( array( '/assets/page/src', '/assets/page', '/assets', '' ) as $folder ) {
			rmdir( $this->folder . $folder );
		}
	}

	private static function files(): array {
		return array( PageFiles::SCRIPT, PageFiles::MODULE, PageFiles::SCALAR );
	}

	private function script( ?array $pages = array( 'front' ), ?array $protect = array( 'all' ), string $policy = '', bool $bypass = false, array $endpoints = array() ): PageScript {
		$table = static fn(): array => require dirname( __DIR__, 2 ) . '/data/destinations.php';
		return new PageScript(
			new Settings( $protect, $bypass, $policy, $pages, $endpoints ),
			new Policy( $policy ),
			new PageDestinations( $table, new ExtraRows() ),
			new PageFiles( $this->folder . '/tamis.php' )
		);
	}

	/** What a page gets: the module's calls and the printed bytes. */
	private static function page( PageScript $script ): string {
		FakeWordPress::$modules = array();
		$script->register();
		$script->enqueue();
		ob_start();
		$script->print();
		return (string) ob_get_clean();
	}

	private static function is_printed( PageScript $script ): bool {
		$html  = self::page( $script );
		$calls = array_column( FakeWordPress::$modules, 0 );
		self::assertSame( '' !== $html, in_array( 'enqueue', $calls, true ), 'Module and data come together.' );
		return '' !== $html;
	}

	public function test_a_page_gets_these_bytes(): void {
		$html = self::page( $this->script( array( 'front' ), array( 'all' ), '{"entities":{"email":"drop"},"numbers":"block"}' ) );
		self::assertSame(
			'<script type="application/json" id="tamis-page">{"wasm":"https://shop.example/wp-content/plugins/tamis/assets/page/tamis.wasm?ver=0.1.0",'
			. '"policy":{"version":1,"entities":{"email":"drop"},"numbers":"block"}}</script>' . "\n",
			$html
		);
		$src = 'https://shop.example/wp-content/plugins/tamis/assets/page/src/page.js';
		self::assertSame(
			array( array( 'register', 'tamis-page', $src, array(), Plugin::VERSION ), array( 'enqueue', 'tamis-page' ) ),
			FakeWordPress::$modules
		);
	}

	public function test_the_bytes_are_the_same_for_everybody(): void {
		$one                    = self::page( $this->script() );
		FakeWordPress::$cron    = true;
		$_COOKIE['wordpress_x'] = 'somebody';
		self::assertSame( $one, self::page( $this->script() ) );
		unset( $_COOKIE['wordpress_x'] );
	}

	public function test_nothing_hostile_ends_the_element(): void {
		FakeWordPress::$filters['tamis_destinations'] = static fn(): array => array(
			array( 'id' => 'x', 'vendor' => 'X', 'host' => '</script><img src=x>&' . "\xff", 'class' => 'ai', 'page' => true ),
		);
		$html = self::page( $this->script( array( 'front' ), array( 'x' ), '', false, array( '/a</script>&amp;' ) ) );
		self::assertSame( 1, substr_count( $html, '<' . '/script' ) );
		self::assertSame( 2, substr_count( $html, '<' ) );
		self::assertStringNotContainsString( '&', $html );
		$json = json_decode( substr( $html, strpos( $html, '>' ) + 1, -strlen( "</script>\n" ) ), true );
		self::assertSame( array( '/a</script>&amp;' ), $json['endpoints'] );
		self::assertStringStartsWith( '</script><img src=x>&', $json['destinations'][0]['host'] );
	}

	public function test_nothing_is_printed_where_nothing_is_to_be(): void {
		self::assertTrue( self::is_printed( $this->script() ) );
		self::assertFalse( self::is_printed( $this->script( array() ) ), 'off' );
		self::assertSame( array(), FakeWordPress::$modules );
		self::assertFalse( self::is_printed( $this->script( array( 'front' ), array() ) ), 'watching' );
		self::assertFalse( self::is_printed( $this->script( array( 'front' ), array( 'stripe' ) ) ), 'no AI service is protected' );
		self::assertFalse( self::is_printed( $this->script( array( 'front' ), array( 'all' ), '', true ) ), 'bypassed' );
	}

	public function test_endpoints_and_the_sites_own_hosts_stand_beside_what_is_protected(): void {
		FakeWordPress::$filters['tamis_destinations'] = static fn(): array => array(
			array( 'id' => 'own', 'host' => 'ai.shop.example', 'class' => 'ai', 'page' => true ),
		);
		$data = static fn( PageScript $script ): array => array_diff_key( json_decode( $script->data(), true ), array( 'wasm' => 1, 'policy' => 1 ) );
		self::assertSame( array( 'endpoints' => array( '/wp-json/bot/', 'ai.shop.example' ) ), $data( $this->script( null, array( 'all' ), '', false, array( '/wp-json/bot/' ) ) ) );
		self::assertSame( array( 'destinations' => array( array( 'host' => 'ai.shop.example' ) ) ), $data( $this->script( null, array( 'own' ) ) ) );
	}

	/** @dataProvider parts */
	public function test_a_build_without_a_file_prints_nothing_and_says_so( string $file ): void {
		unlink( $this->folder . '/assets/page/' . $file );
		self::assertFalse( self::is_printed( $this->script() ) );
		self::assertSame( 'files', $this->script()->obstacle() );
	}

	public function parts(): array {
		return array_map( static fn( string $file ): array => array( $file ), self::files() );
	}

	public function test_what_stands_in_the_way_is_named(): void {
		self::assertSame( '', $this->script()->obstacle() );
		self::assertSame( 'watching', $this->script( array( 'front' ), array() )->obstacle() );
		self::assertSame( 'bypassed', $this->script( array( 'front' ), array( 'all' ), '', true )->obstacle() );
	}

	public function places(): array {
		return array(
			'checkout on the checkout' => array( array( 'checkout' ), 'checkout', false, true ),
			'checkout on the cart'     => array( array( 'checkout' ), 'cart', false, true ),
			'checkout on the account'  => array( array( 'checkout' ), 'account', false, true ),
			'checkout elsewhere'       => array( array( 'checkout' ), '', false, false ),
			'front on the checkout'    => array( array( 'front' ), 'checkout', false, true ),
			'front elsewhere'          => array( array( 'front' ), '', false, true ),
			'front in the admin'       => array( array( 'front', 'checkout' ), '', true, false ),
			'editor in the admin'      => array( array( 'editor' ), '', true, true ),
			'editor on a page'         => array( array( 'editor' ), 'checkout', false, false ),
		);
	}

	/** @dataProvider places */
	public function test_each_place_means_its_pages( array $pages, string $shop_page, bool $admin, bool $printed ): void {
		FakeWordPress::$shop_page = $shop_page;
		FakeWordPress::$admin     = $admin;
		self::assertSame( $printed, self::is_printed( $this->script( $pages ) ) );
	}

	public function test_each_site_of_a_network_chooses_unless_a_constant_does(): void {
		$own = new Settings( array( 'all' ), false, '' );
		self::assertSame( array(), $own->pages() );
		self::assertTrue( $own->change_pages( array( 'editor', 'nonsense', 'checkout' ) ) );
		self::assertSame( array( 'checkout', 'editor' ), $own->pages() );
		self::assertTrue( $own->change_pages( array( 'editor', 'checkout' ) ), 'Choosing twice is no failure.' );
		self::assertTrue( self::is_printed_in_admin( $this->script( null ) ) );
		FakeWordPress::$options['tamis'] = array(); // Another site.
		self::assertFalse( self::is_printed_in_admin( $this->script( null ) ) );
		self::assertTrue( self::is_printed_in_admin( $this->script( array( 'editor' ) ) ) );
		$fixed = new Settings( array( 'all' ), false, '', array( 'editor' ) );
		self::assertFalse( $fixed->change_pages( array() ) );
		self::assertSame( array( array( 'editor' ), true ), array( $fixed->pages(), $fixed->are_pages_fixed() ) );
	}

	private static function is_printed_in_admin( PageScript $script ): bool {
		FakeWordPress::$admin = true;
		return self::is_printed( $script );
	}
}
