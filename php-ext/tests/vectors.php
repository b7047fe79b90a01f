<?php
/**
 * Runs the shared vectors through the extension.
 *
 * The Rust side turns tests/vectors/*.toml into JSON lines, as PHP has no TOML:
 *
 *   {"name", "policy" (a string of JSON), "content_type", "charset", "scope", "destination_class"?,
 *    "haystack" (base64), "verdict", "output" (base64) or null, "error" (code) or null,
 *    "findings": [{"entity", "start", "end", "rule"?}],
 *    "restore": [{"reply", "content_type", "output"}]?}
 *
 * Usage: … | php -d extension=libtamis.so php-ext/tests/vectors.php
 *
 * Tokens are compared as they are: every runner uses the same secret. Prints a line for each mismatch and
 * ends with `N passed, N failed`; exit status 1 when one failed or none ran.
 */

declare(strict_types=1);

use Tamis\Input;
use Tamis\Key;
use Tamis\PolicyException;
use Tamis\Redactor;

const VECTORS_SECRET = 'tamis vectors key 0123456789abcdef';

/** What differs, in one line that shows bytes as JSON does; long ones are cut. */
function differs(string $what, mixed $expected, mixed $got): string {
	$show = static function (mixed $value): string {
		$text = json_encode($value, JSON_INVALID_UTF8_SUBSTITUTE | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE);
		return strlen($text) > 400 ? substr($text, 0, 400) . '…' : $text;
	};
	return "$what: expected {$show($expected)}, got {$show($got)}";
}

/** Findings as `entity start end rule`, a line a range; the rule only where the vector names it. */
function flat(array $findings, array $named): array {
	$lines = [];
	foreach ($findings as $finding) {
		foreach ($finding['ranges'] as [$start, $end]) {
			$line = "{$finding['entity']} $start $end";
			$lines[] = isset($named["$line {$finding['rule']}"]) ? "$line {$finding['rule']}" : $line;
		}
	}
	sort($lines);
	return $lines;
}

/** @return list<string> What differs from the vector. */
function run(array $vector, Key $key): array {
	try {
		$redactor = Redactor::fromPolicy($vector['policy'] ?? '{"version":1}', $key);
	} catch (PolicyException $e) {
		$expected = $vector['error'] ?? null;
		return $expected === $e->getCode() ? [] : [differs('policy error', $expected, $e->getCode() . ' ' . $e->getMessage())];
	}
	$body = base64_decode($vector['haystack'], true);
	$type = $vector['content_type'] ?? '';
	$input = new Input($body, $type, $vector['charset'] ?? '', $vector['scope'] ?? '', $vector['destination_class'] ?? 'ai');
	$outcome = $redactor->redact($input);
	$problems = [];
	$check = static function (string $what, mixed $expected, mixed $got) use (&$problems): void {
		if ($expected !== $got) {
			$problems[] = differs($what, $expected, $got);
		}
	};

	$check('verdict', $vector['verdict'], $outcome->verdict());
	$check('error', $vector['error'] ?? 0, $outcome->code());
	$sent = $outcome->verdict() === 'blocked' ? null : $outcome->body();
	$expected = isset($vector['output']) ? base64_decode($vector['output'], true) : null;
	// A clean vector may leave the output out: it is the haystack.
	$check('output', $expected ?? ($vector['verdict'] === 'clean' ? $body : null), $sent);
	if (isset($vector['findings'])) {
		$said = [];
		$named = [];
		foreach ($vector['findings'] as $f) {
			$line = "{$f['entity']} {$f['start']} {$f['end']}" . (isset($f['rule']) ? " {$f['rule']}" : '');
			$said[] = $line;
			$named[$line] = true;
		}
		sort($said);
		$check('findings', $said, flat($outcome->findings(), $named));
	}
	foreach ($vector['restore'] ?? [] as $n => $restore) {
		$check("restore $n", $restore['output'], $outcome->restore($restore['reply'], $restore['content_type'] ?? ''));
	}
	// Promises that hold for every vector.
	if ($sent !== null && ($vector['scope'] ?? '') === '' && ($vector['charset'] ?? '') === '' && ($vector['destination_class'] ?? 'ai') === 'ai') {
		$check('scrub', $sent, $redactor->scrub($body, $type));
	}
	return $problems;
}

$key = Key::fromString(VECTORS_SECRET);
[$passed, $failed] = [0, 0];
while (($line = fgets(STDIN)) !== false) {
	if (trim($line) === '') {
		continue;
	}
	$vector = json_decode($line, true);
	$name = $vector['name'] ?? 'line ' . ($passed + $failed + 1);
	try {
		$problems = $vector === null ? ['not JSON'] : run($vector, $key);
	} catch (Throwable $e) {
		$problems = [get_class($e) . ' ' . $e->getCode() . ': ' . $e->getMessage()];
	}
	$problems === [] ? $passed++ : $failed++;
	foreach ($problems as $problem) {
		echo "$name: $problem\n";
	}
}
echo "$passed passed, $failed failed\n";
exit($failed === 0 && $passed > 0 ? 0 : 1);
