#!/usr/bin/env bats
# drvcheck merge: parts of a scan, done apart.
load helpers

@test "the parts together are the whole" {
	mkdir a b
	leaky a/x.c one
	leaky b/y.c two
	tidy b/z.c three
	echo '#include "nowhere.h"' >b/bad.c
	run_split "$DRVCHECK" scan --db whole.db .
	run_split "$DRVCHECK" scan --db a.db a
	run_split "$DRVCHECK" scan --db b.db b
	run_split "$DRVCHECK" merge a.db b.db -o all.db
	[ "$status" -eq 0 ]
	for db in whole all; do
		"$DRVCHECK" report --db $db.db --format json | jq 'del(.run.seconds, .findings[].id)' >$db.json || true
	done
	cmp whole.json all.json
	jq -e '.run.units == 4 and .run.analysed == 3 and (.findings | length == 2)' all.json
}

@test "merged again: what is gone is gone, marks are taken over" {
	mkdir a b
	leaky a/x.c one
	leaky b/y.c two
	"$DRVCHECK" scan --db a.db a || true
	"$DRVCHECK" scan --db b.db b || true
	"$DRVCHECK" merge a.db b.db -o all.db
	"$DRVCHECK" triage --db b.db 1 --as false-positive --why "not so"
	tidy a/x.c one
	"$DRVCHECK" scan --db a.db a
	"$DRVCHECK" merge a.db b.db -o all.db
	run_split "$DRVCHECK" query --db all.db 'select count(*), sum(gone_run = 2) from findings'
	[ "$(tail -n 1 <<<"$out")" = "$(printf '2\t1')" ]
	run_split "$DRVCHECK" report --db all.db
	[ "$status" -eq 0 ]
	[[ "$err" = *"1 finding not shown"* ]]
	run_split "$DRVCHECK" diff --db all.db 1 2
	[ "$(tail -n 1 <<<"$out")" = "0 new, 1 gone, 1 same" ]
}

@test "a header's function that both parts report is one finding" {
	mkdir a b
	leaky shared.h one
	echo '#include "../shared.h"' | tee a/x.c >b/y.c
	sed -i 's/^int one/static inline int one/' shared.h
	echo 'int u(int p) { return one(p); }' | tee -a a/x.c >>b/y.c
	"$DRVCHECK" scan --db a.db a || true
	"$DRVCHECK" scan --db b.db b || true
	"$DRVCHECK" merge a.db b.db -o all.db
	one=$("$DRVCHECK" report --db a.db --format json | jq '.findings | length') || true
	run_split "$DRVCHECK" report --db all.db --format json
	jq -e ".findings | length == $one" <<<"$out"
}

@test "what cannot be merged is refused, and nothing is written" {
	leaky x.c
	"$DRVCHECK" scan --db a.db x.c || true
	cp a.db old.db
	sqlite3 old.db "update runs set tree_version = '2.6.32'"
	run_split "$DRVCHECK" merge a.db old.db -o all.db
	[ "$status" -eq 2 ]
	[[ "$err" = *"of kernel 2.6.32"* ]]
	[ "$(sqlite3 all.db 'select count(*) from runs')" -eq 0 ]
	run_split "$DRVCHECK" merge a.db ./a.db -o a.db
	[ "$status" -eq 2 ]
	run_split "$DRVCHECK" merge a.db none.db -o all.db
	[ "$status" -eq 2 ]
	run_split "$DRVCHECK" merge a.db
	[ "$status" -eq 2 ]
}
