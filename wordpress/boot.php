<?php
/**
 * Starts Tamis, from the must-use loader or from the plugin, whichever comes first.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

defined( 'ABSPATH' ) || exit;

require_once __DIR__ . '/src/Autoload.php';
Autoload::register();
Plugin::start( __DIR__ . '/tamis.php', 0 === did_action( 'muplugins_loaded' ) );
