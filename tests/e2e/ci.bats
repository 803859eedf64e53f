#!/usr/bin/env bats
# ci/: our scripts, and the templates' own steps, run as the CI systems would run them.
load helpers

repo() {
	git init -q -b main "$1"
	cd "$1" || return 1
	git config user.email test@example.org
	git config user.name Test
	leaky old.c old
	tidy a.c start
	git add -- *.c
	git commit -q -m before
}

# upstream: a repository with a branch that leaks, and in ./clone what CI gets: its newest commit.
upstream() {
	repo "$PWD/upstream"
	git switch -q -c topic
	for i in 1 2 3; do git commit -q --allow-empty -m "$i"; done
	leaky a.c start
	git commit -q -a -m leak
	git switch -q main
	git commit -q --allow-empty -m "meanwhile"
	cd ..
	git clone -q --depth 1 --branch topic "file://$PWD/upstream" clone
	cd clone || return 1
}

reports_are_sound() { # directory
	jq -e '.version == "2.1.0"' "$1/drvcheck.sarif"
	jq -e 'type == "array"' "$1/gitlab.json"
	python3 -c 'import sys, xml.etree.ElementTree as t; [t.parse(f) for f in sys.argv[1:]]' "$1/checkstyle.xml" "$1/junit.xml"
	grep -q '^### drvcheck' "$1/drvcheck.md"
	grep -q '</html>' "$1/drvcheck.html"
}

# yaml FILE EXPRESSION: of the parsed file `y`.
yaml() { python3 -c 'import sys, yaml; y = yaml.safe_load(open(sys.argv[1])); print(eval(sys.argv[2]))' "$1" "$2"; }

@test "drvcheck-ci: everything, with reports, a summary and a baseline" {
	repo "$PWD/r"
	GITHUB_STEP_SUMMARY=$PWD/summary run_split "$TOP/ci/drvcheck-ci" -- .
	[ "$status" -eq 1 ]
	[[ "$out" = "old.c:"* ]]
	reports_are_sound drvcheck-report
	cmp summary drvcheck-report/drvcheck.md
	"$DRVCHECK" report --format baseline -o drvcheck.baseline || true
	run_split "$TOP/ci/drvcheck-ci" --baseline drvcheck.baseline -- .
	[ "$status" -eq 0 ]
	reports_are_sound drvcheck-report
	run_split "$TOP/ci/drvcheck-ci" --baseline not-there-yet --fail-on never -- .
	[ "$status" -eq 0 ]
	run_split "$TOP/ci/drvcheck-ci" --nonsense x
	[ "$status" -eq 2 ]
	DRVCHECK=/nowhere/drvcheck run_split "$TOP/ci/drvcheck-ci" -- .
	[ "$status" -eq 2 ]
}

@test "drvcheck-ci --base: from a clone of one commit to the place where the branch began" {
	upstream
	run_split "$TOP/ci/drvcheck-ci" --base origin/main
	[ "$status" -eq 1 ]
	[[ "$out" = "a.c:"* ]]
	[[ "$out" != *old.c:* ]]
	run_split "$TOP/ci/drvcheck-ci" --base origin/nobody
	[ "$status" -eq 2 ]
	run_split "$TOP/ci/drvcheck-ci" --base nonsense
	[ "$status" -eq 2 ]
}

@test "drvcheck-ci --shard and --merge: the reports of all parts" {
	repo "$PWD/r"
	for i in 1 2; do
		run_split "$TOP/ci/drvcheck-ci" --shard $i/2 --fail-on never --out part$i -- --db part$i.db .
		[ "$status" -eq 0 ]
	done
	run_split "$TOP/ci/drvcheck-ci" --merge --out all -- part1.db part2.db
	[ "$status" -eq 1 ]
	[[ "$out" = "old.c:"* ]]
	reports_are_sound all
	jq -e '.run.units == 2' all/drvcheck.json
}

@test "drvcheck-ci configures a tree that is not configured, and no other" {
	mkdir -p k/include/linux
	cd k
	touch Kbuild Kconfig
	leaky a.c
	printf 'allyesconfig allmodconfig modules_prepare:\n\t@mkdir -p include/generated; touch .config include/generated/autoconf.h; echo $@ >>made\n' >Makefile
	compile_commands a.c
	run_split "$TOP/ci/drvcheck-ci" --configure allyesconfig -- a.c
	[ "$status" -eq 1 ]
	[ "$(sort made)" = "allyesconfig
modules_prepare" ]
	run_split "$TOP/ci/drvcheck-ci" -- a.c
	[ "$(wc -l <made)" -eq 2 ]
}

@test "the GitHub action's own steps: a pull request and a push" {
	action=$TOP/ci/github/action.yml
	upstream
	export GITHUB_ACTION_PATH=$TOP/ci/github GITHUB_ENV=$PWD/env GITHUB_ACTIONS=true GITHUB_BASE_REF=main
	export GITHUB_STEP_SUMMARY=$PWD/summary CI=true
	[ "$(yaml "$action" 'y["runs"]["using"]')" = composite ]
	# Every input is used, and every one that is used is there.
	[ "$(grep -o 'inputs\.[a-z-]*' "$action" | sort -u)" = "$(yaml "$action" '"\n".join("inputs." + i for i in sorted(y["inputs"]))')" ]
	yaml "$action" 'next(s["run"] for s in y["runs"]["steps"] if s["name"] == "Build drvcheck")' >build.sh
	bash -e build.sh
	built=$(sed -n 's/^DRVCHECK=//p' env)
	[ -x "$built" ]
	yaml "$action" 'next(s["run"] for s in y["runs"]["steps"] if s["name"] == "Scan")' >scan.sh
	export PATHS='a.c old.c' TREE=. CONFIGURE=allmodconfig FAIL_ON=high BASELINE='' OPTIONS='--no-smpl -j 2'
	run_split bash -e scan.sh
	[ "$status" -eq 1 ]
	[[ "$out" = "::error file=a.c,line="* ]]
	[ "$(grep -c '^::' <<<"$out")" -eq 1 ]
	grep -q a.c summary
	reports_are_sound drvcheck-report
	GITHUB_BASE_REF='' FAIL_ON=never run_split bash -e scan.sh
	[ "$status" -eq 0 ]
	[ "$(grep -c '^::error' <<<"$out")" -eq 2 ]
}

@test "the GitLab template's own script: a merge request and a branch" {
	template=$TOP/ci/gitlab.yml
	upstream
	yaml "$template" '"\n".join(y[".drvcheck"]["script"])' | sed "s,/opt/drvcheck,$TOP,g" >script.sh
	yaml "$template" '"\n".join("export %s=\"${%s-%s}\"" % (k, k, v) for k, v in y[".drvcheck"]["variables"].items())' >variables.sh
	export CI=true CI_PROJECT_DIR=$PWD DRVCHECK_PATHS='a.c old.c'
	. ./variables.sh
	CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main run_split bash -eo pipefail script.sh
	[ "$status" -eq 1 ]
	[[ "$out" = "a.c:"* ]]
	jq -e '[.[].location.path] == ["a.c"]' drvcheck-report/gitlab.json
	for artifact in $(yaml "$template" '" ".join(y[".drvcheck"]["artifacts"]["paths"] + list(y[".drvcheck"]["artifacts"]["reports"].values()))'); do
		[ -e "$artifact" ]
	done
	run_split bash -eo pipefail script.sh
	[ "$status" -eq 1 ]
	jq -e '[.[].location.path] == ["a.c", "old.c"]' drvcheck-report/gitlab.json
}

@test "the Jenkins pipeline's own script" {
	upstream
	cd ..
	ln -s "$TOP" drvcheck
	mv clone linux
	python3 - "$TOP/ci/Jenkinsfile" >script.sh <<-'END'
		import re, sys
		text = open(sys.argv[1]).read()
		script = re.search(r"sh '''(.*?)'''", text, re.S)[1].replace("\\\n", "") # Groovy joins such lines
		assert "\\" not in script
		print(script)
	END
	PATHS='a.c old.c' FAIL_ON=high CHANGE_TARGET=main run_split bash script.sh
	[ "$status" -eq 1 ]
	[[ "$out" = "a.c:"* ]]
	reports_are_sound drvcheck-report
	for report in $(grep -oE "drvcheck-report/[a-z]+\.xml" "$TOP/ci/Jenkinsfile"); do [ -s "$report" ]; done
}

@test "every variable and option that the templates hand over is known to the script" {
	for option in $(grep -ohE -- ' --[a-z-]+' "$TOP"/ci/gitlab.yml "$TOP"/ci/Jenkinsfile "$TOP"/ci/github/action.yml | sort -u); do
		case $option in
		--depth | --branch | --format) continue ;; # git's, and a word of the text
		esac
		grep -qE -- "^	$option\)" "$TOP/ci/drvcheck-ci"
	done
}
