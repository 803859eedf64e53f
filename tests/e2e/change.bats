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

# several FILE [LINES OF CODE BEFORE THE SECOND STEP]
several() {
	cat >"$1" <<-END
	$api
	int begin(int port)
	{
		char *p = kzalloc(16, GFP_KERNEL);

		if (!p)
			return -ENOMEM;
		${2:-}
		if (hw_start(port + 1) < 0)
			return -EIO;
		kfree(p);
		return 0;
	}
	END
}

@test "an early return added to a function that leaks already: only the new one" {
	repo
	several s.c
	git add s.c
	git commit -q -m several
	several s.c 'if (hw_start(port) < 0) return -EIO; /* added */'
	run_split "$DRVCHECK" scan --diff HEAD --terse
	[ "$status" -eq 1 ]
	[ "$(wc -l <<<"$out")" -eq 1 ]
	line=$(cut -d: -f2 <<<"$out")
	sed -n "${line}p" s.c | grep added
}

# together FILE [BEFORE] [AT THE EXIT]: two buffers are forgotten at one exit, and told as one finding.
together() {
	cat >"$1" <<-END
	$api
	int begin(int port)
	{
		${2:-}
		char *p = kzalloc(16, GFP_KERNEL), *q;

		if (!p)
			return -ENOMEM;
		q = kzalloc(32, GFP_KERNEL);
		if (!q) {
			kfree(p);
			return -ENOMEM;
		}
		if (hw_start(port) < 0) {
			${3:-}
			return -EIO;
		}
		kfree(q);
		kfree(p);
		return 0;
	}
	END
}

@test "of several that are told as one, one mended brings in none of the others" {
	repo
	together t.c
	git add t.c
	git commit -q -m together
	run_split "$DRVCHECK" scan --no-db --format json t.c
	jq -e '[.findings[].message | contains("the same goes for 1 more")] == [true]' <<<"$out"
	for mended in 'kfree(q);' 'kfree(p);'; do
		together t.c '' "$mended"
		run_split "$DRVCHECK" scan --no-db --terse t.c
		[ "$status" -eq 1 ]
		run_split "$DRVCHECK" scan --diff HEAD
		[ "$status" -eq 0 ]
	done
}

@test "one more at an exit that forgets others already: that one, by itself" {
	repo
	together t.c
	git add t.c
	git commit -q -m together
	together t.c 'char *o = kzalloc(64, GFP_KERNEL); if (!o) return -ENOMEM; /* added */'
	run_split "$DRVCHECK" scan --diff HEAD --format json
	[ "$status" -eq 1 ]
	line=$(grep -n added t.c | cut -d: -f1)
	# It is forgotten at three exits; what was forgotten before is not told again.
	jq -e --argjson line "$line" '[.findings[] | [.events[0].kind, .events[0].line, (.message | contains("more"))]]
		== [range(3) | ["acquired", $line, false]]' <<<"$out"
}

@test "source lines, comments and triage are those of what is staged" {
	repo
	leaky a.c start
	git add a.c
	printf '%s\n' '/* something' 'else */' >a.c
	run_split "$DRVCHECK" scan --staged
	[ "$status" -eq 1 ]
	[[ "$out" = *"return -EIO;"* ]]
	leaky a.c start
	sed -i 's,return -EIO;,return -EIO; /* drvcheck: ignore */,' a.c
	git add a.c
	leaky a.c start
	run_split "$DRVCHECK" scan --staged
	[ "$status" -eq 0 ]
	leaky b.c other
	sed -i 's,return -EIO;,return -EIO; /* drvcheck: ignore */,' a.c
	leaky a.c start
	git add a.c
	sed -i 's,return -EIO;,return -EIO; /* drvcheck: ignore */,' a.c
	run_split "$DRVCHECK" scan --staged --terse
	[ "$status" -eq 1 ]
}

@test "a semantic patch's finding that was there before is not new" {
	repo
	cat >m.c <<-END
	$api
	void pr_err(const char *text);
	char *make(void)
	{
		char *p;

		p = kzalloc(16, GFP_KERNEL);
		if (!p)
			pr_err("out of memory\n");
		return p;
	}
	END
	run_split "$DRVCHECK" scan --no-db --strict --terse m.c
	[[ "$out" = *alloc/oom-message* ]]
	git add m.c
	run_split "$DRVCHECK" scan --staged --strict --terse
	[[ "$out" = *alloc/oom-message* ]]
	git commit -q -m m
	echo 'int more;' >>m.c
	run_split "$DRVCHECK" scan --diff HEAD --strict
	[ "$status" -eq 0 ]
}

@test "a changed file that is not compiled is named" {
	repo
	compile_commands a.c
	leaky b.c other
	git add b.c
	run_split "$DRVCHECK" scan -p . --staged
	[ "$status" -eq 0 ]
	[[ "$err" = *"b.c: not analysed: nothing compiles"* ]]
}

@test "semantic patches do not make git search the whole tree" {
	command -v spatch >/dev/null || skip "spatch is not installed"
	repo
	cat >m.c <<-END
	$api
	typedef _Bool bool;
	struct device;
	void *clk_get(struct device *dev, const char *name);
	bool IS_ERR(const void *p);
	long PTR_ERR(const void *p);
	int make(struct device *dev)
	{
		void *p = clk_get(dev, "a"), *q = clk_get(dev, "b");

		if (IS_ERR(p))
			return PTR_ERR(q);
		return 0;
	}
	END
	git add m.c
	printf '[spatch]\n\toptions = --use-gitgrep\n' >.cocciconfig # as in the kernel's tree
	mkdir bin
	printf '#!/bin/sh\necho "$*" >>%s\nexec %s "$@"\n' "$PWD/said" "$(command -v git)" >bin/git
	chmod +x bin/git
	PATH=$PWD/bin:$PATH run_split "$DRVCHECK" scan --staged --strict --terse
	[[ "$out" = *"m.c:"* ]]
	grep -q diff said
	if grep -qw grep said; then return 1; fi
}
