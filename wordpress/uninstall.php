<?php
/**
 * Takes away what Tamis stored.
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

require_once __DIR__ . '/src/Autoload.php';
Autoload::register();
Installer::uninstall();
