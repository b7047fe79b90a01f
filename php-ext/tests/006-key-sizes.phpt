--TEST--
Keys hold at least 16 bytes and at most 4 earlier secrets
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
use Tamis\Key;
$s = fn(int $n, string $c = 'k') => str_repeat($c, $n);
$earlier = $s(16, 'z');
foreach ([
	fn() => Key::fromString(''),
	fn() => Key::fromString($s(15)),
	fn() => Key::fromString($s(16)),
	fn() => Key::fromString($s(1 << 20)),
	fn() => Key::fromString(str_repeat("\0\xff", 8)),
	fn() => Key::fromString($s(16), [$s(16, 'a'), $s(16, 'b'), $s(16, 'c'), $s(16, 'd')]),
	fn() => Key::fromString($s(16), [$s(16, 'a'), $s(16, 'b'), $s(16, 'c'), $s(16, 'd'), $s(16, 'e')]),
	fn() => Key::fromString($s(16), [$s(15)]),
	fn() => Key::fromString($s(16), [17]),
	fn() => Key::fromString($s(16), [null]),
	fn() => Key::fromString($s(16), ['named' => &$earlier]),
] as $call) {
	echo thrown($call), "\n";
}
?>
--EXPECTF--
Tamis\PolicyException 120: %s: the key is too short, unreadable, or there are too many (key)
Tamis\PolicyException 120: %s: the key is too short, unreadable, or there are too many (key)
nothing
nothing
nothing
nothing
Tamis\PolicyException 120: %s: the key is too short, unreadable, or there are too many (key)
Tamis\PolicyException 120: %s: the key is too short, unreadable, or there are too many (key)
TypeError 0: $previous must hold strings only
TypeError 0: $previous must hold strings only
nothing
