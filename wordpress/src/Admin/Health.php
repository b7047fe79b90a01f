<?php
/**
 * Site Health.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress\Admin;

use Tamis\WordPress\Loader;
use Tamis\WordPress\Plugin;

/**
 * Says whether the engine, the policy, the key and the loader are as they should be.
 */
final class Health {

	/**
	 * Site Health of a plugin.
	 *
	 * @param Plugin $plugin Plugin.
	 */
	public function __construct( private readonly Plugin $plugin ) {}

	/**
	 * Adds the tests.
	 *
	 * @param array<string, mixed> $tests Tests.
	 * @return array<string, mixed>
	 */
	public function tests( array $tests ): array {
		$tests['direct']['tamis_engine'] = array(
			'label' => __( 'Tamis engine and policy', 'tamis' ),
			'test'  => array( $this, 'engine' ),
		);
		$tests['direct']['tamis_key']    = array(
			'label' => __( 'Tamis key', 'tamis' ),
			'test'  => array( $this, 'key' ),
		);
		$tests['direct']['tamis_loader'] = array(
			'label' => __( 'Tamis loader', 'tamis' ),
			'test'  => array( $this, 'loader' ),
		);
		if ( array() !== $this->plugin->settings->pages() ) {
			$tests['direct']['tamis_pages'] = array(
				'label' => __( 'Tamis in the browser', 'tamis' ),
				'test'  => array( $this, 'pages' ),
			);
		}
		return $tests;
	}

	/**
	 * Whether chosen pages get the browser engine.
	 *
	 * @return array<string, mixed>
	 */
	public function pages(): array {
		$notes = implode( ' ', Pages::notes( $this->plugin ) );
		if ( '' !== $this->plugin->page_script()->obstacle() ) {
			return self::result( 'tamis_pages', 'recommended', __( 'Tamis does not protect the pages that you chose', 'tamis' ), $notes );
		}
		return self::result(
			'tamis_pages',
			'good',
			__( 'Tamis protects the pages that you chose', 'tamis' ),
			trim( $notes . ' ' . Pages::policy_text() . ' ' . Pages::DIRECTIVE )
		);
	}

	/**
	 * Whether bodies can be read.
	 *
	 * @return array<string, mixed>
	 */
	public function engine(): array {
		$condition = $this->plugin->condition();
		if ( $this->plugin->settings->bypassed() ) {
			return self::result( 'tamis_engine', 'critical', __( 'Tamis is bypassed', 'tamis' ), __( 'TAMIS_BYPASS is on: nothing is watched or protected.', 'tamis' ) );
		}
		if ( null !== $condition->problem() ) {
			return self::result(
				'tamis_engine',
				'critical',
				__( 'Tamis cannot read what leaves the site', 'tamis' ),
				$condition->text() . ' ' . __( 'Calls to protected AI services are held; the rest of the site works.', 'tamis' )
			);
		}
		/* translators: %s: version. */
		return self::result(
			'tamis_engine',
			'good',
			__( 'Tamis reads what leaves the site', 'tamis' ),
			sprintf( __( 'Full engine found, version %s.', 'tamis' ), $condition->engine_version() )
		);
	}

	/**
	 * Whether the key is the owner's.
	 *
	 * @return array<string, mixed>
	 */
	public function key(): array {
		if ( $this->plugin->keys()->is_set() ) {
			return self::result( 'tamis_key', 'good', __( 'Tamis has a key of its own', 'tamis' ), __( 'The key is set outside the database.', 'tamis' ) );
		}
		return self::result(
			'tamis_key',
			'recommended',
			__( 'Tamis has no key of its own', 'tamis' ),
			__( 'The key is derived from the salts in wp-config.php and changes with them. Define TAMIS_KEY, or TAMIS_KEY_FILE with a file outside the web root.', 'tamis' )
		);
	}

	/**
	 * Whether Tamis comes first.
	 *
	 * @return array<string, mixed>
	 */
	public function loader(): array {
		if ( ! $this->plugin->is_early ) {
			return self::result(
				'tamis_loader',
				'recommended',
				__( 'Tamis does not start first', 'tamis' ),
				__( 'The folder of must-use plugins cannot be written, so Tamis runs as a plugin. Calls made by plugins that load before it come ahead of it.', 'tamis' )
			);
		}
		if ( $this->plugin->condition()->is_order_lost() ) {
			return self::result(
				'tamis_loader',
				'recommended',
				__( 'Another plugin decides before Tamis', 'tamis' ),
				__( 'Something took the first place at pre_http_request. What is sent is still looked at.', 'tamis' )
			);
		}
		if ( ! ( new Loader( $this->plugin->file ) )->is_current() ) {
			return self::result(
				'tamis_loader',
				'recommended',
				__( 'The Tamis loader is of another version', 'tamis' ),
				__( 'The must-use loader and the plugin differ, and the folder cannot be written.', 'tamis' )
			);
		}
		return self::result( 'tamis_loader', 'good', __( 'Tamis starts first', 'tamis' ), __( 'The must-use loader is in place.', 'tamis' ) );
	}

	/**
	 * Adds a section to the information page.
	 *
	 * @param array<string, mixed> $info Information.
	 * @return array<string, mixed>
	 */
	public function information( array $info ): array {
		$condition = $this->plugin->condition();
		$settings  = $this->plugin->settings;

		$info['tamis'] = array(
			'label'  => __( 'Tamis', 'tamis' ),
			'fields' => array(
				'version'  => self::field( __( 'Plugin', 'tamis' ), Plugin::VERSION ),
				'engine'   => self::field( __( 'Engine', 'tamis' ), $condition->has_engine() ? $condition->engine_version() : __( 'none', 'tamis' ) ),
				'sapi'     => self::field( __( 'PHP runs as', 'tamis' ), PHP_SAPI ),
				'problem'  => self::field( __( 'Problem', 'tamis' ), $condition->text() ),
				'mode'     => self::field( __( 'Mode', 'tamis' ), $settings->mode() ),
				'fixed'    => self::field( __( 'Fixed by a constant', 'tamis' ), $settings->is_fixed() ? __( 'yes', 'tamis' ) : __( 'no', 'tamis' ) ),
				'bypass'   => self::field( __( 'Bypass', 'tamis' ), $settings->bypassed() ? __( 'on', 'tamis' ) : __( 'off', 'tamis' ) ),
				'policy'   => self::field( __( 'Policy', 'tamis' ), $this->plugin->policy()->is_own() ? __( 'own', 'tamis' ) : __( 'default', 'tamis' ) ),
				'key'      => self::field( __( 'Key', 'tamis' ), $this->plugin->keys()->is_set() ? __( 'set', 'tamis' ) : __( 'derived from the salts', 'tamis' ) ),
				'loader'   => self::field( __( 'Started by', 'tamis' ), $this->plugin->is_early ? __( 'the must-use loader', 'tamis' ) : __( 'the plugin', 'tamis' ) ),
				'refused'  => self::field( __( 'Rows of tamis_destinations left out', 'tamis' ), (string) $this->plugin->extra_rows()->refused() ),
				'pages'    => self::field( __( 'Pages', 'tamis' ), implode( ', ', $settings->pages() ) ),
				'browser'  => self::field( __( 'Browser engine', 'tamis' ), 'files' === $this->plugin->page_script()->obstacle() ? __( 'none', 'tamis' ) : Plugin::VERSION ),
				'protects' => self::field( __( 'Protects', 'tamis' ), implode( ', ', $settings->protected_names() ), true ),
			),
		);
		return $info;
	}

	/**
	 * One field of the information page.
	 *
	 * @param string $label   Label.
	 * @param string $value   Value.
	 * @param bool   $private Whether it is left out of a copied report.
	 * @return array{label: string, value: string, private: bool}
	 */
	private static function field( string $label, string $value, bool $private = false ): array {
		return array(
			'label'   => $label,
			'value'   => $value,
			'private' => $private,
		);
	}

	/**
	 * One test's result.
	 *
	 * @param string $test   Test.
	 * @param string $status Status: good, recommended or critical.
	 * @param string $label  Headline.
	 * @param string $text   Text.
	 * @return array<string, mixed>
	 */
	private static function result( string $test, string $status, string $label, string $text ): array {
		return array(
			'label'       => $label,
			'status'      => $status,
			'badge'       => array(
				'label' => __( 'Privacy', 'tamis' ),
				'color' => 'blue',
			),
			'description' => '<p>' . esc_html( $text ) . '</p>',
			'actions'     => '',
			'test'        => $test,
		);
	}
}
