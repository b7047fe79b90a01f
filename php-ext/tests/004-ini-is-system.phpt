--TEST--
INI settings belong to the system: no plugin changes them
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
foreach (ini_get_all('tamis') as $name => $entry) {
	echo $name, ' ', $entry['access'] === INI_SYSTEM ? 'system' : 'not system', "\n";
}
var_dump(ini_set('tamis.enabled', '0'), ini_get('tamis.enabled'));
var_dump(ini_get('tamis.key'));
var_dump(redactor()->scrub('words', 'text/plain'));
?>
--EXPECT--
tamis.enabled system
bool(false)
string(1) "1"
bool(false)
string(5) "words"
