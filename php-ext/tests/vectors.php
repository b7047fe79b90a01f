<?php
/**
 * Runs the shared vectors through the extension.
 *
 * The Rust side turns tests/vectors/*.toml into JSON lines, as PHP has no TOML:
 *
 *   {"name", "policy" (a string of JSON), "content_type", "charset", "scope", "destination_class"?,
 *    "haystack" (base64), "verdict", "output" (base64) or null, "error" (code) or null, "path"? (of a policy's error),
 *    "findings": [{"entity", "start", "end", "rule"?, "operator"?}],
 *    "restore": [{"reply", "content_type", "output", "restored"?, "unresolved"?}]?}
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

/** Findings as PHP gives them, a row a range, each with the parts that the vector's row at this place names. */
function rows(array $findings, array $named): array {
	$rows = [];
	foreach ($findings as $finding) {
		foreach ($finding['ranges'] as [$start, $end]) {
			$row = ['entity' => $finding['entity'], 'start' => $start, 'end' => $end];
			foreach (['rule', 'operator'] as $part) {
				if (isset($named[count($rows)][$part])) {
					$row[$part] = $finding[$part];
				}
			}
			$rows[] = $row;
		}
	}
	return $rows;
}

/** @return list<string> What differs from the vector. */
function run(array $vector, Key $key): array {
	try {
		$redactor = Redactor::fromPolicy($vector['policy'] ?? '{"version":1}', $key);
	} catch (PolicyException $e) {
		$expected = $vector['error'] ?? null;
		$fits = $expected === $e->getCode() && (!isset($vector['path']) || str_starts_with($e->getMessage(), $vector['path'] . ': '));
		return $fits ? [] : [differs('policy error', $expected . ' ' . ($vector['path'] ?? ''), $e->getCode() . ' ' . $e->getMessage())];
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
		$order = static fn(array $f): array => array_filter(
			['entity' => $f['entity'], 'start' => $f['start'], 'end' => $f['end'], 'rule' => $f['rule'] ?? null, 'operator' => $f['operator'] ?? null],
			static fn($part) => $part !== null
		);
		$said = array_map($order, $vector['findings']);
		// The report is in order of the first byte; a vector need not be.
		usort($said, static fn(array $a, array $b): int => [$a['start'], $a['end']] <=> [$b['start'], $b['end']]);
		$check('findings', $said, rows($outcome->findings(), $said));
		$counts = array_count_values(array_column($said, 'entity'));
		ksort($counts);
		$check('counts', $counts, $outcome->counts());
	}
	foreach ($vector['restore'] ?? [] as $n => $restore) {
		$check("restore $n", $restore['output'], $outcome->restore($restore['reply'], $restore['content_type'] ?? ''));
		foreach (['restored', 'unresolved'] as $count) {
			if (isset($restore[$count])) {
				$check("restore $n, $count", $restore[$count], $outcome->$count());
			}
		}
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
