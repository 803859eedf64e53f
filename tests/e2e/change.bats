#!/usr/bin/env bats
# scan --diff and --staged: only what a change brings in.
load helpers

repo() {
	git init -q .
	git config user.email test@example.org
	git config user.name Test
	leaky old.c old
	tidy a.c start
	git add -- *.c
	git commit -q -m before
}

@test "--diff reports what is new and leaves out what was there" {
	repo
	run_split "$DRVCHECK" scan --diff HEAD
	[ "$status" -eq 0 ]
	[ "$(tail -n 1 <<<"$err")" = "analysed 0 of 0 units; 0 failed" ]
	leaky a.c start
	leaky old.c old '
/* moved down, not new */
int unrelated;'
	run_split "$DRVCHECK" scan --diff HEAD --format json
	[ "$status" -eq 1 ]
	jq -e '[.findings[].file] == ["a.c"] and .run.units == 2' <<<"$out"
}

@test "--diff with a path looks no further" {
	repo
	mkdir sub
	leaky sub/b.c begin
	leaky a.c start
	git add sub
	run_split "$DRVCHECK" scan --diff HEAD --format json sub
	jq -e '[.findings[].file] == ["sub/b.c"]' <<<"$out"
}

@test "--staged reads the index, not the work tree" {
	repo
	leaky a.c start
	git add a.c
	tidy a.c start
	run_split "$DRVCHECK" scan --staged --format json
	[ "$status" -eq 1 ]
	jq -e '[.findings[].file] == ["a.c"]' <<<"$out"
	git add a.c
	leaky a.c start
	run_split "$DRVCHECK" scan --staged
	[ "$status" -eq 0 ]
}

@test "a renamed file brings in nothing" {
	repo
	git mv old.c renamed.c
	run_split "$DRVCHECK" scan --staged
	[ "$status" -eq 0 ]
	[ "$(tail -n 1 <<<"$err")" = "analysed 1 of 1 units; 0 failed" ]
}

@test "a commit that does not exist is a fault" {
	repo
	run_split "$DRVCHECK" scan --diff no-such-commit
	[ "$status" -eq 2 ]
	run_split "$DRVCHECK" scan --diff --output=x
	[ "$status" -eq 2 ]
	[ ! -e x ]
}
