--TEST--
open_basedir holds for key files too
--EXTENSIONS--
tamis
--INI--
open_basedir={PWD}
--FILE--
<?php
require __DIR__ . '/common.inc';
echo thrown(fn() => Tamis\Key::fromFile(dirname(__DIR__) . '/Cargo.toml')), "\n";
?>
--EXPECTF--
Warning: Tamis\Key::fromFile(): open_basedir restriction in effect. File(%sCargo.toml) is not within the allowed path(s): (%s) in %s on line %d
Tamis\PolicyException 120: the key is too short, unreadable, or there are too many (key)
