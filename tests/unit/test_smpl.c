/* Semantic patches: headers, the prefilter, spatch's output, what happens when spatch is missing, slow or dies. */
#include "smpl/filter.h"
#include "smpl/lines.h"
#include "smpl/outline.h"
#include "smpl/patch.h"
#include "smpl/smpl.h"

#include <glib/gstdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define PATCHES TEST_DIR "/../semantic-patches/check"

static const char header[] = "// what: w\n// why: y\n//\tmore\n// caveats: none\n// confidence: medium\n"
			     "// rule: alloc/zero\n// tokens: kmalloc|vmalloc & memset\n";

/* A temporary directory with one file in it; both go with scratch_free(). */
struct scratch {
	char *dir, *file;
};

static struct scratch scratch_new(const char *name, const char *text)
{
	struct scratch s = {.dir = g_dir_make_tmp("test-smpl-XXXXXX", NULL)};

	assert_non_null(s.dir);
	s.file = g_build_filename(s.dir, name, NULL);
	assert_true(g_file_set_contents(s.file, text, -1, NULL));
	return s;
}

static void scratch_free(struct scratch *s)
{
	g_unlink(s->file);
	g_rmdir(s->dir);
	g_free(s->file);
	g_free(s->dir);
}

static struct smpl_patch *load(const char *text, GError **err)
{
	struct scratch s = scratch_new("sample.cocci", text);
	struct smpl_patch *p = smpl_patch_load(s.file, err);

	scratch_free(&s);
	return p;
}

static void test_header_is_read(void **state)
{
	struct smpl_patch *p = load(header, NULL);
	char **first;

	assert_non_null(p);
	assert_string_equal(p->name, "sample");
	assert_string_equal(p->rule, "alloc/zero");
	assert_int_equal(p->confidence, CONF_MEDIUM);
	assert_false(p->whole_file);
	assert_int_equal(p->groups->len, 2);
	first = p->groups->pdata[0];
	assert_string_equal(first[0], "kmalloc");
	assert_string_equal(first[1], "vmalloc");
	assert_null(first[2]);
	smpl_patch_free(p);
}

static void test_bad_headers_are_refused(void **state)
{
	static const struct {
		const char *from, *to;
	} edits[] = {
		{"// why", "// wherefore"},
		{"medium", "certain"},
		{"alloc/zero", "alloc/nothing"},
		{"// tokens:", "// scope: all"},
		{"kmalloc|vmalloc & memset", "a\n// match: ("},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(edits); i++) {
		g_auto(GStrv) parts = g_strsplit(header, edits[i].from, 2);
		g_autofree char *text = g_strjoinv(edits[i].to, parts);
		GError *err = NULL;

		assert_null(load(text, &err));
		assert_non_null(err);
		g_error_free(err);
	}
}

static const char source[] = "static int a; /* vfree() */\n"
			     "\n"
			     "static int __init first(struct device *dev,\n"
			     "\t\t\tint n)\n"
			     "{\n"
			     "\tmemset(p, 0, 3);\n"
			     "\tp = kmalloc(3);\n"
			     "}\n"
			     "\n"
			     "struct ops {\n"
			     "\tint x;\n"
			     "};\n"
			     "\n"
			     "const struct ops table =\n"
			     "{\n"
			     "\t.x = kmalloc,\n"
			     "};\n"
			     "\n"
			     "__printf(1, 2) void second(void) {\n"
			     "#ifdef A\n"
			     "\tvmalloc(1);\n"
			     "#endif\n"
			     "}\n";

static void test_outline_finds_functions(void **state)
{
	g_autoptr(GArray) functions = outline_scan(source);
	const struct outline_function *f;

	assert_int_equal(functions->len, 2);
	f = &g_array_index(functions, struct outline_function, 0);
	assert_string_equal(f->name, "first");
	assert_int_equal(f->first, 3);
	assert_int_equal(f->last, 8);
	f = outline_at(functions, 21);
	assert_non_null(f);
	assert_string_equal(f->name, "second");
	assert_true(f->balanced);
	assert_null(outline_at(functions, 11));
	assert_null(outline_at(functions, 1));
}

static void test_outline_skips_directives(void **state)
{
	g_autoptr(GArray) functions = outline_scan("static int f(int a)\n#define B(x) 1\n{\n}\n");

	assert_int_equal(functions->len, 1);
	assert_string_equal(g_array_index(functions, struct outline_function, 0).name, "f");
	assert_int_equal(g_array_index(functions, struct outline_function, 0).first, 1);
}

static void test_outline_sees_split_conditionals(void **state)
{
	g_autoptr(GArray) functions =
		outline_scan("int f(void)\n{\n#ifdef A\n\treturn 1;\n}\n#else\n\treturn 2;\n}\n#endif\n");

	assert_int_equal(functions->len, 1);
	assert_false(g_array_index(functions, struct outline_function, 0).balanced);
}

/* What the filter leaves of `source` for a patch with this header; NULL for nothing. */
static char *filtered(const char *text, bool *hit)
{
	g_autoptr(GPtrArray) patches = g_ptr_array_new_with_free_func(smpl_patch_free);
	struct smpl_filter *f;
	char *left;

	g_ptr_array_add(patches, load(text, NULL));
	assert_non_null(patches->pdata[0]);
	f = smpl_filter_new(patches);
	*hit = false;
	left = smpl_filter_apply(f, source, hit);
	smpl_filter_free(f);
	return left;
}

static char *header_with(const char *tokens)
{
	return g_strdup_printf("// what: w\n// why: y\n// caveats: c\n// confidence: low\n// rule: alloc/zero\n"
			       "// tokens: %s\n",
			       tokens);
}

static unsigned int count_lines(const char *text)
{
	unsigned int n = 0;

	for (; *text; text++)
		n += *text == '\n';
	return n;
}

static void test_filter_blanks_other_functions(void **state)
{
	g_autofree char *text = header_with("kmalloc|vmalloc & memset");
	bool hit;
	g_autofree char *left = filtered(text, &hit);

	assert_true(hit);
	assert_non_null(left);
	assert_int_equal(count_lines(left), count_lines(source));
	assert_non_null(strstr(left, "memset(p, 0, 3);"));
	assert_non_null(strstr(left, "second(void) {"));
	assert_null(strstr(left, "vmalloc"));
}

static void test_filter_conditions(void **state)
{
	static const struct {
		const char *tokens;
		bool hit;
	} cases[] = {
		{"memset & vmalloc", false}, /* not in the same function */
		{"memset & vmalloc\n// scope: file", true},
		{"memset\n// file-tokens: vmalloc", true},
		{"memset\n// file-tokens: vfree", false},
		{"vmal*", true},
		{"vmal", false},
		{"vfree", false}, /* in a comment */
		{"memset & kmalloc\n// match: memset.*kmalloc", true},
		{"memset & kmalloc\n// match: kmalloc.*memset", false},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		g_autofree char *text = header_with(cases[i].tokens);
		bool hit;
		g_autofree char *left = filtered(text, &hit);

		assert_int_equal(hit, cases[i].hit);
		assert_int_equal(left != NULL, cases[i].hit);
	}
}

static void test_lines_become_findings(void **state)
{
	struct smpl_patch *p = load(header, NULL);
	struct smpl_line *l = smpl_line_parse("a/b.c:12:4-9: 'x -> y' is wrong {expr: x -> y [ i ]} {confidence: low} "
					      "{note: 7: taken here} {acquire: get}");
	struct finding_list list = {.arena = arena_new()};
	const struct finding *f;

	assert_non_null(l);
	smpl_line_add(l, p, "b.c", "f", &list);
	assert_int_equal(list.all.n, 1);
	f = &list.all.v[0];
	assert_string_equal(f->rule, "alloc/zero");
	assert_int_equal(f->confidence, CONF_LOW);
	assert_int_equal(f->line, 12);
	assert_int_equal(f->column, 5);
	assert_string_equal(f->function, "f");
	assert_string_equal(f->message, "'x->y' is wrong");
	assert_string_equal(f->expression, "x->y[i]");
	assert_string_equal(f->acquire, "get");
	assert_int_equal(f->n_events, 1);
	assert_int_equal(f->events[0].line, 7);
	assert_string_equal(f->events[0].message, "taken here");
	smpl_line_free(l);
	smpl_patch_free(p);
	arena_free(list.arena);
	assert_null(smpl_line_parse("warning: something else"));
}

static void add(struct finding_list *l, const char *rule, const char *function, unsigned int line)
{
	struct finding f = {
		.rule = rule,
		.file = "a.c",
		.line = line,
		.function = function,
		.resource = "",
		.acquire = "",
		.release = "",
		.message = "m",
		.expression = "",
		.exit_kind = "",
	};

	finding_list_add(l, &f);
}

static void test_merge_tells_once(void **state)
{
	struct finding_list engine = {.arena = arena_new()}, smpl = {.arena = arena_new()};

	add(&engine, "free/managed", "f", 10);
	add(&smpl, "free/managed", "f", 12); /* same function */
	add(&smpl, "free/managed", "", 10);  /* same line */
	add(&smpl, "free/double", "f", 10);  /* same line, same group */
	add(&smpl, "free/managed", "g", 20);
	add(&smpl, "free/double", "f", 12);
	add(&smpl, "devm/explicit-free", "f", 10);
	assert_int_equal(smpl_merge(&engine, &smpl), 3);
	assert_int_equal(engine.all.n, 4);
	arena_free(engine.arena);
	arena_free(smpl.arena);
}

/* Scans `files` with `spatch`; findings sorted. */
static gboolean scan(const char *spatch, const char *patches, char **files, int jobs, struct finding_list *out,
		     GPtrArray *skipped, GError **err)
{
	struct smpl_options opt = {.patches = patches, .spatch = spatch, .jobs = jobs, .limit = 60, .low = true};
	gboolean ok = smpl_scan(&opt, files, out, skipped, err);

	if (ok)
		finding_list_finish(out);
	return ok;
}

static void test_missing_spatch_is_told(void **state)
{
	g_autoptr(GPtrArray) skipped = g_ptr_array_new_with_free_func(smpl_skipped_free);
	struct finding_list list = {.arena = arena_new()};
	g_autoptr(GError) err = NULL;
	char *files[] = {NULL};

	assert_false(scan("/nonexistent/spatch", PATCHES, files, 1, &list, skipped, &err));
	assert_true(g_error_matches(err, SMPL_ERROR, SMPL_ERROR_NO_SPATCH));
	assert_null(strchr(err->message, '\n'));
	arena_free(list.arena);
}

/* A stand-in for spatch: does what `script` says for each file of the group file, whose name is in $group. */
static void scan_with(const char *script, GPtrArray *skipped, struct finding_list *list)
{
	g_autofree char *text = g_strdup_printf("#!/bin/sh\nfor a; do last=$group; group=$a; done\n"
						"case $(cat $group) in *job*.c) exit 0;; esac\n%s\n",
						script);
	struct scratch program = scratch_new("spatch", text), c = scratch_new("a.c", source), p;
	g_autofree char *patch = header_with("kmalloc");
	char *files[] = {c.file, NULL};
	g_autoptr(GError) err = NULL;

	p = scratch_new("p.cocci", patch);
	assert_int_equal(g_chmod(program.file, 0755), 0);
	assert_true(scan(program.file, p.dir, files, 1, list, skipped, &err));
	scratch_free(&program);
	scratch_free(&c);
	scratch_free(&p);
}

static void test_time_limit_is_reported(void **state)
{
	g_autoptr(GPtrArray) skipped = g_ptr_array_new_with_free_func(smpl_skipped_free);
	struct finding_list list = {.arena = arena_new()};
	const struct smpl_skipped *s;

	scan_with("for f in $(cat $group); do echo \"EXN: Coccinelle_modules.Common.Timeout in $f\" >&2; done", skipped,
		  &list);
	assert_int_equal(skipped->len, 1);
	s = skipped->pdata[0];
	assert_true(g_str_has_suffix(s->file, "/a.c"));
	assert_string_equal(s->patch, "p");
	assert_true(s->timeout);
	assert_int_equal(list.all.n, 0);
	arena_free(list.arena);
}

static void test_dying_spatch_is_reported(void **state)
{
	g_autoptr(GPtrArray) skipped = g_ptr_array_new_with_free_func(smpl_skipped_free);
	struct finding_list list = {.arena = arena_new()};

	scan_with("kill -SEGV $$", skipped, &list);
	assert_int_equal(skipped->len, 1);
	assert_false(((const struct smpl_skipped *)skipped->pdata[0])->timeout);
	arena_free(list.arena);
}

static void test_output_is_taken(void **state)
{
	g_autoptr(GPtrArray) skipped = g_ptr_array_new_with_free_func(smpl_skipped_free);
	struct finding_list list = {.arena = arena_new()};

	scan_with("for f in $(cat $group); do echo \"drvcheck-patch:p:$f:7:2-5: told\"; echo noise; done", skipped,
		  &list);
	assert_int_equal(skipped->len, 0);
	assert_int_equal(list.all.n, 1);
	assert_string_equal(list.all.v[0].function, "first");
	assert_string_equal(list.all.v[0].message, "told");
	arena_free(list.arena);
}

/* The test files of tests/smpl, NULL-terminated, by name. */
static char **test_files(void)
{
	g_autoptr(GDir) d = g_dir_open(TEST_DIR "/smpl", 0, NULL);
	GPtrArray *files = g_ptr_array_new();
	const char *name;

	assert_non_null(d);
	while ((name = g_dir_read_name(d)))
		if (g_str_has_suffix(name, ".c"))
			g_ptr_array_add(files, g_build_filename(TEST_DIR "/smpl", name, NULL));
	g_ptr_array_add(files, NULL);
	return (char **)g_ptr_array_free(files, FALSE);
}

/* Lines "LINE:COLUMN" (columns from 0) that the patch of this name found in its own test file. */
static char *found_by(const struct finding_list *l, const char *file, const char *patch)
{
	GString *s = g_string_new(NULL);

	for (unsigned int i = 0; i < l->all.n; i++) {
		const struct finding *f = &l->all.v[i];

		if (strcmp(f->file, file) == 0 && strcmp(f->exit_kind, patch) == 0)
			g_string_append_printf(s, "%u:%u\n", f->line, f->column - 1);
	}
	return g_string_free(s, FALSE);
}

/* The same from the .res file. */
static char *expected(const char *file)
{
	g_autofree char *base = g_strndup(file, strlen(file) - 2), *path = g_strconcat(base, ".res", NULL);
	g_autofree char *text = NULL;
	GString *s = g_string_new(NULL);

	assert_true(g_file_get_contents(path, &text, NULL, NULL));
	for (const char *p = text; *p; p += strcspn(p, "\n") + 1) {
		unsigned int line, column;

		assert_int_equal(sscanf(p, "%u:%u", &line, &column), 2);
		g_string_append_printf(s, "%u:%u\n", line, column);
	}
	return g_string_free(s, FALSE);
}

/* All patches over all test files in one scan: neither the filter nor running together may lose or add a finding. */
static void test_patches_together(void **state)
{
	g_autoptr(GPtrArray) skipped = g_ptr_array_new_with_free_func(smpl_skipped_free);
	struct finding_list one = {.arena = arena_new()}, three = {.arena = arena_new()};
	g_auto(GStrv) files = test_files();
	g_autofree char *spatch = g_find_program_in_path("spatch");
	g_autoptr(GError) err = NULL;

	if (!spatch)
		skip();
	assert_true(scan(NULL, PATCHES, files, 1, &one, skipped, &err));
	assert_int_equal(skipped->len, 0);
	for (char **f = files; *f; f++) {
		g_autofree char *base = g_path_get_basename(*f), *patch = g_strndup(base, strlen(base) - 2);
		g_autofree char *got = found_by(&one, *f, patch), *want = expected(*f);

		assert_string_equal(got, want);
	}
	assert_true(scan(NULL, PATCHES, files, 3, &three, skipped, &err));
	assert_int_equal(one.all.n, three.all.n);
	for (unsigned int i = 0; i < one.all.n; i++)
		assert_string_equal(one.all.v[i].fingerprint, three.all.v[i].fingerprint);
	arena_free(one.arena);
	arena_free(three.arena);
}

/* Each patch has its test file, and every rule that it names exists (smpl_patches_load checks the rest). */
static void test_every_patch_has_a_test(void **state)
{
	g_autoptr(GError) err = NULL;
	g_autoptr(GPtrArray) patches = smpl_patches_load(PATCHES, &err);

	assert_null(err);
	assert_true(patches->len >= 20);
	for (unsigned int i = 0; i < patches->len; i++) {
		const struct smpl_patch *p = patches->pdata[i];
		g_autofree char *test = g_strdup_printf(TEST_DIR "/smpl/%s.c", p->name);

		assert_true(g_file_test(test, G_FILE_TEST_EXISTS));
	}
}

static void test_kernel_scripts_are_mapped(void **state)
{
	static const char script[] = "/// free\n// Confidence: Moderate\n// Options: --no-includes\n"
				     "virtual patch\nvirtual report\n";
	g_autofree char *tree = g_dir_make_tmp("test-smpl-XXXXXX", NULL);
	g_autofree char *dir = g_build_filename(tree, "scripts", "coccinelle", "free", NULL);
	g_autofree char *known = g_build_filename(dir, "devm_free.cocci", NULL);
	g_autofree char *other = g_build_filename(dir, "other.cocci", NULL);
	g_autofree char *silent = g_build_filename(dir, "silent.cocci", NULL);
	g_autofree char *remove = g_strdup_printf("rm -r '%s'", tree);
	g_autoptr(GPtrArray) scripts = NULL;
	const struct smpl_patch *p;

	assert_int_equal(g_mkdir_with_parents(dir, 0700), 0);
	assert_true(g_file_set_contents(known, script, -1, NULL));
	assert_true(g_file_set_contents(other, script, -1, NULL));
	assert_true(g_file_set_contents(silent, "virtual patch\n", -1, NULL));
	scripts = smpl_kernel_patches_load(tree, TEST_DIR "/../semantic-patches/kernel.map", NULL);
	assert_non_null(scripts);
	assert_int_equal(scripts->len, 2);
	p = scripts->pdata[0];
	assert_string_equal(p->rule, "free/managed");
	assert_int_equal(p->confidence, CONF_MEDIUM);
	assert_non_null(strstr(p->options, "-D report"));
	assert_non_null(strstr(p->options, "--no-includes"));
	assert_string_equal(((const struct smpl_patch *)scripts->pdata[1])->rule, "kernel/other");
	assert_int_equal(system(remove), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_header_is_read),
		cmocka_unit_test(test_bad_headers_are_refused),
		cmocka_unit_test(test_outline_finds_functions),
		cmocka_unit_test(test_outline_skips_directives),
		cmocka_unit_test(test_outline_sees_split_conditionals),
		cmocka_unit_test(test_filter_blanks_other_functions),
		cmocka_unit_test(test_filter_conditions),
		cmocka_unit_test(test_lines_become_findings),
		cmocka_unit_test(test_merge_tells_once),
		cmocka_unit_test(test_missing_spatch_is_told),
		cmocka_unit_test(test_time_limit_is_reported),
		cmocka_unit_test(test_dying_spatch_is_reported),
		cmocka_unit_test(test_output_is_taken),
		cmocka_unit_test(test_every_patch_has_a_test),
		cmocka_unit_test(test_kernel_scripts_are_mapped),
		cmocka_unit_test(test_patches_together),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
