#!/usr/bin/env bats
# A header that is not there costs what depends on it, not the unit.
load helpers

scan() { run_split "$DRVCHECK" scan --db s.db --format json . -- -I. -I"$TOP/corpus/include"; }

functions() { jq -c '[.findings[] | .function] | sort' <<<"$out"; }

# generated.h as it would be, and a unit half of which needs it.
generated() {
	echo 'struct gone { int a; }; static inline int gone_read(int x) { return x; }' >"$1"
	echo '#define GONE_REG 4' >>"$1"
}

half() {
	leaky a.c good '#include "generated.h"'
	cat >>a.c <<'END'
struct half { struct gone first; int port; char *buf; };
struct whole { struct half *half; int port; char *buf; };
extern struct half the_half;
END
	for what in 'hw_start(GONE_REG)' 'gone_read(port)' 'the_half.port' 'h->port' 'w->half->port' \
		'port > (int)sizeof(struct half)' 'hw_start(whole_size)' '*(int *)((char *)&w->half[1] + port)'; do
		n=$((${n:-0} + 1))
		cat <<END
static const unsigned long whole_size${n}[] = { $([ $n = 7 ] && echo GONE_REG || echo 1) };
int bad$n(int port, struct half *h, struct whole *w)
{
	char *p = kzalloc(16, GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	if (${what/whole_size/whole_size$n[0]})
		return -EIO;
	kfree(p);
	return 0;
}
END
	done >>a.c
	cat >>a.c <<'END'
/* Through pointers to what is incomplete, all is well. */
int fine(struct whole *w, struct half *h)
{
	w->buf = kzalloc(16, GFP_KERNEL);
	w->half = h;
	if (!w->buf)
		return -ENOMEM;
	if (hw_start(w->port) < 0)
		return -EIO;
	kfree(w->buf);
	return 0;
}
END
}

@test "what needs a missing header is left out, the rest of the unit is analysed" {
	half
	scan
	[ "$status" -eq 1 ]
	[ "$(functions)" = '["fine","good"]' ]
	[ "$(tail -n 1 <<<"$err")" = "analysed 1 of 1 units; 0 failed" ]
	[ "$(grep -c generated.h <<<"$err")" -eq 1 ]
	grep -F "a.c: analysed without bad1, " <<<"$err"
	grep -F "a.c:10: 'generated.h' file not found" <<<"$err"
}

@test "when the header is there the unit is analysed anew, and whole" {
	half
	scan
	[ "$(functions)" = '["fine","good"]' ]
	generated generated.h
	scan
	[ "$(functions)" = '["bad1","bad2","bad3","bad4","bad5","bad6","bad7","bad8","fine","good"]' ]
	[ "$(grep -c generated.h <<<"$err")" -eq 0 ]
}

@test "a unit of which nothing is left has failed" {
	{
		echo '#include "generated.h"'
		echo 'int bad(void) { return gone_read(GONE_REG); }'
	} >a.c
	leaky b.c
	scan
	[ "$status" -eq 3 ]
	[ "$(tail -n 1 <<<"$err")" = "analysed 1 of 2 units; 1 failed" ]
	jq -e '.run.failed[0].file == "a.c" and (.run.failed[0].why | test("file not found"))' <<<"$out"
}

# What a function that is left out would have done is not missed.
driver() {
	cat <<'END'
#include <linux/i2c.h>
#include <linux/regulator/consumer.h>
#include <linux/slab.h>
#include "generated.h"

struct chip { struct regulator *supply; char *buf; };
static char *table;

static void chip_drop(char *p)
{
	kfree(p);
	gone_read(1);
}

int chip_help(struct chip *c)
{
	char *p = kmalloc(16, GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	if (!c->buf) {
		chip_drop(p);
		return -EIO;
	}
	kfree(p);
	return 0;
}

static int chip_probe(struct i2c_client *client)
{
	struct chip *c = devm_kzalloc(&client->dev, sizeof(*c), GFP_KERNEL);

	if (!c)
		return -ENOMEM;
	c->buf = kmalloc(16, GFP_KERNEL);
	table = kmalloc(16, GFP_KERNEL);
	if (!c->buf || !table) {
		kfree(c->buf);
		return -ENOMEM;
	}
	i2c_set_clientdata(client, c);
	return 0;
}

static void chip_remove(struct i2c_client *client)
{
	struct chip *c = i2c_get_clientdata(client);

	kfree(table);
	table = 0;
	END_OF_CHIP;
}

static struct i2c_driver chip_driver = {
	.probe = chip_probe,
	.remove = chip_remove,
	.driver = {.name = "chip"},
};
END
}

@test "nothing is told that a function that is left out might do" {
	driver >a.c
	sed -i 's/END_OF_CHIP/gone_read(c->buf != 0)/' a.c
	driver >b.c
	sed -i 's/END_OF_CHIP/kfree(c->buf)/' b.c
	scan
	[ "$(functions)" = '[]' ]
	[ "$status" -eq 0 ]
	generated generated.h
	scan
	[ "$(functions)" = '["chip_remove"]' ]
	jq -e '.findings[0].rule == "leak/remove" and .findings[0].file == "a.c"' <<<"$out"
}
