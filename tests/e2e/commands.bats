#!/usr/bin/env bats
# The other commands: usage, rules, dump.
load helpers

@test "no command, an unknown command, help and version" {
	run_split "$DRVCHECK"
	[ "$status" -eq 2 ]
	run_split "$DRVCHECK" nonsense
	[ "$status" -eq 2 ]
	[[ "$err" = *nonsense* ]]
	run_split "$DRVCHECK" --help
	[ "$status" -eq 0 ]
	[[ "$out" = *scan* ]]
	run_split "$DRVCHECK" --version
	[ "$status" -eq 0 ]
	[[ "$out" =~ ^drvcheck\ [0-9]+\.[0-9]+ ]]
}

@test "rules lists what is known and --why says where it stands" {
	run_split "$DRVCHECK" rules
	[ "$status" -eq 0 ]
	[ "$(wc -l <<<"$out")" -gt 100 ]
	run_split "$DRVCHECK" rules --why kzalloc
	[ "$status" -eq 0 ]
	[[ "$out" =~ ^kzalloc:\ .*rules/.*\.yaml:[0-9]+ ]]
	[[ "$out" = *acquires* ]]
	run_split "$DRVCHECK" rules --why no_such_function_at_all
	[ "$status" -eq 0 ]
	[[ "$out" = *"no rule"* ]]
}

@test "--rules and DRVCHECK_RULES name another directory" {
	mkdir mine
	printf 'functions:\n  - names: [my_peek]\n    fails: never\n' >mine/a.yaml
	run_split "$DRVCHECK" rules --rules mine
	[ "$status" -eq 0 ]
	[[ "$out" = my_peek* ]]
	DRVCHECK_RULES=mine run_split "$DRVCHECK" rules --why kzalloc
	[[ "$out" = *"no rule"* ]]
}

@test "dump prints every stage, the same each time" {
	leaky a.c
	cat >>a.c <<-END
	struct platform_device;
	struct platform_driver { int (*probe)(struct platform_device *); void (*remove)(struct platform_device *); };
	static int a_probe(struct platform_device *dev) { return start(1); }
	static void a_remove(struct platform_device *dev) { }
	struct platform_driver a_driver = { .probe = a_probe, .remove = a_remove };
	END
	for stage in ast ir cfg summary ops lifecycle; do
		run_split "$DRVCHECK" dump --stage "$stage" a.c
		[ "$status" -eq 0 ]
		[[ "$out" = *a_probe* ]]
		first=$out
		run_split "$DRVCHECK" dump --stage "$stage" a.c
		[ "$out" = "$first" ]
		[[ "$out" != *0x7f* ]]
	done
	run_split "$DRVCHECK" dump --stage ops a.c
	[ "$(head -n 1 <<<"$out")" = "$(printf 'a_driver\tstruct platform_driver.probe\ta_probe')" ]
	run_split "$DRVCHECK" dump --stage ir --function start a.c
	[[ "$out" = "function int start(int port)"* ]]
}

@test "dump refuses what it cannot do" {
	leaky a.c
	for arguments in "--stage nonsense a.c" "a.c" "--stage ir" "--stage ir --function nobody a.c" "--stage ir none.c"; do
		# shellcheck disable=SC2086
		run_split "$DRVCHECK" dump $arguments
		[ "$status" -eq 2 ]
		[ -n "$err" ]
	done
}

@test "capture outside a kernel tree is a fault that says what to do" {
	run_split "$DRVCHECK" capture
	[ "$status" -eq 2 ]
	[[ "$err" = *-C* ]]
}
