--TEST--
Each object outlives what it was made from
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
use Tamis\{Input, Key, Redactor};
$key = Key::fromString(SECRET);
$json = policy(['x-n' => 44]);
$r = Redactor::fromPolicy($json, $key);
unset($key, $json);
$body = str_repeat('anna@example.com ', 2);
$input = new Input($body, str_repeat('text/', 1) . 'plain');
unset($body);
$a = $r->redact($input);
$b = $r->redact($input, $a);
unset($input, $r);
gc_collect_cycles();
$sent = $a->body();
unset($a);
echo $b->restore($sent, 'text/plain'), "|\n";
$b = null;
echo preg_match_all('/EMAIL_9\d{14}/', $sent), "\n";
?>
--EXPECT--
anna@example.com anna@example.com |
2
