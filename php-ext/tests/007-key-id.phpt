--TEST--
A key's id names the current secret and tells nothing of it
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
use Tamis\Key;
$id = test_key()->id();
var_dump(preg_match('/^[0-9a-f]{16}$/', $id));
var_dump($id === Key::fromString(SECRET)->id());
var_dump($id === Key::fromString(SECRET, [str_repeat('p', 16)])->id());
var_dump($id === Key::fromString(SECRET . '.')->id());
var_dump(str_contains(SECRET, $id));
?>
--EXPECT--
int(1)
bool(true)
bool(true)
bool(false)
bool(false)
