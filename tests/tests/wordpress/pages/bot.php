<?php
/**
 * A chatbot that talks to an AI service straight from the page: a careless plugin, as there are many.
 *
 * It also gives the test site what the cases need around it: pages that count as WooCommerce's, a strict
 * content security policy where the address asks for one, and the rows of the option `tamis_test_rows`.
 *
 * @package Tamis\Tests
 */

declare( strict_types = 1 );

add_action( 'wp_enqueue_scripts', 'tamis_tests_bot_enqueue' );
add_action( 'admin_enqueue_scripts', 'tamis_tests_bot_enqueue' );
add_action( 'send_headers', 'tamis_tests_bot_header' );
add_filter( 'tamis_destinations', 'tamis_tests_bot_rows' );

/** WooCommerce's question, answered by the page's name. */
function is_checkout(): bool {
	return is_page( 'checkout' );
}

/** The chatbot's script, as plugins enqueue theirs, and a module with a dependency, which makes an import map. */
function tamis_tests_bot_enqueue(): void {
	wp_enqueue_script( 'bot', content_url( 'mu-plugins/bot.js' ), array(), '1', true );
	wp_register_script_module( 'bot-part', content_url( 'mu-plugins/bot-part.js' ), array(), '1' );
	wp_enqueue_script_module( 'bot-module', content_url( 'mu-plugins/bot-module.js' ), array( 'bot-part' ), '1' );
}

/** A policy without inline code, with what Tamis says it needs, unless the address asks to forbid that. */
function tamis_tests_bot_header(): void {
	if ( isset( $_GET['csp'] ) ) {
		$scripts = 'forbids' === $_GET['csp'] ? "'self'" : "'self' 'wasm-unsafe-eval'";
		header( "Content-Security-Policy: default-src 'self'; script-src $scripts; connect-src 'self' http://127.0.0.1:*" );
	}
}

/**
 * The case's AI services.
 *
 * @param array $rows Rows so far.
 * @return array
 */
function tamis_tests_bot_rows( $rows ) {
	return array_merge( $rows, (array) json_decode( (string) get_option( 'tamis_test_rows', '[]' ), true ) );
}
