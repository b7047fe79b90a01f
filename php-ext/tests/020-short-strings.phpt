--TEST--
Empty, one-character and interned strings go through
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
use Tamis\Input;
$r = redactor();
foreach (['', 'a', 'literal'] as $body) {
	$outcome = $r->redact(new Input($body));
	var_dump($r->scrub($body, '') === $body, $outcome->body() === $body, $outcome->restore($body, '') === $body);
}
?>
--EXPECT--
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
bool(true)
