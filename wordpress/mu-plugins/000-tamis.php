<?php
/**
 * Plugin Name: Tamis (loader)
 * Description: Starts Tamis before all other plugins. Installed and updated by the plugin Tamis.
 * Version:     0.1.0
 * License:     GPL-2.0-or-later
 *
 * @package Tamis
 */

declare( strict_types=1 );

defined( 'ABSPATH' ) || exit;

// Must-use plugins load in the order of their names. Where the plugin is gone, this file does nothing.
if ( is_readable( WP_PLUGIN_DIR . '/tamis/boot.php' ) ) {
	require_once WP_PLUGIN_DIR . '/tamis/boot.php';
}
