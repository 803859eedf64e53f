/* From files and directories to the make targets that build them. */
#include "cdb/capture.h"

#include "cdb/internal.h"

#include <stdlib.h>
#include <string.h>

static gboolean has_makefile(const char *dir)
{
	g_autofree char *kbuild = g_build_filename(dir, "Kbuild", NULL),
			*makefile = g_build_filename(dir, "Makefile", NULL);

	return g_file_test(kbuild, G_FILE_TEST_EXISTS) || g_file_test(makefile, G_FILE_TEST_EXISTS);
}

/* The part of `path` below `dir`, NULL when it is not below. */
static const char *relative_to(const char *path, const char *dir)
{
	if (!path_is_below(path, dir))
		return NULL;
	path += strlen(dir);
	return *path == '/' ? path + 1 : path;
}

/* Where the user's name leads within the tree. Names may go through links: then the real paths decide. */
static char *name_in_tree(const struct ktree *t, const char *name)
{
	g_autofree char *path = g_canonicalize_filename(name, t->source);
	const char *rel = relative_to(path, t->source);
	char *real_path, *real_source, *out;

	if (!rel)
		rel = relative_to(path, t->build);
	if (rel)
		return g_strdup(rel);
	real_path = realpath(path, NULL);
	real_source = realpath(t->source, NULL);
	rel = real_path && real_source ? relative_to(real_path, real_source) : NULL;
	out = rel ? g_strdup(rel) : NULL;
	free(real_path);
	free(real_source);
	return out;
}

gboolean targets_contain(const struct ktree *t, const char *path)
{
	g_autofree char *rel = name_in_tree(t, path);

	return rel != NULL;
}

/* "drivers/hid/" for anything in or below drivers/hid, from its own or the nearest Makefile. "" for the tree's root. */
static char *directory_target(const struct ktree *t, const char *rel)
{
	g_autofree char *dir = g_strdup(rel);

	while (*dir) {
		g_autofree char *path = g_build_filename(t->source, dir, NULL);
		char *slash;

		if (has_makefile(path))
			return g_strconcat(dir, "/", NULL);
		slash = strrchr(dir, '/');
		if (!slash)
			break;
		*slash = '\0';
	}
	return g_strdup("");
}

/* "x.o" for "x.c" and "x.o" when there is such a source; NULL otherwise. */
static char *object_target(const struct ktree *t, const char *rel)
{
	g_autofree char *source = g_strdup(rel), *path = NULL;
	size_t n = strlen(rel);

	if (!g_str_has_suffix(rel, ".o") && !g_str_has_suffix(rel, ".c"))
		return NULL;
	source[n - 1] = 'c';
	path = g_build_filename(t->source, source, NULL);
	if (!g_file_test(path, G_FILE_TEST_EXISTS))
		return NULL;
	source[n - 1] = 'o';
	return g_steal_pointer(&source);
}

static char *target_for(const struct ktree *t, const char *name, GError **err)
{
	g_autofree char *rel = name_in_tree(t, name), *path = NULL, *dir = NULL;
	char *object;

	if (!rel) {
		g_set_error(err, CDB_ERROR, CDB_ERROR_NO_TREE, "%s: not in the tree %s; name the right tree with -C",
			    name, t->source);
		return NULL;
	}
	path = g_build_filename(t->source, rel, NULL);
	if (g_file_test(path, G_FILE_TEST_IS_DIR))
		return directory_target(t, rel);
	object = object_target(t, rel);
	if (object)
		return object;
	dir = g_path_get_dirname(rel);
	if (g_file_test(path, G_FILE_TEST_EXISTS)) /* a header, a Makefile: what its directory builds */
		return directory_target(t, strcmp(dir, ".") == 0 ? "" : dir);
	g_set_error(err, CDB_ERROR, CDB_ERROR_IO, "%s: no such file or directory in %s", name, t->source);
	return NULL;
}

static gboolean contains(const GPtrArray *list, const char *s)
{
	for (guint i = 0; i < list->len; i++)
		if (strcmp(list->pdata[i], s) == 0)
			return TRUE;
	return FALSE;
}

GPtrArray *targets_for(const struct ktree *t, char *const *names, GError **err)
{
	GPtrArray *out = g_ptr_array_new_with_free_func(g_free);

	for (; *names; names++) {
		char *target = target_for(t, *names, err);

		if (!target) {
			g_ptr_array_free(out, TRUE);
			return NULL;
		}
		if (!*target) {
			g_free(target);
			g_ptr_array_free(out, TRUE);
			return targets_all(t);
		}
		if (contains(out, target))
			g_free(target);
		else
			g_ptr_array_add(out, target);
	}
	return out;
}

/* Not part of the kernel's image or modules, though they have Makefiles. */
static gboolean is_kernel_directory(const char *name)
{
	static const char *const others[] = {"Documentation", "LICENSES", "arch", "include", "rust", "samples",
					     "scripts",	      "tools",	  "usr",  "source",  "certs"};

	for (guint i = 0; i < G_N_ELEMENTS(others); i++)
		if (strcmp(name, others[i]) == 0)
			return FALSE;
	return name[0] != '.';
}

static void add_arch(const struct ktree *t, GPtrArray *out)
{
	for (guint i = 0; i < t->vars->len; i++) {
		const char *v = t->vars->pdata[i];
		g_autofree char *target = NULL, *path = NULL;

		if (!g_str_has_prefix(v, "ARCH="))
			continue;
		target = g_strdup_printf("arch/%s/", v + strlen("ARCH="));
		path = g_build_filename(t->source, target, NULL);
		if (has_makefile(path))
			g_ptr_array_add(out, g_steal_pointer(&target));
	}
}

static int by_name(gconstpointer a, gconstpointer b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *targets_all(const struct ktree *t)
{
	GPtrArray *out = g_ptr_array_new_with_free_func(g_free);
	GDir *dir = g_dir_open(t->source, 0, NULL);
	const char *name;

	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *path = g_build_filename(t->source, name, NULL);

		if (is_kernel_directory(name) && g_file_test(path, G_FILE_TEST_IS_DIR) && has_makefile(path))
			g_ptr_array_add(out, g_strconcat(name, "/", NULL));
	}
	if (dir)
		g_dir_close(dir);
	add_arch(t, out);
	g_ptr_array_sort(out, by_name);
	return out;
}
