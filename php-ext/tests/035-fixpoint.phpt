--TEST--
What was scrubbed stays as it is: the same string comes back
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
use Tamis\Input;
$r = redactor();
$once = $r->scrub('{"messages":[{"role":"user","content":"anna@example.com, 4111 1111 1111 1111"}]}', 'application/json');
var_dump(preg_match('/EMAIL_9\d{14}, \[credit_card\]/', $once));
$before = references($once);
$twice = $r->scrub($once, 'application/json');
var_dump($twice === $once, references($once) - $before);
echo $r->redact(new Input($once, 'application/json'))->verdict(), "\n";
?>
--EXPECT--
int(1)
bool(true)
int(1)
clean
