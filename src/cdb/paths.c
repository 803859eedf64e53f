/*
 * Compile commands for what the user names, from wherever they are to be had soonest: a compile_commands.json (imported
 * once into a compact cache), what an earlier capture found (as long as configuration and Makefiles are the same), or
 * a new capture of just what is missing.
 */
#include "cdb/cache.h"
#include "cdb/capture.h"
#include "cdb/internal.h"

#include <glib/gstdio.h>
#include <string.h>

/* Reading less than this takes no longer than looking for its cache. */
#define IMPORT_MIN (1 << 20)

static void append_stat(GString *stamp, const char *path)
{
	GStatBuf st;

	if (g_stat(path, &st) == 0)
		g_string_append_printf(stamp, "file %" G_GINT64_FORMAT " %" G_GINT64_FORMAT ".%09ld %s\n",
				       (gint64)st.st_size, (gint64)st.st_mtim.tv_sec, st.st_mtim.tv_nsec, path);
}

static void add_selected(const struct cdb *from, const char *path, struct cdb *to)
{
	GPtrArray *found = cdb_select(from, path);

	for (guint i = 0; i < found->len; i++) {
		const struct cdb_entry *e = found->pdata[i];

		cdb_add(to, e->directory, e->file, e->argv);
	}
	g_ptr_array_free(found, TRUE);
}

/* Only the entries for `paths`, all when there are none. Takes `db`. */
static struct cdb *narrowed(struct cdb *db, char *const *paths)
{
	struct cdb *out;

	if (!paths || !paths[0])
		return db;
	out = cdb_new();
	for (; *paths; paths++)
		add_selected(db, *paths, out);
	cdb_free(db);
	cdb_finish(out);
	return out;
}

static struct cdb *from_cache(const struct cache *c, char *const *paths)
{
	struct cdb *db = cdb_new();

	if (!paths || !paths[0])
		cache_read(c, NULL, db);
	for (; paths && *paths; paths++)
		cache_read(c, *paths, db);
	cdb_finish(db);
	return db;
}

static struct cdb *from_file(const char *file, char *const *paths, GError **err)
{
	g_autofree char *cached = cache_path("import", file);
	g_autoptr(GString) stamp = g_string_new(NULL);
	GStatBuf st;
	struct cache *c;
	struct cdb *db;

	if (g_stat(file, &st) != 0 || st.st_size < IMPORT_MIN) {
		db = cdb_load(file, err);
		return db ? narrowed(db, paths) : NULL;
	}
	append_stat(stamp, file);
	c = cache_open(cached);
	if (c && strcmp(cache_stamp(c), stamp->str) == 0) {
		db = from_cache(c, paths);
	} else {
		db = cdb_load(file, err);
		if (db)
			cache_write(cached, db, stamp->str);
		db = db ? narrowed(db, paths) : NULL;
	}
	cache_close(c);
	return db;
}

/* The Makefiles that decide how files of `dir` are compiled: its own and all above, up to `root`. */
static void append_makefiles(GString *stamp, GHashTable *seen, const char *dir, const char *root)
{
	g_autofree char *makefile = NULL, *kbuild = NULL, *up = NULL;

	if (!path_is_below(dir, root) || g_hash_table_contains(seen, dir))
		return;
	g_hash_table_add(seen, g_strdup(dir));
	makefile = g_build_filename(dir, "Makefile", NULL);
	kbuild = g_build_filename(dir, "Kbuild", NULL);
	append_stat(stamp, makefile);
	append_stat(stamp, kbuild);
	up = g_path_get_dirname(dir);
	append_makefiles(stamp, seen, up, root);
}

/* A capture's stamp: what it depends on, then the targets that it answers for. */
static char *capture_stamp(const struct ktree *t, const char *root, const struct cdb *db, const GPtrArray *targets)
{
	GString *stamp = g_string_new(NULL);
	g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	g_autofree char *config = g_build_filename(t->build, ".config", NULL);
	g_autofree char *auto_conf = g_build_filename(t->build, "include/config/auto.conf", NULL);

	append_stat(stamp, config);
	append_stat(stamp, auto_conf);
	for (guint i = 0; i < db->entries->len; i++) {
		const struct cdb_entry *e = db->entries->pdata[i];
		g_autofree char *dir = g_path_get_dirname(e->file);

		append_makefiles(stamp, seen, dir, root);
	}
	for (guint i = 0; i < targets->len; i++)
		g_string_append_printf(stamp, "target %s\n", (char *)targets->pdata[i]);
	return g_string_free(stamp, FALSE);
}

/* TRUE when every file that the stamp names is unchanged; `targets` gets what it answers for. */
static gboolean stamp_holds(const char *stamp, GPtrArray *targets)
{
	g_auto(GStrv) lines = g_strsplit(stamp, "\n", -1);

	for (char **l = lines; *l && **l; l++) {
		g_autoptr(GString) now = g_string_new(NULL);
		const char *path = g_str_has_prefix(*l, "file ") ? strchr(*l, '/') : NULL;

		if (g_str_has_prefix(*l, "target ")) {
			g_ptr_array_add(targets, g_strdup(*l + strlen("target ")));
			continue;
		}
		if (path)
			append_stat(now, path);
		if (!path || now->len != strlen(*l) + 1 || strncmp(now->str, *l, strlen(*l)) != 0)
			return FALSE;
	}
	return TRUE;
}

/* Is `target` one of `known`, or within a directory that is? */
static gboolean is_covered(const GPtrArray *known, const char *target)
{
	for (guint i = 0; i < known->len; i++) {
		const char *k = known->pdata[i];

		if (strcmp(k, target) == 0 || (g_str_has_suffix(k, "/") && g_str_has_prefix(target, k)))
			return TRUE;
	}
	return FALSE;
}

/* One capture's worth of asking: the tree, or one external module. */
struct request {
	const char *tree;
	const struct ktree *ktree;
	const char *module; /* NULL: the tree itself */
	GPtrArray *wanted;  /* make targets; for a module the one it has */
	int jobs;
	GCancellable *stop;
};

/* What is known already: the cache if it still holds, and the targets it answers for. */
static struct cache *open_known(const char *path, GPtrArray *targets)
{
	struct cache *c = cache_open(path);

	if (!c || stamp_holds(cache_stamp(c), targets))
		return c;
	g_ptr_array_set_size(targets, 0);
	cache_close(c);
	return NULL;
}

static GPtrArray *missing_targets(const struct request *r, const GPtrArray *known)
{
	GPtrArray *missing = g_ptr_array_new_with_free_func(g_free);

	for (guint i = 0; i < r->wanted->len; i++)
		if (!is_covered(known, r->wanted->pdata[i]))
			g_ptr_array_add(missing, g_strdup(r->wanted->pdata[i]));
	return missing;
}

/* Captures what is missing and adds what was known. The targets become known. */
static struct cdb *extend(const struct request *r, const struct cache *c, GPtrArray *missing, GPtrArray *known,
			  GError **err)
{
	struct cdb_capture_options opt = {.tree = r->tree, .module = r->module, .jobs = r->jobs, .stop = r->stop};
	struct cdb *fresh, *all;

	for (guint i = 0; i < missing->len; i++)
		g_ptr_array_add(known, g_strdup(missing->pdata[i]));
	g_ptr_array_add(missing, NULL);
	opt.targets = r->module ? NULL : (char **)missing->pdata;
	fresh = cdb_capture(&opt, err);
	if (!fresh)
		return NULL;
	all = cdb_new();
	add_selected(fresh, "/", all); /* first: of two for one file the newer stays */
	if (c)
		cache_read(c, NULL, all);
	cdb_finish(all);
	cdb_free(fresh);
	return all;
}

static gboolean answer(const struct request *r, char *const *paths, struct cdb *out, GError **err)
{
	g_autofree char *key = g_strconcat(r->ktree->build, "\n", r->module, NULL), *stamp = NULL;
	g_autofree char *cached = cache_path("capture", key);
	g_autoptr(GPtrArray) known = g_ptr_array_new_with_free_func(g_free);
	struct cache *c = open_known(cached, known);
	g_autoptr(GPtrArray) missing = missing_targets(r, known);
	struct cdb *db;

	if (missing->len == 0) {
		db = from_cache(c, paths);
	} else {
		db = extend(r, c, missing, known, err);
		if (db) {
			stamp = capture_stamp(r->ktree, r->module ? r->module : r->ktree->source, db, known);
			cache_write(cached, db, stamp);
			db = narrowed(db, paths);
		}
	}
	cache_close(c);
	if (!db)
		return FALSE;
	add_selected(db, "/", out);
	cdb_free(db);
	return TRUE;
}

/* The external module that a path outside the tree belongs to: the nearest directory with a Makefile. */
static char *module_of(const char *path)
{
	g_autofree char *dir = g_strdup(path);

	while (strcmp(dir, "/") != 0) {
		g_autofree char *makefile = g_build_filename(dir, "Makefile", NULL);
		g_autofree char *kbuild = g_build_filename(dir, "Kbuild", NULL);
		char *up;

		if (g_file_test(makefile, G_FILE_TEST_EXISTS) || g_file_test(kbuild, G_FILE_TEST_EXISTS))
			return g_steal_pointer(&dir);
		up = g_path_get_dirname(dir);
		g_free(dir);
		dir = up;
	}
	return NULL;
}

static gboolean answer_tree(struct request *r, char *const *paths, struct cdb *out, GError **err)
{
	gboolean ok;

	r->wanted = paths && paths[0] ? targets_for(r->ktree, paths, err) : targets_all(r->ktree);
	if (!r->wanted)
		return FALSE;
	ok = answer(r, paths, out, err);
	g_ptr_array_free(r->wanted, TRUE);
	return ok;
}

static gboolean answer_module(struct request *r, char *path, struct cdb *out, GError **err)
{
	char *const one[] = {path, NULL};
	g_autofree char *module = module_of(path);
	struct request m = *r;
	gboolean ok;

	if (!module)
		return TRUE; /* no build knows it: the caller sees that nothing was found */
	m.module = module;
	m.wanted = g_ptr_array_new();
	g_ptr_array_add(m.wanted, (char *)"modules");
	ok = answer(&m, one, out, err);
	g_ptr_array_free(m.wanted, TRUE);
	return ok;
}

static struct cdb *from_capture(const char *tree, char *const *paths, int jobs, GCancellable *stop, GError **err)
{
	struct ktree *t = ktree_open(tree, err);
	struct request r = {.tree = tree, .ktree = t, .jobs = jobs, .stop = stop};
	g_autoptr(GPtrArray) inside = g_ptr_array_new();
	struct cdb *out;
	gboolean ok = TRUE;

	if (!t)
		return NULL;
	out = cdb_new();
	for (guint i = 0; ok && paths && paths[i]; i++) {
		if (targets_contain(t, paths[i]))
			g_ptr_array_add(inside, paths[i]);
		else
			ok = answer_module(&r, paths[i], out, err);
	}
	if (ok && (inside->len > 0 || !paths || !paths[0])) {
		g_ptr_array_add(inside, NULL);
		ok = answer_tree(&r, (char *const *)inside->pdata, out, err);
	}
	ktree_free(t);
	cdb_finish(out);
	if (ok)
		return out;
	cdb_free(out);
	return NULL;
}

/* The compile_commands.json of the tree, beside the source or in its build directory. NULL when there is none. */
static char *database_of(const char *tree)
{
	char *file = g_build_filename(tree, "compile_commands.json", NULL);
	struct ktree *t;

	if (g_file_test(file, G_FILE_TEST_EXISTS))
		return file;
	g_clear_pointer(&file, g_free);
	t = ktree_locate(tree, NULL);
	if (t)
		file = g_build_filename(t->build, "compile_commands.json", NULL);
	ktree_free(t);
	if (file && !g_file_test(file, G_FILE_TEST_EXISTS))
		g_clear_pointer(&file, g_free);
	return file;
}

/* Absolute: against the current directory if that leads somewhere, else against the tree. */
static char **absolute(char *const *paths, const char *tree)
{
	g_autoptr(GStrvBuilder) b = g_strv_builder_new();

	for (; paths && *paths; paths++) {
		g_autofree char *here = g_canonicalize_filename(*paths, NULL);
		g_autofree char *there = tree ? g_canonicalize_filename(*paths, tree) : NULL;

		g_strv_builder_add(b, there && !g_file_test(here, G_FILE_TEST_EXISTS) ? there : here);
	}
	return g_strv_builder_end(b);
}

struct cdb *cdb_for_paths(const char *tree, const char *database, char **paths, int jobs, GCancellable *stop,
			  GError **err)
{
	g_autofree char *root = tree ? g_canonicalize_filename(tree, NULL) : NULL;
	g_auto(GStrv) names = absolute(paths, root);
	g_autofree char *file = NULL;

	if (database)
		file = g_file_test(database, G_FILE_TEST_IS_DIR)
			       ? g_build_filename(database, "compile_commands.json", NULL)
			       : g_strdup(database);
	else if (root)
		file = database_of(root);
	if (file) {
		g_autofree char *norm = g_canonicalize_filename(file, NULL);

		return from_file(norm, names, err);
	}
	if (root)
		return from_capture(root, names, jobs, stop, err);
	g_set_error(err, CDB_ERROR, CDB_ERROR_NO_TREE,
		    "no compile commands: name a kernel tree with -C, or a compile_commands.json with -p");
	return NULL;
}
