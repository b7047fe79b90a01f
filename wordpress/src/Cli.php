<?php
/**
 * WP-CLI.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

use Tamis\WordPress\Admin\Pages;
use WP_CLI;

/**
 * Watches and protects what this site sends to AI services.
 */
final class Cli {

	/** Columns of the table of events. */
	private const COLUMNS = array(
		'time', 'caller_outer', 'caller_inner', 'destination', 'host', 'class', 'surface', 'mode', 'action', 'reason', 'counts', 'calls', 'duration_us', 'id',
	);

	/** Most events that are asked for. */
	private const EVENTS_MAX = 1000;

	/**
	 * Commands of a plugin.
	 *
	 * @param Plugin $plugin Plugin.
	 */
	public function __construct( private readonly Plugin $plugin ) {}

	/**
	 * Shows the mode, the engine, the policy and the last calls to AI services.
	 *
	 * ## OPTIONS
	 *
	 * [--limit=<number>]
	 * : How many events.
	 * ---
	 * default: 20
	 * ---
	 *
	 * [--format=<format>]
	 * : Form of the output.
	 * ---
	 * default: table
	 * options:
	 *   - table
	 *   - json
	 *   - csv
	 *   - yaml
	 * ---
	 *
	 * ## EXAMPLES
	 *
	 *     wp tamis status --format=json
	 *
	 * @param list<string>          $args    Arguments.
	 * @param array<string, string> $options Options.
	 */
	public function status( array $args, array $options ): void {
		$limit  = max( 1, min( self::EVENTS_MAX, (int) ( $options['limit'] ?? 20 ) ) );
		$format = $options['format'] ?? 'table';
		$events = array_map( array( self::class, 'event' ), $this->plugin->store()->last( $limit ) );
		if ( 'json' === $format ) {
			WP_CLI::line( (string) wp_json_encode( $this->summary() + array( 'events' => $events ), JSON_UNESCAPED_SLASHES ) );
			return;
		}
		if ( 'table' === $format ) {
			$this->headline();
		}
		$rows = array();
		foreach ( $events as $event ) {
			$event['time']   = gmdate( 'Y-m-d H:i:s', $event['time'] );
			$event['counts'] = Text::counts( (array) $event['counts'] );
			foreach ( $event as $name => $value ) {
				$event[ $name ] = 'csv' === $format ? Text::cell( (string) $value ) : $value;
			}
			$rows[] = $event;
		}
		WP_CLI\Utils\format_items( $format, $rows, self::COLUMNS );
	}

	/**
	 * Protects an AI service.
	 *
	 * ## OPTIONS
	 *
	 * <destination>
	 * : Row of the catalogue, vendor, host, or all.
	 *
	 * ## EXAMPLES
	 *
	 *     wp tamis protect OpenAI
	 *
	 * @param list<string> $args Arguments.
	 */
	public function protect( array $args ): void {
		$this->change( $args[0] ?? '', true );
	}

	/**
	 * Only watches an AI service.
	 *
	 * ## OPTIONS
	 *
	 * <destination>
	 * : Row of the catalogue, vendor, host, or all.
	 *
	 * ## EXAMPLES
	 *
	 *     wp tamis watch all
	 *
	 * @param list<string> $args Arguments.
	 */
	public function watch( array $args ): void {
		$this->change( $args[0] ?? '', false );
	}

	/**
	 * Says whether the policy can be used.
	 *
	 * ## OPTIONS
	 *
	 * <action>
	 * : What to do.
	 * ---
	 * options:
	 *   - check
	 * ---
	 *
	 * @param list<string> $args Arguments.
	 */
	public function policy( array $args ): void {
		if ( null !== $this->plugin->condition()->problem() ) {
			WP_CLI::error( $this->plugin->condition()->text() );
		}
		WP_CLI::success( __( 'The policy can be used.', 'tamis' ) );
	}

	/**
	 * Chooses the pages that are protected in the browser, or says which they are.
	 *
	 * ## OPTIONS
	 *
	 * <action>
	 * : What to do.
	 * ---
	 * options:
	 *   - status
	 *   - on
	 *   - off
	 * ---
	 *
	 * [<place>...]
	 * : checkout (with cart and account), front (all pages that visitors see), editor (with the admin screens), or all.
	 *
	 * ## EXAMPLES
	 *
	 *     wp tamis page on checkout editor
	 *     wp tamis page off
	 *
	 * @param list<string> $args Arguments.
	 */
	public function page( array $args ): void {
		$action   = (string) array_shift( $args );
		$settings = $this->plugin->settings;
		$places   = Settings::places( $args );
		if ( count( $places ) < count( $args ) && Settings::PLACES !== $places ) {
			/* translators: %s: words. */
			WP_CLI::error( sprintf( __( 'A place is one of: %s.', 'tamis' ), implode( ', ', Settings::PLACES ) . ', all' ) );
		}
		if ( 'status' !== $action ) {
			if ( 'on' === $action ) {
				$places = array_merge( $settings->pages(), array() === $places ? Settings::PLACES : $places );
			} else {
				$places = array() === $places ? array() : array_diff( $settings->pages(), $places );
			}
			if ( ! $settings->change_pages( array_values( $places ) ) ) {
				WP_CLI::error( __( 'Nothing was changed: wp-config.php decides.', 'tamis' ) );
			}
		}
		$pages = $settings->pages();
		/* translators: %s: places. */
		WP_CLI::line( sprintf( __( 'Pages: %s.', 'tamis' ), array() === $pages ? __( 'none', 'tamis' ) : implode( ', ', $pages ) ) );
		foreach ( Pages::notes( $this->plugin ) as $note ) {
			WP_CLI::warning( $note );
		}
	}

	/**
	 * Switches a destination.
	 *
	 * @param string $name    Row, vendor, host or all.
	 * @param bool   $protect Whether to protect it.
	 */
	private function change( string $name, bool $protect ): void {
		if ( ! $this->plugin->settings->change( $name, $protect ) ) {
			WP_CLI::error( __( 'Nothing was changed: wp-config.php decides, the name is too long, or the list is full.', 'tamis' ) );
		}
		$name = Text::plain( $name, Settings::NAME_BYTES_MAX );
		WP_CLI::success( sprintf( $protect ? __( 'Protecting %s.', 'tamis' ) : __( 'Watching %s.', 'tamis' ), $name ) );
	}

	/**
	 * What is true of the whole site.
	 *
	 * @return array<string, mixed>
	 */
	private function summary(): array {
		$condition = $this->plugin->condition();
		$problem   = $condition->problem();
		$engine    = $condition->has_engine();
		return array(
			'mode'      => 'watching' === $this->plugin->settings->mode() ? 'watching' : 'protecting',
			'protected' => array_map( array( Text::class, 'plain' ), $this->plugin->settings->protected_names() ),
			'fixed'     => $this->plugin->settings->is_fixed(),
			'bypass'    => $this->plugin->settings->bypassed(),
			'early'     => $this->plugin->is_early,
			'engine'    => array(
				'loaded'  => $engine,
				'version' => $condition->engine_version(),
			),
			'policy'    => array(
				'ok'     => null === $problem,
				'error'  => $problem->reason ?? '',
				'code'   => $problem->code ?? 0,
				'detail' => Text::plain( $problem->detail ?? '', 300 ),
			),
		);
	}

	/** The same for people. */
	private function headline(): void {
		$summary = $this->summary();
		WP_CLI::line(
			sprintf(
				/* translators: 1: mode, 2: version of the engine, 3: state of the policy. */
				__( 'Mode: %1$s. Engine: %2$s. Policy: %3$s', 'tamis' ),
				$summary['mode'],
				$summary['engine']['loaded'] ? $summary['engine']['version'] : __( 'none', 'tamis' ),
				$summary['policy']['ok'] ? __( 'in use.', 'tamis' ) : $this->plugin->condition()->text()
			)
		);
		if ( $summary['bypass'] ) {
			WP_CLI::warning( __( 'Tamis is bypassed: nothing is watched or protected.', 'tamis' ) );
		}
	}

	/**
	 * An event for output: plain text, no control characters.
	 *
	 * @param array<string, mixed> $row Row.
	 * @return array<string, mixed>
	 */
	private static function event( array $row ): array {
		$event = array();
		foreach ( array( 'id', 'time', 'caller_outer', 'caller_inner', 'destination', 'vendor', 'host', 'class', 'surface', 'mode', 'action', 'reason' ) as $name ) {
			$event[ $name ] = is_int( $row[ $name ] ) ? $row[ $name ] : Text::plain( (string) $row[ $name ] );
		}
		$counts = array();
		foreach ( $row['counts'] as $entity => $count ) {
			$counts[ Text::plain( (string) $entity, 64 ) ] = (int) $count;
		}
		$event['counts']      = (object) $counts;
		$event['calls']       = $row['calls'];
		$event['restored']    = $row['restored'];
		$event['duration_us'] = $row['duration_us'];
		return $event;
	}
}
