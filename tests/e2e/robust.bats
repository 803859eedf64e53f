#!/usr/bin/env bats
# One bad unit costs that unit only: memory, time, signals.
load helpers

# A source of a few lines that expands to 2^$2 tokens.
explosive() {
	{
		echo '#define X0 +1'
		for i in $(seq "$2"); do echo "#define X$i X$((i - 1)) X$((i - 1))"; done
		echo "int boom = 0 X$2;"
	} >"$1"
}

@test "a unit that takes too long is given up and named, the others are done" {
	leaky a.c
	endless b.c
	tidy c.c
	run_split "$DRVCHECK" scan --no-db --unit-timeout 2 --format json a.c b.c c.c
	[ "$status" -eq 3 ]
	[ "$(tail -n 1 <<<"$err")" = "analysed 2 of 3 units; 1 failed" ]
	jq -e '.run.failed == [{"file": "b.c", "why": "took longer than 2 s"}] and (.findings | length == 1)' <<<"$out"
}

@test "a unit that needs too much memory is given up and named, the others are done" {
	leaky a.c
	explosive b.c 27
	tidy c.c
	run_split "$DRVCHECK" scan --no-db --unit-memory 400 --format json a.c b.c c.c
	[ "$status" -eq 3 ]
	[ "$(tail -n 1 <<<"$err")" = "analysed 2 of 3 units; 1 failed" ]
	jq -e '.run.failed | length == 1 and .[0].file == "b.c"' <<<"$out"
	jq -e '.run.failed[0].why | test("memory")' <<<"$out"
	jq -e '.findings | length == 1' <<<"$out"
}

@test "an unreadable and an empty file" {
	leaky a.c
	: >empty.c
	ln -s nowhere dangling.c
	run_split "$DRVCHECK" scan --no-db a.c empty.c
	[ "$status" -eq 1 ]
	run_split "$DRVCHECK" scan --no-db dangling.c
	[ "$status" -eq 2 ]
}

@test "Ctrl-C keeps and reports what is done" {
	leaky a.c
	endless b.c
	# What a shell starts in the background ignores SIGINT, unless told otherwise.
	env --default-signal=INT "$DRVCHECK" scan --db s.db -j 1 --unit-timeout 60 --format json a.c b.c >out.json 2>err &
	pid=$!
	sleep 3
	kill -INT "$pid"
	status=0
	wait "$pid" || status=$?
	cat out.json err
	[ "$status" -eq 3 ]
	jq -e '.run.analysed == 1 and (.findings | length == 1) and (.run.failed[0].why | test("interrupted"))' out.json
	[ "$("$DRVCHECK" report --db s.db --format json | jq '.findings | length')" -eq 1 ]
}

@test "nothing is left running behind a killed scan" {
	endless b.c
	"$DRVCHECK" scan --no-db -j 1 --unit-timeout 60 b.c &
	pid=$!
	sleep 1
	children=$(pgrep -P "$pid")
	[ -n "$children" ]
	kill -KILL "$pid"
	sleep 1
	for child in $children; do
		[ ! -d "/proc/$child" ] || [[ "$(cat "/proc/$child/stat")" = *") Z "* ]]
	done
}

@test "progress, rate and time left on a terminal only" {
	for i in 1 2 3; do leaky "f$i.c" "start$i"; done
	script -qec "'$DRVCHECK' scan --no-db -j 1 --color never ." typescript >/dev/null </dev/null || true
	grep -aE '3/3 units, 0 failed, [0-9.]+/s, [0-9:]+ left' typescript
	script -qec "'$DRVCHECK' scan --no-db -q ." typescript >/dev/null </dev/null || true
	! grep -a 'units, 0 failed,' typescript
}

@test "compile commands that are no JSON are a fault with file and line" {
	leaky a.c
	printf '[\n{"directory": oops}\n]\n' >compile_commands.json
	run_split "$DRVCHECK" scan -p . a.c
	[ "$status" -eq 2 ]
	[[ "$err" = *"compile_commands.json:2"* ]]
}
