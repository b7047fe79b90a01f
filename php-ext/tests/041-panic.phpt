--TEST--
A panic of the core: code 301, a fixed sentence, no value anywhere
--EXTENSIONS--
tamis
--SKIPIF--
<?php
if (!defined('Tamis\PANIC_TEST')) die('skip built without the feature panic-test');
?>
--INI--
zend.exception_ignore_args=0
zend.exception_string_param_max_len=200
--FILE--
<?php
require __DIR__ . '/common.inc';
use Tamis\Input;
$r = redactor();
$o = $r->redact(new Input('words'));
$body = "panic: canary \xc3\xa9 anna@example.com";
foreach ([fn() => $r->scrub($body, ''), fn() => $r->redact(new Input($body)), fn() => $o->restore($body, '')] as $call) {
	try {
		$call();
	} catch (Tamis\InternalException $e) {
		echo $e->getCode(), ' ', $e->getMessage(), ' ', gettype($e->getPrevious()), "\n";
		var_dump(str_contains($e . print_r($e->getTrace(), true), 'canary'));
	}
}
?>
--EXPECTF--
%A301 a fault of Tamis (internal) NULL
bool(false)
%A301 a fault of Tamis (internal) NULL
bool(false)
%A301 a fault of Tamis (internal) NULL
bool(false)
