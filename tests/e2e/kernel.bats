#!/usr/bin/env bats
# On a real kernel tree: capture, scan, whatever the tree is.
load helpers

# Without a tree $KERNEL is empty, and why is told in one line. (bats takes a skip in here for a failure.)
setup_file() {
	local code=0 why=$BATS_FILE_TMPDIR/why
	KERNEL=$("$BATS_TEST_DIRNAME/../kernel-tree.sh" 2>"$why") || code=$?
	export KERNEL
	if [ "$code" -eq 77 ]; then
		echo "# $(tail -n 1 "$why")" >&3
		return 0
	fi
	[ "$code" -eq 0 ] || cat "$why" >&2
	return "$code"
}

on_tree() { [ -n "$KERNEL" ] || skip "no kernel tree"; }

# Everything of the tree that may change: names and times, without our own database.
tree_state() { (cd "$KERNEL" && find drivers/leds include/generated -newer "$BATS_TEST_TMPDIR/start" | sort); }

@test "capture writes commands for each unit and nothing into the tree" {
	on_tree
	touch start
	run_split "$DRVCHECK" capture -C "$KERNEL" -o cc.json drivers/leds/
	[ "$status" -eq 0 ]
	[ "$(jq length cc.json)" -gt 50 ]
	jq -e 'all(.file | endswith(".c") or endswith(".S"))' cc.json
	[ -z "$(tree_state)" ]
}

@test "a directory of drivers is analysed completely, the same for -j 1 and -j 2" {
	on_tree
	"$DRVCHECK" capture -C "$KERNEL" -o "$BATS_FILE_TMPDIR/leds.json" drivers/leds/
	for j in 1 2; do
		run_split "$DRVCHECK" scan -C "$KERNEL" -p "$BATS_FILE_TMPDIR/leds.json" -j $j --db "s$j.db" --format json \
			--strict --verify drivers/leds
		[ "$status" -le 1 ]
		jq 'del(.run.seconds)' .out >"json.$j"
		jq -e '.run.failed == [] and .run.analysed > 50' .out
	done
	cmp json.1 json.2
	jq -e 'all(.findings[].file; startswith("drivers/") or startswith("include/"))' json.1
}

@test "with and without precompiled headers the findings are the same" {
	on_tree
	"$DRVCHECK" capture -C "$KERNEL" -o hwmon.json drivers/hwmon/pmbus/
	run_split "$DRVCHECK" scan -C "$KERNEL" -p hwmon.json -j 2 --no-db --format json --strict drivers/hwmon/pmbus
	jq 'del(.run.seconds)' .out >with
	run_split "$DRVCHECK" scan -C "$KERNEL" -p hwmon.json -j 2 --no-db --format json --strict --no-pch drivers/hwmon/pmbus
	jq 'del(.run.seconds)' .out >without
	cmp with without
}
