--TEST--
phpinfo() tells versions, the cache and the last policy error, and no key or policy
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
(new ReflectionExtension('tamis'))->info();
redactor(['x-note' => 'canary']);
echo thrown(fn() => redactor(['nope' => 'canary'])), "\n";
echo info_row('Compiled policies'), "\n", info_row('Last policy error'), "\n";
var_dump((int) info_row('Policy text held') > 0);
ob_start();
(new ReflectionExtension('tamis'))->info();
$all = ob_get_clean();
var_dump(str_contains($all, 'canary'), str_contains($all, SECRET), str_contains($all, test_key()->id()));
?>
--EXPECTF--
tamis

Tamis => enabled
Version => %d.%d.%d
Core version => %d.%d.%d
API version => 1
Compiled policies => 0 of 16
Policy text held => 0 bytes
Last policy error => none

Directive => Local Value => Master Value
tamis.enabled => 1 => 1
Tamis\PolicyException 103: $.nope: this key is not known (policy_unknown_key)
1 of 16
103
bool(true)
bool(false)
bool(false)
bool(false)
