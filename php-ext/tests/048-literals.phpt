--TEST--
Literals and constants as bodies: PHP's shared strings are never written to
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
use Tamis\Input;
const BODY = 'a constant with anna@example.com';
function body(): string { return 'a literal with anna@example.com'; }
$r = redactor();
for ($i = 0; $i < 3; $i++) {
	$r->scrub(BODY, 'text/plain');
	$r->redact(new Input(body(), 'text/plain'))->body();
}
echo BODY, "\n", body(), "\n";
?>
--EXPECT--
a constant with anna@example.com
a literal with anna@example.com
