--TEST--
After a panic the same objects work on
--EXTENSIONS--
tamis
--SKIPIF--
<?php
if (!defined('Tamis\PANIC_TEST')) die('skip built without the feature panic-test');
?>
--FILE--
<?php
require __DIR__ . '/common.inc';
use Tamis\Input;
$r = redactor();
$o = $r->redact(new Input('anna@example.com', 'text/plain'));
for ($i = 0; $i < 50; $i++) {
	thrown(fn() => $r->scrub('panic: x', ''));
	thrown(fn() => $r->redact(new Input('panic: x'), $o));
	thrown(fn() => $o->restore('panic: x', ''));
}
echo "\n", $r->scrub('plain words', 'text/plain'), "\n";
echo $r->redact(new Input('more words', 'text/plain'), $o)->body(), "\n";
echo $o->restore($o->body(), 'text/plain'), "\n";
?>
--EXPECTF--
%A
plain words
more words
anna@example.com
