#!/usr/bin/env bats
# What is kept of scans: report, diff, query.
load helpers

@test "report prints the stored run in every format" {
	leaky a.c
	run_split "$DRVCHECK" scan --db s.db --format json a.c
	cp .out scan.json
	for format in text json sarif html gitlab checkstyle github mail; do
		run_split "$DRVCHECK" report --db s.db --format "$format"
		[ "$status" -eq 1 ]
		[[ "$out" = *a.c* ]]
	done
	run_split "$DRVCHECK" report --db s.db --format json
	diff <(jq 'del(.run.seconds)' scan.json) <(jq 'del(.run.seconds)' <<<"$out")
}

@test "report of a clean run, of a missing run, of no database" {
	tidy a.c
	run_split "$DRVCHECK" scan --db s.db a.c
	run_split "$DRVCHECK" report --db s.db
	[ "$status" -eq 0 ]
	run_split "$DRVCHECK" report --db s.db --run 99
	[ "$status" -eq 2 ]
	run_split "$DRVCHECK" report --db none.db
	[ "$status" -eq 2 ]
	[ ! -e none.db ]
}

@test "diff tells new, gone and same between runs and between databases" {
	leaky a.c
	leaky b.c begin
	run_split "$DRVCHECK" scan --db s.db .
	tidy b.c begin
	leaky c.c commence
	run_split "$DRVCHECK" scan --db s.db .
	run_split "$DRVCHECK" diff --db s.db 1 2
	[ "$status" -eq 1 ]
	[ "$(tail -n 1 <<<"$out")" = "1 new, 1 gone, 1 same" ]
	[[ "$out" = *"new"*"c.c"* ]]
	[[ "$out" = *"gone"*"b.c"* ]]
	run_split "$DRVCHECK" diff --db s.db 2 2
	[ "$status" -eq 0 ]
	run_split "$DRVCHECK" scan --db t.db .
	run_split "$DRVCHECK" diff s.db t.db
	[ "$status" -eq 0 ]
	[ "$(tail -n 1 <<<"$out")" = "0 new, 0 gone, 2 same" ]
}

@test "of several that are told as one, one mended: nothing new, neither for diff nor for a baseline" {
	leaky a.c
	sed -i 's/char \*p = kzalloc.*/char *q = kzalloc(8, GFP_KERNEL), *p;\n\n\tif (!q)\n\t\treturn -ENOMEM;\n\tp = kzalloc(16, GFP_KERNEL);/
		s/return -ENOMEM;$/&/; s/kfree(p);/kfree(q);\n\t&/; s/return -EIO;/{ \/* mend *\/\n\t\t&\n\t}/' a.c
	run_split "$DRVCHECK" scan --db s.db --format json --report baseline=baseline a.c
	jq -e '[.findings[].message | select(contains("the same goes for 1 more"))] | length == 1' <<<"$out"
	sed -i 's,/\* mend \*/,kfree(p);,' a.c
	run_split "$DRVCHECK" scan --db t.db --terse --baseline baseline a.c
	[ "$status" -eq 0 ]
	run_split "$DRVCHECK" scan --db t.db --terse --baseline s.db a.c
	[ "$status" -eq 0 ]
	run_split "$DRVCHECK" scan --db s.db a.c
	run_split "$DRVCHECK" diff --db s.db 1 2
	[ "$status" -eq 0 ]
	[[ "$(tail -n 1 <<<"$out")" = "0 new, 1 gone, "* ]]
}

@test "an id stays with its finding over runs" {
	leaky a.c
	leaky b.c begin
	run_split "$DRVCHECK" scan --db s.db --format json .
	first=$(jq '[.findings[] | {id, fingerprint}]' <<<"$out")
	run_split "$DRVCHECK" scan --db s.db --format json .
	[ "$(jq '[.findings[] | {id, fingerprint}]' <<<"$out")" = "$first" ]
}

@test "query runs SQL and refuses to write" {
	leaky a.c
	run_split "$DRVCHECK" scan --db s.db a.c
	run_split "$DRVCHECK" query --db s.db 'select 6 * 7 as answer'
	[ "$status" -eq 0 ]
	[ "$out" = "answer
42" ]
	for sql in 'drop table run' 'delete from finding' 'selec'; do
		run_split "$DRVCHECK" query --db s.db "$sql"
		[ "$status" -eq 2 ]
	done
}
