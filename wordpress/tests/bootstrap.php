<?php
/**
 * Loads the plugin's classes with a few functions of WordPress and, where the extension is missing, its double.
 *
 * @package Tamis\Tests
 */

declare( strict_types=1 );

define( 'ABSPATH', __DIR__ . '/' );

require_once __DIR__ . '/double/wordpress.php';
require_once __DIR__ . '/double/library-exception.php';
if ( ! class_exists( 'Tamis\Redactor', false ) ) {
	require_once __DIR__ . '/double/extension.php';
}
require_once dirname( __DIR__ ) . '/src/Autoload.php';
require_once dirname( __DIR__ ) . '/bin/build-destinations.php';
require_once dirname( __DIR__ ) . '/bin/make-pot.php';
Tamis\WordPress\Autoload::register();
require_once __DIR__ . '/double/SpyEngine.php';
require_once __DIR__ . '/unit/TestCase.php';
