<?php
/**
 * Every hook of the plugin, in one list.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

use Tamis\WordPress\Admin\Health;
use Tamis\WordPress\Admin\Notices;
use Tamis\WordPress\Admin\Pages;
use Tamis\WordPress\Admin\Screen;
use Tamis\WordPress\Admin\Switches;

/**
 * Callbacks are methods, so that they can be removed; most only ask the plugin for the part that answers.
 */
final class Hooks {

	/**
	 * Hooks of a plugin.
	 *
	 * @param Plugin $plugin Plugin.
	 */
	public function __construct( private readonly Plugin $plugin ) {}

	/** Adds them all. */
	public function add(): void {
		// The two layers: first to decide, last to insist, last to verify.
		add_filter( 'pre_http_request', array( $this, 'pre_http_request_first' ), PHP_INT_MIN, 3 );
		add_filter( 'pre_http_request', array( $this, 'pre_http_request_last' ), PHP_INT_MAX, 3 );
		add_action( 'requests-requests.before_request', array( $this, 'before_request_first' ), PHP_INT_MIN, 0 );
		add_action( 'requests-requests.before_request', array( $this, 'before_request' ), PHP_INT_MAX, 5 );
		add_action( 'http_api_debug', array( $this, 'http_api_debug' ), PHP_INT_MIN, 1 );

		add_filter( 'map_meta_cap', array( Capability::class, 'map' ), 10, 2 );
		add_action( 'init', array( $this, 'init' ) );
		add_action( 'admin_init', array( $this, 'admin_init' ) );
		add_action( 'admin_menu', array( $this, 'admin_menu' ) );
		add_action( 'admin_notices', array( $this, 'notices' ) );
		add_action( 'network_admin_notices', array( $this, 'notices' ) );
		add_action( 'admin_post_' . Switches::ACTION, array( $this, 'admin_switch' ) );
		add_action( 'admin_post_' . Pages::ACTION, array( $this, 'admin_pages' ) );

		// The browser's side: known to the queue before all others, its data as early as the page has a head.
		add_action( 'init', array( $this, 'page_register' ), PHP_INT_MIN );
		add_action( 'wp', array( $this, 'page_enqueue' ), PHP_INT_MIN, 0 );
		add_action( 'admin_enqueue_scripts', array( $this, 'page_enqueue' ), PHP_INT_MIN, 0 );
		add_action( 'wp_head', array( $this, 'page_print' ), PHP_INT_MIN, 0 );
		add_action( 'admin_head', array( $this, 'page_print' ), PHP_INT_MIN, 0 );

		add_filter( 'site_status_tests', array( $this, 'site_status_tests' ) );
		add_filter( 'debug_information', array( $this, 'debug_information' ) );
		add_filter( 'wpmu_drop_tables', array( $this, 'wpmu_drop_tables' ) );
		add_action( 'before_woocommerce_init', array( $this, 'before_woocommerce_init' ) );
		add_action( 'cli_init', array( $this, 'cli_init' ) );
	}

	/**
	 * The first layer's decision.
	 *
	 * @param mixed $pre  False, or an answer.
	 * @param mixed $args Arguments.
	 * @param mixed $url  Address.
	 */
	public function pre_http_request_first( mixed $pre, mixed $args = array(), mixed $url = '' ): mixed {
		$this->take_last_place( 'pre_http_request', 'pre_http_request_last', 3 );
		return $this->plugin->interceptor()->first( $pre, $args, $url );
	}

	/**
	 * The first layer's insistence.
	 *
	 * @param mixed $pre  False, or an answer.
	 * @param mixed $args Arguments.
	 * @param mixed $url  Address.
	 */
	public function pre_http_request_last( mixed $pre, mixed $args = array(), mixed $url = '' ): mixed {
		return $this->plugin->interceptor()->last( $pre, $args, $url );
	}

	/** Before all others at the second layer's hook: none of them is to come after it. */
	public function before_request_first(): void {
		$this->take_last_place( 'requests-requests.before_request', 'before_request', 5 );
	}

	/**
	 * The second layer.
	 *
	 * @param mixed $url     Address.
	 * @param mixed $headers Headers.
	 * @param mixed $data    Body.
	 * @param mixed $type    Method.
	 * @param mixed $options Options.
	 */
	public function before_request( mixed &$url, mixed &$headers, mixed &$data, mixed &$type, mixed &$options ): void {
		$this->plugin->verifier()->before_request( $url, $headers, $data, $type, $options );
	}

	/**
	 * Names a hold of the second layer.
	 *
	 * @param mixed $response Response or error.
	 */
	public function http_api_debug( mixed $response ): void {
		$this->plugin->verifier()->name_hold( $response );
	}

	/** Texts, and upkeep under cron and WP-CLI. */
	public function init(): void {
		load_plugin_textdomain( 'tamis', false, basename( dirname( $this->plugin->file ) ) . '/languages' );
		if ( wp_doing_cron() || ( defined( 'WP_CLI' ) && constant( 'WP_CLI' ) ) ) {
			$this->plugin->store()->maintain();
		}
	}

	/** Upkeep under the admin screens. */
	public function admin_init(): void {
		if ( ! wp_doing_ajax() ) {
			$this->plugin->store()->maintain();
			( new Loader( $this->plugin->file ) )->repair();
		}
	}

	/** The screen. */
	public function admin_menu(): void {
		( new Screen( $this->plugin ) )->add();
	}

	/** Notices on every admin page. */
	public function notices(): void {
		( new Notices( $this->plugin ) )->show();
	}

	/** The switch between watching and protecting. */
	public function admin_switch(): void {
		( new Switches( $this->plugin->settings ) )->handle();
	}

	/** The choice of pages. */
	public function admin_pages(): void {
		( new Pages( $this->plugin ) )->handle();
	}

	/** Makes the browser's module known. */
	public function page_register(): void {
		$this->plugin->page_script()->register();
	}

	/** Enqueues it. In lists of posts WordPress runs the hook of pages under the admin screens, too. */
	public function page_enqueue(): void {
		if ( 'wp' !== current_action() || ! is_admin() ) {
			$this->plugin->page_script()->enqueue();
		}
	}

	/** Prints its data. */
	public function page_print(): void {
		$this->plugin->page_script()->print();
	}

	/**
	 * Site Health.
	 *
	 * @param mixed $tests Tests.
	 */
	public function site_status_tests( mixed $tests ): mixed {
		return is_array( $tests ) ? ( new Health( $this->plugin ) )->tests( $tests ) : $tests;
	}

	/**
	 * Site Health's information.
	 *
	 * @param mixed $info Information.
	 */
	public function debug_information( mixed $info ): mixed {
		return is_array( $info ) ? ( new Health( $this->plugin ) )->information( $info ) : $info;
	}

	/**
	 * A deleted site of a network takes its table along.
	 *
	 * @param mixed $tables Tables.
	 */
	public function wpmu_drop_tables( mixed $tables ): mixed {
		return is_array( $tables ) ? array_merge( $tables, array( EventStore::table() ) ) : $tables;
	}

	/** Tells WooCommerce that its order tables and block checkout are fine. */
	public function before_woocommerce_init(): void {
		$class = 'Automattic\\WooCommerce\\Utilities\\FeaturesUtil';
		if ( class_exists( $class ) ) {
			$class::declare_compatibility( 'custom_order_tables', $this->plugin->file, true );
			$class::declare_compatibility( 'cart_checkout_blocks', $this->plugin->file, true );
		}
	}

	/** Commands. */
	public function cli_init(): void {
		if ( class_exists( 'WP_CLI' ) ) {
			\WP_CLI::add_command( 'tamis', new Cli( $this->plugin ) );
		}
	}

	/**
	 * Moves one of ours behind callbacks of the same priority: of those, the one that was added last has
	 * the last word.
	 *
	 * @param string $hook      Hook.
	 * @param string $method    Method.
	 * @param int    $arguments How many arguments it takes.
	 */
	private function take_last_place( string $hook, string $method, int $arguments ): void {
		$callbacks = $GLOBALS['wp_filter'][ $hook ]->callbacks[ PHP_INT_MAX ] ?? array();
		$last      = end( $callbacks );
		if ( false === $last || array( $this, $method ) !== $last['function'] ) {
			remove_filter( $hook, array( $this, $method ), PHP_INT_MAX );
			add_filter( $hook, array( $this, $method ), PHP_INT_MAX, $arguments );
		}
	}
}
