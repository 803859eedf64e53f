/* Parsing with and without precompiled headers: what fits, what does not, what makes one out of date. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parse/parse.h"
#include "parse/words.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <utime.h>

struct scratch {
	char *dir, *cache;
	GPtrArray *entries;
};

static int setup(void **state)
{
	struct scratch *s = g_new0(struct scratch, 1);

	s->dir = g_dir_make_tmp("drvcheck-test-XXXXXX", NULL);
	s->cache = g_build_filename(s->dir, "cache", NULL);
	s->entries = g_ptr_array_new();
	*state = s;
	return s->dir ? 0 : -1;
}

static void remove_all(const char *path)
{
	GDir *dir = g_dir_open(path, 0, NULL);
	const char *name;

	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *child = g_build_filename(path, name, NULL);

		remove_all(child);
	}
	if (dir)
		g_dir_close(dir);
	g_remove(path);
}

static int teardown(void **state)
{
	struct scratch *s = *state;

	for (guint i = 0; i < s->entries->len; i++) {
		struct cdb_entry *e = s->entries->pdata[i];

		g_free(e->directory);
		g_free(e->file);
		g_strfreev(e->argv);
		g_free(e);
	}
	g_ptr_array_free(s->entries, TRUE);
	remove_all(s->dir);
	g_free(s->cache);
	g_free(s->dir);
	g_free(s);
	return 0;
}

static void put(const struct scratch *s, const char *name, const char *text)
{
	g_autofree char *path = g_build_filename(s->dir, name, NULL), *dir = g_path_get_dirname(path);

	assert_int_equal(g_mkdir_with_parents(dir, 0777), 0);
	assert_true(g_file_set_contents(path, text, -1, NULL));
}

/* A source file and its command, as kbuild would run it, with one more flag if it is not NULL. */
static struct cdb_entry *unit(struct scratch *s, const char *name, const char *flag, const char *text)
{
	struct cdb_entry *e = g_new0(struct cdb_entry, 1);
	g_autofree char *own = g_strdup_printf("-DKBUILD_MODNAME=\"%s\"", name);
	const char *argv[] = {"clang", "-std=gnu11", "-Iinclude", own, "-c", name, flag, NULL};

	put(s, name, text);
	e->directory = g_strdup(s->dir);
	e->file = g_build_filename(s->dir, name, NULL);
	e->argv = g_strdupv((char **)argv);
	g_ptr_array_add(s->entries, e);
	return e;
}

static void put_headers(const struct scratch *s)
{
	put(s, "include/linux/base.h",
	    "#ifndef BASE_H\n#define BASE_H\nstruct dev { int id; };\nint dev_add(struct dev *d);\n"
	    "#ifdef DEBUG\n#define dev_log(d) dev_add(d)\n#else\n#define dev_log(d) 0\n#endif\n"
	    "#ifndef pr_fmt\n#define pr_fmt(f) f\n#endif\n#define pr_log(f) log_text(pr_fmt(f))\n"
	    "int log_text(const char *f);\nstatic inline const char *mod(void) { return KBUILD_MODNAME; }\n#endif\n");
	put(s, "include/linux/phy.h",
	    "#ifndef PHY_H\n#define PHY_H\n#include <linux/base.h>\nint phy_on(struct dev *d);\n#endif\n");
}

/* Two units that include all headers, so that they are in; the first is what tests look at. */
static void put_units(struct scratch *s, const char *flag)
{
	put_headers(s);
	unit(s, "a.c", flag, "#include <linux/base.h>\nint a(struct dev *d) { return dev_log(d) + d->id; }\n");
	unit(s, "b.c", flag, "#include <linux/phy.h>\nint b(struct dev *d) { return phy_on(d); }\n");
}

static struct parser *prepared(struct scratch *s, guint min_units)
{
	const struct parser_options opt = {.cache_dir = s->cache};
	struct parser *p = parser_new(&opt);

	if (min_units)
		parser_prepare(p, s->entries, min_units);
	return p;
}

struct outcome {
	gboolean ok, used_pch;
	guint n_errors;
	char *tokens; /* names and types of all cursors of the main file */
	char *missing;
	GError *err;
};

static enum CXChildVisitResult note_cursor(CXCursor c, CXCursor parent, CXClientData data)
{
	CXString name = clang_getCursorSpelling(c), type = clang_getTypeSpelling(clang_getCursorType(c));

	if (clang_Location_isFromMainFile(clang_getCursorLocation(c)))
		g_string_append_printf(data, "%s:%s;", clang_getCString(name), clang_getCString(type));
	clang_disposeString(name);
	clang_disposeString(type);
	return CXChildVisit_Recurse;
}

static struct outcome parse(struct parser *p, const struct cdb_entry *e, const char *unsaved)
{
	struct parse_result r;
	struct outcome o = {0};
	GString *tokens = g_string_new(NULL);

	o.ok = parser_parse(p, e, unsaved, &r, &o.err);
	o.used_pch = r.used_pch;
	o.n_errors = r.n_errors;
	o.missing = r.missing;
	if (o.ok) {
		assert_non_null(r.tu);
		clang_visitChildren(clang_getTranslationUnitCursor(r.tu), note_cursor, tokens);
		clang_disposeTranslationUnit(r.tu);
	} else {
		assert_null(r.tu);
		assert_non_null(o.err);
	}
	o.tokens = g_string_free(tokens, FALSE);
	return o;
}

static void clear(struct outcome *o)
{
	g_free(o->tokens);
	g_free(o->missing);
	g_clear_error(&o->err);
}

/* Parses with what the cache has, and checks that the result is the one without it. */
static void assert_parses(struct scratch *s, struct parser *p, const struct cdb_entry *e, gboolean with_pch)
{
	const struct parser_options plain = {.no_pch = TRUE};
	struct parser *reference = parser_new(&plain);
	struct outcome got = parse(p, e, NULL), expected = parse(reference, e, NULL);

	assert_true(got.ok);
	assert_int_equal(got.used_pch, with_pch);
	assert_int_equal(got.n_errors, expected.n_errors);
	assert_string_equal(got.tokens, expected.tokens);
	assert_true(strlen(got.tokens) > 0);
	assert_false(expected.used_pch);
	clear(&got);
	clear(&expected);
	parser_free(reference);
}

static void units_share_a_header(void **state)
{
	struct scratch *s = *state;
	struct parser *p;

	put_units(s, NULL);
	p = prepared(s, 2);
	assert_parses(s, p, s->entries->pdata[0], TRUE);
	assert_parses(s, p, s->entries->pdata[1], TRUE);
	parser_free(p);
}

static void too_few_units_build_none(void **state)
{
	struct scratch *s = *state;
	struct parser *p;

	put_units(s, NULL);
	p = prepared(s, 3);
	assert_parses(s, p, s->entries->pdata[0], FALSE);
	parser_free(p);
}

static void existing_header_serves_a_single_unit(void **state)
{
	struct scratch *s = *state;
	struct parser *p;

	put_units(s, NULL);
	parser_free(prepared(s, 2));
	p = prepared(s, 0);
	assert_parses(s, p, s->entries->pdata[0], TRUE);
	parser_free(p);
}

static void no_pch_means_none(void **state)
{
	struct scratch *s = *state;
	const struct parser_options opt = {.cache_dir = s->cache, .no_pch = TRUE};
	struct parser *p;

	put_units(s, NULL);
	parser_free(prepared(s, 2));
	p = parser_new(&opt);
	parser_prepare(p, s->entries, 1);
	assert_parses(s, p, s->entries->pdata[0], FALSE);
	parser_free(p);
}

static void changed_headers_are_built_anew(void **state)
{
	struct scratch *s = *state;
	struct parser *p;

	put_units(s, NULL);
	parser_free(prepared(s, 2));
	put(s, "include/linux/phy.h", "#include <linux/base.h>\nlong phy_on(struct dev *d);\n");
	p = prepared(s, 0);
	assert_parses(s, p, s->entries->pdata[1], FALSE); /* out of date, and nobody asked to build */
	parser_free(p);
	p = prepared(s, 2);
	assert_parses(s, p, s->entries->pdata[1], TRUE);
	parser_free(p);
}

static void macros_decide_what_fits(void **state)
{
	struct scratch *s = *state;
	struct parser *p;

	put_units(s, NULL);
	p = prepared(s, 2);
	assert_parses(s, p, unit(s, "own.c", "-DMY_OWN=1", "#include <linux/base.h>\nint x = MY_OWN;\n"), TRUE);
	assert_parses(
		s, p,
		unit(s, "debug.c", "-DDEBUG", "#include <linux/base.h>\nint x(struct dev *d) { return dev_log(d); }\n"),
		FALSE);
	assert_parses(s, p, unit(s, "std.c", "-funsigned-char", "#include <linux/base.h>\nint x;\n"), FALSE);
	assert_parses(s, p,
		      unit(s, "late.c", NULL,
			   "#define DEBUG\n#include <linux/base.h>\nint x(struct dev *d) { return dev_log(d); }\n"),
		      FALSE);
	assert_parses(s, p,
		      unit(s, "after.c", NULL,
			   "#include <linux/base.h>\n#define DEBUG\nint x(struct dev *d) { return dev_log(d); }\n"),
		      TRUE);
	assert_parses(
		s, p,
		unit(s, "fmt.c", NULL,
		     "#define pr_fmt(f) \"x: \" f\n#include <linux/base.h>\nint x(void) { return pr_log(\"a\"); }\n"),
		TRUE);
	assert_parses(s, p, unit(s, "early.c", "-Iearlier", "#include <linux/base.h>\nint x;\n"), TRUE);
	parser_free(p);
}

static void macro_group_gets_its_own(void **state)
{
	struct scratch *s = *state;
	struct parser *p;

	put_units(s, "-DDEBUG");
	unit(s, "c.c", NULL, "#include <linux/base.h>\nint c(struct dev *d) { return dev_log(d); }\n");
	p = prepared(s, 2);
	assert_parses(s, p, s->entries->pdata[0], TRUE);
	assert_parses(s, p, s->entries->pdata[2], FALSE);
	parser_free(p);
}

static void clashing_unit_goes_without(void **state)
{
	struct scratch *s = *state;
	const struct cdb_entry *clash;
	struct parser *p;

	put_units(s, NULL);
	p = prepared(s, 2);
	clash = unit(s, "clash.c", NULL,
		     "#include <linux/base.h>\nstatic long phy_on(int x) { return x; }\nlong y(void) { return "
		     "phy_on(1); }\n");
	assert_parses(s, p, clash, FALSE);
	assert_parses(s, p, clash, FALSE); /* not even tried any more, in this process and others */
	parser_free(p);
	p = prepared(s, 0);
	assert_parses(s, p, clash, FALSE);
	assert_parses(s, p, s->entries->pdata[0], TRUE);
	parser_free(p);
}

static void header_that_does_not_compile_is_left_out(void **state)
{
	struct scratch *s = *state;
	struct parser *p;

	put_units(s, NULL);
	put(s, "include/linux/alone.h", "struct needs { struct not_declared x; };\n");
	unit(s, "c.c", NULL, "struct not_declared { int x; };\n#include <linux/alone.h>\nstruct needs n;\n");
	unit(s, "d.c", NULL, "#include <linux/nowhere.h>\n");
	p = prepared(s, 2);
	assert_parses(s, p, s->entries->pdata[0], TRUE);
	assert_parses(s, p, s->entries->pdata[2], TRUE);
	parser_free(p);
}

/* Replaces every .pch of the cache by its first half. */
static void damage(const char *dir)
{
	GDir *d = g_dir_open(dir, 0, NULL);
	const char *name;

	while (d && (name = g_dir_read_name(d))) {
		g_autofree char *path = g_build_filename(dir, name, NULL), *text = NULL;
		gsize n;

		if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
			damage(path);
		} else if (g_str_has_suffix(name, ".pch")) {
			assert_true(g_file_get_contents(path, &text, &n, NULL));
			assert_int_equal(truncate(path, (off_t)n / 2), 0);
		}
	}
	if (d)
		g_dir_close(d);
}

static void damaged_cache_is_survived_and_repaired(void **state)
{
	struct scratch *s = *state;
	struct parser *p;

	put_units(s, NULL);
	parser_free(prepared(s, 2));
	damage(s->cache);
	p = prepared(s, 0);
	assert_parses(s, p, s->entries->pdata[0], FALSE);
	parser_free(p);
	p = prepared(s, 2);
	assert_parses(s, p, s->entries->pdata[0], TRUE);
	parser_free(p);
}

static void old_headers_go_when_new_ones_come(void **state)
{
	struct scratch *s = *state;
	const struct utimbuf long_ago = {.actime = 1000000000, .modtime = 1000000000};
	g_autofree char *old = g_build_filename(s->cache, "pch", "0123456789abcdef", "x.pch", NULL);
	g_autofree char *recent = g_build_filename(s->cache, "pch", "fedcba9876543210", "x.pch", NULL);

	put_units(s, NULL);
	put(s, "cache/pch/0123456789abcdef/x.pch", "");
	put(s, "cache/pch/fedcba9876543210/x.pch", "");
	assert_int_equal(utime(old, &long_ago), 0);
	parser_free(prepared(s, 2));
	assert_false(g_file_test(old, G_FILE_TEST_EXISTS));
	assert_true(g_file_test(recent, G_FILE_TEST_EXISTS));
}

static void errors_are_counted_and_fatal_ones_told(void **state)
{
	struct scratch *s = *state;
	struct cdb_entry *e;
	struct parser *p;
	struct outcome o;

	put_headers(s);
	p = prepared(s, 0);
	o = parse(p, unit(s, "e.c", NULL, "int f(void) { return a + b; }\n"), NULL);
	assert_true(o.ok);
	assert_int_equal(o.n_errors, 2);
	assert_null(o.missing);
	clear(&o);
	e = unit(s, "f.c", "x", "int x;\n");
	for (guint i = 5; i < 7; i++)
		g_free(e->argv[i]);
	e->argv[5] = g_strdup("-include");
	e->argv[6] = g_strdup("/nowhere.h");
	o = parse(p, e, NULL);
	assert_false(o.ok);
	assert_non_null(strstr(o.err->message, "nowhere.h"));
	clear(&o);
	g_remove(((struct cdb_entry *)s->entries->pdata[0])->file);
	o = parse(p, s->entries->pdata[0], NULL);
	assert_false(o.ok);
	assert_non_null(strstr(o.err->message, "e.c: "));
	clear(&o);
	parser_free(p);
}

/* Others go on with the precompiled header, and so does this one when its header is there. */
static void missing_header_is_passed_by(void **state)
{
	struct scratch *s = *state;
	const struct cdb_entry *e;
	struct parser *p;
	struct outcome o;

	put_units(s, NULL);
	p = prepared(s, 2);
	e = unit(s, "m.c", NULL,
		 "#include <linux/base.h>\n#include <linux/generated.h>\nint m(struct dev *d) { return d->id; }\n"
		 "int n(void) { return GENERATED; }\n");
	o = parse(p, e, NULL);
	assert_true(o.ok);
	assert_int_equal(o.n_errors, 2);
	assert_non_null(strstr(o.missing, "m.c:2: "));
	assert_non_null(strstr(o.missing, "make prepare"));
	assert_non_null(strstr(o.tokens, "m:int (struct dev *)"));
	clear(&o);
	assert_parses(s, p, s->entries->pdata[0], TRUE);
	put(s, "include/linux/generated.h", "#define GENERATED 1\n");
	assert_parses(s, p, e, TRUE);
	parser_free(p);
}

static void unsaved_text_replaces_the_file(void **state)
{
	struct scratch *s = *state;
	struct parser *p;
	struct outcome o;

	put_units(s, NULL);
	p = prepared(s, 2);
	o = parse(p, s->entries->pdata[0], "#include <linux/base.h>\nint other(struct dev *d) { return d->id; }\n");
	assert_true(o.ok && o.used_pch);
	assert_non_null(strstr(o.tokens, "other:"));
	assert_null(strstr(o.tokens, "a:"));
	clear(&o);
	parser_free(p);
}

static void nothing_is_said_on_stderr(void **state)
{
	struct scratch *s = *state;
	g_autofree char *path = g_build_filename(s->dir, "stderr", NULL), *said = NULL;
	int saved = dup(STDERR_FILENO), fd = open(path, O_CREAT | O_WRONLY, 0600);
	struct parser *p;
	struct outcome o;

	put_units(s, NULL);
	dup2(fd, STDERR_FILENO);
	p = prepared(s, 2);
	o = parse(p, unit(s, "e.c", "-Wall", "int f(void) { int unused; return a; }\n#include <none.h>\n"), NULL);
	fflush(stderr);
	dup2(saved, STDERR_FILENO);
	close(saved);
	close(fd);
	assert_true(o.ok && o.missing);
	clear(&o);
	parser_free(p);
	assert_true(g_file_get_contents(path, &said, NULL, NULL));
	assert_string_equal(said, "");
}

static gboolean is_sensitive(const char *text, const char *word)
{
	g_autoptr(GHashTable) h = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	guint64 key = words_hash(word, strlen(word));

	words_collect(h, text, strlen(text));
	return g_hash_table_contains(h, &key);
}

static void words_that_matter_before_a_header(void **state)
{
	assert_true(is_sensitive("#ifdef A\n#endif\n", "A"));
	assert_true(is_sensitive("# if defined(X) && \\\n  A\n#endif\n", "A"));
	assert_true(is_sensitive("int A;\n", "A"));
	assert_true(is_sensitive("#undef A\n", "A"));
	assert_true(is_sensitive("#ifndef A\nint x;\n#endif\n", "A"));
	assert_true(is_sensitive("#ifndef A", "A"));
	assert_false(is_sensitive("#ifndef A\n/* default */\n#define A 1\n#endif\n", "A"));
	assert_false(is_sensitive("#define B(x) A(x)\n", "A"));
	assert_false(is_sensitive("#define B(x) \\\n\tA(x)\n", "A"));
	assert_false(is_sensitive("/* A\n A */ int x; // A\n", "A"));
	assert_false(is_sensitive("char *s = \"A \\\" A\"; char c = 'A';\n", "A"));
	assert_false(is_sensitive("#include <A/A.h>\n", "A"));
	assert_false(is_sensitive("int ABC, xA;\n", "A"));
	assert_true(is_sensitive("char *s = \"/*\"; int A; /* */\n", "A"));
}

static void add_name(gpointer ctx, const char *name, gsize n)
{
	g_string_append_printf(ctx, "%.*s ", (int)n, name);
}

static void what_a_source_includes_and_defines(void **state)
{
	static const char text[] =
		"/* #include <no.h> */\n#define A 1\n# include <linux/x.h>\n#include \"own.h\"\n#undef B\n"
		"#include <y.h> /* z */\n#define LATE\nint x;\n";
	g_autoptr(GString) includes = g_string_new(NULL), defines = g_string_new(NULL);
	const struct words_visitor vi = {.include = add_name, .ctx = includes},
				   vd = {.define = add_name, .ctx = defines};

	words_visit(text, strlen(text), &vi);
	words_visit(text, strlen(text), &vd);
	assert_string_equal(includes->str, "linux/x.h y.h ");
	assert_string_equal(defines->str, "A B ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(units_share_a_header, setup, teardown),
		cmocka_unit_test_setup_teardown(too_few_units_build_none, setup, teardown),
		cmocka_unit_test_setup_teardown(existing_header_serves_a_single_unit, setup, teardown),
		cmocka_unit_test_setup_teardown(no_pch_means_none, setup, teardown),
		cmocka_unit_test_setup_teardown(changed_headers_are_built_anew, setup, teardown),
		cmocka_unit_test_setup_teardown(macros_decide_what_fits, setup, teardown),
		cmocka_unit_test_setup_teardown(macro_group_gets_its_own, setup, teardown),
		cmocka_unit_test_setup_teardown(clashing_unit_goes_without, setup, teardown),
		cmocka_unit_test_setup_teardown(header_that_does_not_compile_is_left_out, setup, teardown),
		cmocka_unit_test_setup_teardown(damaged_cache_is_survived_and_repaired, setup, teardown),
		cmocka_unit_test_setup_teardown(old_headers_go_when_new_ones_come, setup, teardown),
		cmocka_unit_test_setup_teardown(errors_are_counted_and_fatal_ones_told, setup, teardown),
		cmocka_unit_test_setup_teardown(missing_header_is_passed_by, setup, teardown),
		cmocka_unit_test_setup_teardown(unsaved_text_replaces_the_file, setup, teardown),
		cmocka_unit_test_setup_teardown(nothing_is_said_on_stderr, setup, teardown),
		cmocka_unit_test(words_that_matter_before_a_header),
		cmocka_unit_test(what_a_source_includes_and_defines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
