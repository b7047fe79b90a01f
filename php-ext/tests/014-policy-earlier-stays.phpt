--TEST--
A refused policy leaves the earlier one at work
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
use Tamis\Redactor;
$r = redactor();
$before = info_row('Compiled policies');
$body = 'write to anna@example.com';
$first = $r->scrub($body, 'text/plain');
echo thrown(fn() => Redactor::fromPolicy('{"version":1,"nope":1}', test_key())), "\n";
var_dump(info_row('Compiled policies') === $before);
var_dump($r->scrub($body, 'text/plain') === $first);
var_dump(redactor()->scrub($body, 'text/plain') === $first);
var_dump(preg_match('/^write to EMAIL_9\d{14}$/', $first));
?>
--EXPECT--
Tamis\PolicyException 103: $.nope: this key is not known (policy_unknown_key)
bool(true)
bool(true)
bool(true)
int(1)
