<?php
/**
 * Where in the shop a call is made.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

/**
 * One word for the current request.
 */
final class Surface {

	/** Admin pages that edit content. */
	private const EDITORS = array( 'post.php', 'post-new.php', 'site-editor.php' );

	/** The word. */
	public static function current(): string {
		if ( wp_doing_cron() ) {
			return 'cron';
		}
		if ( defined( 'WP_CLI' ) && constant( 'WP_CLI' ) ) {
			return 'cli';
		}
		$path = self::path();
		if ( self::is_checkout( $path ) ) {
			return 'checkout';
		}
		if ( defined( 'REST_REQUEST' ) && constant( 'REST_REQUEST' ) ) {
			return self::is_from_editor() ? 'editor' : 'rest';
		}
		if ( is_admin() ) {
			return in_array( $GLOBALS['pagenow'] ?? '', self::EDITORS, true ) || self::is_from_editor() ? 'editor' : 'admin';
		}
		if ( function_exists( 'is_account_page' ) && did_action( 'wp' ) > 0 && is_account_page() ) {
			return 'account';
		}
		return 'front';
	}

	/**
	 * Whether this is a checkout, by WooCommerce's own word or its addresses.
	 *
	 * @param string $path Path of the current request.
	 */
	private static function is_checkout( string $path ): bool {
		$ajax = isset( $_GET['wc-ajax'] ) && is_string( $_GET['wc-ajax'] ) ? $_GET['wc-ajax'] : '';
		if ( 'checkout' === $ajax || str_contains( $path, '/wc/store/v1/checkout' ) || str_contains( $path, '/wc/store/checkout' ) ) {
			return true;
		}
		return function_exists( 'is_checkout' ) && did_action( 'wp' ) > 0 && is_checkout();
	}

	/** Whether a script of an editor's page makes the request. */
	private static function is_from_editor(): bool {
		$referer = isset( $_SERVER['HTTP_REFERER'] ) && is_string( $_SERVER['HTTP_REFERER'] ) ? $_SERVER['HTTP_REFERER'] : '';
		$path    = (string) parse_url( $referer, PHP_URL_PATH );
		return in_array( basename( $path ), self::EDITORS, true );
	}

	/** Path and query of the current request. */
	private static function path(): string {
		return isset( $_SERVER['REQUEST_URI'] ) && is_string( $_SERVER['REQUEST_URI'] ) ? rawurldecode( $_SERVER['REQUEST_URI'] ) : '';
	}
}
