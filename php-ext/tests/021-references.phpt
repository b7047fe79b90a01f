--TEST--
References and copy on write work as with any string
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
use Tamis\Input;
$r = redactor();
$body = str_repeat('x ', 20);
$copy = $body . '';
$alias = &$body;
$out = $r->scrub($alias, 'text/plain');
$out[0] = 'y';
var_dump($body === $copy);
$input = new Input($alias);
$alias[0] = 'z';
var_dump($r->redact($input)->body() === $copy);
$outcome = $r->redact($input);
$first = $outcome->body();
$first .= '!';
var_dump($outcome->body() === $copy);
?>
--EXPECT--
bool(true)
bool(true)
bool(true)
