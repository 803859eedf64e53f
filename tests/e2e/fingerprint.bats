#!/usr/bin/env bats
# Fingerprints: what they survive, and what they tell apart.
load helpers

# driver FILE [SED SCRIPT]: several findings of several kinds in several functions, edited by the script.
driver() {
	cat >"$1" <<-END
	$api
	struct port { char *name; char *ring; int irq; };
	int hw_probe(struct port *port);

	static int first(struct port *port, int size)
	{
		char *buffer = kzalloc(size, GFP_KERNEL);
		int ret;

		if (!buffer)
			return -ENOMEM;
		ret = hw_start(port->irq);
		if (ret < 0)
			return ret;
		ret = hw_start(port->irq + 1);
		if (ret < 0)
			return ret;
		kfree(buffer);
		return 0;
	}

	static int second(struct port *port)
	{
		port->ring = kzalloc(64, GFP_KERNEL);
		if (!port->ring)
			return -ENOMEM;
		kfree(port->ring);
		if (hw_probe(port) < 0)
			kfree(port->ring);
		return 0;
	}

	int start(struct port *port)
	{
		int ret = first(port, 16);

		return ret < 0 ? ret : second(port);
	}
	END
	[ -z "${2:-}" ] || sed -i -E "$2" "$1"
}

# prints DIRECTORY FILE [OPTION...]: the fingerprints, sorted.
prints() {
	(cd "$1" && shift && "$DRVCHECK" scan --no-db --strict --no-smpl --format json "$@" | jq -r '.findings[].fingerprint' | sort)
}

same_as_before() { # FILE, expected in $before
	local now
	now=$(prints . "$1") || true
	diff <(echo "$before") <(echo "$now")
}

given() {
	driver d.c
	before=$(prints . d.c) || true
	[ "$(wc -l <<<"$before")" -ge 3 ]
}

@test "two alike leaks in one function are two" {
	given
	run_split "$DRVCHECK" scan --no-db --no-smpl --format json d.c
	jq -e '[.findings[] | select(.function == "first")] | length == 2 and (map(.message) | unique | length == 1) and
		(map(.fingerprint) | unique | length == 2)' <<<"$out"
}

@test "50 lines put in before and within" {
	given
	driver d.c
	{ seq -f '/* line %g */' 50; cat d.c; } >x
	mv x d.c
	same_as_before d.c
	sed -i '/int ret;/a int more_1;\nint more_2;\n\n\n\n' d.c
	same_as_before d.c
}

@test "renamed locals and parameters" {
	given
	driver d.c 's/\bbuffer\b/scratch/g; s/\bret\b/err/g'
	same_as_before d.c
	driver d.c 's/struct port \*port\b/struct port *p/g; s/\bport->/p->/g; s/\(port([),])/(p\1/g'
	grep -q 'p->ring = kzalloc' d.c
	same_as_before d.c
}

@test "reformatted" {
	given
	command -v clang-format-19 >/dev/null || skip "clang-format-19 is not installed"
	for style in GNU LLVM; do
		driver d.c
		clang-format-19 -style="{BasedOnStyle: $style, ColumnLimit: 40}" -i d.c
		same_as_before d.c
	done
	driver d.c
	tr -s '\n\t' '  ' <d.c | sed 's/#define [A-Z_]* [^ ]*/\n&\n/g' >x # all on one line, but for the macros
	mv x d.c
	same_as_before d.c
}

@test "a function moved within the file" {
	given
	driver d.c
	awk '/^static int first/ { keep = 1 } keep { moved = moved $0 "\n"; if ($0 == "}") keep = 0; next } { print }
		/^	int first_declared/ { next } END { printf "%s", moved }' d.c >x
	sed -i '/^static int second/i static int first(struct port *port, int size);' x
	[ "$(grep -n '^static int first' x | tail -n 1 | cut -d: -f1)" -gt "$(grep -n '^int start' x | cut -d: -f1)" ]
	mv x d.c
	same_as_before d.c
}

@test "any number of workers" {
	given
	for i in 1 2 3 4; do driver "more$i.c"; done
	one=$(prints . -j 1 .) || true
	for j in 2 5; do
		other=$(prints . -j $j .) || true
		[ "$one" = "$other" ]
	done
}

@test "any working directory and any checkout of a tree" {
	for root in here/linux elsewhere/deeper/kernel; do
		mkdir -p $root/include/linux $root/drivers/x
		touch $root/Kbuild $root/Kconfig $root/Makefile
		driver $root/drivers/x/d.c
		(cd $root && compile_commands drivers/x/d.c)
	done
	before=$(prints here/linux drivers/x/d.c) || true
	[ -n "$before" ]
	[ "$before" = "$(prints here/linux/drivers/x d.c || true)" ]
	[ "$before" = "$(prints . -C here/linux drivers/x/d.c || true)" ]
	[ "$before" = "$(prints / -C "$PWD/here/linux" || true)" ]
	[ "$before" = "$(prints elsewhere/deeper/kernel/drivers . || true)" ]
	ln -s here/linux link
	[ "$before" = "$(prints . -C link drivers/x/d.c || true)" ]
}
