# shellcheck shell=bash
# What the scripts of this folder share: where they keep things, how they speak, how they fail.

set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# Downloads are shared by every work tree of a user; nothing in the cache belongs to one of them.
CACHE=${TAMIS_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/tamis}

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ] && [ "${TERM:-}" != dumb ]; then
	BOLD=$'\e[1m' DIM=$'\e[2m' RED=$'\e[31m' RESET=$'\e[0m'
else
	BOLD='' DIM='' RED='' RESET=''
fi

# One line about what happens now.
say() { printf '%s==>%s %s\n' "$BOLD" "$RESET" "$*"; }
# One line that can be skipped.
note() { printf '    %s%s%s\n' "$DIM" "$*" "$RESET"; }
# What went wrong, and the way out.
die() {
	printf '%serror:%s %s\n' "$RED" "$RESET" "$*" >&2
	exit 1
}

# Prints the comment block that opens a script: that is its help.
help_of() { sed -n '2,/^$/{s/^# \{0,1\}//p}' "$1"; }

# The one PHP that everything is built for and run with.
php_version() {
	local v
	for v in 8.2 8.3 8.4 8.5; do
		if command -v "php$v" > /dev/null && command -v "php-config$v" > /dev/null; then
			echo "$v"
			return
		fi
	done
	return 1
}

# Pins PHP and its headers to one version: ext-php-rs asks for both, and mixed they give a broken extension.
use_php() {
	local v
	v=$(php_version) || die "no PHP with its headers here; run script/bootstrap"
	PHP=$(command -v "php$v")
	PHP_CONFIG=$(command -v "php-config$v")
	export PHP PHP_CONFIG
}

seconds_since() { echo $((SECONDS - $1)); }
