/* Decisions: in the store, in the text file, how they lapse, and what they take out of a report. */
#include "finding/triage.h"
#include "store/store.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

struct fixture {
	char *dir, *source, *marks;
	struct arena *arena;
};

static int set_up(void **state)
{
	struct fixture *x = g_new0(struct fixture, 1);

	x->dir = g_dir_make_tmp("drvcheck-triage-XXXXXX", NULL);
	x->source = g_build_filename(x->dir, "a.c", NULL);
	x->marks = g_build_filename(x->dir, "drvcheck.triage", NULL);
	x->arena = arena_new();
	*state = x;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *x = *state;
	const char *const names[] = {"a.c", "drvcheck.triage", "x.db", "x.db-wal", "x.db-shm"};

	for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *path = g_build_filename(x->dir, names[i], NULL);

		g_unlink(path);
	}
	g_rmdir(x->dir);
	arena_free(x->arena);
	g_free(x->source);
	g_free(x->marks);
	g_free(x->dir);
	g_free(x);
	return 0;
}

static void write_source(struct fixture *x, const char *text)
{
	assert_true(g_file_set_contents(x->source, text, -1, NULL));
}

static struct finding a_leak(unsigned int acquired, unsigned int line)
{
	static struct finding_event event;

	event = (struct finding_event){"acquired", "a.c", acquired, 2, "acquired here"};
	return (struct finding){.rule = "leak/error-path",
				.confidence = CONF_HIGH,
				.file = "a.c",
				.line = line,
				.function = "f",
				.acquire = "get",
				.message = "not released",
				.expression = "p",
				.exit_kind = "error",
				.events = &event,
				.n_events = 1};
}

static const char source[] = "/* head */\n"
			     "static int g(void)\n{\n\treturn 1;\n}\n\n"
			     "static int\nf(int a)\n{\n"
			     "\tp = get(); /* line 10 */\n"
			     "\tif (a)\n"
			     "\t\treturn -1;\n"
			     "\tput(p);\n"
			     "\treturn 0;\n"
			     "}\n";

static char *hash_of(struct fixture *x, const char *text, unsigned int line)
{
	struct finding f = a_leak(line, line);

	write_source(x, text);
	return triage_function_hash(x->arena, x->dir, &f);
}

static char *replaced(struct fixture *x, const char *from, const char *to)
{
	g_auto(GStrv) parts = g_strsplit(source, from, 2);

	assert_non_null(parts[1]);
	return arena_printf(x->arena, "%s%s%s", parts[0], to, parts[1]);
}

static void test_hash_ignores_what_does_not_matter(void **state)
{
	struct fixture *x = *state;
	char *hash = hash_of(x, source, 12);

	assert_int_equal(strlen(hash), 16);
	assert_string_equal(hash, hash_of(x, replaced(x, "/* head */", "/* head */\n\nint other;\n"), 15));
	assert_string_equal(hash, hash_of(x, replaced(x, "/* line 10 */", "/* another\n * comment */"), 13));
	assert_string_equal(hash, hash_of(x, replaced(x, "p = get();", "p  =\n\t\tget( );"), 13));
	assert_string_equal(hash, hash_of(x, replaced(x, "return 1", "return 2"), 12));
}

static void test_hash_sees_changes(void **state)
{
	struct fixture *x = *state;
	char *hash = hash_of(x, source, 12);

	assert_string_not_equal(hash, hash_of(x, replaced(x, "put(p)", "puts(p)"), 12));
	assert_string_not_equal(hash, hash_of(x, replaced(x, "int a", "int b"), 12));
	assert_string_not_equal(hash, hash_of(x, replaced(x, "\tif (a)\n", "\tif (a && b)\n"), 12));
	assert_string_not_equal(hash, hash_of(x, source, 4));
}

static void test_no_function_no_hash(void **state)
{
	struct fixture *x = *state;
	struct finding f = a_leak(1, 1);

	assert_string_equal(hash_of(x, source, 1), "");
	assert_string_equal(hash_of(x, source, 99), "");
	assert_string_equal(hash_of(x, "", 1), "");
	f.file = "gone.c";
	assert_string_equal(triage_function_hash(x->arena, x->dir, &f), "");
	assert_string_equal(triage_function_hash(x->arena, NULL, &f), "");
}

static struct triage_mark a_mark(const char *fingerprint, const char *verdict, const char *date)
{
	return (struct triage_mark){fingerprint, verdict, "A. Person", date, "because", "a.c:f", ""};
}

static void push(struct triage_list *l, struct triage_mark m)
{
	vec_push(l->arena, &l->all, m);
}

static void test_file_round_trip(void **state)
{
	struct fixture *x = *state;
	struct triage_list l = {.arena = x->arena}, back = {.arena = x->arena};
	g_autofree char *text = NULL;

	push(&l, a_mark("bbbbbbbbbbbbbbbb", "intentional", "2026-01-02"));
	push(&l, a_mark("aaaaaaaaaaaaaaaa", "false-positive", "2026-01-01"));
	push(&l, a_mark("aaaaaaaaaaaaaaaa", "confirmed", "2026-01-03"));
	l.all.v[0].why = "two\nlines\tand a tab";
	l.all.v[0].function_hash = "0123456789abcdef";
	assert_true(triage_write(&l, x->marks, NULL));
	assert_true(triage_read(&back, x->marks, NULL));
	assert_int_equal(back.all.n, 2);
	assert_string_equal(back.all.v[0].fingerprint, "aaaaaaaaaaaaaaaa");
	assert_string_equal(back.all.v[0].verdict, "confirmed");
	assert_string_equal(back.all.v[0].function_hash, "");
	assert_string_equal(back.all.v[1].why, "two lines and a tab");
	assert_string_equal(back.all.v[1].function_hash, "0123456789abcdef");
	assert_true(g_file_get_contents(x->marks, &text, NULL, NULL));
	assert_true(triage_write(&back, x->marks, NULL));
	{
		g_autofree char *again = NULL;

		assert_true(g_file_get_contents(x->marks, &again, NULL, NULL));
		assert_string_equal(text, again);
	}
}

static void test_file_mistakes(void **state)
{
	static const char *const bad[] = {
		"aaaaaaaaaaaaaaaa\tfalse-positive\n",
		"aaaa\tfalse-positive\t2026-01-01\tA\t-\ta.c:f\twhy\n",
		"aaaaaaaaaaaaaaaa\tmaybe\t2026-01-01\tA\t-\ta.c:f\twhy\n",
		"<<<<<<< HEAD\n",
	};
	struct fixture *x = *state;

	for (size_t i = 0; i < G_N_ELEMENTS(bad); i++) {
		struct triage_list l = {.arena = x->arena};
		g_autoptr(GError) err = NULL;
		g_autofree char *text = g_strconcat("# comment\n", bad[i], NULL);

		assert_true(g_file_set_contents(x->marks, text, -1, NULL));
		assert_false(triage_read(&l, x->marks, &err));
		assert_true(g_error_matches(err, TRIAGE_ERROR, TRIAGE_ERROR_SYNTAX));
		assert_non_null(strstr(err->message, "drvcheck.triage:2: "));
	}
}

static void test_no_file_no_marks(void **state)
{
	struct fixture *x = *state;
	struct triage_list l = {.arena = x->arena};

	assert_true(triage_read(&l, x->marks, NULL));
	assert_int_equal(l.all.n, 0);
}

static struct triage_effect filter(struct fixture *x, struct finding_list *l, struct triage_mark m)
{
	struct triage_list marks = {.arena = x->arena};
	struct triage_effect effect;
	struct finding f = a_leak(10, 12);

	*l = (struct finding_list){.arena = x->arena};
	finding_list_add(l, &f);
	finding_list_finish(l);
	if (m.verdict) {
		m.fingerprint = l->all.v[0].fingerprint;
		push(&marks, m);
	}
	triage_filter(l, &marks, x->dir, &effect);
	return effect;
}

static void test_filter(void **state)
{
	struct fixture *x = *state;
	struct finding_list l;
	struct triage_effect e;

	write_source(x, source);
	e = filter(x, &l, (struct triage_mark){0});
	assert_int_equal(l.all.n, 1);
	e = filter(x, &l, a_mark("", "false-positive", "2026-01-01"));
	assert_int_equal(l.all.n, 0);
	assert_int_equal(e.silenced, 1);
	e = filter(x, &l, a_mark("", "intentional", "2026-01-01"));
	assert_int_equal(l.all.n, 0);
	e = filter(x, &l, a_mark("", "confirmed", "2026-01-01"));
	assert_int_equal(l.all.n, 1);
	e = filter(x, &l, a_mark("", "fixed", "2026-01-01"));
	assert_int_equal(l.all.n, 1);
	assert_int_equal(e.back.all.n, 1);
}

static void test_mark_lapses_when_the_function_changes(void **state)
{
	struct fixture *x = *state;
	struct triage_mark m = a_mark("", "false-positive", "2026-01-01");
	struct finding_list l;
	struct triage_effect e;

	m.function_hash = hash_of(x, source, 12);
	e = filter(x, &l, m);
	assert_int_equal(l.all.n, 0);
	write_source(x, replaced(x, "/* line 10 */", "/* a comment */"));
	e = filter(x, &l, m);
	assert_int_equal(l.all.n, 0);
	write_source(x, replaced(x, "if (a)", "if (!a)"));
	e = filter(x, &l, m);
	assert_int_equal(l.all.n, 1);
	assert_int_equal(e.lapsed.all.n, 1);
	assert_int_equal(e.silenced, 0);
}

static void test_comments(void **state)
{
	static const struct {
		const char *from, *to;
		unsigned int left;
	} table[] = {
		{"/* line 10 */", "/* drvcheck: ignore */", 0},
		{"/* line 10 */", "/* drvcheck: ignore leak/error-path: the core frees it */", 0},
		{"/* line 10 */", "/* drvcheck: ignore leak/eror-path */", 1},
		{"/* line 10 */", "/* drvcheck: ignore leak/error-path, the core frees it */", 0},
		{"/* line 10 */", "/* drvcheck: ignore free/double */", 1},
		{"/* line 10 */", "/* drvcheck: ignore free/double leak/error-path */", 0},
		{"return -1;", "return -1; /* drvcheck: ignore, the caller does it */", 0},
		{"return 0;", "return 0; /* drvcheck: ignore */", 1},
	};
	struct fixture *x = *state;

	for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
		struct finding_list l;

		write_source(x, replaced(x, table[i].from, table[i].to));
		filter(x, &l, (struct triage_mark){0});
		if (l.all.n != table[i].left)
			fail_msg("%s: %u findings left", table[i].to, l.all.n);
	}
}

/* A comment at the end of the line above speaks of that line, one that stands alone of the next. */
static void test_comment_above(void **state)
{
	struct fixture *x = *state;
	struct finding f = a_leak(3, 3);

	write_source(x, "void f(void)\n\t/* drvcheck: ignore */\n\tp = get();\n");
	assert_true(triage_ignored_by_comment(x->dir, &f));
	write_source(x, "void f(void)\n\tq = get(); /* drvcheck: ignore */\n\tp = get();\n");
	assert_false(triage_ignored_by_comment(x->dir, &f));
}

static void test_store(void **state)
{
	struct fixture *x = *state;
	g_autofree char *path = g_build_filename(x->dir, "x.db", NULL);
	struct store *s = store_open(path, NULL);
	struct triage_mark m = a_mark("aaaaaaaaaaaaaaaa", "false-positive", "2026-01-01"), out;
	struct triage_mark again = a_mark("aaaaaaaaaaaaaaaa", "confirmed", "2026-01-02");
	struct triage_list all;
	g_autoptr(GError) err = NULL;

	assert_non_null(s);
	assert_false(store_triage_lookup(s, x->arena, m.fingerprint, &out, &err));
	assert_null(err);
	assert_true(store_triage_set(s, &m, NULL));
	assert_true(store_triage_set(s, &again, NULL));
	assert_true(store_triage_lookup(s, x->arena, m.fingerprint, &out, &err));
	assert_string_equal(out.verdict, "confirmed");
	assert_string_equal(out.author, "A. Person");
	assert_true(store_triage_all(s, x->arena, &all, NULL));
	assert_int_equal(all.all.n, 1);
	m.verdict = "perhaps";
	assert_false(store_triage_set(s, &m, &err));
	store_close(s);
}

#define WITH_DIR(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_DIR(test_hash_ignores_what_does_not_matter),
		WITH_DIR(test_hash_sees_changes),
		WITH_DIR(test_no_function_no_hash),
		WITH_DIR(test_file_round_trip),
		WITH_DIR(test_file_mistakes),
		WITH_DIR(test_no_file_no_marks),
		WITH_DIR(test_filter),
		WITH_DIR(test_mark_lapses_when_the_function_changes),
		WITH_DIR(test_comments),
		WITH_DIR(test_comment_above),
		WITH_DIR(test_store),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
