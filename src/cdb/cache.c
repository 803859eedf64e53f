/* Compact databases: see the header. */
#include "cdb/cache.h"

#include "cdb/internal.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

#define MAGIC 0x31626463u /* "cdb1" */

struct cache_header {
	guint32 magic, n_strings, n_entries, n_args, text_size, stamp_size;
};

struct cache_entry {
	guint32 directory, file, args, n_args;
};

struct cache {
	GMappedFile *map;
	const struct cache_header *head;
	const char *stamp;
	const guint32 *strings;
	const struct cache_entry *entries;
	const guint32 *args;
	const char *text;
};

char *cache_path(const char *kind, const char *key)
{
	g_autofree char *both = g_strconcat(kind, "\n", key, NULL);
	g_autofree char *name =
		g_strdup_printf("%016" G_GINT64_MODIFIER "x.cdb", (guint64)XXH3_64bits(both, strlen(both)));

	return g_build_filename(g_get_user_cache_dir(), "drvcheck", "cdb", name, NULL);
}

struct writer {
	GHashTable *numbers; /* string -> its number + 1 */
	GArray *strings, *entries, *args;
	GString *text;
};

static guint32 number_of(struct writer *w, const char *s)
{
	guint32 known = GPOINTER_TO_UINT(g_hash_table_lookup(w->numbers, s));
	guint32 offset = (guint32)w->text->len;

	if (known)
		return known - 1;
	g_array_append_val(w->strings, offset);
	g_string_append_len(w->text, s, (gssize)strlen(s) + 1);
	g_hash_table_insert(w->numbers, (char *)s, GUINT_TO_POINTER(w->strings->len));
	return w->strings->len - 1;
}

static void write_entry(struct writer *w, const struct cdb_entry *e)
{
	struct cache_entry out = {number_of(w, e->directory), number_of(w, e->file), w->args->len, 0};

	for (; e->argv[out.n_args]; out.n_args++) {
		guint32 arg = number_of(w, e->argv[out.n_args]);

		g_array_append_val(w->args, arg);
	}
	g_array_append_val(w->entries, out);
}

static void append_array(GString *out, const GArray *a)
{
	g_string_append_len(out, a->data, (gssize)a->len * g_array_get_element_size((GArray *)a));
}

static GString *image_of(const struct writer *w, const char *stamp)
{
	gsize n = strlen(stamp) + 1;
	struct cache_header head = {MAGIC,	  w->strings->len,	 w->entries->len,
				    w->args->len, (guint32)w->text->len, (guint32)((n + 3) & ~(gsize)3)};
	GString *out = g_string_new(NULL);

	g_string_append_len(out, (const char *)&head, sizeof(head));
	g_string_append_len(out, stamp, (gssize)n);
	while ((out->len - sizeof(head)) < head.stamp_size)
		g_string_append_c(out, '\0');
	append_array(out, w->strings);
	append_array(out, w->entries);
	append_array(out, w->args);
	g_string_append_len(out, w->text->str, (gssize)w->text->len);
	return out;
}

void cache_write(const char *path, const struct cdb *db, const char *stamp)
{
	g_autofree char *dir = g_path_get_dirname(path);
	struct writer w = {
		.numbers = g_hash_table_new(g_str_hash, g_str_equal),
		.strings = g_array_new(FALSE, FALSE, sizeof(guint32)),
		.entries = g_array_new(FALSE, FALSE, sizeof(struct cache_entry)),
		.args = g_array_new(FALSE, FALSE, sizeof(guint32)),
		.text = g_string_new(NULL),
	};
	GString *image;

	for (guint i = 0; i < db->entries->len; i++)
		write_entry(&w, db->entries->pdata[i]);
	image = image_of(&w, stamp);
	if (g_mkdir_with_parents(dir, 0777) == 0)
		g_file_set_contents(path, image->str, (gssize)image->len,
				    NULL); /* moved into place: readers see one or other */
	g_string_free(image, TRUE);
	g_hash_table_destroy(w.numbers);
	g_array_free(w.strings, TRUE);
	g_array_free(w.entries, TRUE);
	g_array_free(w.args, TRUE);
	g_string_free(w.text, TRUE);
}

static gboolean lay_out(struct cache *c)
{
	const char *p = g_mapped_file_get_contents(c->map);
	gsize n = g_mapped_file_get_length(c->map), need;

	c->head = (const struct cache_header *)p;
	if (!p || n < sizeof(*c->head) || c->head->magic != MAGIC)
		return FALSE;
	need = sizeof(*c->head) + c->head->stamp_size + (gsize)c->head->n_strings * sizeof(guint32) +
	       (gsize)c->head->n_entries * sizeof(struct cache_entry) + (gsize)c->head->n_args * sizeof(guint32) +
	       c->head->text_size;
	if (n != need || c->head->stamp_size == 0 || c->head->stamp_size % 4 != 0)
		return FALSE;
	c->stamp = p + sizeof(*c->head);
	c->strings = (const guint32 *)(c->stamp + c->head->stamp_size);
	c->entries = (const struct cache_entry *)(c->strings + c->head->n_strings);
	c->args = (const guint32 *)(c->entries + c->head->n_entries);
	c->text = (const char *)(c->args + c->head->n_args);
	return c->stamp[c->head->stamp_size - 1] == '\0' && (c->head->text_size == 0 || p[n - 1] == '\0');
}

struct cache *cache_open(const char *path)
{
	GMappedFile *map = g_mapped_file_new(path, FALSE, NULL);
	struct cache *c;

	if (!map)
		return NULL;
	c = g_new0(struct cache, 1);
	c->map = map;
	if (lay_out(c))
		return c;
	cache_close(c);
	return NULL;
}

void cache_close(struct cache *c)
{
	if (!c)
		return;
	g_mapped_file_unref(c->map);
	g_free(c);
}

const char *cache_stamp(const struct cache *c)
{
	return c->stamp;
}

/* Numbers out of a damaged file must not lead outside it. */
static const char *string_at(const struct cache *c, guint32 number)
{
	guint32 offset = number < c->head->n_strings ? c->strings[number] : c->head->text_size;

	return offset < c->head->text_size ? c->text + offset : "";
}

static const char *file_at(const struct cache *c, guint32 i)
{
	return string_at(c, c->entries[i].file);
}

static void read_entry(const struct cache *c, guint32 i, struct cdb *db)
{
	const struct cache_entry *e = &c->entries[i];
	g_autofree char **argv = NULL;

	if ((guint64)e->args + e->n_args > c->head->n_args)
		return;
	argv = g_new0(char *, e->n_args + 1);
	for (guint32 k = 0; k < e->n_args; k++)
		argv[k] = (char *)string_at(c, c->args[e->args + k]);
	cdb_add(db, string_at(c, e->directory), file_at(c, i), argv);
}

static guint32 lower_bound(const struct cache *c, const char *file)
{
	guint32 lo = 0, hi = c->head->n_entries;

	while (lo < hi) {
		guint32 mid = lo + (hi - lo) / 2;

		if (strcmp(file_at(c, mid), file) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static guint read_below(const struct cache *c, const char *path, struct cdb *db)
{
	size_t n = path ? strlen(path) : 0;
	guint found = 0;

	for (guint32 i = path ? lower_bound(c, path) : 0; i < c->head->n_entries; i++) {
		if (path && strncmp(file_at(c, i), path, n) != 0)
			break;
		if (path && !path_is_below(file_at(c, i), path))
			continue;
		read_entry(c, i, db);
		found++;
	}
	return found;
}

void cache_read(const struct cache *c, const char *path, struct cdb *db)
{
	char *real;

	if (read_below(c, path, db) > 0 || !path)
		return;
	real = realpath(path, NULL); /* as cdb_select() does */
	if (real)
		read_below(c, real, db);
	free(real);
}
