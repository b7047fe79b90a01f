--TEST--
Nothing that prints an object shows a value
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
use Tamis\{Input, Key, Redactor};
$secret = 'canary-secret-0123456789';
$r = Redactor::fromPolicy(policy(['x-note' => 'canary-policy']), Key::fromString($secret, ['canary-earlier-secret']));
$input = new Input('canary-body anna@example.com 4111 1111 1111 1111', 'text/plain', '', 'canary-scope');
$outcome = $r->redact($input);
$outcome->restore('canary-reply', 'text/plain');
foreach ([Key::fromString($secret), $input, $r, $outcome] as $object) {
	$text = dumps($object);
	$tells = array_filter(['canary', 'anna', '4111', 'EMAIL_', 'example'], fn($word) => str_contains($text, $word));
	echo get_class($object), ': ', $tells ? implode(' ', $tells) : 'nothing', "\n";
}
var_dump($outcome);
var_export(Key::fromString($secret));
echo json_encode([$input, $r]), "\n";
?>
--EXPECTF--
Tamis\Key: nothing
Tamis\Input: nothing
Tamis\Redactor: nothing
Tamis\Outcome: nothing
object(Tamis\Outcome)#%d (0) {
}
%STamis\Key::__set_state(array(
))[{},{}]
