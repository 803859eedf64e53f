#!/usr/bin/env bats
# Decisions: in the store, in a file that teams share, in comments.
load helpers

marked() { # VERDICT: one finding of a.c, decided
	leaky a.c
	"$DRVCHECK" scan --db s.db a.c >/dev/null 2>&1 || true
	run_split "$DRVCHECK" triage --db s.db 1 --as "$1" --why "the hardware frees it" --author "A. Person"
	[ "$status" -eq 0 ]
}

@test "a mark silences, with author, reason and date on record" {
	marked false-positive
	run_split "$DRVCHECK" scan --db s.db a.c
	[ "$status" -eq 0 ]
	[[ "$err" = *"1 finding not shown"* ]]
	run_split "$DRVCHECK" triage --db s.db --list
	[[ "$out" = *"false-positive	$(date +%Y-%m-%d)	A. Person	a.c:start	the hardware frees it" ]]
	run_split "$DRVCHECK" query --db s.db 'select verdict from open_findings'
	[ "$(tail -n 1 <<<"$out")" = false-positive ]
}

@test "confirmed and fixed findings are still told" {
	marked confirmed
	run_split "$DRVCHECK" scan --db s.db a.c
	[ "$status" -eq 1 ]
	run_split "$DRVCHECK" triage --db s.db 1 --as fixed --why "in next"
	run_split "$DRVCHECK" scan --db s.db a.c
	[ "$status" -eq 1 ]
	[[ "$err" = *"marked fixed on"*"here again"* ]]
}

@test "a mark survives what does not matter, and lapses when the function changes" {
	marked intentional
	leaky a.c start '
/* moved down */'
	sed -i 's,return -EIO;,/* why */\n\t\treturn   -EIO;,' a.c
	run_split "$DRVCHECK" scan --db s.db a.c
	[ "$status" -eq 0 ]
	sed -i 's,hw_start(port) < 0,hw_start(port + 1) < 0,' a.c
	run_split "$DRVCHECK" scan --db s.db a.c
	[ "$status" -eq 1 ]
	[[ "$err" = *"the mark intentional of $(date +%Y-%m-%d) has lapsed: start() has changed since"* ]]
}

@test "a wrong mark is refused" {
	leaky a.c
	"$DRVCHECK" scan --db s.db a.c >/dev/null 2>&1 || true
	for arguments in "1 --as nonsense --why x" "1 --as fixed" "99 --as fixed --why x" "--as fixed --why x"; do
		# shellcheck disable=SC2086
		run_split "$DRVCHECK" triage --db s.db $arguments
		[ "$status" -eq 2 ]
	done
}

@test "the file: marks of two branches merge, and another database knows them" {
	git init -q -b main .
	git config user.email test@example.org
	git config user.name Test
	leaky a.c
	leaky b.c begin
	leaky c.c commence
	"$DRVCHECK" scan . >/dev/null 2>&1 || true
	run_split "$DRVCHECK" triage 1 --as intentional --why "first" --file drvcheck.triage
	[[ "$err" = *"merge=union"* ]]
	echo 'drvcheck.triage merge=union' >.gitattributes
	git add ./*.c drvcheck.triage .gitattributes
	git commit -q -m first
	git switch -q -c topic
	"$DRVCHECK" triage 2 --as intentional --why "on topic"
	git commit -q -a -m topic
	git switch -q main
	"$DRVCHECK" triage 3 --as false-positive --why "on main"
	git commit -q -a -m main
	git merge -q -m merge topic
	[ "$(grep -vc '^#' drvcheck.triage)" -eq 3 ]
	rm -r .drvcheck
	run_split "$DRVCHECK" scan .
	[ "$status" -eq 0 ]
	[[ "$err" = *"3 findings not shown"* ]]
}

@test "the file: a conflict, or a line that is none, is an error with its place" {
	leaky a.c
	printf '<<<<<<< HEAD\n' >drvcheck.triage
	run_split "$DRVCHECK" scan --no-db a.c
	[ "$status" -eq 2 ]
	[[ "$err" = *"drvcheck.triage:1: "*"conflict"* ]]
	printf '# comment\nnonsense\n' >drvcheck.triage
	run_split "$DRVCHECK" scan --no-db a.c
	[ "$status" -eq 2 ]
	[[ "$err" = *"drvcheck.triage:2: "* ]]
}

@test "comments in the source" {
	for comment in 'return -EIO; /* drvcheck: ignore */' 'return -EIO; // drvcheck: ignore leak/error-path' \
		'/* drvcheck: ignore leak/error-path */\n\t\treturn -EIO;'; do
		leaky a.c
		sed -i "s,return -EIO;,$comment," a.c
		run_split "$DRVCHECK" scan --no-db a.c
		[ "$status" -eq 0 ]
	done
	leaky a.c
	sed -i "s,return -EIO;,return -EIO; /* drvcheck: ignore free/double */," a.c
	run_split "$DRVCHECK" scan --no-db a.c
	[ "$status" -eq 1 ]
}
