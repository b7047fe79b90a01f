--TEST--
No properties, no heirs, no other way to make one
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
use Tamis\{Input, Key, Outcome, Redactor};
$r = redactor();
$input = new Input('words');
$objects = [test_key(), $input, $r, $r->redact($input)];
foreach ($objects as $object) {
	$class = new ReflectionClass($object);
	echo thrown(function () use ($object) { $object->canary = 1; }), "\n";
	var_dump(isset($object->body), $class->isFinal(), count($class->getProperties()));
	echo thrown(fn() => $class->newInstanceWithoutConstructor()), "\n";
}
foreach ([Key::class, Redactor::class, Outcome::class] as $class) {
	echo thrown(fn() => new $class()), "\n";
}
// Not even on an object that exists.
foreach ([0, 2, 3] as $n) {
	$construct = new ReflectionMethod($objects[$n], '__construct');
	echo thrown(fn() => $construct->invoke($objects[$n])), "\n";
}
echo $objects[0]->id() === test_key()->id() ? 'unharmed' : 'harmed', "\n";
?>
--EXPECT--
Error 0: Cannot create dynamic property Tamis\Key::$canary
bool(false)
bool(true)
int(0)
ReflectionException 0: Class Tamis\Key is an internal class marked as final that cannot be instantiated without invoking its constructor
Error 0: Cannot create dynamic property Tamis\Input::$canary
bool(false)
bool(true)
int(0)
ReflectionException 0: Class Tamis\Input is an internal class marked as final that cannot be instantiated without invoking its constructor
Error 0: Cannot create dynamic property Tamis\Redactor::$canary
bool(false)
bool(true)
int(0)
ReflectionException 0: Class Tamis\Redactor is an internal class marked as final that cannot be instantiated without invoking its constructor
Error 0: Cannot create dynamic property Tamis\Outcome::$canary
bool(false)
bool(true)
int(0)
ReflectionException 0: Class Tamis\Outcome is an internal class marked as final that cannot be instantiated without invoking its constructor
Error 0: Call to private Tamis\Key::__construct() from global scope
Error 0: Call to private Tamis\Redactor::__construct() from global scope
Error 0: Call to private Tamis\Outcome::__construct() from global scope
Exception 0: Tamis\Key is made by fromString() or fromFile()
Exception 0: Tamis\Redactor is made by fromPolicy()
Exception 0: Tamis\Outcome is made by Redactor::redact()
unharmed
