#!/bin/sh
# Runs each semantic patch over its test file: tests/smpl/NAME.c must give exactly the lines of NAME.res.
# "run.sh --update" writes the .res files; NAME... runs only those.
here=$(CDPATH='' cd "$(dirname "$0")" && pwd)
patches=$here/../../semantic-patches/check
spatch=${SPATCH:-spatch}
update=
passed=0
failed=0

command -v "$spatch" >/dev/null || { echo "$spatch is not installed" >&2; exit 77; }
[ "$1" = --update ] && { update=yes; shift; }
[ $# -gt 0 ] || set -- $(cd "$patches" && for f in *.cocci; do echo "${f%.cocci}"; done)

got=$(mktemp)
why=$(mktemp)
trap 'rm -f "$got" "$why"' EXIT

fail()
{
	echo "FAIL $1: $2"
	failed=$((failed + 1))
}

for name; do
	if [ ! -f "$here/$name.c" ]; then
		fail "$name" "no test file $name.c"
		continue
	fi
	if ! (cd "$here" && "$spatch" --very-quiet --no-includes --sp-file "$patches/$name.cocci" "$name.c") >"$got" 2>"$why"; then
		fail "$name" "spatch refuses the patch: $(head -3 "$why")"
		continue
	fi
	sed -n "s/^$name\.c:\([0-9]*\):\([0-9]*\)-[0-9]*: /\1:\2: /p" "$got" | sort -n -t: -k1,1 -k2,2 -u >"$got.sorted"
	mv "$got.sorted" "$got"
	[ -n "$update" ] && cp "$got" "$here/$name.res"
	if ! grep -q . "$got"; then
		fail "$name" "finds nothing"
	elif ! diff -u "$here/$name.res" "$got"; then
		fail "$name" "differs from $name.res"
	else
		passed=$((passed + 1))
	fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
