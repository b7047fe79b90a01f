--TEST--
Any bytes are taken: they come back as they were, or the body is held
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
use Tamis\Input;
$r = redactor();
$bodies = ["a\0b", "\0", "\xff\xfe\xfd", "caf\xe9", implode('', array_map('chr', range(0, 255))), str_repeat("\0", 4096), "\xed\xa0\x80", "\xf0\x9f\x98", "\xef\xbb\xbfwords"];
$seen = 0;
foreach ($bodies as $n => $body) {
	foreach (['', 'text/plain', 'application/json', 'application/octet-stream', "text/plain; charset=\xff", "a\0b"] as $type) {
		$outcome = $r->redact(new Input($body, $type));
		$fits = match ($outcome->verdict()) {
			'clean' => $outcome->body() === $body,
			'redacted' => false,
			'blocked' => in_array($outcome->code(), [206, 207], true),
		};
		$seen++;
		if (!$fits) {
			echo "$n as ", bin2hex($type), ': ', $outcome->verdict(), ' ', $outcome->code(), "\n";
		}
	}
}
echo $seen, ' ', strlen($r->redact(new Input('words', "\xff", '', "\0\xff", "\xff"))->verdict()) > 0 ? 'done' : '', "\n";
?>
--EXPECT--
54 done
