--TEST--
Standard error names the place of a panic and nothing else
--EXTENSIONS--
tamis
--SKIPIF--
<?php
if (!defined('Tamis\PANIC_TEST')) die('skip built without the feature panic-test');
if (!getenv('TAMIS_SO')) die('skip needs TAMIS_SO, which run-tests.sh sets');
?>
--FILE--
<?php
require __DIR__ . '/common.inc';
$code = <<<'PHP'
try {
	Tamis\Redactor::fromPolicy('{"version":1}', Tamis\Key::fromString(str_repeat('k', 16)))->scrub('panic: canary anna@example.com', '');
} catch (Throwable $e) {
	echo $e->getCode();
}
PHP;
$command = [PHP_BINARY, '-n', '-d', 'extension=' . getenv('TAMIS_SO'), '-r', $code];
$process = proc_open($command, [1 => ['pipe', 'w'], 2 => ['pipe', 'w']], $pipes);
$out = stream_get_contents($pipes[1]);
$err = stream_get_contents($pipes[2]);
proc_close($process);
var_dump($out, preg_match('~^tamis: fault at [\w/.-]+\.rs:\d+\n$~', $err) ?: $err);
?>
--EXPECT--
string(3) "301"
int(1)
