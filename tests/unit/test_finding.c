/* Findings: order, duplicates, fingerprints that survive edits, and the form in which workers pass them on. */
#include "finding/finding.h"
#include "finding/fingerprint.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct finding_list new_list(void)
{
	return (struct finding_list){.arena = arena_new()};
}

/* A leak of `expression`, acquired at line `at` and lost at line `line`. */
static void add_leak(struct finding_list *l, const char *expression, unsigned int at, unsigned int line)
{
	struct finding_event events[] = {
		{"acquired", "drivers/a.c", at, 9, "acquired here"},
		{"leaves", "drivers/a.c", line, 2, "leaves here"},
	};
	struct finding f = {
		.rule = "leak/error-path",
		.confidence = CONF_HIGH,
		.file = "drivers/a.c",
		.line = line,
		.column = 2,
		.function = "a_probe",
		.resource = "memory",
		.acquire = "alloc_it",
		.release = "free_it",
		.message = "memory is not released",
		.expression = expression,
		.exit_kind = "error",
		.events = events,
		.n_events = 2,
	};

	finding_list_add(l, &f);
}

static void test_sorted_without_duplicates(void **state)
{
	struct finding_list l = new_list();

	add_leak(&l, "b", 5, 30);
	add_leak(&l, "a", 4, 20);
	add_leak(&l, "b", 5, 30);
	finding_list_finish(&l);
	assert_int_equal(l.all.n, 2);
	assert_int_equal(l.all.v[0].line, 20);
	assert_int_equal(l.all.v[1].line, 30);
	arena_free(l.arena);
}

static void test_of_duplicates_the_surest_stays(void **state)
{
	struct finding_list l = new_list();

	add_leak(&l, "a", 4, 20);
	add_leak(&l, "a", 4, 20);
	l.all.v[0].confidence = CONF_LOW;
	finding_list_finish(&l);
	assert_int_equal(l.all.n, 1);
	assert_int_equal(l.all.v[0].confidence, CONF_HIGH);
	arena_free(l.arena);
}

static void test_same_words_different_origin_are_two(void **state)
{
	struct finding_list l = new_list();

	add_leak(&l, "a", 4, 20);
	add_leak(&l, "a", 6, 20);
	finding_list_finish(&l);
	assert_int_equal(l.all.n, 2);
	assert_string_not_equal(l.all.v[0].fingerprint, l.all.v[1].fingerprint);
	arena_free(l.arena);
}

static void test_fingerprint_is_16_hex_digits(void **state)
{
	struct finding_list l = new_list();

	add_leak(&l, "a", 4, 20);
	finding_list_finish(&l);
	assert_int_equal(strlen(l.all.v[0].fingerprint), 16);
	assert_int_equal(strspn(l.all.v[0].fingerprint, "0123456789abcdef"), 16);
	arena_free(l.arena);
}

static void test_fingerprint_survives_inserted_lines(void **state)
{
	struct finding_list before = new_list(), after = new_list();

	add_leak(&before, "p->buf", 4, 20);
	add_leak(&after, "p->buf", 54, 70);
	finding_list_finish(&before);
	finding_list_finish(&after);
	assert_string_equal(before.all.v[0].fingerprint, after.all.v[0].fingerprint);
	arena_free(before.arena);
	arena_free(after.arena);
}

static void test_fingerprint_survives_a_renamed_local(void **state)
{
	struct finding_list before = new_list(), after = new_list();

	add_leak(&before, "priv->rings[i].buf", 4, 20);
	add_leak(&after, "p -> rings[0].buf", 4, 20);
	finding_list_finish(&before);
	finding_list_finish(&after);
	assert_string_equal(before.all.v[0].fingerprint, after.all.v[0].fingerprint);
	arena_free(before.arena);
	arena_free(after.arena);
}

static void test_alike_leaks_keep_apart(void **state)
{
	struct finding_list before = new_list(), after = new_list();

	add_leak(&before, "p", 4, 20);
	add_leak(&before, "p", 4, 25);
	add_leak(&after, "p", 104, 125);
	add_leak(&after, "p", 104, 120);
	finding_list_finish(&before);
	finding_list_finish(&after);
	assert_string_not_equal(before.all.v[0].fingerprint, before.all.v[1].fingerprint);
	assert_string_equal(before.all.v[0].fingerprint, after.all.v[0].fingerprint);
	assert_string_equal(before.all.v[1].fingerprint, after.all.v[1].fingerprint);
	arena_free(before.arena);
	arena_free(after.arena);
}

/* Each ingredient alone makes another finding. */
static void test_fingerprint_ingredients(void **state)
{
	struct finding_list l = new_list();

	for (int i = 0; i < 7; i++)
		add_leak(&l, "p->buf", 4, 20);
	l.all.v[1].rule = "leak/early-return";
	l.all.v[2].file = "drivers/b.c";
	l.all.v[3].function = "a_open";
	l.all.v[4].acquire = "alloc_other";
	l.all.v[5].expression = "p->other";
	l.all.v[6].exit_kind = "success";
	l.all.v[6].message = "not the same words";
	finding_list_finish(&l);
	assert_int_equal(l.all.n, 7);
	for (int i = 0; i < 7; i++)
		for (int k = 0; k < i; k++)
			assert_string_not_equal(l.all.v[i].fingerprint, l.all.v[k].fingerprint);
	arena_free(l.arena);
}

/* Workers deliver in any order. */
static void test_fingerprints_do_not_depend_on_order(void **state)
{
	struct finding_list up = new_list(), down = new_list();

	for (int i = 0; i < 10; i++) {
		add_leak(&up, "p", 4, 20 + i);
		add_leak(&down, "p", 4, 29 - i);
	}
	finding_list_finish(&up);
	finding_list_finish(&down);
	for (int i = 0; i < 10; i++)
		assert_string_equal(up.all.v[i].fingerprint, down.all.v[i].fingerprint);
	arena_free(up.arena);
	arena_free(down.arena);
}

static void test_normalised_expressions(void **state)
{
	static const char *const table[][2] = {
		{"buf", "$"},
		{"priv->buf", "$->buf"},
		{"(struct foo *)p->buf", "$->buf"},
		{"&p->list", "&$->list"},
		{"*p", "*$"},
		{"p->a[i + k[2]].b", "$->a[].b"},
		{"p->a[", "$->a[]"},
		{"", ""},
	};
	struct arena *a = arena_new();

	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++)
		assert_string_equal(finding_normalise_expression(a, table[i][0]), table[i][1]);
	arena_free(a);
}

static void test_blob_round_trip(void **state)
{
	struct finding_list l = new_list(), back = new_list();
	size_t size;
	void *blob;

	add_leak(&l, "a", 4, 20);
	add_leak(&l, "b", 5, 30);
	finding_list_finish(&l);
	blob = finding_list_write(&l, &size);
	assert_true(finding_list_read(&back, blob, size));
	free(blob);
	assert_int_equal(back.all.n, 2);
	assert_string_equal(back.all.v[1].fingerprint, l.all.v[1].fingerprint);
	assert_string_equal(back.all.v[1].exit_kind, "error");
	assert_string_equal(back.all.v[1].events[1].message, "leaves here");
	assert_int_equal(back.all.v[1].events[0].line, 5);
	finding_list_finish(&back);
	assert_string_equal(back.all.v[0].fingerprint, l.all.v[0].fingerprint);
	arena_free(l.arena);
	arena_free(back.arena);
}

/* A blob cut anywhere, or with any byte changed, is refused or read; never a crash, never half a list. */
static void test_damaged_blob(void **state)
{
	struct finding_list l = new_list(), back = new_list();
	size_t size;
	char *blob;

	add_leak(&l, "a", 4, 20);
	blob = finding_list_write(&l, &size);
	for (size_t n = 0; n < size; n++) {
		char *cut = malloc(n + 1);

		memcpy(cut, blob, n);
		assert_false(finding_list_read(&back, cut, n));
		assert_int_equal(back.all.n, 0);
		free(cut);
	}
	for (size_t n = 0; n < size; n++) {
		blob[n] ^= 0x81;
		finding_list_read(&back, blob, size);
		blob[n] ^= 0x81;
	}
	free(blob);
	arena_free(l.arena);
	arena_free(back.arena);
}

/* Three at one place are one, however often the list is finished; each keeps its fingerprint. */
static void test_group(void **state)
{
	struct finding_list l = new_list(), one = new_list(), fresh = new_list(), gone = new_list();
	const char *names[] = {"p->a", "p->b", "p->c"};

	for (unsigned int i = 0; i < 3; i++) {
		add_leak(&l, names[i], 4 + i, 20);
		l.all.v[i].group = "a_probe";
		l.all.v[i].rank = i == 1; /* the second stands for them */
	}
	finding_list_add(&one, &l.all.v[0]);
	add_leak(&l, "p->d", 8, 20);
	for (int i = 0; i < 2; i++) {
		finding_list_finish(&l);
		assert_int_equal(l.all.n, 2);
		assert_int_equal(l.all.v[0].n_parts, 3);
		assert_int_equal(l.all.v[1].n_parts, 0);
		assert_string_equal(l.all.v[0].expression, "p->b");
		assert_string_equal(l.all.v[0].message, "memory is not released; the same goes for 2 more");
		assert_int_equal(l.all.v[0].n_events, 4);
		assert_string_equal(l.all.v[0].events[2].kind, "note");
		assert_int_equal(l.all.v[0].events[3].line, 6);
	}
	finding_list_finish(&one);
	finding_list_diff(&l, &one, &fresh, &gone, NULL);
	assert_int_equal(fresh.all.n, 0);
	assert_int_equal(gone.all.n, 2);
	assert_string_equal(gone.all.v[0].message, "memory is not released; the same goes for 1 more");
	arena_free(l.arena);
	arena_free(one.arena);
	arena_free(fresh.arena);
	arena_free(gone.arena);
}

static void test_diff(void **state)
{
	struct finding_list a = new_list(), b = new_list(), fresh = new_list(), gone = new_list(), same = new_list();

	add_leak(&a, "p->old", 4, 20);
	add_leak(&a, "p->both", 5, 30);
	add_leak(&b, "p->both", 15, 40);
	add_leak(&b, "p->fresh", 16, 50);
	finding_list_finish(&a);
	finding_list_finish(&b);
	finding_list_diff(&a, &b, &fresh, &gone, &same);
	assert_int_equal(fresh.all.n, 1);
	assert_int_equal(gone.all.n, 1);
	assert_int_equal(same.all.n, 1);
	assert_string_equal(fresh.all.v[0].expression, "p->fresh");
	assert_string_equal(gone.all.v[0].expression, "p->old");
	assert_int_equal(same.all.v[0].line, 40);
	arena_free(a.arena);
	arena_free(b.arena);
	arena_free(fresh.arena);
	arena_free(gone.arena);
	arena_free(same.arena);
}

static void test_confidence_names(void **state)
{
	enum confidence c;

	for (int i = CONF_LOW; i <= CONF_HIGH; i++) {
		assert_true(confidence_parse(confidence_name(i), &c));
		assert_int_equal(c, i);
	}
	assert_false(confidence_parse("certain", &c));
}

static void test_rules(void **state)
{
	unsigned int n = 0;

	for (const struct finding_rule *r = finding_rules; r->id; r++, n++) {
		assert_ptr_equal(finding_rule(r->id), r);
		assert_non_null(strchr(r->id, '/'));
		assert_true(strlen(r->title) > 10 && strlen(r->help) > 40);
	}
	assert_int_equal(n, 30);
	assert_null(finding_rule("leak/nothing"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sorted_without_duplicates),
		cmocka_unit_test(test_of_duplicates_the_surest_stays),
		cmocka_unit_test(test_same_words_different_origin_are_two),
		cmocka_unit_test(test_fingerprint_is_16_hex_digits),
		cmocka_unit_test(test_fingerprint_survives_inserted_lines),
		cmocka_unit_test(test_fingerprint_survives_a_renamed_local),
		cmocka_unit_test(test_alike_leaks_keep_apart),
		cmocka_unit_test(test_fingerprint_ingredients),
		cmocka_unit_test(test_fingerprints_do_not_depend_on_order),
		cmocka_unit_test(test_normalised_expressions),
		cmocka_unit_test(test_blob_round_trip),
		cmocka_unit_test(test_damaged_blob),
		cmocka_unit_test(test_group),
		cmocka_unit_test(test_diff),
		cmocka_unit_test(test_confidence_names),
		cmocka_unit_test(test_rules),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
