--TEST--
A hundred policies: each works, 16 stay compiled
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
$redactors = [];
for ($i = 0; $i < 100; $i++) {
	$redactors[] = redactor(['limits' => ['body_bytes' => 100 + $i]]);
}
echo info_row('Compiled policies'), "\n";
foreach ($redactors as $i => $r) {
	if (thrown(fn() => $r->scrub(str_repeat(' ', 100 + $i), '')) !== 'nothing' || thrown(fn() => $r->scrub(str_repeat(' ', 101 + $i), '')) === 'nothing') {
		echo "$i has another's limit\n";
	}
}
unset($redactors, $r);
echo info_row('Compiled policies'), "\n";
?>
--EXPECT--
16 of 16
16 of 16
