--TEST--
Objects in cycles are collected
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
use Tamis\Input;
$r = redactor();
$body = str_repeat('x ', 50000);
$before = references($body);
for ($i = 0; $i < 100; $i++) {
	$node = new stdClass();
	$node->self = $node;
	$node->held = [test_key(), $r, $input = new Input($body), $r->redact($input)];
	$node->call = function () use ($node) { return $node; };
}
unset($node, $input);
gc_collect_cycles();
var_dump(references($body) - $before);
?>
--EXPECT--
int(0)
