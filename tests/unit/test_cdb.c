/* Compile commands: words, databases, flags, a tree's state, capturing from a small stand-in for kbuild, caches. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cdb/cache.h"
#include "cdb/capture.h"
#include "cdb/internal.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

struct scratch {
	char *dir;
};

static int setup(void **state)
{
	struct scratch *s = g_new0(struct scratch, 1);

	s->dir = g_dir_make_tmp("drvcheck-test-XXXXXX", NULL);
	*state = s;
	return s->dir ? 0 : -1;
}

static void remove_all(const char *path)
{
	GDir *dir = g_file_test(path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open(path, 0, NULL);
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

	remove_all(s->dir);
	g_free(s->dir);
	g_free(s);
	return 0;
}

/* Writes a file below the test's directory and returns its path, which lives until the program ends. */
static const char *put(void **state, const char *name, const char *text)
{
	struct scratch *s = *state;
	g_autofree char *path = g_build_filename(s->dir, name, NULL), *dir = g_path_get_dirname(path);

	assert_int_equal(g_mkdir_with_parents(dir, 0777), 0);
	assert_true(g_file_set_contents(path, text, -1, NULL));
	return g_intern_string(path);
}

static const char *at(void **state, const char *name)
{
	struct scratch *s = *state;
	g_autofree char *path = g_build_filename(s->dir, name, NULL);

	return g_intern_string(path);
}

static void assert_error(GError *err, int code, const char *part)
{
	assert_non_null(err);
	assert_int_equal(err->code, code);
	if (!strstr(err->message, part))
		fail_msg("\"%s\" does not say \"%s\"", err->message, part);
	assert_null(strchr(err->message, '\n')); /* one sentence */
	g_error_free(err);
}

static char *joined(char **words)
{
	char *out = g_strjoinv("|", words);

	g_strfreev(words);
	return out;
}

static void words_of_a_command(void **state)
{
	const char *rest;
	g_autofree char *plain = joined(shell_split("  cc -c  a.c", NULL));
	g_autofree char *quoted = joined(shell_split("cc '-DA=\"x y\"' \"-DB=\\\"z\\\"\" -DC=a\\ b", NULL));
	g_autofree char *first = joined(shell_split("set -e; cc a.c && true", &rest));

	assert_string_equal(plain, "cc|-c|a.c");
	assert_string_equal(quoted, "cc|-DA=\"x y\"|-DB=\"z\"|-DC=a b");
	assert_string_equal(first, "set|-e");
	assert_string_equal(rest, "; cc a.c && true");
	assert_null(shell_split("cc 'open", NULL));
	assert_null(shell_split("cc \"open", NULL));
}

static void both_forms_of_a_database(void **state)
{
	const char *path = put(
		state, "compile_commands.json",
		"[\n"
		"{\"directory\": \"/k\", \"file\": \"b.c\", \"output\": {\"x\": [1, null, \"]\"]},\n"
		" \"arguments\": [\"clang\", \"-DS=\\\"a\\u00e9\\\"\", \"-c\", \"b.c\"]},\n"
		"{\"directory\": \"/k/sub\", \"file\": \"../a.c\", \"command\": \"gcc '-DN=\\\"hid\\\"' -c ../a.c\"}\n"
		"]\n");
	GError *err = NULL;
	struct cdb *db = cdb_load(path, &err);
	const struct cdb_entry *e;

	assert_null(err);
	assert_int_equal(db->entries->len, 2);
	e = db->entries->pdata[0];
	assert_string_equal(e->file, "/k/a.c");
	assert_string_equal(e->directory, "/k/sub");
	assert_string_equal(e->argv[1], "-DN=\"hid\"");
	e = cdb_find(db, "/k/b.c");
	assert_non_null(e);
	assert_string_equal(e->argv[1], "-DS=\"a\xc3\xa9\"");
	cdb_free(db);
}

static void database_errors_name_their_line(void **state)
{
	static const struct {
		const char *text, *place, *what;
	} cases[] = {
		{"[\n{\"directory\": \"/k\"\n \"file\": \"a.c\"}]", ":3:", "expected '}'"},
		{"[\n{\"directory\": \"/k\", \"file\": \"a.c\"}]", ":2:", "neither \"arguments\" nor \"command\""},
		{"[\n\n{\"file\": \"a.c\", \"command\": \"cc\"}]", ":3:", "no \"directory\""},
		{"[{\"directory\": \"/k\", \"command\": \"cc\"}]", ":1:", "no \"file\""},
		{"[{\"directory\": \"k\", \"file\": \"a.c\", \"command\": \"cc\"}]", ":1:", "not an absolute path"},
		{"[{\"directory\": \"/k\", \"file\": \"a.c\", \"command\": \"cc 'x\"}]", ":1:", "quote"},
		{"[\n{\"directory\": \"/k", ":2:", "expected '\"'"},
		{"[{\"directory\": \"\\q\"}]", ":1:", "escape"},
		{"{}", ":1:", "expected '['"},
		{"[] []", ":1:", "after the closing"},
		{"", ":1:", "expected '['"},
	};

	for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
		const char *path = put(state, "bad.json", cases[i].text);
		g_autofree char *place = g_strconcat("bad.json", cases[i].place, NULL);
		GError *err = NULL;

		assert_null(cdb_load(path, &err));
		assert_non_null(strstr(err->message, place));
		assert_error(err, CDB_ERROR_FORMAT, cases[i].what);
	}
}

static void missing_database_says_how_to_make_one(void **state)
{
	GError *err = NULL;

	assert_null(cdb_load(at(state, "none.json"), &err));
	assert_error(err, CDB_ERROR_IO, "drvcheck capture");
}

static struct cdb *database(const char *const *files)
{
	char *argv[] = {(char *)"clang", (char *)"-c", NULL, NULL};
	struct cdb *db = cdb_new();

	for (; *files; files++) {
		argv[2] = (char *)*files;
		cdb_add(db, "/k", *files, argv);
	}
	cdb_finish(db);
	return db;
}

static void selection_by_file_and_directory(void **state)
{
	static const char *const files[] = {
		"drivers/hid/b.c",    "drivers/hid/a.c",     "drivers/hid-core.c", "drivers/hid/x/y.c",
		"drivers/hidden/z.c", "drivers/hid/entry.S", "drivers/hid/a.c",	   NULL};
	struct cdb *db = database(files);
	GPtrArray *found = cdb_select(db, "/k/drivers/hid/");

	assert_int_equal(db->entries->len, 5); /* one a.c, no assembler */
	assert_int_equal(found->len, 3);
	assert_string_equal(((struct cdb_entry *)found->pdata[0])->file, "/k/drivers/hid/a.c");
	g_ptr_array_free(found, TRUE);
	found = cdb_select(db, "/k/drivers/hid/../hid/b.c");
	assert_int_equal(found->len, 1);
	g_ptr_array_free(found, TRUE);
	assert_null(cdb_find(db, "/k/drivers/hid"));
	cdb_free(db);
}

static void selection_through_a_link(void **state)
{
	const char *real = put(state, "real/a.c", ""), *link = at(state, "link");
	const char *const files[] = {real, NULL};
	struct cdb *db = database(files);
	GPtrArray *found;

	assert_int_equal(symlink(at(state, "real"), link), 0);
	found = cdb_select(db, link);
	assert_int_equal(found->len, 1);
	g_ptr_array_free(found, TRUE);
	cdb_free(db);
}

static void written_database_reads_back(void **state)
{
	char *argv[] = {(char *)"gcc", (char *)"-DN=\"a\\b\"", (char *)"-c", (char *)"tab\there.c", NULL};
	const char *path = at(state, "out.json");
	struct cdb *db = cdb_new(), *back;
	GError *err = NULL;

	cdb_add(db, "/k", "a.c", argv);
	cdb_finish(db);
	assert_true(cdb_write(db, path, &err));
	back = cdb_load(path, &err);
	assert_non_null(back);
	for (guint i = 0; i < 4; i++)
		assert_string_equal(((struct cdb_entry *)back->entries->pdata[0])->argv[i], argv[i]);
	cdb_free(back);
	assert_false(cdb_write(db, at(state, "no/such/dir.json"), &err));
	assert_error(err, CDB_ERROR_IO, "cannot be written");
	cdb_free(db);
}

/* The flags of one command line, joined by blanks. */
static char *flags(const char *command)
{
	char **argv = shell_split(command, NULL);
	struct cdb_entry e = {.directory = (char *)"/k", .file = (char *)"/k/d/a.c", .argv = argv};
	char **out = cdb_clang_flags(&e);
	char *text = g_strjoinv(" ", out);

	g_strfreev(argv);
	g_strfreev(out);
	return text;
}

static void assert_flags(const char *command, const char *expected)
{
	g_autofree char *got = flags(command);

	assert_string_equal(got, expected);
}

#define PREFIX_MAP " -fmacro-prefix-map=/k/="

static void flags_of_a_clang_command(void **state)
{
	assert_flags("clang-19 -Wp,-MMD,d/.a.o.d -nostdinc -I./include -I ../up -include ./include/k.h -D__KERNEL__ "
		     "--target=x86_64-linux-gnu -fintegrated-as -Werror -Wall -std=gnu11 -fshort-wchar -mcmodel=kernel "
		     "-mllvm -asan-stack=0 -fpatchable-function-entry=59,59 -pg -mfentry -O2 -D X=1 -UY -isystem /s "
		     "-frandomize-layout-seed-file=./seed --param p=1 -MF dep -c -o d/a.o d/a.c",
		     "-nostdinc -I/k/include -I/up -include /k/include/k.h -D__KERNEL__ --target=x86_64-linux-gnu "
		     "-std=gnu11 "
		     "-fshort-wchar -mcmodel=kernel -O2 -DX=1 -UY -isystem /s" PREFIX_MAP);
}

static void sanitizers_leave_their_macro(void **state)
{
	assert_flags("clang -fsanitize=kernel-address -fsanitize=bounds,shift -c d/a.c",
		     "-D__SANITIZE_ADDRESS__=1" PREFIX_MAP);
	assert_flags("clang -fsanitize=thread -fno-sanitize=all -c d/a.c", "-D__SANITIZE_THREAD__=1" PREFIX_MAP);
}

static void flags_of_a_gcc_command(void **state)
{
	assert_flags("gcc -mpreferred-stack-boundary=3 -mindirect-branch=thunk-extern -fconserve-stack "
		     "-fplugin=./scripts/gcc-plugins/x.so -fno-allow-store-data-races -mno-sse -m64 -c -o d/a.o d/a.c",
		     "-mno-sse -m64" PREFIX_MAP);
	assert_flags("aarch64-linux-gnu-gcc-12 -mabi=lp64 -c d/a.c",
		     "--target=aarch64-linux-gnu -mabi=lp64" PREFIX_MAP);
	assert_flags("gcc -nostdinc -isystem /usr/lib/gcc/x86_64-linux-gnu/12/include -Iinc -c d/a.c",
		     "-nostdlibinc -I/k/inc" PREFIX_MAP);
	assert_flags("gcc -Wp,-MD,x.d,-DA=1 -c d/a.c", "-DA=1" PREFIX_MAP);
}

static void commands_in_what_make_prints(void **state)
{
	const struct command_context ctx = {.build = "/k"};
	struct cdb *db = cdb_new();

	commands_add_line(
		db, &ctx,
		"set -e;  echo '  CC [M]  d/a.o';   trap 'rm -f d/a.o; kill -s HUP $$' HUP; "
		"clang-19 -D__KERNEL__ '-DN=\"a\"' -c -o d/a.o d/a.c   ; objtool d/a.o; fixdep 'x -c b.c' > y");
	commands_add_line(db, &ctx, "clang-19 -O2 -c -o scripts/host.o scripts/host.c");
	commands_add_line(db, &ctx, "gcc -D__KERNEL__ -c -o d/entry.o d/entry.S");
	commands_add_line(db, &ctx, "gcc -D__KERNEL__ -c -o d/m.mod.o d/m.mod.c");
	cdb_finish(db);
	assert_int_equal(db->entries->len, 1);
	assert_string_equal(((struct cdb_entry *)db->entries->pdata[0])->file, "/k/d/a.c");
	assert_string_equal(((struct cdb_entry *)db->entries->pdata[0])->argv[2], "-DN=\"a\"");
	cdb_free(db);
}

static void commands_of_what_is_built(void **state)
{
	const struct command_context ctx = {.build = at(state, "")};
	struct cdb *db = cdb_new();

	put(state, "d/.a.o.cmd",
	    "savedcmd_d/a.o := gcc -D__KERNEL__ -D\"S(x)=$(pound)x\" -DD='$$' -c -o d/a.o d/a.c\n\nsource_d/a.o := "
	    "d/a.c\n");
	put(state, "d/sub/.b.o.cmd", "cmd_d/sub/b.o := gcc -D__KERNEL__ -c -o d/sub/b.o d/sub/b.c ; true\n");
	put(state, "d/.c.ko.cmd", "cmd_d/c.ko := ld -o d/c.ko -D__KERNEL__ -c x.c\n");
	put(state, "d/.junk.o.cmd", "nothing of ours\n");
	commands_add_built(db, &ctx, at(state, "d"));
	cdb_finish(db);
	assert_int_equal(db->entries->len, 2);
	assert_string_equal(((struct cdb_entry *)db->entries->pdata[0])->argv[2], "-DS(x)=#x");
	assert_string_equal(((struct cdb_entry *)db->entries->pdata[0])->argv[3], "-DD=$");
	cdb_free(db);
}

/* kbuild, as far as `make -n` of a directory or an object shows it. Counts its runs outside the tree. */
#define FAKE_MAKEFILE                                                      \
	"MAKEFLAGS += -rR\n"                                               \
	"$(shell echo run >> $(RUNS))\n"                                   \
	"cmd = $(CC) -D__KERNEL__ -DARCH_IS=$(ARCH) -c -o $@ $(@:.o=.c)\n" \
	"drivers/hid/: drivers/hid/a.o drivers/hid/b.o ;\n"                \
	"drivers/net/: drivers/net/n.o ;\n"                                \
	"drivers/: drivers/hid/ drivers/net/ ;\n"                          \
	"ifeq ($(obj-dirs)$(may-sync-config)$(need-compiler),1)\n"         \
	"%.o: FORCE\n\t@set -e; echo '  CC $@'; $(cmd); true\n"            \
	"endif\n"                                                          \
	"FORCE:\n"

static const char *fake_tree(void **state)
{
	put(state, "k/Makefile", FAKE_MAKEFILE);
	put(state, "k/Kconfig", "");
	put(state, "k/scripts/x", "");
	put(state, "k/drivers/Makefile", "");
	put(state, "k/drivers/hid/Makefile", "");
	put(state, "k/drivers/net/Makefile", "");
	put(state, "k/drivers/hid/a.c", "");
	put(state, "k/drivers/hid/b.c", "");
	put(state, "k/drivers/net/n.c", "");
	put(state, "k/.config", "CONFIG_CC_IS_GCC=y\n");
	put(state, "k/include/config/auto.conf.cmd",
	    "autoconfig := x\n\nifneq \"$(CC)\" \"sh\"\nendif\nifneq \"$(ARCH)\" \"toy\"\n");
	put(state, "k/include/generated/autoconf.h", "");
	put(state, "k/include/generated/bounds.h", "");
	put(state, "k/include/config/auto.conf", "CONFIG_CC_VERSION_TEXT=\"toy 1.0\"\n");
	g_setenv("RUNS", put(state, "runs", ""), TRUE);
	return at(state, "k");
}

static size_t runs(void **state)
{
	g_autofree char *text = NULL;
	gsize n = 0;

	g_file_get_contents(at(state, "runs"), &text, &n, NULL);
	return n / strlen("run\n");
}

static int by_text(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void list_tree(const char *path, GString *out)
{
	GDir *dir = g_dir_open(path, 0, NULL);
	GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
	const char *name;
	GStatBuf st;

	assert_int_equal(g_stat(path, &st), 0);
	g_string_append_printf(out, "%s %ld %ld.%ld\n", path, (long)st.st_size, (long)st.st_mtim.tv_sec,
			       st.st_mtim.tv_nsec);
	while (dir && (name = g_dir_read_name(dir)))
		g_ptr_array_add(names, g_strdup(name));
	g_ptr_array_sort(names, by_text);
	for (guint i = 0; i < names->len; i++) {
		g_autofree char *child = g_build_filename(path, names->pdata[i], NULL);

		list_tree(child, out);
	}
	if (dir)
		g_dir_close(dir);
	g_ptr_array_free(names, TRUE);
}

static struct cdb *capture(const char *tree, const char *target, GError **err)
{
	char *targets[] = {(char *)target, NULL};
	struct cdb_capture_options opt = {.tree = tree, .targets = target ? targets : NULL, .jobs = 1};

	return cdb_capture(&opt, err);
}

static void capture_leaves_the_tree_alone(void **state)
{
	const char *tree = fake_tree(state);
	g_autoptr(GString) before = g_string_new(NULL), after = g_string_new(NULL);
	GError *err = NULL;
	struct cdb *db;
	const struct cdb_entry *e;

	list_tree(tree, before);
	db = capture(tree, "drivers/hid/", &err);
	list_tree(tree, after);
	assert_null(err);
	assert_int_equal(db->entries->len, 2);
	e = cdb_find(db, at(state, "k/drivers/hid/a.c"));
	assert_string_equal(e->argv[0], "sh");
	assert_string_equal(e->argv[2], "-DARCH_IS=toy");
	assert_string_equal(e->directory, tree);
	assert_string_equal(before->str, after->str);
	cdb_free(db);
}

static void capture_of_one_file_and_of_everything(void **state)
{
	const char *tree = fake_tree(state);
	GError *err = NULL;
	struct cdb *db = capture(tree, "drivers/hid/b.c", &err);

	assert_null(err);
	assert_int_equal(db->entries->len, 1);
	cdb_free(db);
	db = capture(tree, NULL, &err);
	assert_null(err);
	assert_int_equal(db->entries->len, 3);
	cdb_free(db);
	db = capture(tree, at(state, "k/drivers/net"), &err);
	assert_int_equal(db->entries->len, 1);
	cdb_free(db);
}

static void capture_merges_what_is_built(void **state)
{
	const char *tree = fake_tree(state);
	GError *err = NULL;
	struct cdb *db;

	put(state, "k/drivers/hid/.old.o.cmd",
	    "savedcmd_drivers/hid/old.o := sh -D__KERNEL__ -c -o drivers/hid/old.o drivers/hid/old.c\n");
	db = capture(tree, "drivers/hid", &err);
	assert_int_equal(db->entries->len, 3);
	assert_non_null(cdb_find(db, at(state, "k/drivers/hid/old.c")));
	cdb_free(db);
}

static void build_directory_from_either_side(void **state)
{
	const char *tree = fake_tree(state);
	g_autofree char *real = NULL;
	char *resolved;
	GError *err = NULL;
	struct ktree *t;

	g_rename(at(state, "k/.config"), put(state, "k/build/.config", ""));
	assert_int_equal(symlink(tree, at(state, "k/build/source")), 0);
	resolved = realpath(tree, NULL);
	t = ktree_locate(tree, &err);
	assert_null(err);
	assert_string_equal(t->build, at(state, "k/build"));
	ktree_free(t);
	t = ktree_locate(at(state, "k/build"), &err);
	assert_null(err);
	assert_string_equal(t->source, resolved);
	ktree_free(t);
	free(resolved);
}

static void states_that_stop_a_capture(void **state)
{
	const char *tree = fake_tree(state);
	struct utimbuf later = {.actime = 4000000000, .modtime = 4000000000};
	GError *err = NULL;

	assert_null(capture(tree, "drivers/none", &err));
	assert_error(g_steal_pointer(&err), CDB_ERROR_IO, "no such file or directory");
	assert_null(capture(tree, "/", &err));
	assert_error(g_steal_pointer(&err), CDB_ERROR_NO_TREE, "not in the tree");
	utime(at(state, "k/.config"), &later);
	assert_null(capture(tree, NULL, &err));
	assert_error(g_steal_pointer(&err), CDB_ERROR_UNCONFIGURED, "make olddefconfig");
	g_remove(at(state, "k/include/generated/bounds.h"));
	assert_null(capture(tree, NULL, &err));
	assert_error(g_steal_pointer(&err), CDB_ERROR_UNCONFIGURED, "make modules_prepare");
	g_remove(at(state, "k/.config"));
	assert_null(capture(tree, NULL, &err));
	assert_error(g_steal_pointer(&err), CDB_ERROR_UNCONFIGURED, "not configured");
	g_remove(at(state, "k/Kconfig"));
	assert_null(capture(tree, NULL, &err));
	assert_error(g_steal_pointer(&err), CDB_ERROR_NO_TREE, "not a kernel tree");
	g_remove(at(state, "k/Makefile"));
	assert_null(capture(tree, NULL, &err));
	assert_error(g_steal_pointer(&err), CDB_ERROR_NO_MAKEFILE, "no Makefile");
	assert_null(capture(at(state, "nowhere"), NULL, &err));
	assert_error(g_steal_pointer(&err), CDB_ERROR_NO_TREE, "no such directory");
}

static void failures_of_make_are_told(void **state)
{
	const char *tree = fake_tree(state);
	GError *err = NULL;

	put(state, "k/Makefile", ".PHONY: drivers/hid/\ndrivers/hid/:\n\t$(error the toy is broken)\n");
	assert_null(capture(tree, "drivers/hid", &err));
	assert_error(g_steal_pointer(&err), CDB_ERROR_MAKE, "the toy is broken");
	put(state, "k/include/config/auto.conf.cmd", "\nifneq \"$(CC)\" \"no-such-compiler\"\n");
	assert_null(capture(tree, "drivers/hid", &err));
	assert_error(g_steal_pointer(&err), CDB_ERROR_MAKE, "\"toy 1.0\", which is not installed");
}

static guint units_of(const char *tree, const char *path)
{
	char *paths[] = {(char *)path, NULL};
	GError *err = NULL;
	struct cdb *db = cdb_for_paths(tree, NULL, paths, 1, NULL, &err);
	guint n;

	if (!db)
		fail_msg("%s", err->message);
	n = db->entries->len;
	cdb_free(db);
	return n;
}

static void captures_are_kept_until_the_tree_changes(void **state)
{
	const char *tree = fake_tree(state);

	assert_int_equal(units_of(tree, at(state, "k/drivers/hid")), 2);
	assert_int_equal(runs(state), 1);
	assert_int_equal(units_of(tree, at(state, "k/drivers/hid/a.c")), 1);
	assert_int_equal(runs(state), 1);
	assert_int_equal(units_of(tree, at(state, "k/drivers/net/n.c")), 1); /* only this one is asked for */
	assert_int_equal(runs(state), 2);
	assert_int_equal(units_of(tree, at(state, "k/drivers/hid/b.c")), 1); /* still known */
	assert_int_equal(runs(state), 2);
	put(state, "k/drivers/hid/Makefile", "# changed\n");
	assert_int_equal(units_of(tree, at(state, "k/drivers/hid/b.c")), 1);
	assert_int_equal(runs(state), 3);
	put(state, "k/.config", "CONFIG_OTHER=y\n");
	put(state, "k/include/config/auto.conf", "CONFIG_CC_VERSION_TEXT=\"toy 1.1\"\n");
	assert_int_equal(units_of(tree, at(state, "k/drivers/hid/b.c")), 1);
	assert_int_equal(runs(state), 4);
}

static void database_of_the_tree_comes_first(void **state)
{
	const char *tree = fake_tree(state);
	g_autofree char *text = g_strdup_printf(
		"[{\"directory\": \"%s\", \"file\": \"drivers/hid/a.c\", \"command\": \"cc -c x\"}]", tree);

	put(state, "k/compile_commands.json", text);
	assert_int_equal(units_of(tree, at(state, "k/drivers/hid")), 1);
	assert_int_equal(units_of(tree, "drivers/hid/a.c"), 1); /* relative to the tree */
	assert_int_equal(units_of(tree, at(state, "k/drivers/net")), 0);
	assert_int_equal(runs(state), 0);
}

/* Over the size from which databases are imported. */
static const char *large_database(void **state, guint n, const char *flag)
{
	GString *s = g_string_new("[");
	const char *path;

	for (guint i = 0; i < n; i++)
		g_string_append_printf(s,
				       "%s{\"directory\": \"/k\", \"file\": \"d%u/f%u.c\", \"command\": \"cc %s "
				       "-DSOMETHING_LONG_%u=%0200u -c x\"}\n",
				       i ? "," : "", i % 10, i, flag, i % 7, i);
	g_string_append(s, "]");
	path = put(state, "large.json", s->str);
	g_string_free(s, TRUE);
	return path;
}

static const struct cdb_entry *sole_entry(struct cdb **db, const char *database_file, const char *file)
{
	char *paths[] = {(char *)file, NULL};
	GError *err = NULL;

	*db = cdb_for_paths(NULL, database_file, paths, 1, NULL, &err);
	assert_null(err);
	assert_int_equal((*db)->entries->len, 1);
	return (*db)->entries->pdata[0];
}

static void large_databases_are_imported_once(void **state)
{
	const char *path = large_database(state, 5000, "-DFIRST");
	g_autofree char *cached = cache_path("import", path);
	struct cdb *db;

	assert_false(g_file_test(cached, G_FILE_TEST_EXISTS));
	assert_string_equal(sole_entry(&db, path, "/k/d7/f17.c")->argv[1], "-DFIRST");
	cdb_free(db);
	assert_true(g_file_test(cached, G_FILE_TEST_EXISTS));
	assert_string_equal(sole_entry(&db, path, "/k/d7/f17.c")->argv[1], "-DFIRST");
	cdb_free(db);
	large_database(state, 5001, "-DSECOND");
	assert_string_equal(sole_entry(&db, path, "/k/d0/f5000.c")->argv[1], "-DSECOND");
	cdb_free(db);
	assert_true(g_file_set_contents(cached, "no cache at all", -1, NULL));
	assert_string_equal(sole_entry(&db, path, "/k/d0/f5000.c")->argv[1], "-DSECOND");
	cdb_free(db);
}

static void damaged_caches_do_no_harm(void **state)
{
	static const char *const files[] = {"a.c", "b.c", NULL};
	const char *path = at(state, "x.cdb");
	struct cdb *db = database(files);
	g_autofree char *image = NULL;
	gsize n;

	cache_write(path, db, "stamp");
	cdb_free(db);
	assert_true(g_file_get_contents(path, &image, &n, NULL));
	assert_true(g_file_set_contents(path, image, (gssize)n - 1, NULL));
	assert_null(cache_open(path));
	for (gsize i = 40; i + 1 < n; i++) { /* behind the header: any byte may be wrong */
		struct cache *c;
		char saved = image[i];

		image[i] = (char)~saved;
		assert_true(g_file_set_contents(path, image, (gssize)n, NULL));
		image[i] = saved;
		c = cache_open(path);
		if (!c)
			continue;
		db = cdb_new();
		cache_read(c, NULL, db);
		cdb_finish(db);
		cdb_free(db);
		cache_close(c);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_of_a_command),
		cmocka_unit_test_setup_teardown(both_forms_of_a_database, setup, teardown),
		cmocka_unit_test_setup_teardown(database_errors_name_their_line, setup, teardown),
		cmocka_unit_test_setup_teardown(missing_database_says_how_to_make_one, setup, teardown),
		cmocka_unit_test(selection_by_file_and_directory),
		cmocka_unit_test_setup_teardown(selection_through_a_link, setup, teardown),
		cmocka_unit_test_setup_teardown(written_database_reads_back, setup, teardown),
		cmocka_unit_test(flags_of_a_clang_command),
		cmocka_unit_test(sanitizers_leave_their_macro),
		cmocka_unit_test(flags_of_a_gcc_command),
		cmocka_unit_test(commands_in_what_make_prints),
		cmocka_unit_test_setup_teardown(commands_of_what_is_built, setup, teardown),
		cmocka_unit_test_setup_teardown(capture_leaves_the_tree_alone, setup, teardown),
		cmocka_unit_test_setup_teardown(capture_of_one_file_and_of_everything, setup, teardown),
		cmocka_unit_test_setup_teardown(capture_merges_what_is_built, setup, teardown),
		cmocka_unit_test_setup_teardown(build_directory_from_either_side, setup, teardown),
		cmocka_unit_test_setup_teardown(states_that_stop_a_capture, setup, teardown),
		cmocka_unit_test_setup_teardown(failures_of_make_are_told, setup, teardown),
		cmocka_unit_test_setup_teardown(captures_are_kept_until_the_tree_changes, setup, teardown),
		cmocka_unit_test_setup_teardown(database_of_the_tree_comes_first, setup, teardown),
		cmocka_unit_test_setup_teardown(large_databases_are_imported_once, setup, teardown),
		cmocka_unit_test_setup_teardown(damaged_caches_do_no_harm, setup, teardown),
	};
	g_autofree char *cache = g_dir_make_tmp("drvcheck-cache-XXXXXX", NULL);
	int failed;

	g_setenv("XDG_CACHE_HOME", cache, TRUE);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	remove_all(cache);
	return failed;
}
