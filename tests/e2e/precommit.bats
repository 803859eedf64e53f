#!/usr/bin/env bats
# The pre-commit framework, with the .pre-commit-hooks.yaml that this repository offers.
load helpers

repo() {
	command -v pre-commit >/dev/null || skip "pre-commit is not installed"
	export PRE_COMMIT_HOME=$BATS_TEST_TMPDIR/pre-commit GIT_CONFIG_COUNT=1
	export GIT_CONFIG_KEY_0=init.defaultBranch GIT_CONFIG_VALUE_0=main
	export GIT_AUTHOR_NAME=Test GIT_AUTHOR_EMAIL=test@example.org
	export GIT_COMMITTER_NAME=Test GIT_COMMITTER_EMAIL=test@example.org
	export PATH=$BATS_TEST_TMPDIR/bin:$PATH
	mkdir bin offer work
	ln -s "$DRVCHECK" bin/drvcheck
	cp "$TOP/.pre-commit-hooks.yaml" offer/
	git -C offer init -q
	git -C offer add .
	git -C offer commit -q -m hooks
	cd work || return 1
	git init -q .
	cat >.pre-commit-config.yaml <<-END
		repos:
		  - repo: ../offer
		    rev: $(git -C ../offer rev-parse HEAD)
		    hooks:
		      - id: drvcheck
		        verbose: true
	END
	tidy a.c start
	git add .
	git commit -q -m before
	pre-commit install >/dev/null
}

@test "a commit that leaks is stopped, others pass" {
	repo
	leaky a.c start
	git add a.c
	run_split git commit -q -m leak
	[ "$status" -eq 1 ]
	[[ "$out$err" = *"a.c:"*"leak/error-path"* ]]
	tidy a.c start
	leaky b.c untracked
	echo 'int more;' >>a.c
	git add a.c
	run_split git commit -q -m fine
	[ "$status" -eq 0 ]
	[[ "$out$err" = *Passed* ]]
	echo words >words.txt
	git add words.txt
	run_split git commit -q -m words
	[ "$status" -eq 0 ]
	[[ "$out$err" = *Skipped* ]]
}

@test "a range, as CI runs it" {
	repo
	leaky a.c start
	git commit -q --no-verify -a -m leak
	run_split pre-commit run --from-ref HEAD~1 --to-ref HEAD
	[ "$status" -eq 1 ]
	[[ "$out$err" = *"a.c:"*"leak/error-path"* ]]
	run_split pre-commit run --from-ref HEAD --to-ref HEAD
	[ "$status" -eq 0 ]
}

@test "pre-commit install on top of ours, and ours on top of pre-commit's: both run" {
	repo
	rm .git/hooks/pre-commit
	"$DRVCHECK" hook install
	pre-commit install >/dev/null
	leaky a.c start
	git add a.c
	SKIP=drvcheck run_split git commit -q -m "ours, as pre-commit's legacy hook"
	[ "$status" -eq 1 ]
	[[ "$out$err" = *"stops it"* ]]
	pre-commit uninstall >/dev/null
	rm -f .git/hooks/pre-commit*
	pre-commit install >/dev/null
	"$DRVCHECK" hook install --fail-on never
	run_split git commit -q -m "pre-commit's, before ours"
	[ "$status" -eq 1 ]
	[[ "$out$err" = *Failed* ]]
}
