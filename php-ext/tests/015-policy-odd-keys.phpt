--TEST--
Odd bytes in a policy's keys still give a PolicyException
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
use Tamis\Redactor;
foreach (['a\u0000b', "\u{1F512}", str_repeat('k', 5000)] as $key) {
	try {
		Redactor::fromPolicy('{"version":1,"' . $key . '":1}', test_key());
	} catch (Tamis\PolicyException $e) {
		$message = $e->getMessage();
		echo $e->getCode(), strlen($message) < 400 ? ' short' : ' long', str_contains($message, "\0") ? ' NUL' : ' clean', "\n";
	}
}
?>
--EXPECT--
103 short clean
103 short clean
103 short clean
