--TEST--
Arguments have the stub's types: nothing is coerced
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
use Tamis\{Input, Key, Redactor};
$r = redactor();
$o = $r->redact(new Input('x'));
$text = new class { function __toString() { return 'text'; } };
foreach ([
	fn() => $r->scrub(1, ''),
	fn() => $r->scrub(null, ''),
	fn() => $r->scrub($text, ''),
	fn() => $r->scrub([], ''),
	fn() => $r->scrub('x', 1),
	fn() => $r->redact('x'),
	fn() => $r->redact($o),
	fn() => $r->redact(new Input('x'), new Input('x')),
	fn() => $r->redact(new Input('x'), null),
	fn() => $r->redact(new Input('x'), $o),
	fn() => new Input(1),
	fn() => new Input('x', null),
	fn() => new Input('x', '', [], '', ''),
	fn() => new Input('x', '', '', '', 1),
	fn() => Redactor::fromPolicy([], test_key()),
	fn() => Redactor::fromPolicy('{}', SECRET),
	fn() => Key::fromString(1),
	fn() => Key::fromString(SECRET, 'x'),
	fn() => Key::fromString(SECRET, null),
	fn() => Key::fromFile(1),
	fn() => $o->restore(1, ''),
	fn() => $o->restore('x', false),
] as $call) {
	echo thrown($call), "\n";
}
?>
--EXPECT--
TypeError 0: Invalid value given for argument `body`.
TypeError 0: Invalid value given for argument `body`.
TypeError 0: Invalid value given for argument `body`.
TypeError 0: Invalid value given for argument `body`.
TypeError 0: Invalid value given for argument `contentType`.
TypeError 0: Invalid value given for argument `input`.
TypeError 0: Invalid value given for argument `input`.
TypeError 0: Invalid value given for argument `exchange`.
nothing
nothing
TypeError 0: Invalid value given for argument `body`.
TypeError 0: Invalid value given for argument `contentType`.
TypeError 0: Invalid value given for argument `charset`.
TypeError 0: Invalid value given for argument `destinationClass`.
TypeError 0: Invalid value given for argument `json`.
TypeError 0: Invalid value given for argument `key`.
TypeError 0: Invalid value given for argument `secret`.
TypeError 0: Invalid value given for argument `previous`.
TypeError 0: Argument `$previous` must not be null
TypeError 0: Invalid value given for argument `path`.
TypeError 0: Invalid value given for argument `reply`.
TypeError 0: Invalid value given for argument `contentType`.
