<?php
/**
 * Times calls of the extension; benches/php_overhead.rs runs it and does the sums.
 *
 * Usage: php -d extension=libtamis.so overhead.php time BODY-FILE CALLS ROUNDS
 *        php -d extension=libtamis.so overhead.php loop METHOD BODY-FILE CALLS
 *
 * `time` prints a line of JSON: nanoseconds of CALLS calls, the best of ROUNDS, and bytes that PHP's
 * allocator gave out for them. `loop` only makes the calls, for instruction counts.
 */

declare(strict_types=1);

[$mode, $a, $b, $c] = array_slice($argv, 1) + ['', '', '', ''];
[$method, $file, $calls] = $mode === 'time' ? ['', $a, (int) $b] : [$a, $b, (int) $c];
$redactor = Tamis\Redactor::fromPolicy('{"version":1}', Tamis\Key::fromString('tamis benches key 0123456789abcdef'));
$body = file_get_contents($file);
$type = 'application/json';
$scope = 'shop.example>api.openai.com';
$input = new Tamis\Input($body, $type, '', $scope);

// Every loop is written out: a closure call in it would cost more than what is measured.
$loops = [
	'loop' => static function (int $n): void {
		for ($i = 0; $i < $n; $i++) {
		}
	},
	'scrub' => static function (int $n) use ($redactor, $body, $type): void {
		for ($i = 0; $i < $n; $i++) {
			$redactor->scrub($body, $type);
		}
	},
	'redact' => static function (int $n) use ($redactor, $input): void {
		for ($i = 0; $i < $n; $i++) {
			$redactor->redact($input);
		}
	},
	'input' => static function (int $n) use ($body, $type, $scope): void {
		for ($i = 0; $i < $n; $i++) {
			new Tamis\Input($body, $type, '', $scope);
		}
	},
];

if ($mode === 'loop') {
	$loops[$method]($calls);
	exit(0);
}

$best = array_fill_keys(array_keys($loops), PHP_INT_MAX);
for ($round = 0; $round < (int) $c; $round++) {
	foreach ($loops as $name => $loop) {
		$from = hrtime(true);
		$loop($calls);
		$best[$name] = min($best[$name], hrtime(true) - $from);
	}
}

// Nothing copied: what is alive afterwards, and the highest that was alive in between.
memory_reset_peak_usage();
$before = memory_get_usage();
$kept = [$redactor->scrub($body, $type), $outcome = $redactor->redact($input), $outcome->body(), $outcome->restore($body, $type)];
$best['alive'] = memory_get_usage() - $before;
$best['peak'] = memory_get_peak_usage() - $before;
$best['same'] = $kept[0] === $body && $kept[2] === $body && $kept[3] === $body;
echo json_encode($best), "\n";
