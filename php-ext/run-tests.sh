#!/usr/bin/env bash
# Runs php-ext/tests/*.phpt with PHP's own run-tests.php against a built extension.
#
# Usage: php-ext/run-tests.sh [-m] [-j N] libtamis.so [test.phpt…]
#
#   -m   under valgrind, with PHP's allocator off so that valgrind sees every block
#   -j   this many tests at a time
#
# A library built with `--features panic-test` runs the panic tests too; others skip them.
# PHP and PHP_CONFIG name the interpreter and its headers, as for the build.
# Exit status: run-tests' own; also 1 when no test passed.

set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
flags=() valgrind=0
while [ $# -gt 0 ]; do
	case $1 in
	-m) valgrind=1 ;;
	-j) flags+=("-j$2") && shift ;;
	-h | --help) sed -n '2,/^$/{s/^# \{0,1\}//p}' "$0" && exit 0 ;;
	-*) echo "unknown option: $1" >&2 && exit 2 ;;
	*) break ;;
	esac
	shift
done
[ $# -gt 0 ] || { echo "usage: php-ext/run-tests.sh [-m] [-j N] libtamis.so [test.phpt…]" >&2 && exit 2; }
so=$(realpath "$1")
shift
[ -f "$so" ] || { echo "no such file: $so" >&2 && exit 2; }

php=${PHP:-$(command -v php)}
build=$("${PHP_CONFIG:-php-config}" --prefix)/lib/php/build
runner=
for candidate in "$build/run-tests.php" "$("${PHP_CONFIG:-php-config}" --extension-dir)/build/run-tests.php"; do
	[ ! -f "$candidate" ] || runner=$candidate
done
[ -n "$runner" ] || { echo "no run-tests.php beside PHP's headers (Debian: php8.2-dev)" >&2 && exit 2; }

if [ $valgrind = 1 ]; then
	flags+=(-m)
	# PCRE's JIT reads ahead of its strings, in code that valgrind cannot name to suppress it.
	flags+=(-d pcre.jit=0)
	export USE_ZEND_ALLOC=0 ZEND_DONT_UNLOAD_MODULES=1
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export TAMIS_SO=$so TEST_PHP_EXECUTABLE=$php NO_INTERACTION=1 REPORT_EXIT_STATUS=1
status=0
# -n: no php.ini, so that other extensions of this machine do not take part.
"$php" -n "$runner" -n -q --show-diff "${flags[@]}" -d "extension=$so" "${@:-$here/tests}" 2>&1 | tee "$log" || status=$?
if ! grep -Eq '^Tests passed +: +[1-9]' "$log"; then
	echo "no test passed" >&2
	exit 1
fi
exit "$status"
