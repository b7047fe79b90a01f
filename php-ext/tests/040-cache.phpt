--TEST--
A policy is compiled once for its content and its keys
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
use Tamis\{Key, Redactor};
$count = fn() => (int) info_row('Compiled policies');
$a = policy(['x-n' => 1]);
$b = implode('', str_split($a));
Redactor::fromPolicy($a, test_key());
Redactor::fromPolicy($b, test_key());
echo $count(), "\n";
Redactor::fromPolicy($a . ' ', test_key());
echo $count(), "\n";
Redactor::fromPolicy($a, Key::fromString(str_repeat('o', 16)));
echo $count(), "\n";
// The same current secret with other earlier ones is another keyring.
[$p, $q] = [str_repeat('p', 16), str_repeat('q', 16)];
foreach ([[$p], [$q], [$p, $q], [$q, $p], [$p]] as $previous) {
	Redactor::fromPolicy($a, Key::fromString(SECRET, $previous));
}
echo $count(), "\n";
for ($i = 0; $i < 15; $i++) {
	Redactor::fromPolicy(policy(['x-m' => $i]), test_key());
}
echo $count(), "\n";
?>
--EXPECT--
1
2
3
7
16
