#!/usr/bin/env bats
# What CI needs of a scan: several reports at once, a baseline, parts, exit codes.
load helpers

@test "--report writes other formats beside the output" {
	leaky a.c
	run_split "$DRVCHECK" scan --no-db --terse --report sarif=a.sarif --report junit=a.xml --report json=a.json a.c
	[ "$status" -eq 1 ]
	[ "$(wc -l <<<"$out")" -eq 1 ]
	jq -e '.runs[0].results | length == 1' a.sarif
	jq -e '.findings | length == 1' a.json
	grep '<failure ' a.xml
	run_split "$DRVCHECK" scan --no-db --report nonsense=x a.c
	[ "$status" -eq 2 ]
	run_split "$DRVCHECK" scan --no-db --report sarif a.c
	[ "$status" -eq 2 ]
	run_split "$DRVCHECK" scan --no-db --report json=/nowhere/x a.c
	[ "$status" -eq 2 ]
}

@test "a baseline in git, and one in a database" {
	leaky a.c
	leaky b.c begin
	run_split "$DRVCHECK" scan --db before.db --format baseline -o baseline .
	[ "$(wc -l <baseline)" -eq 2 ]
	[ "$(sort baseline)" = "$(cat baseline)" ]
	leaky c.c commence
	for known in baseline before.db; do
		run_split "$DRVCHECK" scan --db now.db --terse --baseline $known .
		[ "$status" -eq 1 ]
		[[ "$out" = "c.c:"* ]]
		[ "$(wc -l <<<"$out")" -eq 1 ]
		[[ "$err" = *"2 findings of the baseline not shown"* ]]
	done
	# What is recorded is everything.
	run_split "$DRVCHECK" report --db now.db --format json
	jq -e '.findings | length == 3' <<<"$out"
	run_split "$DRVCHECK" report --db now.db --format json --baseline baseline
	jq -e '[.findings[].file] == ["c.c"]' <<<"$out"
	(echo '# kept by hand'; cat baseline) >commented
	rm c.c
	run_split "$DRVCHECK" scan --no-db --baseline commented .
	[ "$status" -eq 0 ]
	echo nonsense >>commented
	run_split "$DRVCHECK" scan --no-db --baseline commented .
	[ "$status" -eq 2 ]
	[[ "$err" = *commented:4:* ]]
	run_split "$DRVCHECK" scan --no-db --baseline none .
	[ "$status" -eq 2 ]
}

@test "--fail-on high, medium, low, never; --partial-ok" {
	mapfile -t flags <"$TOP/corpus/compile_flags.txt"
	flags=("${flags[@]/#-I/-I$TOP/}")
	file=$TOP/corpus/dogs_watchdog.c
	run_split "$DRVCHECK" scan --no-db --no-smpl --format json "$file" -- "${flags[@]}"
	jq -e '[.findings[].confidence] | unique == ["medium"]' <<<"$out"
	for expected in "high 0" "medium 1" "low 1" "never 0"; do
		run_split "$DRVCHECK" scan --no-db --no-smpl --fail-on "${expected% *}" "$file" -- "${flags[@]}"
		[ "$status" -eq "${expected#* }" ]
	done
	echo '#include "nowhere.h"' >bad.c
	run_split "$DRVCHECK" scan --no-db --fail-on never bad.c
	[ "$status" -eq 3 ]
	leaky b.c
	run_split "$DRVCHECK" scan --no-db bad.c b.c
	[ "$status" -eq 3 ]
	run_split "$DRVCHECK" scan --no-db --partial-ok bad.c b.c
	[ "$status" -eq 1 ]
	run_split "$DRVCHECK" scan --no-db --partial-ok --fail-on never bad.c b.c
	[ "$status" -eq 0 ]
	[[ "$err" = *"bad.c: not analysed"* ]]
}

@test "--shard: the parts are disjoint, and merged they are the whole" {
	for i in 1 2 3 4 5; do leaky f$i.c start$i; done
	compile_commands f?.c missing.c
	"$DRVCHECK" scan -p . --db whole.db || true
	for i in 1 2 3; do "$DRVCHECK" scan -p . --db part$i.db --shard $i/3 || true; done
	"$DRVCHECK" merge part?.db -o all.db
	for db in whole all; do
		"$DRVCHECK" report --db $db.db --format json | jq 'del(.run.seconds, .findings[].id)' >$db.json || true
	done
	cmp whole.json all.json
	[ "$("$DRVCHECK" query --db part1.db 'select units from runs' | tail -n 1)" -eq 2 ]
	for wrong in 0/3 4/3 1 1/0 x/3; do
		run_split "$DRVCHECK" scan -p . --no-db --shard $wrong
		[ "$status" -eq 2 ]
	done
}

@test "--time-limit: what was not reached is named" {
	leaky a.c
	endless z.c
	start=$SECONDS
	run_split "$DRVCHECK" scan --no-db -j 1 --time-limit 2 --terse a.c z.c
	[ "$status" -eq 3 ]
	[ $((SECONDS - start)) -lt 10 ]
	[[ "$out" = "a.c:"* ]]
	[[ "$err" = *"z.c: not analysed: not reached: the time limit is over"* ]]
}
