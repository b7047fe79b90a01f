--TEST--
Redactors of two policies can share an exchange
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
use Tamis\Input;
$in = fn(string $body) => new Input($body, 'text/plain', '', 'shop>api');
$first = redactor()->redact($in('anna@example.com'));
$second = redactor(['entities' => ['phone' => 'drop']])->redact($in('ben@example.org'), $first);
echo $first->restore($second->body(), 'text/plain'), "\n";
echo $second->restore($first->body(), 'text/plain'), "\n";
?>
--EXPECT--
ben@example.org
anna@example.com
