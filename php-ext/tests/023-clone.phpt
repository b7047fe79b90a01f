--TEST--
No object can be cloned
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
use Tamis\Input;
$r = redactor();
$input = new Input('canary');
foreach ([test_key(), $input, $r, $r->redact($input)] as $object) {
	echo thrown(fn() => clone $object), "\n";
}
?>
--EXPECT--
Error 0: Trying to clone an uncloneable object of class Tamis\Key
Error 0: Trying to clone an uncloneable object of class Tamis\Input
Error 0: Trying to clone an uncloneable object of class Tamis\Redactor
Error 0: Trying to clone an uncloneable object of class Tamis\Outcome
