--TEST--
No body, reply, policy or secret in a stack trace
--EXTENSIONS--
tamis
--INI--
zend.exception_ignore_args=0
zend.exception_string_param_max_len=200
--FILE--
<?php
require __DIR__ . '/common.inc';
use Tamis\{Input, Key, Redactor};
$r = redactor(['entities' => ['email' => 'block']]);
$o = $r->redact(new Input('x'));
foreach ([
	fn() => $r->scrub('canary@example.com', 1),
	fn() => $r->scrub('canary@example.com', ''),
	fn() => $o->restore('canary', 1),
	fn() => Key::fromString('canary'),
	fn() => Key::fromString('canary', ['canary']),
	fn() => Redactor::fromPolicy('{"canary":1', test_key()),
	fn() => new Input('canary', 1),
] as $n => $call) {
	try {
		$call();
		echo "$n did not throw\n";
	} catch (Throwable $e) {
		$text = $e . print_r($e->getTrace(), true) . json_encode($e->getTrace());
		echo $n, str_contains($text, 'canary') ? ' tells' : ' keeps quiet', "\n";
	}
}
?>
--EXPECT--
0 keeps quiet
1 keeps quiet
2 keeps quiet
3 keeps quiet
4 keeps quiet
5 keeps quiet
6 keeps quiet
