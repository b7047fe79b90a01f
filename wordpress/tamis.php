<?php
/**
 * Plugin Name:       Tamis
 * Description:       Keeps customers' data, trade secrets and keys out of what your shop sends to AI services, and puts the real values back into their replies.
 * Version:           0.1.0
 * Requires at least: 6.5
 * Requires PHP:      8.1
 * License:           GPL-2.0-or-later
 * License URI:       https://www.gnu.org/licenses/gpl-2.0.html
 * Text Domain:       tamis
 * Domain Path:       /languages
 *
 * @package Tamis
 */

declare( strict_types=1 );

namespace Tamis\WordPress;

defined( 'ABSPATH' ) || exit;

require_once __DIR__ . '/boot.php';

register_activation_hook( __FILE__, array( Installer::class, 'activate' ) );
register_deactivation_hook( __FILE__, array( Installer::class, 'deactivate' ) );
