--TEST--
Outcomes of one exchange restore each other's tokens, strangers do not
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
use Tamis\Input;
$r = redactor();
$in = fn(string $body) => new Input($body, 'text/plain', '', 'shop>api');
$first = $r->redact($in('anna@example.com'));
$second = $r->redact($in('ben@example.org'), $first);
$third = $r->redact($in('plain words'), $second);
$stranger = $r->redact($in('cara@example.net'));
$empty = $r->redact($in('plain words'));
$reply = $first->body() . ' and ' . $second->body();
foreach (['first', 'second', 'third'] as $name) {
	echo $name, ': ', $$name->restore($reply, 'text/plain'), ' ', $$name->restored(), "\n";
}
var_dump($stranger->restore($reply, 'text/plain') === $reply, $stranger->restored(), $stranger->unresolved());
// Others' tokens are counted, whether or not it has any of its own.
var_dump($empty->restore($reply, 'text/plain') === $reply, $empty->unresolved());
unset($first, $second);
echo 'alone: ', $third->restore($reply, 'text/plain'), "\n";
?>
--EXPECT--
first: anna@example.com and ben@example.org 2
second: anna@example.com and ben@example.org 2
third: anna@example.com and ben@example.org 2
bool(true)
int(0)
int(2)
bool(true)
int(2)
alone: anna@example.com and ben@example.org
