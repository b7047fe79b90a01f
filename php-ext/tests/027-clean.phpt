--TEST--
A clean outcome
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
use Tamis\Input;
$o = redactor()->redact(new Input('{"say":"plain words"}', 'application/json'));
var_dump($o->verdict(), $o->body(), $o->code(), $o->findings(), $o->counts(), $o->restored(), $o->unresolved());
var_dump($o->restore('a reply', 'text/plain'), $o->restored(), $o->unresolved());
?>
--EXPECT--
string(5) "clean"
string(21) "{"say":"plain words"}"
int(0)
array(0) {
}
array(0) {
}
int(0)
int(0)
string(7) "a reply"
int(0)
int(0)
