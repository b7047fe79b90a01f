<?php
/**
 * What is wrong with the set-up.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

/**
 * One answer for notices, Site Health and WP-CLI.
 */
final class Condition {

	/**
	 * Condition of a plugin.
	 *
	 * @param Plugin $plugin Plugin.
	 */
	public function __construct( private readonly Plugin $plugin ) {}

	/** The first problem of the engine or a policy, or null. */
	public function problem(): ?Problem {
		foreach ( Policy::USES as $use ) {
			$problem = $this->plugin->engine()->problem( $use );
			if ( null !== $problem ) {
				return $problem;
			}
		}
		return null;
	}

	/** The problem of the first use, or null: what every admin page can afford to ask. */
	public function first_problem(): ?Problem {
		return $this->plugin->engine()->problem( Policy::USES[0] );
	}

	/** Whether the extension is loaded and of a version that fits. */
	public function has_engine(): bool {
		return $this->plugin->engine() instanceof NativeEngine;
	}

	/** Version of the extension, or an empty string. */
	public function engine_version(): string {
		return (string) phpversion( 'tamis' );
	}

	/** A problem for people, with what the engine said of it. */
	public function text(): string {
		$problem = $this->first_problem() ?? $this->problem();
		if ( null === $problem ) {
			return '';
		}
		$text = Reason::text( $problem->reason );
		return '' === $problem->detail ? $text : $text . ' ' . Text::plain( $problem->detail, 300 );
	}

	/** Whether another callback comes before or after ours where order matters. */
	public function is_order_lost(): bool {
		$hook = $GLOBALS['wp_filter']['pre_http_request'] ?? null;
		if ( ! is_object( $hook ) || ! isset( $hook->callbacks[ PHP_INT_MIN ] ) ) {
			return true;
		}
		$first = reset( $hook->callbacks[ PHP_INT_MIN ] );
		return ! is_array( $first ) || ! is_array( $first['function'] ) || ! $first['function'][0] instanceof Hooks;
	}
}
