<?php
/**
 * The screen "This week".
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress\Admin;

use Tamis\WordPress\Capability;
use Tamis\WordPress\Event;
use Tamis\WordPress\Plugin;
use Tamis\WordPress\Reason;
use Tamis\WordPress\Text;

/**
 * What left, what was protected, what there is to decide. All names in it are other people's text and are
 * escaped where they are printed.
 */
final class Screen {

	/** Slug of the page. */
	public const SLUG = 'tamis';

	/** Events on the page. */
	private const EVENTS_MAX = 100;

	/** Rows of other calls on the page. */
	private const COUNTED_MAX = 500;

	/**
	 * Screen of a plugin.
	 *
	 * @param Plugin $plugin Plugin.
	 */
	public function __construct( private readonly Plugin $plugin ) {}

	/** Adds the page to the menu. */
	public function add(): void {
		add_menu_page(
			__( 'Tamis: this week', 'tamis' ),
			__( 'Tamis', 'tamis' ),
			Capability::MANAGE,
			self::SLUG,
			array( $this, 'show' ),
			'dashicons-filter',
			81
		);
	}

	/** Prints the page. */
	public function show(): void {
		if ( ! current_user_can( Capability::MANAGE ) ) {
			wp_die( esc_html__( 'You may not see this page.', 'tamis' ), '', array( 'response' => 403 ) );
		}
		$events = $this->plugin->store()->last( self::EVENTS_MAX );
		wp_enqueue_style( 'tamis-admin', plugins_url( 'assets/admin.css', $this->plugin->file ), array(), Plugin::VERSION );
		echo '<div class="wrap tamis"><h1>' . esc_html__( 'This week', 'tamis' ) . '</h1>';
		$this->done();
		$this->mode();
		$this->services( $events );
		$this->events( $events );
		( new Pages( $this->plugin ) )->show();
		$this->left_alone();
		echo '</div>';
	}

	/** Says what was just switched, with a way back. */
	private function done(): void {
		$done = self::query( 'tamis_done' );
		if ( '' === $done || ! wp_verify_nonce( self::query( '_wpnonce' ), self::SLUG ) ) {
			return;
		}
		$name = self::query( 'destination' );
		if ( 'no' === $done ) {
			Notices::notice( 'warning', __( 'Nothing was changed: wp-config.php decides, or the list is full.', 'tamis' ) );
			return;
		}
		if ( 'pages' === $done ) {
			Notices::notice( 'success', __( 'Pages saved. If the site has a page cache, empty it now.', 'tamis' ) );
			return;
		}
		$text = 'protect' === $done
			/* translators: %s: name of a service. */
			? __( 'Protecting %s.', 'tamis' )
			/* translators: %s: name of a service. */
			: __( 'Watching %s.', 'tamis' );
		echo '<div class="notice notice-success"><p>' . esc_html( sprintf( $text, $name ) ) . '</p>';
		Switches::button( $name, 'protect' !== $done, __( 'Undo', 'tamis' ), 'button-link' );
		echo '</div>';
	}

	/** Says what mode the site is in. */
	private function mode(): void {
		$settings = $this->plugin->settings;
		$mode     = $settings->mode();
		$texts    = array(
			'watching'   => __( 'Tamis is watching. It changes nothing yet, except stopping private keys and keys of other services on their way to an AI service.', 'tamis' ),
			'protecting' => __( 'Tamis is protecting all AI services.', 'tamis' ),
			/* translators: %s: names of services. */
			'some'       => sprintf( __( 'Tamis is protecting: %s. It is watching all other AI services.', 'tamis' ), implode( ', ', $settings->protected_names() ) ),
		);
		echo '<p class="tamis-mode tamis-mode-' . esc_attr( $mode ) . '"><strong>' . esc_html( $texts[ $mode ] ) . '</strong></p>';
		if ( $settings->is_fixed() ) {
			echo '<p>' . esc_html__( 'TAMIS_PROTECT in wp-config.php decides this; it cannot be changed here.', 'tamis' ) . '</p>';
		} elseif ( 'protecting' === $mode ) {
			Switches::button( 'all', false, __( 'Only watch', 'tamis' ) );
		} else {
			Switches::button( 'all', true, __( 'Protect all AI', 'tamis' ), 'button button-primary' );
		}
	}

	/**
	 * The AI services that were called, with a switch each.
	 *
	 * @param list<array<string, mixed>> $events Events.
	 */
	private function services( array $events ): void {
		$settings = $this->plugin->settings;
		$services = array();
		foreach ( $events as $event ) {
			$services[ (string) $event['host'] ] = (string) $event['vendor'];
		}
		if ( array() === $services ) {
			return;
		}
		echo '<h2>' . esc_html__( 'AI services', 'tamis' ) . '</h2><table class="widefat striped tamis-services"><thead><tr><th>'
			. esc_html__( 'Service', 'tamis' ) . '</th><th>' . esc_html__( 'Host', 'tamis' ) . '</th><th>'
			. esc_html__( 'Mode', 'tamis' ) . '</th><th></th></tr></thead><tbody>';
		foreach ( $services as $host => $vendor ) {
			$names     = $settings->protected_names();
			$protected = array() !== array_intersect( array( 'all', strtolower( $vendor ), (string) $host ), $names );
			echo '<tr><td>' . esc_html( $vendor ) . '</td><td><code>' . esc_html( (string) $host ) . '</code></td><td>'
				. esc_html( $protected ? __( 'protecting', 'tamis' ) : __( 'watching', 'tamis' ) ) . '</td><td>';
			if ( ! $settings->is_fixed() && ! in_array( 'all', $names, true ) ) {
				$name = in_array( (string) $host, $names, true ) || '' === $vendor ? (string) $host : $vendor;
				/* translators: %s: name of a service. */
				$label = $protected ? __( 'Only watch %s', 'tamis' ) : __( 'Protect %s', 'tamis' );
				Switches::button( $name, ! $protected, sprintf( $label, $vendor ) );
			}
			echo '</td></tr>';
		}
		echo '</tbody></table>';
	}

	/**
	 * The last events.
	 *
	 * @param list<array<string, mixed>> $events Events.
	 */
	private function events( array $events ): void {
		echo '<h2>' . esc_html__( 'Last calls to AI', 'tamis' ) . '</h2>';
		if ( array() === $events ) {
			echo '<p>' . esc_html__( 'None yet. Use your AI plugin once, then look here.', 'tamis' ) . '</p>';
			return;
		}
		$heads = array(
			__( 'When', 'tamis' ),
			__( 'Plugin', 'tamis' ),
			__( 'Service', 'tamis' ),
			__( 'Where', 'tamis' ),
			__( 'What happened', 'tamis' ),
			__( 'Found', 'tamis' ),
			__( 'Id', 'tamis' ),
		);
		echo '<table class="widefat striped tamis-events"><thead><tr>';
		foreach ( $heads as $head ) {
			echo '<th>' . esc_html( $head ) . '</th>';
		}
		echo '</tr></thead><tbody>';
		foreach ( $events as $event ) {
			$this->event( $event );
		}
		echo '</tbody></table>';
	}

	/**
	 * One event.
	 *
	 * @param array<string, mixed> $event Event.
	 */
	private function event( array $event ): void {
		$what   = self::what( (string) $event['action'] );
		$reason = Reason::text( (string) $event['reason'] );
		if ( $event['calls'] > 1 ) {
			/* translators: 1: what happened, 2: how often within the hour. */
			$what = sprintf( __( '%1$s (%2$d in the hour)', 'tamis' ), $what, $event['calls'] );
		}
		$cells = array(
			wp_date( get_option( 'date_format' ) . ' ' . get_option( 'time_format' ), $event['time'] ),
			self::callers( (string) $event['caller_outer'], (string) $event['caller_inner'] ),
			$event['vendor'] . ' · ' . $event['host'] . ' · ' . $event['destination'] . ' · ' . $event['class'],
			$event['surface'],
			'' === $reason ? $what : $what . ': ' . $reason,
			Text::counts( $event['counts'] ),
			$event['id'],
		);
		echo '<tr class="tamis-action-' . esc_attr( (string) $event['action'] ) . '">';
		foreach ( $cells as $cell ) {
			echo '<td>' . esc_html( (string) $cell ) . '</td>';
		}
		echo '</tr>';
	}

	/** What other services were called: left alone. */
	private function left_alone(): void {
		$classes = array();
		foreach ( $this->plugin->store()->counted( self::COUNTED_MAX ) as $row ) {
			$classes[ (string) $row['class'] ] = ( $classes[ (string) $row['class'] ] ?? 0 ) + $row['calls'];
		}
		if ( array() === $classes ) {
			return;
		}
		echo '<h2>' . esc_html__( 'Left alone', 'tamis' ) . '</h2><ul class="tamis-alone">';
		foreach ( $classes as $class => $calls ) {
			/* translators: 1: kind of service, 2: number of calls. */
			echo '<li>' . esc_html( sprintf( _n( '%1$s: %2$d call', '%1$s: %2$d calls', $calls, 'tamis' ), $class, $calls ) ) . '</li>';
		}
		echo '</ul>';
	}

	/**
	 * What happened, in words.
	 *
	 * @param string $action Action.
	 */
	private static function what( string $action ): string {
		return match ( $action ) {
			Event::WATCHED   => __( 'watched: would be protected', 'tamis' ),
			Event::PROTECTED => __( 'protected', 'tamis' ),
			Event::HELD      => __( 'held', 'tamis' ),
			default          => __( 'nothing found', 'tamis' ),
		};
	}

	/**
	 * Who called.
	 *
	 * @param string $outer Outermost caller.
	 * @param string $inner Innermost caller.
	 */
	private static function callers( string $outer, string $inner ): string {
		if ( '' === $outer ) {
			return __( 'WordPress or unknown', 'tamis' );
		}
		return $outer === $inner ? $outer : $outer . ' → ' . $inner;
	}

	/**
	 * A parameter of the page's address.
	 *
	 * @param string $name Parameter.
	 */
	private static function query( string $name ): string {
		$value = isset( $_GET[ $name ] ) && is_string( $_GET[ $name ] ) ? wp_unslash( $_GET[ $name ] ) : '';
		return Text::plain( $value );
	}
}
