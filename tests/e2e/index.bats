#!/usr/bin/env bats
# What has not changed since the last scan is not analysed again, and the result is the same.
load helpers

recalled() { sed -n 's/^drvcheck: \([0-9]*\) units from the index.*/\1/p' <<<"$err"; }

project() {
	mkdir inc
	echo 'int shared(int x);' >inc/shared.h
	leaky a.c start '#include "shared.h"'
	leaky b.c begin
	tidy c.c commence
	sleep 0.05
}

scan() { run_split "$DRVCHECK" scan --db s.db --stats --format json "$@" . -- -Iinc; }

@test "an unchanged tree comes from the index, with the same findings" {
	project
	scan
	[ "$status" -eq 1 ]
	[ "$(recalled)" -eq 0 ]
	first=$(jq 'del(.run.seconds)' <<<"$out")
	scan
	[ "$status" -eq 1 ]
	[ "$(recalled)" -eq 3 ]
	[ "$(jq 'del(.run.seconds)' <<<"$out")" = "$first" ]
	scan --fresh
	[ "$(recalled)" -eq 0 ]
	[ "$(jq 'del(.run.seconds)' <<<"$out")" = "$first" ]
}

@test "a changed file costs itself, a changed header those that include it" {
	project
	scan
	tidy b.c begin
	scan
	[ "$(recalled)" -eq 2 ]
	jq -e '[.findings[].file] == ["a.c"]' <<<"$out"
	sleep 0.05
	echo 'int shared(long x);' >inc/shared.h
	scan
	[ "$(recalled)" -eq 2 ]
	touch a.c b.c c.c inc/shared.h
	scan
	[ "$(recalled)" -eq 3 ]
}

@test "other flags and other rules are another analysis" {
	project
	scan
	run_split "$DRVCHECK" scan --db s.db --stats . -- -Iinc -DX
	[ "$(recalled)" -eq 0 ]
	scan
	cp -r "$TOP/rules" mine
	scan --rules mine
	[ "$(recalled)" -eq 3 ]
	printf 'functions:\n  - names: [my_own_peek]\n    fails: never\n' >mine/zz.yaml
	scan --rules mine
	[ "$(recalled)" -eq 0 ]
}

@test "a failed unit is tried again" {
	project
	echo '#include "missing.h"' >d.c
	scan
	[ "$status" -eq 3 ]
	scan
	[ "$status" -eq 3 ]
	[ "$(recalled)" -eq 3 ]
	: >inc/missing.h
	scan
	[ "$status" -eq 1 ]
}

@test "what a killed scan has done is not done again" {
	project
	for i in $(seq 40); do leaky "f$i.c" "start$i"; done
	endless z.c
	sleep 0.05
	"$DRVCHECK" scan --db s.db -j 2 --unit-timeout 60 . -- -Iinc &
	pid=$!
	sleep 8
	leaky y.c late
	kill -KILL "$pid"
	rm z.c z.c.fifo.h
	scan
	[ "$status" -eq 1 ]
	[ "$(recalled)" -ge 40 ]
}
