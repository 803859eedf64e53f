/* Finding a kernel tree's source and build directories, and how it was configured: see the header. */
#include "cdb/tree.h"

#include "cdb/cdb.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

static gboolean has(const char *dir, const char *name)
{
	g_autofree char *path = g_build_filename(dir, name, NULL);

	return g_file_test(path, G_FILE_TEST_EXISTS);
}

static gboolean is_source(const char *dir)
{
	return has(dir, "Kconfig") && has(dir, "Makefile") && has(dir, "scripts");
}

/* kbuild leaves a link "source" in a build directory made with O=. NULL when there is none that leads to a source. */
static char *source_of_build(const char *dir)
{
	g_autofree char *link = g_build_filename(dir, "source", NULL);
	char *real = realpath(link, NULL);
	char *out = real && is_source(real) ? g_strdup(real) : NULL;

	free(real);
	return out;
}

static gboolean is_build_of(const char *dir, const char *real_source)
{
	g_autofree char *source = has(dir, ".config") ? source_of_build(dir) : NULL;

	return source && strcmp(source, real_source) == 0;
}

static void add_builds_in(const char *parent, const char *real_source, GPtrArray *found)
{
	GDir *dir = g_dir_open(parent, 0, NULL);
	const char *name;

	while (dir && (name = g_dir_read_name(dir))) {
		char *path = g_build_filename(parent, name, NULL);

		if (is_build_of(path, real_source))
			g_ptr_array_add(found, path);
		else
			g_free(path);
	}
	if (dir)
		g_dir_close(dir);
}

/* The one build directory in the source or beside it. NULL when there is none, or more than one to choose from. */
static char *build_of_source(const char *source)
{
	g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
	g_autofree char *parent = g_path_get_dirname(source);
	char *real = realpath(source, NULL);

	if (real) {
		add_builds_in(source, real, found);
		add_builds_in(parent, real, found);
	}
	free(real);
	return found->len == 1 ? g_strdup(found->pdata[0]) : NULL;
}

static gboolean locate_unconfigured(struct ktree *t, const char *path, GError **err)
{
	if (!is_source(path)) {
		g_set_error(err, CDB_ERROR, has(path, "Makefile") ? CDB_ERROR_NO_TREE : CDB_ERROR_NO_MAKEFILE,
			    "%s: %s; give the root of a kernel tree with -C", path,
			    has(path, "Makefile") ? "not a kernel tree (it has no Kconfig or no scripts/)"
						  : "has no Makefile, so it is no kernel tree");
		return FALSE;
	}
	t->build = build_of_source(path);
	if (t->build) {
		t->source = g_strdup(path);
		return TRUE;
	}
	g_set_error(err, CDB_ERROR, CDB_ERROR_UNCONFIGURED,
		    "%s: the tree is not configured (no .config); run `make allmodconfig && make modules_prepare` in "
		    "it, or "
		    "give its build directory (O=) with -C",
		    path);
	return FALSE;
}

static gboolean locate_configured(struct ktree *t, const char *path, GError **err)
{
	t->build = g_strdup(path);
	t->source = is_source(path) ? g_strdup(path) : source_of_build(path);
	if (t->source)
		return TRUE;
	g_set_error(err, CDB_ERROR, CDB_ERROR_NO_MAKEFILE,
		    "%s: has a .config but neither a kernel's Makefile nor a link `source` to one; run `make -C SOURCE "
		    "O=%s "
		    "outputmakefile`",
		    path, path);
	return FALSE;
}

struct ktree *ktree_locate(const char *given, GError **err)
{
	g_autofree char *path = g_canonicalize_filename(given, NULL);
	struct ktree *t = g_new0(struct ktree, 1);
	gboolean ok = FALSE;

	t->vars = g_ptr_array_new_with_free_func(g_free);
	if (!g_file_test(path, G_FILE_TEST_IS_DIR))
		g_set_error(err, CDB_ERROR, CDB_ERROR_NO_TREE,
			    "%s: no such directory; give the root of a kernel tree with -C", path);
	else if (has(path, ".config"))
		ok = locate_configured(t, path, err);
	else
		ok = locate_unconfigured(t, path, err);
	if (ok)
		return t;
	ktree_free(t);
	return NULL;
}

void ktree_free(struct ktree *t)
{
	if (!t)
		return;
	g_free(t->source);
	g_free(t->build);
	g_ptr_array_free(t->vars, TRUE);
	g_free(t);
}

static gint64 mtime_of(const char *dir, const char *name)
{
	g_autofree char *path = g_build_filename(dir, name, NULL);
	GStatBuf st;

	if (g_stat(path, &st) != 0)
		return -1;
	return (gint64)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
}

/* Sources do not parse without generated headers, and flags come from auto.conf: neither may be missing or old. */
static gboolean check_prepared(const struct ktree *t, GError **err)
{
	static const char *const needed[] = {"include/config/auto.conf", "include/generated/autoconf.h",
					     "include/generated/bounds.h"};

	for (guint i = 0; i < G_N_ELEMENTS(needed); i++) {
		if (has(t->build, needed[i]))
			continue;
		g_set_error(
			err, CDB_ERROR, CDB_ERROR_UNCONFIGURED,
			"%s/%s is missing: the tree is configured but not prepared; run `make modules_prepare` in it",
			t->build, needed[i]);
		return FALSE;
	}
	if (mtime_of(t->build, ".config") <= mtime_of(t->build, needed[0]))
		return TRUE;
	g_set_error(err, CDB_ERROR, CDB_ERROR_UNCONFIGURED,
		    "%s/.config changed after the tree was prepared; run `make olddefconfig modules_prepare` in it",
		    t->build);
	return FALSE;
}

/* VALUE of a line `ifneq "$(NAME)" "VALUE"`: kconfig notes this way what it was run with. NULL when it does not say. */
static char *recorded(const char *text, const char *name)
{
	g_autofree char *head = g_strdup_printf("\nifneq \"$(%s)\" \"", name);
	const char *at = strstr(text, head), *end;

	if (!at)
		return NULL;
	at += strlen(head);
	end = strpbrk(at, "\"\n");
	return end && *end == '"' && end > at ? g_strndup(at, end - at) : NULL;
}

/* First line that `compiler --version` prints, NULL when it cannot be run. */
static char *version_of(const char *compiler)
{
	const char *argv[] = {compiler, "--version", NULL};
	g_auto(GStrv) env = g_environ_setenv(g_get_environ(), "LC_ALL", "C", TRUE);
	char *out = NULL;

	if (!g_spawn_sync(NULL, (char **)argv, env, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &out,
			  NULL, NULL, NULL))
		return NULL;
	out[strcspn(out, "\n")] = '\0';
	return out;
}

/* "NAME" and "NAME-N" for the version that `text` speaks of. */
static char *compiler_by_version(const char *base, const char *text)
{
	char *candidates[2] = {NULL, g_strdup(base)};
	const char *number = text;
	char *found = NULL;

	while (*number && !(g_ascii_isdigit(*number) && number > text && number[-1] == ' '))
		number++;
	if (*number)
		candidates[0] = g_strdup_printf("%s-%d", base, atoi(number));
	for (guint i = 0; i < 2 && !found; i++) {
		g_autofree char *version = candidates[i] ? version_of(candidates[i]) : NULL;

		if (version && strcmp(version, text) == 0)
			found = g_strdup(candidates[i]);
	}
	g_free(candidates[0]);
	g_free(candidates[1]);
	return found;
}

/* Value of a string option in .config or auto.conf. */
static char *config_string(const char *text, const char *name)
{
	g_autofree char *head = g_strdup_printf("\n%s=\"", name);
	const char *at = strstr(text, head), *end;

	if (!at)
		return NULL;
	at += strlen(head);
	end = strpbrk(at, "\"\n");
	return end ? g_strndup(at, end - at) : NULL;
}

static gboolean can_run(const char *command)
{
	g_auto(GStrv) words = g_strsplit(command, " ", -1);
	g_autofree char *path = words[0] ? g_find_program_in_path(words[0]) : NULL;

	return path != NULL;
}

/* The file's text, or none, behind a newline: so every line has one before it. */
static char *read_below(const char *dir, const char *name)
{
	g_autofree char *path = g_build_filename(dir, name, NULL), *text = NULL;

	g_file_get_contents(path, &text, NULL, NULL);
	return g_strconcat("\n", text, NULL);
}

/* The compiler the tree was configured for, under the name it has here. */
static char *find_compiler(const struct ktree *t, const char *noted, GError **err)
{
	g_autofree char *config = read_below(t->build, "include/config/auto.conf");
	g_autofree char *text = config_string(config, "CONFIG_CC_VERSION_TEXT");
	gboolean clang = strstr(config, "\nCONFIG_CC_IS_CLANG=y") != NULL;
	char *cc = recorded(noted, "CC");

	if (cc && can_run(cc))
		return cc;
	g_free(cc);
	cc = text ? compiler_by_version(clang ? "clang" : "gcc", text) : NULL;
	if (!cc)
		g_set_error(err, CDB_ERROR, CDB_ERROR_MAKE,
			    "%s: the tree was configured with \"%s\", which is not installed here; install it, or run "
			    "`make olddefconfig modules_prepare` with the compiler that is",
			    t->build, text ? text : "an unknown compiler");
	return cc;
}

/* LLVM= as the user will have given it: a suffix, a directory, or just 1. NULL when not all tools are LLVM's. */
static char *llvm_value(const char *cc, const char *ld)
{
	g_autofree char *base = g_path_get_basename(cc);

	if (!ld || !strstr(ld, "ld.lld") || !g_str_has_prefix(base, "clang"))
		return NULL;
	if (g_path_is_absolute(cc))
		return g_strndup(cc, strlen(cc) - strlen(base));
	return g_strdup(base[5] == '-' ? base + 5 : "1");
}

static gboolean find_variables(struct ktree *t, GError **err)
{
	static const char *const names[] = {"ARCH", "LD", "AR", "NM", "OBJCOPY"};
	g_autofree char *noted = read_below(t->build, "include/config/auto.conf.cmd");
	g_autofree char *cc = find_compiler(t, noted, err);
	g_autofree char *ld = recorded(noted, "LD"), *llvm = NULL;

	if (!cc)
		return FALSE;
	g_ptr_array_add(t->vars, g_strdup_printf("CC=%s", cc));
	llvm = llvm_value(cc, ld);
	if (llvm)
		g_ptr_array_add(t->vars, g_strdup_printf("LLVM=%s", llvm));
	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		g_autofree char *value = recorded(noted, names[i]);

		if (value)
			g_ptr_array_add(t->vars, g_strdup_printf("%s=%s", names[i], value));
	}
	return TRUE;
}

struct ktree *ktree_open(const char *path, GError **err)
{
	struct ktree *t = ktree_locate(path, err);

	if (t && check_prepared(t, err) && find_variables(t, err))
		return t;
	ktree_free(t);
	return NULL;
}
