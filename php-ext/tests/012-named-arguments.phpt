--TEST--
Parameters can be named as the stub names them
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
use Tamis\{Input, Key, Redactor};
$k = Key::fromString(previous: [str_repeat('p', 16)], secret: SECRET);
$r = Redactor::fromPolicy(key: $k, json: policy());
echo $r->scrub(contentType: 'text/plain', body: 'plain words'), "\n";
$i = new Input('plain words', destinationClass: 'mail', contentType: 'text/plain');
$i = new Input(body: 'plain words', scope: 'shop>api');
echo $r->redact(exchange: null, input: $i)->restore(contentType: 'text/plain', reply: 'a reply'), "\n";
echo thrown(fn() => new Input('x', nothing: 'y')), "\n";
echo thrown(fn() => new Input(contentType: 'y')), "\n";
?>
--EXPECT--
plain words
a reply
Error 0: Unknown named parameter $nothing
ArgumentCountError 0: Tamis\Input::__construct(): Argument #1 ($body) not passed
