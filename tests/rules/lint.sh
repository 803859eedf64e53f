#!/usr/bin/env bash
# Usage: lint.sh TREE...
# Every function of rules/ must be known to at least one of the kernel trees: declared or defined as a macro in a
# header, exported, or listed in its devres.rst. Compiler builtins are exempt. Prints the unknown ones with their
# file, and fails if there are any. With one tree it tells what that version lacks; rules span several versions.
set -eu
rules=$(cd "$(dirname "$0")/../../rules" && pwd)
[ $# -gt 0 ] || { echo "usage: lint.sh TREE..." >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C

# Lines "name file": `names:` of functions and exact borrowers, lists over several lines included.
list_names() {
	awk '
	function words(list,    n, i, w) {
		gsub(/[][{}"\047]/, " ", list)
		n = split(list, w, /[ ,]+/)
		for (i = 1; i <= n; i++)
			if (w[i] ~ /^[A-Za-z_][A-Za-z0-9_]*$/)
				print w[i], FILENAME
	}
	FNR == 1 { in_list = 0; section = "" }
	{ sub(/(^|[ \t])#.*/, "") }
	in_list { words($0); in_list = !/\]/; next }
	/^[a-z_]+:/ { section = $1 }
	(section == "functions:" || section == "contexts:") && /^  - names:/ { in_list = !/\]/; sub(/^[^[]*/, ""); words($0) }
	section == "borrowers:" && /^  - / { words(substr($0, 5)) }
	' "$rules"/*.yaml
}

# Identifiers that stand before a parenthesis in a header or are defined there, and exported symbols.
list_known() {
	find "$1/include" "$1"/arch/*/include -name '*.h' -print0 |
		xargs -0 grep -ohE '\b[A-Za-z_][A-Za-z0-9_]*[ \t]*\(|#[ \t]*define[ \t]+[A-Za-z_][A-Za-z0-9_]*' |
		sed -E 's/#[ \t]*define[ \t]+//; s/[ \t]*\($//'
	find "$1/drivers" "$1/sound" "$1/lib" "$1/mm" "$1/kernel" "$1/net" "$1/fs" "$1/block" "$1/crypto" "$1/arch" -name '*.c' -print0 |
		xargs -0 grep -ohE '\bEXPORT_[A-Z_]*\([A-Za-z_][A-Za-z0-9_]*' | sed 's/.*(//'
	grep -ohE '\b[a-z_0-9]+\(\)' "$1/Documentation/driver-api/driver-model/devres.rst" | sed 's/()$//' || true
	# Headers that live beside their users.
	find "$1/drivers" "$1/sound" -name '*.h' -size -200k -not -path '*/amd/*' -print0 |
		xargs -0 grep -ohE '\b[A-Za-z_][A-Za-z0-9_]*\(' | sed 's/($//'
}

for tree in "$@"; do
	list_known "$tree"
done | sed -E 'p; s/_noprof$//' | sort -u >"$work/known"
list_names | grep -vE '^__builtin_|^_?_?[A-Z_]+ ' | sort -u >"$work/names"
join -v 1 "$work/names" "$work/known" >"$work/unknown"
while read -r name file; do
	echo "rules/${file##*/}: $name"
done <"$work/unknown"
echo "$(cut -d' ' -f1 "$work/names" | sort -u | wc -l) names, $(wc -l <"$work/unknown") unknown" >&2
[ ! -s "$work/unknown" ]
