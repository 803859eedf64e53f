/* The database itself: entries sorted by file, their strings interned. */
#include "cdb/internal.h"

#include <stdlib.h>
#include <string.h>

struct cdb_impl {
	struct cdb pub;
	GStringChunk *strings;
};

GQuark cdb_error_quark(void)
{
	return g_quark_from_static_string("cdb-error");
}

static void entry_free(gpointer p)
{
	struct cdb_entry *e = p;

	g_free(e->argv);
	g_free(e);
}

struct cdb *cdb_new(void)
{
	struct cdb_impl *db = g_new0(struct cdb_impl, 1);

	db->pub.entries = g_ptr_array_new_with_free_func(entry_free);
	db->strings = g_string_chunk_new(1 << 16);
	return &db->pub;
}

void cdb_free(struct cdb *pub)
{
	struct cdb_impl *db = (struct cdb_impl *)pub;

	if (!db)
		return;
	g_ptr_array_free(db->pub.entries, TRUE);
	g_string_chunk_free(db->strings);
	g_free(db);
}

void cdb_add(struct cdb *pub, const char *directory, const char *file, char *const *argv)
{
	struct cdb_impl *db = (struct cdb_impl *)pub;
	struct cdb_entry *e;
	g_autofree char *dir = g_canonicalize_filename(directory, "/");
	g_autofree char *path = g_canonicalize_filename(file, dir);
	guint n = 0;

	if (!g_str_has_suffix(path, ".c"))
		return;
	e = g_new0(struct cdb_entry, 1);
	e->directory = g_string_chunk_insert_const(db->strings, dir);
	e->file = g_string_chunk_insert_const(db->strings, path);
	while (argv[n])
		n++;
	e->argv = g_new0(char *, n + 1);
	for (guint i = 0; i < n; i++)
		e->argv[i] = g_string_chunk_insert_const(db->strings, argv[i]);
	g_ptr_array_add(db->pub.entries, e);
}

static int by_file(gconstpointer a, gconstpointer b)
{
	const struct cdb_entry *const *x = a;
	const struct cdb_entry *const *y = b;

	return strcmp((*x)->file, (*y)->file);
}

void cdb_finish(struct cdb *db)
{
	GPtrArray *sorted = g_ptr_array_new_with_free_func(entry_free);
	const struct cdb_entry *last = NULL;

	g_ptr_array_sort(db->entries, by_file); /* stable: the first of several commands for a file stays first */
	for (guint i = 0; i < db->entries->len; i++) {
		struct cdb_entry *e = db->entries->pdata[i];

		if (last && strcmp(last->file, e->file) == 0) {
			entry_free(e);
			continue;
		}
		g_ptr_array_add(sorted, e);
		last = e;
	}
	g_ptr_array_set_free_func(db->entries, NULL);
	g_ptr_array_free(db->entries, TRUE);
	db->entries = sorted;
}

gboolean path_is_below(const char *path, const char *dir)
{
	size_t n = strlen(dir);

	while (n > 0 && dir[n - 1] == '/')
		n--;
	return strncmp(path, dir, n) == 0 && (path[n] == '\0' || path[n] == '/');
}

/* Index of the first entry whose file is not less than `file`. */
static guint lower_bound(const struct cdb *db, const char *file)
{
	guint lo = 0, hi = db->entries->len;

	while (lo < hi) {
		guint mid = lo + (hi - lo) / 2;
		const struct cdb_entry *e = db->entries->pdata[mid];

		if (strcmp(e->file, file) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static void select_below(const struct cdb *db, const char *path, GPtrArray *out)
{
	size_t n = strlen(path);

	for (guint i = lower_bound(db, path); i < db->entries->len; i++) {
		struct cdb_entry *e = db->entries->pdata[i];

		if (strncmp(e->file, path, n) != 0)
			break;
		if (path_is_below(e->file, path)) /* not its sibling "hid-foo" */
			g_ptr_array_add(out, e);
	}
}

/* Commands mostly name real paths: a path through links is looked up again without them. */
GPtrArray *cdb_select(const struct cdb *db, const char *path)
{
	g_autofree char *norm = g_canonicalize_filename(path, NULL);
	GPtrArray *out = g_ptr_array_new();
	char *real;

	select_below(db, norm, out);
	if (out->len > 0)
		return out;
	real = realpath(norm, NULL);
	if (real)
		select_below(db, real, out);
	free(real);
	return out;
}

const struct cdb_entry *cdb_find(const struct cdb *db, const char *file)
{
	g_autofree char *norm = g_canonicalize_filename(file, NULL);
	guint i = lower_bound(db, norm);
	const struct cdb_entry *e;

	if (i == db->entries->len)
		return NULL;
	e = db->entries->pdata[i];
	return strcmp(e->file, norm) == 0 ? e : NULL;
}
