<?php
/**
 * The choice of pages that are protected in the browser.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress\Admin;

use Tamis\WordPress\Capability;
use Tamis\WordPress\Plugin;
use Tamis\WordPress\Settings;

/**
 * A part of the screen, and the action of admin-post.php that its form posts to.
 */
final class Pages {

	/** The action's name. */
	public const ACTION = 'tamis_pages';

	/** What a strict content security policy must allow. */
	public const DIRECTIVE = "script-src 'self' 'wasm-unsafe-eval'";

	/**
	 * Pages of a plugin.
	 *
	 * @param Plugin $plugin Plugin.
	 */
	public function __construct( private readonly Plugin $plugin ) {}

	/** Answers the action. */
	public function handle(): void {
		if ( ! current_user_can( Capability::MANAGE ) ) {
			wp_die( esc_html__( 'You may not change what Tamis protects.', 'tamis' ), '', array( 'response' => 403 ) );
		}
		check_admin_referer( self::ACTION );
		$posted = isset( $_POST['places'] ) && is_array( $_POST['places'] ) ? $_POST['places'] : array();
		$done   = $this->plugin->settings->change_pages( array_values( array_filter( $posted, 'is_string' ) ) );
		wp_safe_redirect(
			add_query_arg(
				array(
					'page'       => Screen::SLUG,
					'tamis_done' => $done ? 'pages' : 'no',
					'_wpnonce'   => wp_create_nonce( Screen::SLUG ),
				),
				admin_url( 'admin.php' )
			)
		);
		exit;
	}

	/** Prints the part of the screen. */
	public function show(): void {
		$settings = $this->plugin->settings;
		$chosen   = $settings->pages();
		$fixed    = $settings->are_pages_fixed();
		echo '<h2>' . esc_html__( 'In the browser', 'tamis' ) . '</h2><p>'
			. esc_html__( 'Some plugins talk to an AI service straight from the page, past this server.', 'tamis' ) . ' '
			. esc_html__( 'On the pages that you choose, Tamis protects what scripts send to the AI services that you protect.', 'tamis' ) . '</p>';
		foreach ( self::notes( $this->plugin ) as $note ) {
			echo '<p class="tamis-note">' . esc_html( $note ) . '</p>';
		}
		echo '<form method="post" action="' . esc_url( admin_url( 'admin-post.php' ) ) . '" class="tamis-pages"><input type="hidden" name="action" value="'
			. esc_attr( self::ACTION ) . '">';
		wp_nonce_field( self::ACTION, '_wpnonce', false );
		echo '<fieldset><legend class="screen-reader-text">' . esc_html__( 'In the browser', 'tamis' ) . '</legend>';
		foreach ( self::labels() as $place => $label ) {
			echo '<p><label><input type="checkbox" name="places[]" value="' . esc_attr( $place ) . '"'
				. ( in_array( $place, $chosen, true ) ? ' checked' : '' ) . ( $fixed ? ' disabled' : '' ) . '> ' . esc_html( $label ) . '</label></p>';
		}
		echo '</fieldset>';
		if ( $fixed ) {
			echo '<p>' . esc_html__( 'TAMIS_PAGES in wp-config.php decides this; it cannot be changed here.', 'tamis' ) . '</p>';
		} else {
			echo '<p><button type="submit" class="button">' . esc_html__( 'Save pages', 'tamis' ) . '</button></p>';
		}
		echo '</form><p>' . esc_html( self::policy_text() ) . ' <code>' . esc_html( self::DIRECTIVE ) . '</code></p>';
	}

	/**
	 * What the owner must know of the pages as they are now.
	 *
	 * @param Plugin $plugin Plugin.
	 * @return list<string>
	 */
	public static function notes( Plugin $plugin ): array {
		$notes  = array();
		$chosen = array() !== $plugin->settings->pages();
		$what   = $plugin->page_script()->obstacle();
		if ( 'files' === $what ) {
			$notes[] = __( 'The browser engine is not part of this build, so nothing is added to any page.', 'tamis' );
		} elseif ( $chosen && 'watching' === $what ) {
			$notes[] = __( 'No AI service that pages can call is protected, so nothing is added to any page.', 'tamis' );
		}
		$withheld = $plugin->policy()->withheld();
		if ( $withheld > 0 ) {
			/* translators: %d: number of rules and fields. */
			$text    = __( 'Everybody can read a page, so the rules and fields of your own policy (%d) stay on the server: pages do not find what only they find.', 'tamis' );
			$notes[] = sprintf( $text, $withheld );
		}
		return $notes;
	}

	/** What goes before the directive. */
	public static function policy_text(): string {
		return __( 'Tamis sets no content security policy. If your site has a strict one, it must allow the services that your pages call, and:', 'tamis' );
	}

	/**
	 * Places for people.
	 *
	 * @return array<string, string>
	 */
	public static function labels(): array {
		return array(
			Settings::CHECKOUT => __( 'Cart, checkout and account', 'tamis' ),
			Settings::FRONT    => __( 'All pages that visitors see', 'tamis' ),
			Settings::EDITOR   => __( 'Block editor and admin screens', 'tamis' ),
		);
	}
}
