#!/usr/bin/env bats
# drvcheck scan: exit codes, output, selection of units.
load helpers

@test "a leak gives exit code 1 and is told in text" {
	leaky a.c
	run_split "$DRVCHECK" scan a.c
	[ "$status" -eq 1 ]
	[[ "$out" = *"leak/error-path"* ]]
	[[ "$out" = *"a.c"* ]]
	[ "$(tail -n 1 <<<"$err")" = "analysed 1 of 1 units; 0 failed" ]
}

@test "a clean file gives exit code 0" {
	tidy a.c
	run_split "$DRVCHECK" scan a.c
	[ "$status" -eq 0 ]
	[ "$(tail -n 1 <<<"$err")" = "analysed 1 of 1 units; 0 failed" ]
}

@test "JSON has the shape that is promised" {
	leaky a.c
	run_split "$DRVCHECK" scan --format json a.c
	[ "$status" -eq 1 ]
	jq -e '(keys == ["findings", "run", "tool", "version"])
		and (.tool == "drvcheck")
		and (.run | keys == ["analysed", "failed", "seconds", "units"])
		and .run.units == 1 and .run.analysed == 1 and .run.failed == []
		and (.run.seconds | type == "number")' <<<"$out"
	jq -e '.findings | length == 1' <<<"$out"
	jq -e '.findings[0] | (keys == ["acquire", "column", "confidence", "events", "file", "fingerprint", "function",
		"id", "line", "message", "release", "resource", "rule"])
		and .rule == "leak/error-path" and .file == "a.c" and .function == "start"
		and .acquire == "kzalloc" and .resource == "memory"
		and (.line | type == "number") and (.fingerprint | test("^[0-9a-f]{16}$"))' <<<"$out"
	jq -e '.findings[0].events | length > 1 and all(keys == ["column", "file", "kind", "line", "message"])
		and any(.kind == "acquired")' <<<"$out"
}

@test "a unit that does not parse is named, and the exit code is 3" {
	leaky a.c
	echo '#include <no/such/header.h>' >b.c
	run_split "$DRVCHECK" scan --format json a.c b.c
	[ "$status" -eq 3 ]
	[ "$(tail -n 1 <<<"$err")" = "analysed 1 of 2 units; 1 failed" ]
	[[ "$err" = *"b.c: not analysed: "* ]]
	jq -e '.run.units == 2 and .run.analysed == 1 and (.run.failed | length == 1)
		and .run.failed[0].file == "b.c" and (.run.failed[0].why | length > 5)
		and (.findings | length == 1)' <<<"$out"
}

@test "wrong usage gives exit code 2 and one sentence" {
	leaky a.c
	for arguments in "" "--format nonsense a.c" "--no-such-option a.c" "no-such-file.c" "-j 0 a.c" "--fail-on often a.c" \
		"--color sometimes a.c" "-C no-such-directory" "--rules no-such-directory a.c" "-p no-such-directory a.c" \
		"--diff x --staged a.c" "--unit-timeout -1 a.c"; do
		# shellcheck disable=SC2086
		run_split "$DRVCHECK" scan $arguments
		[ "$status" -eq 2 ]
		[ -z "$out" ]
		[[ "$err" = "drvcheck: "* ]]
	done
}

@test "the value of a short option may be attached to it" {
	leaky a.c
	for arguments in -j2 -j=2 "-qj2" "-qj 2" "-fjson" "-- -j2"; do
		# shellcheck disable=SC2086
		run_split "$DRVCHECK" scan --no-db a.c $arguments
		[ "$status" -eq 1 ]
		[ -n "$out" ]
	done
	run_split "$DRVCHECK" scan --no-db a.c -fjson
	jq -e '.findings | length == 1' <<<"$out"
	for arguments in -j0 -jx -Z2; do
		run_split "$DRVCHECK" scan --no-db a.c $arguments
		[ "$status" -eq 2 ]
	done
}

@test "compile commands without a path: all that they hold, also from inside of another tree" {
	leaky a.c
	leaky b.c
	compile_commands a.c b.c
	mkdir -p tree/include/linux
	touch tree/Kbuild tree/Kconfig tree/Makefile
	run_split "$DRVCHECK" scan --no-db -p compile_commands.json --format json
	[ "$status" -eq 1 ]
	jq -e '.run.units == 2 and (.findings | length == 2)' <<<"$out"
	cd tree
	run_split "$DRVCHECK" scan --no-db -p ../compile_commands.json --format json
	[ "$status" -eq 1 ]
	jq -e '.run.units == 2 and (.findings | length == 2)' <<<"$out"
}

@test "an unwritable output file gives exit code 2" {
	leaky a.c
	run_split "$DRVCHECK" scan -o no/such/directory/report a.c
	[ "$status" -eq 2 ]
	run_split "$DRVCHECK" scan -o /dev/full a.c
	[ "$status" -eq 2 ]
}

@test "flags behind -- reach the compiler" {
	mkdir inc
	echo '#define BAD 1' >inc/conf.h
	leaky a.c start '#include "conf.h"
#if !BAD || !MORE
#error flags did not arrive
#endif'
	run_split "$DRVCHECK" scan a.c -- -Iinc -DMORE=1
	[ "$status" -eq 1 ]
}

@test "compile commands given with -p, names relative to the current directory" {
	mkdir drv
	leaky drv/a.c
	tidy drv/b.c
	compile_commands drv/a.c drv/b.c
	run_split "$DRVCHECK" scan -p . --format json drv
	[ "$status" -eq 1 ]
	jq -e '.run.units == 2 and .findings[0].file == "drv/a.c"' <<<"$out"
	run_split "$DRVCHECK" scan -p compile_commands.json drv/b.c
	[ "$status" -eq 0 ]
}

@test "names are relative to -C, wherever the scan runs" {
	mkdir -p tree/drv elsewhere
	cd tree
	leaky drv/a.c
	compile_commands drv/a.c
	cd ../elsewhere
	run_split "$DRVCHECK" scan -C ../tree -p ../tree --format json ../tree/drv/a.c
	[ "$status" -eq 1 ]
	jq -e '.findings[0].file == "drv/a.c"' <<<"$out"
	[ -e ../tree/.drvcheck/drvcheck.db ]
	run_split "$DRVCHECK" scan -C ../tree -p ../tree --format json drv/a.c
	[ "$status" -eq 1 ]
}

@test "a file that no command compiles is counted as failed" {
	leaky a.c
	tidy b.c
	compile_commands b.c
	run_split "$DRVCHECK" scan -p . a.c b.c
	[ "$status" -eq 3 ]
	[[ "$err" = *"a.c: not analysed: "* ]]
	[ "$(tail -n 1 <<<"$err")" = "analysed 1 of 2 units; 1 failed" ]
}

@test "the default database is .drvcheck/drvcheck.db; --db and --no-db" {
	leaky a.c
	run_split "$DRVCHECK" scan a.c
	[ -e .drvcheck/drvcheck.db ]
	rm -r .drvcheck
	run_split "$DRVCHECK" scan --no-db a.c
	[ "$status" -eq 1 ]
	[ ! -e .drvcheck ]
	run_split "$DRVCHECK" scan --db deep/er/x.db a.c
	[ "$status" -eq 1 ]
	[ -e deep/er/x.db ]
	run_split "$DRVCHECK" scan --db /proc/x.db a.c
	[ "$status" -eq 2 ]
}

@test "--fail-on never leaves only the report" {
	leaky a.c
	run_split "$DRVCHECK" scan --fail-on never a.c
	[ "$status" -eq 0 ]
	[[ "$out" = *leak/error-path* ]]
}

@test "color only when asked for or on a terminal" {
	leaky a.c
	run_split "$DRVCHECK" scan a.c
	[[ "$out" != *$'\033'* ]]
	run_split "$DRVCHECK" scan --color always a.c
	[[ "$out" = *$'\033'* ]]
	NO_COLOR=1 run_split "$DRVCHECK" scan --color auto a.c
	[[ "$out" != *$'\033'* ]]
}

@test "-o writes the report there and nothing to stdout" {
	leaky a.c
	run_split "$DRVCHECK" scan --format json -o report.json a.c
	[ "$status" -eq 1 ]
	[ -z "$out" ]
	jq -e '.findings | length == 1' report.json
}

@test "the same bytes for any number of workers" {
	for i in $(seq 20); do leaky "f$i.c" "start$i"; done
	echo 'int broken(' >f21.c
	echo '#include "gone.h"' >f22.c
	for j in 1 2 7; do
		run_split "$DRVCHECK" scan --no-db -j "$j" .
		[ "$status" -eq 3 ]
		cp .out "text.$j"
		run_split "$DRVCHECK" scan --no-db -j "$j" --format json .
		jq 'del(.run.seconds)' .out >"json.$j"
	done
	[ "$(jq '.findings | length' json.1)" -eq 20 ]
	cmp text.1 text.2
	cmp text.1 text.7
	cmp json.1 json.2
	cmp json.1 json.7
}

@test "a function of a header shared by units is reported once" {
	leaky shared.h
	sed -i 's/^int start/static inline int start/' shared.h
	printf '#include "shared.h"\nint a(void) { return start(1); }\n' >a.c
	printf '#include "shared.h"\nint b(void) { return start(2); }\n' >b.c
	run_split "$DRVCHECK" scan --format json a.c b.c
	jq -e '[.findings[] | select(.function == "start")] | length <= 1' <<<"$out"
}

@test "two scans agree on fingerprints when lines are put before" {
	leaky a.c
	run_split "$DRVCHECK" scan --no-db --format json a.c
	before=$(jq -r '.findings[0].fingerprint' <<<"$out")
	leaky a.c start '
/* some */

int words;
'
	run_split "$DRVCHECK" scan --no-db --format json a.c
	[ "$(jq -r '.findings[0].fingerprint' <<<"$out")" = "$before" ]
}

@test "slots that no protocol covers are counted, most used first" {
	cat >a.c <<END
struct odd_ops { int (*poke)(void); int (*peek)(void); };
static int poke(void) { return 0; }
static int peek(void) { return 1; }
const struct odd_ops one = {.poke = poke, .peek = peek};
const struct odd_ops two = {.poke = poke};
END
	run_split "$DRVCHECK" scan --no-db --stats a.c
	[ "$status" -eq 0 ]
	[[ "$err" = *"3 callbacks in 2 slots that no protocol covers: odd_ops.poke (2), odd_ops.peek (1)"* ]]
}
