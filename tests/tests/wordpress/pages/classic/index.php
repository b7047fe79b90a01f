<?php
/**
 * Every page of the theme.
 *
 * @package Tamis\Tests
 */

declare( strict_types = 1 );

?>
<!DOCTYPE html>
<html>
<head><?php wp_head(); ?></head>
<body><?php wp_footer(); ?></body>
</html>
