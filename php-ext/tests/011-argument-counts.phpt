--TEST--
Too few and too many arguments are refused
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
use Tamis\{Input, Key, Redactor};
$r = redactor();
$o = $r->redact(new Input('x'));
foreach ([
	fn() => $r->scrub('x'),
	fn() => $r->scrub('x', '', 1),
	fn() => $r->redact(),
	fn() => $r->redact(new Input('x'), null, 1),
	fn() => new Input(),
	fn() => new Input('', '', '', '', '', ''),
	fn() => Redactor::fromPolicy('{}'),
	fn() => Key::fromString(),
	fn() => Key::fromFile(),
	fn() => $o->verdict(1),
	fn() => $o->body(1),
	fn() => $o->restore('x'),
] as $call) {
	echo thrown($call), "\n";
}
?>
--EXPECT--
ArgumentCountError 0: Tamis\Redactor::scrub() expects exactly 2 arguments, 1 given
ArgumentCountError 0: Tamis\Redactor::scrub() expects exactly 2 arguments, 3 given
ArgumentCountError 0: Tamis\Redactor::redact() expects at least 1 argument, 0 given
ArgumentCountError 0: Tamis\Redactor::redact() expects at most 2 arguments, 3 given
ArgumentCountError 0: Tamis\Input::__construct() expects at least 1 argument, 0 given
ArgumentCountError 0: Tamis\Input::__construct() expects at most 5 arguments, 6 given
ArgumentCountError 0: Tamis\Redactor::fromPolicy() expects exactly 2 arguments, 1 given
ArgumentCountError 0: Tamis\Key::fromString() expects at least 1 argument, 0 given
ArgumentCountError 0: Tamis\Key::fromFile() expects exactly 1 argument, 0 given
ArgumentCountError 0: Tamis\Outcome::verdict() expects exactly 0 arguments, 1 given
ArgumentCountError 0: Tamis\Outcome::body() expects exactly 0 arguments, 1 given
ArgumentCountError 0: Tamis\Outcome::restore() expects exactly 2 arguments, 1 given
