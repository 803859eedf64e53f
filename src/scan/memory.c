/*
 * The file is one zstd frame: a line that names the format, then for each function its name, a NUL, its directory, a
 * NUL, u8 of enum part, u32 size in the machine's byte order, and the summary or (no directory) the text of what its
 * callers do.
 */
#include "scan/memory.h"

#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>
#include <zstd.h>

#define HEAD "drvcheck summaries 2\n"
#define OLD_HEAD "drvcheck summaries 1\n" /* nothing of callers */
enum { LEVEL = 12, MAX_FILE = 1 << 30 };
enum part { PART_SUMMARY, PART_WITH_OFFSETS, PART_AFTERMATH };

struct entry {
	char *directory;
	gboolean offsets;
	GBytes *bytes;
};

struct memory {
	GHashTable *functions;	/* name -> GPtrArray of struct entry * */
	GHashTable *aftermaths; /* name -> text */
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
	m->aftermaths = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	return m;
}

void memory_free(struct memory *m)
{
	if (!m)
		return;
	g_hash_table_destroy(m->functions);
	g_hash_table_destroy(m->aftermaths);
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

/* The number of callers, then what both texts say; both are sorted. */
static char *what_both_say(const char *x, const char *y)
{
	g_auto(GStrv) a = g_strsplit(x, "\n", -1), b = g_strsplit(y, "\n", -1);
	GString *both = g_string_new(NULL);

	g_string_append_printf(both, "%lu\n", strtoul(x, NULL, 10) + strtoul(y, NULL, 10));
	for (char **l = a + 1; *a && *l; l++)
		if (**l && g_strv_contains((const char *const *)b + 1, *l))
			g_string_append_printf(both, "%s\n", *l);
	return g_string_free(both, FALSE);
}

static guint64 hash_of_aftermath(const char *name, const char *text)
{
	return XXH64(text, strlen(text), XXH64(name, strlen(name), 2));
}

void memory_add_aftermath(struct memory *m, const char *name, const char *text)
{
	const char *old = g_hash_table_lookup(m->aftermaths, name);
	char *now = old ? what_both_say(old, text) : g_strdup(text);

	m->hash ^= hash_of_aftermath(name, now) ^ (old ? hash_of_aftermath(name, old) : 0);
	g_hash_table_insert(m->aftermaths, g_strdup(name), now);
}

const char *memory_aftermath(const struct memory *m, const char *name)
{
	return g_hash_table_lookup(m->aftermaths, name);
}

void memory_keep(struct memory *m, const struct memory *older)
{
	GHashTableIter it;
	gpointer name, all, text;

	g_hash_table_iter_init(&it, older->aftermaths);
	while (g_hash_table_iter_next(&it, &name, &text))
		memory_add_aftermath(m, name, text);

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
		guint8 part;

		if (!size_at || end - size_at - 2 < (gssize)sizeof(size))
			return FALSE;
		part = (guint8)size_at[1];
		memcpy(&size, size_at + 2, sizeof(size));
		p = size_at + 2 + sizeof(size);
		if (size > (gsize)(end - p))
			return FALSE;
		if (part == PART_AFTERMATH) {
			g_autofree char *text = g_strndup(p, size);

			memory_add_aftermath(m, name, text);
		} else if (part == PART_SUMMARY || !other_layout) {
			memory_add(m, directory + 1, name, part == PART_WITH_OFFSETS, p, size);
		}
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
	ok = text && size >= strlen(HEAD) &&
	     (strncmp(text, HEAD, strlen(HEAD)) == 0 || strncmp(text, OLD_HEAD, strlen(OLD_HEAD)) == 0) &&
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

static void write_part(GByteArray *out, const char *name, const char *directory, enum part part, const void *bytes,
		       gsize size)
{
	guint8 what = part;
	guint32 n = (guint32)size;

	g_byte_array_append(out, (const guint8 *)name, (guint)strlen(name) + 1);
	g_byte_array_append(out, (const guint8 *)directory, (guint)strlen(directory) + 1);
	g_byte_array_append(out, &what, 1);
	g_byte_array_append(out, (const guint8 *)&n, sizeof(n));
	g_byte_array_append(out, bytes, n);
}

static void write_function(GByteArray *out, const char *name, GPtrArray *all)
{
	g_ptr_array_sort(all, by_directory);
	for (guint i = 0; i < all->len; i++) {
		const struct entry *e = all->pdata[i];
		gsize size;
		const void *data = g_bytes_get_data(e->bytes, &size);

		write_part(out, name, e->directory, e->offsets ? PART_WITH_OFFSETS : PART_SUMMARY, data, size);
	}
}

static void write_all(GByteArray *out, const struct memory *m)
{
	GList *names = g_list_sort(g_hash_table_get_keys(m->functions), (GCompareFunc)strcmp);

	g_byte_array_append(out, (const guint8 *)HEAD, (guint)strlen(HEAD));
	for (GList *l = names; l; l = l->next)
		write_function(out, l->data, g_hash_table_lookup(m->functions, l->data));
	g_list_free(names);
	names = g_list_sort(g_hash_table_get_keys(m->aftermaths), (GCompareFunc)strcmp);
	for (GList *l = names; l; l = l->next) {
		const char *text = g_hash_table_lookup(m->aftermaths, l->data);

		write_part(out, l->data, "", PART_AFTERMATH, text, strlen(text));
	}
	g_list_free(names);
}

gboolean memory_save(const struct memory *m, const char *path, GError **err)
{
	GByteArray *out = g_byte_array_new();
	gsize room, n;
	char *packed;
	gboolean ok;

	write_all(out, m);
	room = ZSTD_compressBound(out->len);
	packed = g_malloc(room);
	n = ZSTD_compress(packed, room, out->data, out->len, LEVEL);
	g_byte_array_unref(out);
	ok = !ZSTD_isError(n) && g_file_set_contents(path, packed, (gssize)n, err);
	g_free(packed);
	return ok;
}
