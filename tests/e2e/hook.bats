#!/usr/bin/env bats
# drvcheck hook: git runs it, beside whatever it ran before.
load helpers

repo() {
	git init -q -b main .
	git config user.email test@example.org
	git config user.name Test
	git config commit.gpgsign false
	leaky old.c old
	tidy a.c start
	git add -- *.c
	git commit -q -m before
	export GIT_EDITOR=true
}

# A leak through a header: take() is released here, and the header decides whether the call fails in between.
through_header() {
	cat >part.h <<-END
		$api
		static inline int step(int port)
		{
			${1}
		}
	END
	cat >user.c <<-'END'
		#include "part.h"
		int begin(int port)
		{
			char *p = kzalloc(16, GFP_KERNEL);

			if (!p)
				return -ENOMEM;
			if (step(port) < 0)
				return -EIO;
			kfree(p);
			return 0;
		}
	END
}

@test "install: a commit that brings in a leak is stopped, one that does not passes" {
	repo
	run_split "$DRVCHECK" hook install
	[ "$status" -eq 0 ]
	[ -x .git/hooks/pre-commit ]
	leaky a.c start
	git add a.c
	run_split git commit -q -m leak
	[ "$status" -eq 1 ]
	[[ "$out$err" = *"a.c:"*"leak/"* ]]
	[[ "$err" = *"--no-verify"* ]]
	# What was there before is nobody's fault.
	tidy a.c start
	leaky old.c old 'int unrelated;'
	git add a.c old.c
	run_split git commit -q -m fine
	[ "$status" -eq 0 ]
	[[ "$out$err" != *leak/* ]]
	echo text >notes.txt
	git add notes.txt
	run_split git commit -q -m notes
	[ "$status" -eq 0 ]
	[ -z "$err" ]
}

@test "the first commit of a repository is checked, too" {
	git init -q .
	git config user.email test@example.org
	git config user.name Test
	"$DRVCHECK" hook install
	leaky a.c
	git add a.c
	run_split git commit -q -m first
	[ "$status" -eq 1 ]
}

@test "commit -a and commit FILE: the index that git has made for it" {
	repo
	"$DRVCHECK" hook install
	leaky a.c start
	run_split git commit -q -a -m leak
	[ "$status" -eq 1 ]
	run_split git commit -q -m leak a.c
	[ "$status" -eq 1 ]
	tidy b.c start2
	git add b.c
	run_split git commit -q -m fine b.c
	[ "$status" -eq 0 ]
	[ "$(git status --porcelain -uno)" = " M a.c" ]
}

@test "install keeps the hook that is there, runs it first, and uninstall puts it back" {
	repo
	printf '#!/bin/sh\necho "mine: $*" >>ran\nexit "${MINE:-0}"\n' >.git/hooks/pre-commit
	chmod +x .git/hooks/pre-commit
	cp .git/hooks/pre-commit mine
	run_split "$DRVCHECK" hook install
	[ "$status" -eq 0 ]
	run_split "$DRVCHECK" hook install
	[ "$status" -eq 0 ]
	leaky a.c start
	git add a.c
	run_split git commit -q -m leak
	[ "$status" -eq 1 ]
	[ "$(wc -l <ran)" -eq 1 ]
	tidy a.c start 'int unrelated;'
	git add a.c
	MINE=3 run_split git commit -q -m stopped
	[ "$status" -ne 0 ]
	[[ "$err" != *analysed* ]]
	run_split "$DRVCHECK" hook uninstall
	[ "$status" -eq 0 ]
	cmp mine .git/hooks/pre-commit
	[ ! -e .git/hooks/pre-commit.before-drvcheck ]
}

@test "install respects core.hooksPath: of this repository yes, of all repositories no" {
	repo
	git config core.hooksPath .hooks
	run_split "$DRVCHECK" hook install
	[ "$status" -eq 0 ]
	[ -x .hooks/pre-commit ]
	printf '#!/bin/sh\n' >.hooks/pre-push
	git add -f .hooks/pre-push
	run_split "$DRVCHECK" hook install pre-push
	[ "$status" -eq 2 ]
	[[ "$err" = *"kept in git"* ]]
	git config --unset core.hooksPath
	HOME=$PWD git config --global core.hooksPath "$PWD/shared"
	HOME=$PWD run_split "$DRVCHECK" hook install
	[ "$status" -eq 2 ]
	[ ! -e shared ]
}

@test "a program that is gone, a wrong option, a hook nobody knows" {
	repo
	cp "$DRVCHECK" gone
	DRVCHECK_RULES=$TOP/rules run_split ./gone hook install
	[ "$status" -eq 0 ]
	rm gone
	leaky a.c start
	git add a.c
	PATH=/usr/bin:/bin run_split git commit -q -m unchecked
	[ "$status" -eq 0 ]
	[[ "$err" = *"not to be found"* ]]
	run_split "$DRVCHECK" hook install --no-such-option
	[ "$status" -eq 2 ]
	run_split "$DRVCHECK" hook install post-merge
	[ "$status" -eq 2 ]
	run_split "$DRVCHECK" hook
	[ "$status" -eq 2 ]
}

@test "what is over the time limit is said, and the commit passes" {
	repo
	"$DRVCHECK" hook install --time-limit 3
	endless c.c
	leaky a.c start
	git add c.c
	start=$SECONDS
	run_split git commit -q -m slow
	[ "$status" -eq 0 ]
	[ $((SECONDS - start)) -lt 10 ]
	[[ "$err" = *"c.c: not analysed: not reached: the time limit is over"* ]]
	[[ "$err" = *"git goes on"* ]]
}

@test "a finding counts although another unit ran out of time" {
	repo
	"$DRVCHECK" hook install --time-limit 4 --fail-on medium
	leaky a.c start
	cat >part.h <<<'int part;'
	{ echo '#include "part.h"'; cat old.c; } >uses.c
	git add .
	git commit -q --no-verify -m more
	# The header's user is looked at after what is touched itself.
	leaky b.c other
	endless z.c
	echo '#include "z.c.fifo.h"' >>part.h
	git add b.c part.h
	run_split git commit -q -m both
	[ "$status" -eq 1 ]
	[[ "$out$err" = *"b.c:"*"leak/"* ]]
	[[ "$err" = *"uses.c: not analysed"* ]]
}

@test "a changed header: the units that include it are looked at, with its staged text" {
	repo
	through_header 'return 0;'
	git add .
	git commit -q -m header
	"$DRVCHECK" hook install --fail-on medium
	run_split "$DRVCHECK" scan user.c
	[ "$status" -eq 0 ]
	through_header 'return hw_start(port);'
	git add part.h
	through_header 'return 0;' # the work tree has the old one
	run_split git commit -q -m header
	[ "$status" -eq 1 ]
	[[ "$out$err" = *"user.c:"*"leak/"* ]]
	# And the other way round: what is only in the work tree is not committed.
	git add part.h
	through_header 'return hw_start(port);'
	echo '/* nothing */' >>user.c
	git add user.c
	run_split git commit -q -m fine
	[ "$status" -eq 0 ]
}

@test "a header that includes the header, from another directory" {
	repo
	mkdir -p include sub
	through_header 'return 0;'
	mv part.h include/inner.h
	echo '#include "../include/inner.h"' >sub/part.h
	mv user.c sub/user.c
	git add .
	git commit -q -m header
	through_header 'return hw_start(port);'
	mv part.h include/inner.h
	rm user.c
	run_split "$DRVCHECK" scan --diff HEAD --terse
	[ "$status" -eq 1 ]
	[[ "$out" = "sub/user.c:"* ]]
	run_split "$DRVCHECK" scan --diff HEAD --terse --header-units 0
	[ "$status" -eq 0 ]
}

@test "a header renamed with its users brings in nothing" {
	repo
	through_header 'return hw_start(port);'
	git add .
	git commit -q -m header
	git mv part.h piece.h
	sed -i s/part.h/piece.h/ user.c
	git add .
	run_split "$DRVCHECK" scan --staged
	[ "$status" -eq 0 ]
	[ "$(tail -n 1 <<<"$err")" = "analysed 1 of 1 units; 0 failed" ]
	[[ "$err" != *"not comparable"* ]]
}

@test "pre-push: the commits that the remote has not" {
	repo
	git init -q --bare ../remote.git
	git remote add origin ../remote.git
	run_split "$DRVCHECK" hook install pre-push
	[ "$status" -eq 0 ]
	run_split git push -q origin main
	[ "$status" -eq 0 ]
	[[ "$err" = *"no remote is known"* ]]
	leaky a.c start
	git commit -q -a -m leak
	tidy a.c start
	cp a.c work-tree-is-something-else.c
	run_split git push -q origin main
	[ "$status" -eq 1 ]
	[[ "$out$err" = *"a.c:"*"leak/"* ]]
	# A new branch is compared with what was pushed before it left.
	git stash -q
	git switch -q -c topic
	run_split git push -q origin topic
	[ "$status" -eq 1 ]
	tidy a.c start
	git commit -q -a -m fixed
	run_split git push -q origin topic
	[ "$status" -eq 0 ]
	git push -q --no-verify origin main
	run_split git push -q origin :topic
	[ "$status" -eq 0 ]
}

@test "pre-push hands its input to the hook that was there" {
	repo
	git init -q --bare ../remote2.git
	git remote add origin ../remote2.git
	printf '#!/bin/sh\ncat >pushed\n' >.git/hooks/pre-push
	chmod +x .git/hooks/pre-push
	"$DRVCHECK" hook install pre-push
	git push -q origin main
	[[ "$(cat pushed)" = "refs/heads/main $(git rev-parse HEAD) refs/heads/main "* ]]
}

@test "ranges: A..B reads neither the index nor the work tree, A...B starts where they parted" {
	repo
	git switch -q -c topic
	leaky a.c start
	git commit -q -a -m leak
	git switch -q main
	leaky more.c more
	git add more.c
	git commit -q -m "on main"
	run_split "$DRVCHECK" scan --diff main~1..topic --terse
	[ "$status" -eq 1 ]
	[[ "$out" = "a.c:"* ]]
	run_split "$DRVCHECK" scan --diff topic...main --terse
	[ "$status" -eq 1 ]
	[[ "$out" = "more.c:"* ]]
	[ "$(wc -l <<<"$out")" -eq 1 ]
}
