--TEST--
The extension is there with its version, its API version and its classes
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
var_dump(extension_loaded('tamis'));
var_dump(phpversion('tamis') === Tamis\VERSION, preg_match('/^\d+\.\d+\.\d+$/', Tamis\VERSION));
var_dump(Tamis\API_VERSION);
echo implode("\n", array_keys((new ReflectionExtension('tamis'))->getClasses())), "\n";
var_dump((new ReflectionExtension('tamis'))->getFunctions());
?>
--EXPECT--
bool(true)
bool(true)
int(1)
int(1)
Tamis\Exception
Tamis\PolicyException
Tamis\LimitException
Tamis\InternalException
Tamis\Key
Tamis\Input
Tamis\Redactor
Tamis\Outcome
array(0) {
}
