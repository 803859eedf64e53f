#!/usr/bin/env bats
# What callers in other files do after a failure: scan --learn of the callers, scan --summaries of the callee.
load helpers

# A function that gives back what it took on one failure and not on another, and its counterpart; in a table, too.
parts() {
	cat >part.h <<END
$api
struct part { char *table; int port; void (*release)(struct part *p); };
struct part_ops { int (*start)(struct part *p); void (*stop)(struct part *p); };
int part_start(struct part *p);
void part_stop(struct part *p);
void part_look(struct part *p);
void part_put(struct part *p);
extern const struct part_ops fast_part;
END
	cat >part.c <<'END'
#include "part.h"
int part_start(struct part *p)
{
	p->table = kzalloc(16, GFP_KERNEL);
	if (!p->table)
		return -ENOMEM;
	if (hw_start(p->port) < 0) {
		kfree(p->table);
		return -EIO;
	}
	if (hw_start(p->port + 1) < 0)
		return -EIO;
	return 0;
}
void part_stop(struct part *p) { kfree(p->table); }
void part_look(struct part *p) { hw_start(p->port); }
END
}

# caller FILE BODY [BEFORE]: a user of it.
caller() {
	printf '%s\n' '#include "part.h"' "${3:-}" "int ${1%.c}(struct part *p, const struct part_ops *ops)" '{' \
		'	int ret;' "$2" '}' >"$1"
}

# told [OPTION...]: what is said of part.c, once the files given before have been learned.
told() {
	run_split "$DRVCHECK" scan --no-db --summaries=sums --format json "$@" part.c >&2
	jq -r '.findings | map("\(.function) \(.confidence)") | join(", ")' <<<"$out" >told || true
	cat told
}

learn() {
	"$DRVCHECK" scan --no-db -q --learn=sums "$@" >&2 || [ $? -eq 1 ]
}

@test "what the caller in another file gives back after the failure is no leak" {
	parts
	caller user.c 'ret = part_start(p); if (ret) goto undo; return 0; undo: part_stop(p); return ret;'
	learn part.c
	[ "$(told)" = "part_start high" ]
	learn user.c
	[ "$(told)" = "" ]
}

@test "a caller that does nothing, or does so on some ways only, is none that gives back" {
	for body in 'return part_start(p);' \
		'ret = part_start(p); if (!ret) part_stop(p); return ret;' \
		'ret = part_start(p); if (ret) part_look(p); return ret;' \
		'ret = part_start(p); if (ret < 0 && p->port) part_stop(p); return ret;'; do
		parts
		rm -f sums
		caller user.c "$body"
		learn user.c
		[ "$(told)" = "part_start high" ]
	done
}

@test "all callers count, in whatever files and learned when" {
	parts
	caller tidy.c 'ret = part_start(p); if (ret < 0) { part_stop(p); return ret; } return 0;'
	caller lazy.c 'ret = part_start(p); if (ret) return ret; return hw_start(1);'
	learn tidy.c lazy.c
	[ "$(told)" = "part_start high" ]
	rm sums
	learn tidy.c
	[ "$(told)" = "" ]
	learn lazy.c
	[ "$(told)" = "part_start high" ]
	run_split "$DRVCHECK" rules --summaries=sums --why part_start
	[[ "$out" = *"2 callers"* ]]
}

@test "what the caller's cleanup or its callers do counts as what it does" {
	parts
	caller user.c 'ret = begin(p); if (ret) cleanup(p); return ret;' '
static void cleanup(struct part *p) { if (p->port) part_stop(p); }
static int begin(struct part *p) { int ret = part_start(p); part_look(p); return ret; }'
	learn user.c
	[ "$(told)" = "" ]
	rm sums
	caller inner.c 'return part_start(p);'
	caller outer.c 'ret = inner(p, ops); if (ret) part_stop(p); return ret;' \
		'int inner(struct part *p, const struct part_ops *ops);'
	learn inner.c outer.c
	[ "$(told)" = "" ]
}

@test "a release function that the caller stores runs after its failures" {
	parts
	caller user.c 'p->release = ends; ret = part_start(p); if (ret) part_put(p); return ret;' '
static void ends(struct part *p) { part_stop(p); }'
	learn user.c
	[ "$(told)" = "" ]
	rm sums
	caller user.c 'ret = part_start(p); if (ret) return ret; p->release = ends; return 0;' '
static void ends(struct part *p) { part_stop(p); }'
	learn user.c
	[ "$(told)" = "part_start high" ]
}

@test "who calls a function by a table counts as its caller" {
	parts
	echo 'const struct part_ops fast_part = {.start = part_start, .stop = part_stop};' >>part.c
	caller user.c 'ret = ops->start(p); if (ret) part_stop(p); return ret;'
	learn part.c
	[ "$(told)" = "part_start high" ]
	learn user.c
	[ "$(told)" = "" ]
	caller user2.c 'int (*start)(struct part *) = ops->start; ret = start(p); return ret;'
	learn user2.c
	[ "$(told)" = "part_start high" ]
}

@test "where the caller goes on as if nothing had failed, its counterpart may still be called" {
	parts
	caller user.c 'part_start(p); ret = hw_start(2); return ret;'
	learn user.c
	[ "$(told)" = "" ]
	[ "$(told --strict)" = "part_start low" ]
}


@test "what the caller, or a function of its file, gives back by itself counts, at the member where it is kept" {
	for undo in 'kfree(p->table);' 'wipe(p);'; do
		parts
		rm -f sums
		caller user.c "ret = part_start(p); if (ret) { $undo } return ret;" '
static void wipe(struct part *p) { if (p->port) kfree(p->table); }'
		learn user.c
		[ "$(told)" = "" ]
	done
	rm sums
	caller user.c 'ret = part_start(p); if (ret) kfree(p->release); return ret;'
	learn user.c
	[ "$(told)" = "part_start high" ]
}

@test "a count that the caller drops may be its own, but not where the counterpart drops it" {
	for undo in 'clk_disable_unprepare(p->clk);' 'meter_power_off(p);'; do
		cat >part.h <<END
struct clk;
int clk_prepare_enable(struct clk *clk);
void clk_disable_unprepare(struct clk *clk);
int hw_start(int port);
struct part { struct clk *clk; int port; };
int meter_power_on(struct part *p);
void meter_power_off(struct part *p);
END
		cat >part.c <<'END'
#include "part.h"
int meter_power_on(struct part *p)
{
	int ret = clk_prepare_enable(p->clk);

	if (ret)
		return ret;
	ret = hw_start(p->port);
	if (ret < 0) {
		clk_disable_unprepare(p->clk);
		return ret;
	}
	ret = hw_start(p->port + 1);
	if (ret < 0)
		return ret;
	return 0;
}
void meter_power_off(struct part *p) { clk_disable_unprepare(p->clk); }
END
		cat >user.c <<END
#include "part.h"
int user(struct part *p)
{
	int ret = clk_prepare_enable(p->clk);

	if (ret)
		return ret;
	ret = meter_power_on(p);
	if (ret) {
		$undo
		return ret;
	}
	return 0;
}
END
		rm -f sums
		learn user.c
		told >>all
	done
	[ "$(cat all)" = "meter_power_on high" ]
}
