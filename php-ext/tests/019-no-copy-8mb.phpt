--TEST--
8 MB through every method without a copy
--EXTENSIONS--
tamis
--FILE--
<?php
require __DIR__ . '/common.inc';
use Tamis\Input;
$r = redactor();
// Just below the default limit, words only.
$body = str_repeat('plain words ', intdiv((8 << 20) - 1, 12));
$r->scrub('warm up', 'text/plain');
memory_reset_peak_usage();
$memory = memory_get_usage();
$results = [];
$results[] = $r->scrub($body, 'text/plain');
$results[] = $input = new Input($body, 'text/plain');
$results[] = $outcome = $r->redact($input);
$results[] = $outcome->body();
$results[] = $outcome->body();
$results[] = $outcome->restore($body, 'text/plain');
var_dump(memory_get_usage() - $memory < 4096, memory_get_peak_usage() - $memory < 65536);
var_dump($results[0] === $body, $outcome->verdict());
?>
--EXPECT--
bool(true)
bool(true)
bool(true)
string(5) "clean"
