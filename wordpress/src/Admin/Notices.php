<?php
/**
 * What every admin page says while something is wrong.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress\Admin;

use Tamis\WordPress\Capability;
use Tamis\WordPress\Plugin;

/**
 * The emergency bypass, a missing engine, a policy that cannot be used.
 */
final class Notices {

	/**
	 * Notices of a plugin.
	 *
	 * @param Plugin $plugin Plugin.
	 */
	public function __construct( private readonly Plugin $plugin ) {}

	/** Prints them. */
	public function show(): void {
		if ( ! current_user_can( Capability::MANAGE ) ) {
			return;
		}
		if ( $this->plugin->settings->bypassed() ) {
			self::notice( 'error', __( 'Tamis is bypassed: nothing is watched or protected. Take TAMIS_BYPASS out of wp-config.php to go on.', 'tamis' ) );
			return;
		}
		$condition = $this->plugin->condition();
		$problem   = $condition->first_problem();
		if ( null === $problem ) {
			return;
		}
		$watching = 'watching' === $this->plugin->settings->mode();
		$held     = $watching
			? __( 'AI services are only counted.', 'tamis' )
			: __( 'Calls to protected AI services are held; the rest of the site works.', 'tamis' );
		self::notice( $watching ? 'warning' : 'error', 'Tamis: ' . $condition->text() . ' ' . $held );
	}

	/**
	 * Prints one notice.
	 *
	 * @param string $kind Kind: error, warning, success or info.
	 * @param string $text Text.
	 */
	public static function notice( string $kind, string $text ): void {
		printf( '<div class="notice notice-%s tamis-notice"><p>%s</p></div>', esc_attr( $kind ), esc_html( $text ) );
	}
}
