--TEST--
The policy's body limit holds at the limit and one past it
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
use Tamis\Input;
$r = redactor(['limits' => ['body_bytes' => 1000]]);
var_dump(strlen($r->scrub(str_repeat(' ', 1000), 'text/plain')));
echo thrown(fn() => $r->scrub(str_repeat(' ', 1001), 'text/plain')), "\n";
$o = $r->redact(new Input(str_repeat(' ', 1001), 'text/plain'));
var_dump($o->verdict(), $o->code());
// Without a policy's word it is 8 MiB.
var_dump(strlen(redactor()->scrub(str_repeat(' ', 8 << 20), 'text/plain')));
echo thrown(fn() => redactor()->scrub(str_repeat(' ', (8 << 20) + 1), 'text/plain')), "\n";
?>
--EXPECT--
int(1000)
Tamis\LimitException 201: the body is larger than the policy's limit (body_too_large)
string(7) "blocked"
int(201)
int(8388608)
Tamis\LimitException 201: the body is larger than the policy's limit (body_too_large)
