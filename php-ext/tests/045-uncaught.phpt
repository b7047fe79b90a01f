--TEST--
An uncaught exception shows no value
--EXTENSIONS--
tamis
--INI--
zend.exception_ignore_args=0
log_errors=0
--FILE--
<?php
require __DIR__ . '/common.inc';
function send(#[SensitiveParameter] string $body) {
	return redactor(['entities' => ['email' => 'block']])->scrub($body, 'text/plain');
}
send('canary@example.com');
?>
--EXPECTF--
Fatal error: Uncaught Tamis\LimitException: the policy blocks this entity (blocked_by_policy) in %s
Stack trace:
#0 %s: Tamis\Redactor->scrub(Object(SensitiveParameterValue), 'text/plain')
#1 %s: send(Object(SensitiveParameterValue))
#2 {main}
  thrown in %s on line %d
