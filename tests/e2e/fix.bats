#!/usr/bin/env bats
# drvcheck fix and scan --fix-dir: patches that were verified, and why there is none.
load helpers

# A copy of the corpus driver $1, scanned into ./db.
corpus() {
	cp -r "$TOP/corpus/include" .
	cp "$TOP/corpus/$1" .
	"$DRVCHECK" scan --db db -q --terse "$1" -- -Iinclude >/dev/null || [ $? -eq 1 ]
}

id_of() { # rule
	"$DRVCHECK" report --db db --format json | jq -r "[.findings[] | select(.rule == \"$1\") | .id][0]"
}

@test "the fix of a corpus driver applies with patch -p1, and the finding is gone" {
	corpus thermo_i2c.c
	id=$(id_of leak/error-path)
	before=$("$DRVCHECK" scan --no-db --format json thermo_i2c.c -- -Iinclude | jq '.findings | length')
	run_split "$DRVCHECK" fix --db db "$id" -- -Iinclude
	[ "$status" -eq 0 ]
	[ -z "$err" ]
	patch -p1 <<<"$out"
	after=$("$DRVCHECK" scan --no-db --format json thermo_i2c.c -- -Iinclude | jq '.findings | length')
	[ "$after" -eq $((before - 1)) ]
}

@test "after all fixes of a driver nothing is found" {
	leaky a.c start
	run_split "$DRVCHECK" scan --no-db --fix-dir fixes a.c -- -w
	[ "$status" -eq 1 ]
	grep -q '1 of 1 findings have a verified patch' <<<"$err"
	patch -p1 <fixes/0001-a-c-start.patch
	run_split "$DRVCHECK" scan --no-db a.c -- -w
	[ "$status" -eq 0 ]
}

@test "a fix is found by fingerprint too, and goes into a file" {
	corpus thermo_i2c.c
	print=$("$DRVCHECK" report --db db --format json | jq -r '[.findings[] | select(.rule == "leak/remove") | .fingerprint][0]')
	run_split "$DRVCHECK" fix --db db -o fix.patch "$print" -- -Iinclude
	[ "$status" -eq 0 ]
	[ -z "$out" ]
	grep -q '^+.*i2c_unregister_device(t->eeprom);' fix.patch
	patch -p1 <fix.patch
}

@test "a patch that is withheld says why" {
	corpus lifetimes_devm.c
	run_split "$DRVCHECK" fix --db db "$(id_of devm/open-path)" -- -Iinclude
	[ "$status" -eq 1 ]
	[ -z "$out" ]
	grep -q 'lifetimes_devm.c:.* devm/open-path: no patch: there is no mechanical repair for this rule' <<<"$err"
}

@test "a patch that would bring in something new is withheld" {
	# The second caller frees what the first one leaks: releasing it in the callee is wrong for that one.
	cat >a.c <<END
$api
static int fill(char *p, int port)
{
	if (hw_start(port) < 0)
		return -EIO;
	kfree(p);
	return 0;
}

int start(int port)
{
	char *p = kzalloc(16, GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	return fill(p, port);
}

int restart(int port)
{
	char *p = kzalloc(16, GFP_KERNEL);
	int ret;

	if (!p)
		return -ENOMEM;
	ret = fill(p, port);
	if (ret)
		kfree(p);
	return ret;
}
END
	run_split "$DRVCHECK" scan --no-db --fix-dir fixes a.c -- -w
	grep -q 'leak/error-path' <<<"$out"
	! grep -q 'kfree(p);' fixes/*fill.patch
}

@test "a finding that is gone is said to be" {
	leaky a.c start
	"$DRVCHECK" scan --db db -q --terse a.c -- -w || true
	tidy a.c start
	run_split "$DRVCHECK" fix --db db 1 -- -w
	[ "$status" -eq 0 ]
	grep -q 'a.c:.*not there any more' <<<"$err"
}

@test "wrong usage of fix" {
	leaky a.c start
	"$DRVCHECK" scan --db db -q --terse a.c -- -w || true
	run_split "$DRVCHECK" fix --db db
	[ "$status" -eq 2 ]
	run_split "$DRVCHECK" fix --db db 4711 -- -w
	[ "$status" -eq 2 ]
	run_split "$DRVCHECK" fix --db db nonsense -- -w
	[ "$status" -eq 2 ]
	grep -q "'nonsense' is no finding's id" <<<"$err"
}

@test "what the tree's checkpatch.pl calls an error is not offered" {
	mkdir -p scripts kernel include/linux drivers
	touch Kbuild Kconfig MAINTAINERS Makefile COPYING CREDITS README
	for d in Documentation arch init ipc lib; do mkdir -p $d; done
	leaky drivers/a.c start
	compile_commands drivers/a.c
	cat >scripts/checkpatch.pl <<'END'
my $patch = join '', <STDIN>;
print "-:9: ERROR: this one does not like kfree\n" if $patch =~ /^\+.*kfree/m;
END
	run_split "$DRVCHECK" scan -C . --no-db --fix-dir fixes drivers/a.c
	grep -q 'checkpatch.pl: ERROR: this one does not like kfree' fixes/fixes.txt
	[ ! -e fixes/0001-a-c-start.patch ]
}

@test "fixes are the same for any number of processes" {
	cp -r "$TOP/corpus/include" .
	cp "$TOP"/corpus/{thermo_i2c,gizmo_platform,ring_char,panel_spi}.c .
	"$DRVCHECK" scan --no-db -j1 --fix-dir one ./*.c -- -Iinclude >/dev/null 2>&1 || true
	"$DRVCHECK" scan --no-db -j3 --fix-dir three ./*.c -- -Iinclude >/dev/null 2>&1 || true
	[ "$(wc -l <one/fixes.txt)" -gt 3 ]
	diff -r one three
}

@test "no managed resources are introduced where maintainers want none" {
	mkdir -p drivers/net drivers/misc
	cp "$TOP/tests/fix/managed.c" drivers/net/meter.c
	cp "$TOP/tests/fix/managed.c" drivers/misc/meter.c
	run_split "$DRVCHECK" scan --no-db --fix-dir fixes drivers -- "-I$TOP/corpus/include"
	grep -q 'drivers/misc/meter.c:24.*managed' fixes/fixes.txt
	grep 'drivers/net/meter.c:24' fixes/fixes.txt | grep -q 'there is no callback yet'
	[ "$(ls fixes/*.patch | wc -l)" -eq 1 ]
}

@test "a scan of a change makes no patches" {
	run_split "$DRVCHECK" scan --staged --fix-dir fixes
	[ "$status" -eq 2 ]
	grep -q 'fix-dir does not go with' <<<"$err"
}

# A driver that frees in remove what probe takes, as file $1.
candidate() {
	mkdir -p "$(dirname "$1")"
	cat >"$1" <<-'END'
		#include <linux/platform_device.h>
		#include <linux/slab.h>

		int lamp_start(void *state);

		static int lamp_probe(struct platform_device *pdev)
		{
			void *state = kzalloc(64, GFP_KERNEL);
			int ret;

			if (!state)
				return -ENOMEM;
			platform_set_drvdata(pdev, state);
			ret = lamp_start(state);
			if (ret)
				kfree(state);
			return ret;
		}

		static void lamp_remove(struct platform_device *pdev)
		{
			kfree(platform_get_drvdata(pdev));
		}

		struct platform_driver lamp_driver = {
			.probe = lamp_probe,
			.remove = lamp_remove,
		};
	END
}

@test "a managed allocation is suggested, but not where the maintainers want none" {
	for d in drivers/leds drivers/net/phy net/core drivers/gpu/drm/drm_lamp drivers/gpu/drm/lamp; do
		candidate $d.c
	done
	run_split "$DRVCHECK" scan --no-db --strict --terse --fix-dir fixes drivers net -- -I"$TOP/corpus/include"
	[ "$(cut -d: -f1 <<<"$out" | tr '\n' ' ')" = "drivers/gpu/drm/lamp.c drivers/leds.c " ]
	patch -p1 <fixes/0002-leds-c-lamp_probe.patch
	grep -q 'devm_kzalloc(&pdev->dev, 64, GFP_KERNEL)' drivers/leds.c
	! grep -q 'kfree\|lamp_remove' drivers/leds.c
	run_split "$DRVCHECK" scan --no-db --strict drivers/leds.c -- -I"$TOP/corpus/include"
	[ "$status" -eq 0 ]
}
