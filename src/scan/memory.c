/*
 * The file is one zstd frame: a line that names the format, then for each function its name, a NUL, its directory, a
 * NUL, u8 1 if it speaks of offsets, u32 size in the machine's byte order, and the summary.
 */
#include "scan/memory.h"

#include <gio/gio.h>
#include <string.h>
#include <xxhash.h>
#include <zstd.h>

#define HEAD "drvcheck summaries 1\n"
enum { LEVEL = 12, MAX_FILE = 1 << 30 };

struct entry {
	char *directory;
	gboolean offsets;
	GBytes *bytes;
};

struct memory {
	GHashTable *functions; /* name -> GPtrArray of struct entry * */
	guint n;
	guint64 hash;
};

static void entry_free(gpointer p)
{
	struct entry *e = p;

	g_free(e->directory);
	g_bytes_unref(e->bytes);
	g_free(e);
}

struct memory *memory_new(void)
{
	struct memory *m = g_new0(struct memory, 1);

	m->functions = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
	return m;
}

void memory_free(struct memory *m)
{
	if (!m)
		return;
	g_hash_table_destroy(m->functions);
	g_free(m);
}

static struct entry *find(const GPtrArray *all, const char *directory)
{
	for (guint i = 0; all && i < all->len; i++)
		if (strcmp(((struct entry *)all->pdata[i])->directory, directory) == 0)
			return all->pdata[i];
	return NULL;
}

static guint64 hash_of(const char *directory, const char *function, GBytes *bytes)
{
	gsize size;
	const void *data = g_bytes_get_data(bytes, &size);

	return XXH3_64bits_withSeed(data, size,
				    XXH64(function, strlen(function), XXH64(directory, strlen(directory), 1)));
}

/* Two of one name in one directory (a file built twice): whichever sorts first stays, in whatever order they come. */
void memory_add(struct memory *m, const char *directory, const char *function, gboolean offsets, const void *bytes,
		gsize size)
{
	GPtrArray *all = g_hash_table_lookup(m->functions, function);
	GBytes *copy = g_bytes_new(bytes, size);
	struct entry *old = find(all, directory);

	if (old && g_bytes_compare(old->bytes, copy) <= 0) {
		g_bytes_unref(copy);
		return;
	}
	m->hash ^= hash_of(directory, function, copy);
	if (old) {
		m->hash ^= hash_of(directory, function, old->bytes);
		g_bytes_unref(old->bytes);
		old->bytes = copy;
		old->offsets = offsets;
		return;
	}
	if (!all) {
		all = g_ptr_array_new_with_free_func(entry_free);
		g_hash_table_insert(m->functions, g_strdup(function), all);
	}
	old = g_new0(struct entry, 1);
	*old = (struct entry){g_strdup(directory), offsets, copy};
	g_ptr_array_add(all, old);
	m->n++;
}

void memory_keep(struct memory *m, const struct memory *older)
{
	GHashTableIter it;
	gpointer name, all;

	g_hash_table_iter_init(&it, older->functions);
	while (g_hash_table_iter_next(&it, &name, &all))
		for (guint i = 0; i < ((GPtrArray *)all)->len; i++) {
			const struct entry *e = ((GPtrArray *)all)->pdata[i];
			gsize size;
			const void *bytes = g_bytes_get_data(e->bytes, &size);

			if (!find(g_hash_table_lookup(m->functions, name), e->directory))
				memory_add(m, e->directory, name, e->offsets, bytes, size);
		}
}

const void *memory_recall(const struct memory *m, const char *directory, const char *function, gsize *size)
{
	const GPtrArray *all = g_hash_table_lookup(m->functions, function);
	const struct entry *e = find(all, directory);

	if (!e && all && all->len == 1)
		e = all->pdata[0];
	return e ? g_bytes_get_data(e->bytes, size) : NULL;
}

const void *memory_entry(const struct memory *m, const char *function, guint i, const char **directory, gsize *size)
{
	const GPtrArray *all = g_hash_table_lookup(m->functions, function);
	const struct entry *e = all && i < all->len ? all->pdata[i] : NULL;

	if (!e)
		return NULL;
	*directory = e->directory;
	return g_bytes_get_data(e->bytes, size);
}

guint memory_size(const struct memory *m)
{
	return m->n;
}

guint64 memory_hash(const struct memory *m)
{
	return m->hash;
}

/* ---- files ---- */

static gboolean parse(struct memory *m, const char *p, const char *end, gboolean other_layout)
{
	while (p < end) {
		const char *name = p, *directory = memchr(p, 0, (gsize)(end - p));
		const char *size_at = directory ? memchr(directory + 1, 0, (gsize)(end - directory - 1)) : NULL;
		guint32 size;
		gboolean offsets;

		if (!size_at || end - size_at - 2 < (gssize)sizeof(size))
			return FALSE;
		offsets = size_at[1] != 0;
		memcpy(&size, size_at + 2, sizeof(size));
		p = size_at + 2 + sizeof(size);
		if (size > (gsize)(end - p))
			return FALSE;
		if (!offsets || !other_layout)
			memory_add(m, directory + 1, name, offsets, p, size);
		p += size;
	}
	return TRUE;
}

static char *unpack(const char *packed, gsize n, gsize *size)
{
	unsigned long long expected = ZSTD_getFrameContentSize(packed, n);
	char *text;

	if (expected > MAX_FILE) /* unknown and error too */
		return NULL;
	text = g_malloc(expected + 1);
	*size = ZSTD_decompress(text, expected, packed, n);
	if (!ZSTD_isError(*size) && *size == expected)
		return text;
	g_free(text);
	return NULL;
}

gboolean memory_load(struct memory *m, const char *path, gboolean other_layout, GError **err)
{
	gsize n, size = 0;
	char *packed, *text;
	gboolean ok;

	if (!g_file_get_contents(path, &packed, &n, err))
		return FALSE;
	text = unpack(packed, n, &size);
	ok = text && size >= strlen(HEAD) && strncmp(text, HEAD, strlen(HEAD)) == 0 &&
	     parse(m, text + strlen(HEAD), text + size, other_layout);
	g_free(text);
	g_free(packed);
	if (!ok)
		g_set_error(err, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
			    "%s: no summaries of functions, or of another version of drvcheck; write them anew with "
			    "`drvcheck scan --learn=%s`",
			    path, path);
	return ok;
}

static gint by_directory(gconstpointer a, gconstpointer b)
{
	const struct entry *const *x = a, *const *y = b;

	return strcmp((*x)->directory, (*y)->directory);
}

static void write_function(GByteArray *out, const char *name, GPtrArray *all)
{
	g_ptr_array_sort(all, by_directory);
	for (guint i = 0; i < all->len; i++) {
		const struct entry *e = all->pdata[i];
		gsize size;
		const guint8 *data = g_bytes_get_data(e->bytes, &size);
		guint32 n = (guint32)size;
		guint8 offsets = e->offsets != 0;

		g_byte_array_append(out, (const guint8 *)name, (guint)strlen(name) + 1);
		g_byte_array_append(out, (const guint8 *)e->directory, (guint)strlen(e->directory) + 1);
		g_byte_array_append(out, &offsets, 1);
		g_byte_array_append(out, (const guint8 *)&n, sizeof(n));
		g_byte_array_append(out, data, n);
	}
}

gboolean memory_save(const struct memory *m, const char *path, GError **err)
{
	GByteArray *out = g_byte_array_new();
	GList *names = g_list_sort(g_hash_table_get_keys(m->functions), (GCompareFunc)strcmp);
	gsize room, n;
	char *packed;
	gboolean ok;

	g_byte_array_append(out, (const guint8 *)HEAD, (guint)strlen(HEAD));
	for (GList *l = names; l; l = l->next)
		write_function(out, l->data, g_hash_table_lookup(m->functions, l->data));
	g_list_free(names);
	room = ZSTD_compressBound(out->len);
	packed = g_malloc(room);
	n = ZSTD_compress(packed, room, out->data, out->len, LEVEL);
	g_byte_array_unref(out);
	ok = !ZSTD_isError(n) && g_file_set_contents(path, packed, (gssize)n, err);
	g_free(packed);
	return ok;
}
