--TEST--
A token takes an email's place, with what was found and where
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
use Tamis\Input;
$body = '{"to":"anna@example.com","cc":"anna@example.com","bcc":"ben@example.org"}';
$o = redactor()->redact(new Input($body, 'application/json', '', 'shop.example>api.example'));
var_dump($o->verdict(), $o->code(), $o->counts());
echo preg_replace("/_9\\d{14}\\b/", "_9<14 digits>", $o->body()), "\n";
$sent = json_decode($o->body());
var_dump($sent->to === $sent->cc, $sent->to === $sent->bcc);
foreach ($o->findings() as $f) {
	foreach ($f['ranges'] as [$start, $end]) {
		echo $f['entity'], ' ', $f['operator'], ' ', gettype($f['rule']), ' ', $f['confidence'], ' ', substr($body, $start, $end - $start), "\n";
	}
	echo implode(' ', array_keys($f)), "\n";
}
?>
--EXPECTF--
string(8) "redacted"
int(0)
array(1) {
  ["email"]=>
  int(3)
}
{"to":"EMAIL_9<14 digits>","cc":"EMAIL_9<14 digits>","bcc":"EMAIL_9<14 digits>"}
bool(true)
bool(false)
email token string %s anna@example.com
rule entity operator confidence ranges
email token string %s anna@example.com
rule entity operator confidence ranges
email token string %s ben@example.org
rule entity operator confidence ranges
