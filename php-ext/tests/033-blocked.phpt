--TEST--
A blocked body: the verdict says so, body() and scrub() throw its code
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
use Tamis\Input;
$r = redactor(['entities' => ['email' => 'block']]);
$o = $r->redact(new Input('to anna@example.com', 'text/plain'));
var_dump($o->verdict(), $o->code());
echo thrown(fn() => $o->body()), "\n";
echo thrown(fn() => $r->scrub('to anna@example.com', 'text/plain')), "\n";
echo $o->restore('words', 'text/plain'), "\n";
echo $r->scrub('no address', 'text/plain'), "\n";
?>
--EXPECT--
string(7) "blocked"
int(208)
Tamis\LimitException 208: the policy blocks this entity (blocked_by_policy)
Tamis\LimitException 208: the policy blocks this entity (blocked_by_policy)
words
no address
