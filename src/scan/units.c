#include "scan/units.h"

#include "scan/tree.h"

#include <gio/gio.h>
#include <string.h>

static void entry_free(gpointer p)
{
	struct cdb_entry *e = p;

	g_free(e->directory);
	g_free(e->file);
	g_strfreev(e->argv);
	g_free(e);
}

static gint by_file(gconstpointer a, gconstpointer b)
{
	const struct cdb_entry *x = *(struct cdb_entry *const *)a, *y = *(struct cdb_entry *const *)b;

	return strcmp(x->file, y->file);
}

static gint by_text(gconstpointer a, gconstpointer b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void sort_entries(GPtrArray *entries)
{
	guint kept = 0;

	g_ptr_array_sort(entries, by_file);
	for (guint i = 0; i < entries->len; i++)
		if (!kept || by_file(&entries->pdata[i], &entries->pdata[kept - 1]) != 0)
			entries->pdata[kept++] = entries->pdata[i];
	g_ptr_array_set_size(entries, (gint)kept);
}

static struct cdb_entry *plain_entry(const char *file, char **flags)
{
	struct cdb_entry *e = g_new0(struct cdb_entry, 1);
	GStrvBuilder *argv = g_strv_builder_new();

	g_strv_builder_add(argv, "clang");
	if (flags)
		g_strv_builder_addv(argv, (const char **)flags);
	g_strv_builder_add(argv, "-c");
	g_strv_builder_add(argv, file);
	e->directory = g_get_current_dir();
	e->file = g_strdup(file);
	e->argv = g_strv_builder_end(argv);
	g_strv_builder_unref(argv);
	return e;
}

static gboolean add_plain(struct units *u, const char *path, char **flags, GError **err);

static gboolean add_plain_directory(struct units *u, const char *path, char **flags, GError **err)
{
	GDir *dir = g_dir_open(path, 0, err);
	const char *name;
	gboolean ok = TRUE;

	if (!dir)
		return FALSE;
	while (ok && (name = g_dir_read_name(dir))) {
		char *child = g_build_filename(path, name, NULL);

		if (g_str_has_suffix(name, ".c") || g_file_test(child, G_FILE_TEST_IS_DIR))
			ok = add_plain(u, child, flags, err);
		g_free(child);
	}
	g_dir_close(dir);
	return ok;
}

static gboolean add_plain(struct units *u, const char *path, char **flags, GError **err)
{
	if (g_file_test(path, G_FILE_TEST_IS_DIR))
		return add_plain_directory(u, path, flags, err);
	if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
		g_set_error(err, G_FILE_ERROR, G_FILE_ERROR_NOENT, "%s: no such file or directory", path);
		return FALSE;
	}
	g_ptr_array_add(u->own, plain_entry(path, flags));
	g_ptr_array_add(u->entries, u->own->pdata[u->own->len - 1]);
	return TRUE;
}

static gboolean select_plain(struct units *u, const struct units_options *opt, GError **err)
{
	if (!opt->paths || !opt->paths[0]) {
		g_set_error(err, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
			    "name the files to analyse, or a kernel tree with -C, or compile commands with -p");
		return FALSE;
	}
	for (char **p = opt->paths; *p; p++) {
		char *path = g_canonicalize_filename(*p, NULL);
		gboolean ok = add_plain(u, path, opt->flags, err);

		g_free(path);
		if (!ok)
			return FALSE;
	}
	return TRUE;
}

/* One path of the user's: its commands; or, for a file without any, a unit that cannot be analysed. */
static gboolean add_path(struct units *u, const char *path, GError **err)
{
	GPtrArray *found = cdb_select(u->db, path);

	for (guint i = 0; i < found->len; i++)
		g_ptr_array_add(u->entries, found->pdata[i]);
	if (found->len == 0 && g_file_test(path, G_FILE_TEST_IS_REGULAR)) {
		g_ptr_array_add(u->without, g_strdup(path));
	} else if (found->len == 0) {
		g_set_error(err, G_FILE_ERROR, G_FILE_ERROR_NOENT,
			    g_file_test(path, G_FILE_TEST_EXISTS)
				    ? "%s: nothing is compiled below it in this configuration"
				    : "%s: no such file or directory",
			    path);
		g_ptr_array_unref(found);
		return FALSE;
	}
	g_ptr_array_unref(found);
	return TRUE;
}

static char **resolve_all(const struct units_options *opt)
{
	GStrvBuilder *b = g_strv_builder_new();
	char **all;

	for (char **p = opt->paths; p && *p; p++) {
		char *path = tree_resolve(opt->root, *p);

		g_strv_builder_add(b, path);
		g_free(path);
	}
	/* Without a path: the whole tree, but of compile commands that the user named all that they hold. */
	if (opt->root && !opt->database && (!opt->paths || !opt->paths[0]))
		g_strv_builder_add(b, opt->root);
	all = g_strv_builder_end(b);
	g_strv_builder_unref(b);
	return all;
}

static gboolean select_compiled(struct units *u, const struct units_options *opt, GError **err)
{
	char **paths = resolve_all(opt);
	gboolean ok;

	u->db = cdb_for_paths(opt->root, opt->database, paths, opt->jobs, opt->stop, err);
	ok = u->db != NULL;
	for (char **p = paths; ok && *p; p++)
		ok = add_path(u, *p, err);
	for (guint i = 0; ok && !paths[0] && i < u->db->entries->len; i++)
		g_ptr_array_add(u->entries, u->db->entries->pdata[i]);
	g_strfreev(paths);
	return ok;
}

struct units *units_none(void)
{
	struct units *u = g_new0(struct units, 1);

	u->entries = g_ptr_array_new();
	u->without = g_ptr_array_new_with_free_func(g_free);
	u->own = g_ptr_array_new_with_free_func(entry_free);
	return u;
}

struct units *units_select(const struct units_options *opt, GError **err)
{
	struct units *u = units_none();
	gboolean plain = opt->flags || (!opt->root && !opt->database);

	if (!(plain ? select_plain(u, opt, err) : select_compiled(u, opt, err))) {
		units_free(u);
		return NULL;
	}
	sort_entries(u->entries);
	g_ptr_array_sort(u->without, by_text);
	return u;
}

void units_free(struct units *u)
{
	if (!u)
		return;
	g_ptr_array_unref(u->entries);
	g_ptr_array_unref(u->without);
	g_ptr_array_unref(u->own);
	if (u->db)
		cdb_free(u->db);
	g_free(u);
}

char **units_split_flags(int *argc, char **argv)
{
	for (int i = 1; i < *argc; i++) {
		if (strcmp(argv[i], "--") == 0) {
			argv[i] = NULL;
			*argc = i;
			return &argv[i + 1];
		}
	}
	return NULL;
}
