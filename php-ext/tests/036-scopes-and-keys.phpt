--TEST--
Tokens belong to a scope and a key; earlier keys' tokens are still known
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
use Tamis\{Input, Key, Redactor};
$token = fn($r, $scope) => $r->redact(new Input('anna@example.com', 'text/plain', '', $scope))->body();
$r = redactor();
var_dump($token($r, 'a') === $token($r, 'a'), $token($r, 'a') === $token($r, 'b'));
$old = Redactor::fromPolicy(policy(), Key::fromString(str_repeat('o', 32)));
$new = Redactor::fromPolicy(policy(), Key::fromString(str_repeat('n', 32), [str_repeat('o', 32)]));
$stranger = Redactor::fromPolicy(policy(), Key::fromString(str_repeat('s', 32)));
var_dump($token($old, 'a') === $token($new, 'a'));
$sent = $token($old, 'a');
echo $new->redact(new Input($sent, 'text/plain', '', 'a'))->verdict(), "\n";
echo $stranger->redact(new Input($sent, 'text/plain', '', 'a'))->verdict(), "\n";
?>
--EXPECT--
bool(true)
bool(false)
bool(false)
clean
redacted
