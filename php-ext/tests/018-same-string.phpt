--TEST--
An unchanged body is the same zend_string: one more reference, no copy
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
use Tamis\Input;
$r = redactor();
$body = str_repeat('plain words ', 100);
$before = references($body);
$scrubbed = $r->scrub($body, 'text/plain');
echo 'scrub: +', references($body) - $before, "\n";
$input = new Input($body, 'text/plain');
echo 'input: +', references($body) - $before, "\n";
$outcome = $r->redact($input);
echo 'outcome: +', references($body) - $before, "\n";
$sent = $outcome->body();
echo 'body: +', references($body) - $before, "\n";
$reply = str_repeat('an answer ', 100);
$replies = references($reply);
$restored = $outcome->restore($reply, 'text/plain');
echo 'restore: +', references($reply) - $replies, "\n";
unset($scrubbed, $sent, $input, $outcome, $restored);
echo 'freed: +', references($body) - $before, ' +', references($reply) - $replies, "\n";
?>
--EXPECT--
scrub: +1
input: +2
outcome: +3
body: +4
restore: +1
freed: +0 +0
