--TEST--
The stub file says what the extension registers, no more and no less
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
// The stub in another namespace, so that both can be looked at side by side.
$stub = file_get_contents(__DIR__ . '/../tamis.stub.php');
$stub = str_replace(['<?php', 'namespace Tamis;'], ['', 'namespace Stub;'], $stub, $found);
var_dump($found);
eval($stub);

function describe(ReflectionClass $class, string $namespace): array {
	$plain = fn($text) => str_replace($namespace . '\\', 'Tamis\\', (string) $text);
	$own = fn(array $members) => array_filter($members, fn($m) => $m->getDeclaringClass()->getName() === $class->getName());
	$methods = [];
	foreach ($own($class->getMethods()) as $method) {
		$parameters = [];
		foreach ($method->getParameters() as $p) {
			$parameters[] = implode('', array_map(fn($a) => '#[' . $a->getName() . '] ', $p->getAttributes()))
				. $plain($p->getType()) . ' $' . $p->getName()
				. ($p->isOptional() ? ' = ' . var_export($p->getDefaultValue(), true) : '');
		}
		$methods[$method->getName()] = implode(' ', Reflection::getModifierNames($method->getModifiers()))
			. '(' . implode(', ', $parameters) . '): ' . $plain($method->getReturnType());
	}
	ksort($methods);
	$parents = $class->getInterfaceNames();
	$parents[] = $class->getParentClass() ? $class->getParentClass()->getName() : '';
	sort($parents);
	return [
		'kind' => implode(' ', Reflection::getModifierNames($class->getModifiers())) . ($class->isInterface() ? ' interface' : ' class'),
		'parents' => array_map($plain, $parents),
		'constants' => $class->getConstants(),
		'properties' => array_values(array_map(fn($p) => (string) $p, $own($class->getProperties()))),
		'methods' => $methods,
	];
}

$real = array_keys((new ReflectionExtension('tamis'))->getClasses());
$said = array_filter(array_merge(get_declared_classes(), get_declared_interfaces()), fn($n) => str_starts_with($n, 'Stub\\'));
$said = array_map(fn($n) => str_replace('Stub\\', 'Tamis\\', $n), $said);
sort($real);
sort($said);
var_dump($real === $said, count($real));
$methods = 0;
foreach ($real as $name) {
	$a = describe(new ReflectionClass($name), 'Tamis');
	$b = describe(new ReflectionClass(str_replace('Tamis\\', 'Stub\\', $name)), 'Stub');
	$methods += count($a['methods']);
	if ($a !== $b) {
		echo "$name: extension and stub differ\n", print_r($a, true), print_r($b, true);
	}
}
var_dump($methods > 15);
foreach (['VERSION', 'API_VERSION'] as $constant) {
	var_dump(constant("Tamis\\$constant") === constant("Stub\\$constant"));
}
?>
--EXPECT--
int(2)
bool(true)
int(8)
bool(true)
bool(true)
bool(true)
