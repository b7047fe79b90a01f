--TEST--
Exceptions: one marker interface, three final classes
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
foreach (['PolicyException', 'LimitException', 'InternalException'] as $name) {
	$class = new ReflectionClass("Tamis\\$name");
	var_dump($class->isFinal() && $class->isSubclassOf('RuntimeException') && $class->implementsInterface('Tamis\Exception'));
}
var_dump((new ReflectionClass('Tamis\Exception'))->isInterface(), is_subclass_of('Tamis\Exception', 'Throwable'));
try {
	Tamis\Key::fromString('short');
} catch (Tamis\Exception $e) {
	var_dump($e instanceof Tamis\PolicyException, $e->getFile() === __FILE__, $e->getLine() === __LINE__ - 2, $e->getPrevious());
}
// PHP code may make one too, as a test double does.
$e = new Tamis\LimitException('made here', 201);
echo $e->getMessage(), ' ', $e->getCode(), "\n";
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
NULL
made here 201
