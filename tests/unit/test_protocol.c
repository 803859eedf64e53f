/* Lifecycle protocols: defaults, lookups, what is refused and where, and that an ops type needs YAML only. */
#include "lifecycle/protocol.h"

#include "model/model.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* A directory with the one file p.yaml; the caller gives it to remove_rules(). */
static char *write_rules(const char *text)
{
	char *dir = g_dir_make_tmp("protocol-XXXXXX", NULL), *path = g_build_filename(dir, "p.yaml", NULL);

	assert_true(g_file_set_contents(path, text, -1, NULL));
	g_free(path);
	return dir;
}

static void remove_rules(char *dir)
{
	char *path = g_build_filename(dir, "p.yaml", NULL);

	g_unlink(path);
	g_rmdir(dir);
	g_free(path);
	g_free(dir);
}

static struct protocols *load(const char *text)
{
	char *dir = write_rules(text);
	GError *err = NULL;
	struct protocols *p = protocols_load(dir, &err);

	if (err)
		fail_msg("%s", err->message);
	remove_rules(dir);
	return p;
}

/* The text is refused with "p.yaml:LINE: ..." and the words in it. */
static void refused(const char *text, unsigned int line, const char *words)
{
	char *dir = write_rules(text), *where = g_strdup_printf("%s/p.yaml:%u: ", dir, line);
	GError *err = NULL;

	assert_null(protocols_load(dir, &err));
	assert_non_null(err);
	assert_true(err->domain == MODEL_ERROR);
	if (!g_str_has_prefix(err->message, where) || !strstr(err->message, words))
		fail_msg("'%s' does not begin with '%s' or lacks '%s'", err->message, where, words);
	g_error_free(err);
	g_free(where);
	remove_rules(dir);
}

static void test_everything_given(void **state)
{
	struct protocols *all = load("# no protocols: here\n"
				     "protocols:\n"
				     "  - ops: tap_ops\n"
				     "    what: tap\n"
				     "    object: 2\n"
				     "    pairs:\n"
				     "      - {begin: turn_on, end: [turn_off, cut], detach: true, rule: leak/remove,\n"
				     "         ends: when it drips, begin_may_fail: false, end_after_failure: true,\n"
				     "         object: 1, end_object: 3}\n"
				     "    atomic: [drip]\n"
				     "    repeat: [turn_on, 'get_*']\n");
	const struct protocol *p = protocols_find(all, "tap_ops");
	const struct protocol_pair *pair = &p->pairs[0];

	assert_string_equal(p->what, "tap");
	assert_int_equal(p->object, 2);
	assert_int_equal(p->line, 3);
	assert_int_equal(p->n_pairs, 1);
	assert_string_equal(pair->begin, "turn_on");
	assert_string_equal(pair->end[0], "turn_off");
	assert_string_equal(pair->end[1], "cut");
	assert_null(pair->end[2]);
	assert_string_equal(pair->rule, "leak/remove");
	assert_string_equal(pair->ends, "when it drips");
	assert_int_equal(pair->begin_may_fail, MAY_FAIL_NO);
	assert_true(pair->detach && pair->end_after_failure);
	assert_int_equal(pair->object, 1);
	assert_int_equal(pair->end_object, 3);
	protocols_free(all);
}

static void test_defaults(void **state)
{
	struct protocols *all = load("protocols:\n"
				     "  - {ops: tap_ops, what: tap, object: 1, pairs: [{begin: on, end: [off]}]}\n"
				     "  - {ops: box_ops, what: box, pairs: [{begin: fill, detach: true}]}\n"
				     "  - {ops: sum_ops, what: sum, repeat: ['*']}\n");
	const struct protocol_pair *on = protocols_find(all, "tap_ops")->pairs,
				   *fill = protocols_find(all, "box_ops")->pairs;

	assert_string_equal(on->rule, "leak/open-release");
	assert_string_equal(on->ends, "after off");
	assert_int_equal(on->begin_may_fail, MAY_FAIL_BY_TYPE);
	assert_false(on->detach || on->end_after_failure);
	assert_int_equal(on->object, 1);
	assert_int_equal(on->end_object, 1);
	assert_string_equal(fill->ends, "at detach");
	assert_null(fill->end[0]);
	assert_int_equal(fill->object, 0);
	assert_int_equal(protocols_find(all, "sum_ops")->n_pairs, 0);
	protocols_free(all);
}

static void test_slots_are_looked_up(void **state)
{
	struct protocols *all = load("protocols:\n"
				     "  - ops: tap_ops\n"
				     "    what: tap\n"
				     "    pairs: [{begin: on, end: [off, cut]}]\n"
				     "    atomic: [drip]\n"
				     "    repeat: [on, 'get_*']\n"
				     "    once: [mend]\n");
	const struct protocol *p = protocols_find(all, "tap_ops");

	assert_ptr_equal(protocol_begins(p, "on"), &p->pairs[0]);
	assert_null(protocol_begins(p, "off"));
	assert_true(protocol_is_atomic(p, "drip"));
	assert_false(protocol_is_atomic(p, "on"));
	assert_true(protocol_repeats(p, "on"));
	assert_true(protocol_repeats(p, "get_flow"));
	assert_false(protocol_repeats(p, "get"));
	assert_false(protocol_repeats(p, "off"));
	assert_true(protocol_covers(p, "off") && protocol_covers(p, "cut") && protocol_covers(p, "drip"));
	assert_true(protocol_covers(p, "mend"));
	assert_false(protocol_repeats(p, "mend") || protocol_is_atomic(p, "mend") || protocol_covers(p, "once"));
	assert_null(protocols_find(all, "tap"));
	protocols_free(all);
}

#define HEAD "protocols:\n  - ops: tap_ops\n    what: tap\n"
#define PAIRS HEAD "    pairs:\n      - {begin: on, end: [off]}\n"

static void test_structure_is_checked(void **state)
{
	refused(HEAD "    pears: [a]\n", 4, "Unexpected key: pears");
	refused("protocols:\n  - ops: tap_ops\n    repeat: [a]\n", 3, "mapping field: what");
	refused(HEAD "    pairs:\n      - {end: [off]}\n", 5, "mapping field: begin");
	refused(HEAD "    pairs:\n      - {begin: on, end: [off], detach: maybe}\n", 5, "maybe");
	refused(HEAD "    object: first\n    repeat: [a]\n", 4, "first");
	refused("protocol:\n  - ops: tap_ops\n", 1, "protocol");
	refused("", 1, "holds no rules");
}

static void test_contents_are_checked(void **state)
{
	refused(HEAD, 3, "tap_ops has no slots");
	refused(PAIRS "      - {begin: on, end: [cut]}\n", 5, "on begins two pairs");
	refused(PAIRS "      - {begin: up, end: [down, up]}\n", 6, "up cannot end what it begins");
	refused(PAIRS "      - {begin: up}\n", 6, "up needs end: or detach: true");
	refused(PAIRS "      - {begin: up, end: [down],\n         rule: leak/drip}\n", 7, "leak/drip is not a rule id");
	refused(PAIRS "      - {begin: up, end: [down], object: 32}\n", 6, "object: 32 is not an argument number");
	refused(PAIRS "      - {begin: up, end: [down], end_object: -1}\n", 6, "end_object: -1 is not");
	refused(PAIRS "      - {begin: up, end: ['d*']}\n", 6, "a * may only end a name outside of pairs:");
	refused(PAIRS "    repeat: [a, b, a]\n", 6, "slot a is named twice");
	refused(PAIRS "    atomic: ['*a']\n", 6, "a * may only end a name");
	refused(PAIRS "  - ops: tap_ops\n    what: tap\n    repeat: [a]\n", 6, "tap_ops already has a protocol at");
}

static void test_directory_must_hold_rules(void **state)
{
	char *dir = g_dir_make_tmp("protocol-XXXXXX", NULL);
	GError *err = NULL;

	assert_null(protocols_load(dir, &err));
	assert_non_null(strstr(err->message, "no rule files"));
	g_clear_error(&err);
	g_rmdir(dir);
	assert_null(protocols_load(dir, &err));
	assert_true(g_str_has_prefix(err->message, dir));
	g_clear_error(&err);
	g_free(dir);
}

/* The rules that come with the program; a file beside them is all that a new ops type needs. */
static void test_shipped_rules_take_one_more_type(void **state)
{
	struct protocols *shipped = protocols_load(RULES_DIR "/protocols", NULL), *more;
	const struct protocol *const *list;
	unsigned int n;

	assert_non_null(shipped);
	list = protocols_all(shipped, &n);
	assert_true(n >= 60);
	for (unsigned int i = 1; i < n; i++)
		assert_true(strcmp(list[i - 1]->ops, list[i]->ops) < 0);
	assert_true(protocols_find(shipped, "platform_driver")->pairs[0].detach);
	assert_non_null(protocols_find(shipped, "module"));
	assert_null(protocols_find(shipped, "brand_new_ops"));
	more = load("protocols:\n  - {ops: brand_new_ops, what: thing, pairs: [{begin: arrive, end: [leave]}]}\n");
	assert_true(protocol_covers(protocols_find(more, "brand_new_ops"), "leave"));
	protocols_free(more);
	protocols_free(shipped);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_everything_given),
		cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_slots_are_looked_up),
		cmocka_unit_test(test_structure_is_checked),
		cmocka_unit_test(test_contents_are_checked),
		cmocka_unit_test(test_directory_must_hold_rules),
		cmocka_unit_test(test_shipped_rules_take_one_more_type),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
