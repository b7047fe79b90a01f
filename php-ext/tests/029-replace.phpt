--TEST--
A card is replaced for good
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
$r = redactor();
echo $r->scrub('pay with 4111 1111 1111 1111 please', 'text/plain'), "\n";
echo $r->scrub('pay with 4111 1111 1111 1112 please', 'text/plain'), "\n";
$o = $r->redact(new Tamis\Input('pay with 4111111111111111', 'text/plain'));
print_r($o->counts());
echo $o->restore('[credit_card]', 'text/plain'), "\n";
?>
--EXPECT--
pay with [credit_card] please
pay with 4111 1111 1111 1112 please
Array
(
    [credit_card] => 1
)
[credit_card]
