#!/usr/bin/env bats
# The database in trouble: a clear sentence, nothing lost.
load helpers

# as_nobody COMMAND...: root may write anywhere.
as_nobody() {
	if [ "$(id -u)" -eq 0 ]; then
		setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
	else
		"$@"
	fi
}

@test "two scans at once, into a database that neither finds: both are kept" {
	for i in 1 2 3 4 5 6; do leaky f$i.c start$i; done
	"$DRVCHECK" scan --db s.db . >one 2>one.err &
	first=$!
	"$DRVCHECK" scan --db s.db --fresh . >two 2>two.err &
	second=$!
	status=0
	wait $first || status=$?
	[ "$status" -eq 1 ]
	status=0
	wait $second || status=$?
	[ "$status" -eq 1 ]
	cmp one two
	[ "$(sqlite3 s.db 'select group_concat(analysed) from runs')" = 6,6 ]
	[ "$(sqlite3 s.db 'select count(*) from run_findings')" -eq 12 ]
	[ "$(sqlite3 s.db 'pragma integrity_check')" = ok ]
}

@test "damaged, or something else: it stays as it is" {
	leaky a.c
	"$DRVCHECK" scan --db good.db a.c || true
	head -c 8192 /dev/urandom >noise.db
	cp good.db torn.db
	head -c 9000 /dev/urandom | dd of=torn.db bs=1 seek=5000 conv=notrunc 2>/dev/null
	sqlite3 other.db 'create table t (x)'
	for db in noise torn other; do
		cp $db.db before
		run_split "$DRVCHECK" scan --db $db.db a.c
		[ "$status" -eq 2 ]
		[[ "$err" = *"$db.db: "* ]]
		run_split "$DRVCHECK" report --db $db.db
		[ "$status" -eq 2 ]
		cmp before $db.db
	done
	# In its usual place it is no reason to say nothing.
	mkdir .drvcheck
	cp noise.db .drvcheck/drvcheck.db
	run_split "$DRVCHECK" scan --terse a.c
	[ "$status" -eq 1 ]
	[[ "$out" = "a.c:"* ]]
	[[ "$err" = *"this scan is not recorded"* ]]
}

@test "written by a newer drvcheck" {
	leaky a.c
	"$DRVCHECK" scan --db s.db a.c || true
	sqlite3 s.db 'pragma user_version = 99'
	for command in "scan --db s.db a.c" "report --db s.db" "triage --db s.db 1 --as fixed --why x" "query --db s.db select"; do
		# shellcheck disable=SC2086
		run_split "$DRVCHECK" $command
		[ "$status" -eq 2 ]
		[[ "$err" = *"newer drvcheck"* ]]
	done
}

@test "a directory that cannot be written" {
	cd "$(mktemp -d)" # the tests' own directory is closed to others
	chmod 755 . && leaky a.c && chmod a+r a.c
	mkdir closed
	"$DRVCHECK" scan --db closed/s.db a.c || true
	chmod 555 closed
	chmod 444 closed/s.db
	as_nobody test -x "$DRVCHECK" -a -r a.c || skip "nobody may not come here"
	run_split as_nobody "$DRVCHECK" scan --no-pch --db closed/s.db a.c
	[ "$status" -eq 2 ]
	[[ "$err" = *"cannot be written"* ]]
	run_split as_nobody "$DRVCHECK" report --terse --db closed/s.db
	[ "$status" -eq 1 ]
	[[ "$out" = "a.c:"* ]]
	cd closed
	run_split as_nobody "$DRVCHECK" scan --no-pch --terse ../a.c
	[ "$status" -eq 1 ]
	[[ "$err" = *"this scan is not recorded"* ]]
	chmod 755 . && rm -r "${PWD%/closed}"
}

@test "a full disk: what was there stays" {
	mkdir small
	mount -t tmpfs -o size=200k tmpfs small 2>/dev/null || skip "no file system can be mounted here"
	leaky a.c
	for i in $(seq 60); do leaky m$i.c f$i; done
	run_split "$DRVCHECK" scan --db small/s.db a.c
	run_split "$DRVCHECK" scan --db small/s.db .
	full=$status complaint=$err
	run_split "$DRVCHECK" report --db small/s.db --format json
	umount small
	[ "$full" -eq 2 ]
	[[ "$complaint" = *"the disk is full"* ]]
	jq -e '.run.units == 1 and (.findings | length == 1)' <<<"$out"
}
