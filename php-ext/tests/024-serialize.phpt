--TEST--
No object can be serialised, nor made from a serialised string
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
use Tamis\Input;
$r = redactor();
$input = new Input('canary');
foreach ([test_key(), $input, $r, $r->redact($input)] as $object) {
	$class = get_class($object);
	echo thrown(fn() => serialize($object)), "\n";
	echo thrown(fn() => serialize(['deep' => [$object]])), "\n";
	echo thrown(fn() => unserialize(sprintf('O:%d:"%s":0:{}', strlen($class), $class))), "\n";
}
?>
--EXPECT--
Exception 0: Serialization of 'Tamis\Key' is not allowed
Exception 0: Serialization of 'Tamis\Key' is not allowed
Exception 0: Unserialization of 'Tamis\Key' is not allowed
Exception 0: Serialization of 'Tamis\Input' is not allowed
Exception 0: Serialization of 'Tamis\Input' is not allowed
Exception 0: Unserialization of 'Tamis\Input' is not allowed
Exception 0: Serialization of 'Tamis\Redactor' is not allowed
Exception 0: Serialization of 'Tamis\Redactor' is not allowed
Exception 0: Unserialization of 'Tamis\Redactor' is not allowed
Exception 0: Serialization of 'Tamis\Outcome' is not allowed
Exception 0: Serialization of 'Tamis\Outcome' is not allowed
Exception 0: Unserialization of 'Tamis\Outcome' is not allowed
