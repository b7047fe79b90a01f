--TEST--
A fatal error of PHP in the middle of our method leaves nothing half done
--EXTENSIONS--
tamis
--SKIPIF--
<?php
if (getenv('USE_ZEND_ALLOC') === '0') die('skip memory_limit needs the Zend allocator');
?>
--INI--
log_errors=0
--FILE--
<?php
require __DIR__ . '/common.inc';
use Tamis\Input;
$r = redactor();
$input = new Input(str_repeat('anna@example.com ', 1000), 'text/plain');
$kept = [];
register_shutdown_function(function () use ($r, &$kept) {
	$kept = [];
	ini_set('memory_limit', '-1');
	echo "\n", $r->scrub('plain words', 'text/plain'), "\n";
});
// The result cannot be allocated: PHP leaves by longjmp out of redact() itself.
ini_set('memory_limit', '4M');
while (true) {
	$kept[] = $r->redact($input);
}
?>
--EXPECTF--
Fatal error: Allowed memory size of 4194304 bytes exhausted%s in %s on line %d

plain words
