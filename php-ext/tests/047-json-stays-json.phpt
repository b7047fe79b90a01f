--TEST--
A body that was JSON stays JSON and keeps its shape
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
$body = json_encode([
	'model' => 'gpt-test',
	'messages' => [['role' => 'user', 'content' => "Café \u{1F600} anna@example.com / \"quoted\" \\ end"]],
	'n' => 1, 'stream' => false, 'stop' => null, 'temperature' => 0.5,
]);
$sent = redactor()->scrub($body, 'application/json');
$a = json_decode($body, true);
$b = json_decode($sent, true);
var_dump(json_last_error());
$a['messages'][0]['content'] = preg_replace('/anna@example\.com/', 'EMAIL', $a['messages'][0]['content']);
$b['messages'][0]['content'] = preg_replace('/EMAIL_9\d{14}/', 'EMAIL', $b['messages'][0]['content']);
var_dump($a === $b, $sent === $body);
?>
--EXPECT--
int(0)
bool(true)
bool(false)
