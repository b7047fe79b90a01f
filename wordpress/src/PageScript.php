<?php
/**
 * What is printed on protected pages.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

/**
 * Two elements: plain data, and a module that reads it. Neither is code in the page, so that a strict content
 * security policy and a page cache need nothing for them: no nonce, no visitor, no key, the same bytes for all.
 *
 * The module is printed by WordPress's own queue. A module before an import map would make browsers ignore
 * the map, and with it the site's other modules; so it comes behind the map and before all others.
 */
final class PageScript {

	/** Name of the module, and id of the data. */
	public const ID = 'tamis-page';

	/** Nothing in the data can end its element or begin another, and nothing in it can end the page. */
	private const JSON = JSON_HEX_TAG | JSON_HEX_AMP | JSON_UNESCAPED_SLASHES | JSON_INVALID_UTF8_SUBSTITUTE;

	/** Whether this page is one of them, once known. */
	private ?bool $is_here = null;

	/**
	 * What is protected, once known; false before.
	 *
	 * @var list<array<string, string>>|null|false
	 */
	private mixed $rows = false;

	/**
	 * The script.
	 *
	 * @param Settings         $settings     Settings.
	 * @param Policy           $policy       Policy.
	 * @param PageDestinations $destinations What is protected.
	 * @param PageFiles        $files        Files.
	 */
	public function __construct(
		private readonly Settings $settings,
		private readonly Policy $policy,
		private readonly PageDestinations $destinations,
		private readonly PageFiles $files,
	) {}

	/** Registers the module before anybody enqueues one: older versions of WordPress print in this order. */
	public function register(): void {
		if ( array() !== $this->settings->pages() ) {
			wp_register_script_module( self::ID, $this->files->url( PageFiles::SCRIPT ), array(), Plugin::VERSION );
		}
	}

	/** Enqueues the module where this page is to be protected. */
	public function enqueue(): void {
		if ( $this->is_here() ) {
			wp_enqueue_script_module( self::ID );
		}
	}

	/** Prints the data. */
	public function print(): void {
		if ( $this->is_here() ) {
			// Escaped by self::JSON: no <, > or & is left.
			echo '<script type="application/json" id="' . esc_attr( self::ID ) . '">' . $this->data() . "</script>\n";
		}
	}

	/** What the module reads. Everybody can read it. */
	public function data(): string {
		$data = array(
			'wasm'   => add_query_arg( 'ver', Plugin::VERSION, $this->files->url( PageFiles::MODULE ) ),
			'policy' => $this->policy->public_part(),
		);
		$rows = $this->rows();
		if ( null !== $rows ) {
			$data['destinations'] = $rows;
		}
		$endpoints = array_merge( $this->settings->page_endpoints(), null === $rows ? $this->destinations->own_hosts() : array() );
		if ( array() !== $endpoints ) {
			$data['endpoints'] = $endpoints;
		}
		return (string) json_encode( $data, self::JSON );
	}

	/** Why nothing is printed although pages are chosen: bypassed, files, watching, or an empty string. */
	public function obstacle(): string {
		if ( $this->settings->bypassed() ) {
			return 'bypassed';
		}
		if ( ! $this->files->are_there() ) {
			return 'files';
		}
		return array() === $this->rows() ? 'watching' : '';
	}

	/**
	 * What is protected.
	 *
	 * @return list<array<string, string>>|null
	 */
	private function rows(): ?array {
		if ( false === $this->rows ) {
			$this->rows = $this->destinations->rows( $this->settings->protected_names() );
		}
		return $this->rows;
	}

	/** Whether this page is protected. */
	private function is_here(): bool {
		$places = $this->settings->pages();
		if ( array() === $places ) {
			return false;
		}
		return $this->is_here ??= self::is_one_of( $places ) && '' === $this->obstacle();
	}

	/**
	 * Whether this page is in one of the places.
	 *
	 * @param list<string> $places Places.
	 */
	private static function is_one_of( array $places ): bool {
		if ( is_admin() ) {
			return in_array( Settings::EDITOR, $places, true );
		}
		if ( in_array( Settings::FRONT, $places, true ) ) {
			return true;
		}
		if ( ! in_array( Settings::CHECKOUT, $places, true ) ) {
			return false;
		}
		foreach ( array( 'is_cart', 'is_checkout', 'is_account_page' ) as $asks ) {
			if ( function_exists( $asks ) && $asks() ) {
				return true;
			}
		}
		return false;
	}
}
