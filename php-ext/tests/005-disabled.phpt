--TEST--
Switched off, nothing is compiled and the reason is said
--EXTENSIONS--
tamis
--INI--
tamis.enabled=Off
--FILE--
<?php
require __DIR__ . '/common.inc';
echo thrown(fn() => redactor()), "\n";
echo info_row('Tamis'), "\n";
echo strlen(test_key()->id()), "\n";
?>
--EXPECT--
Tamis\InternalException 301: Tamis is switched off by tamis.enabled
disabled
16
