/* The meta file of a precompiled header: reading it, and telling whether what it describes is still true. */
#define _GNU_SOURCE /* memmem */
#include "parse/pch.h"
#include "parse/words.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define META_MAGIC "drvcheck-pch 1\n"

/* "key value\n" at *s, which moves to the next line; NULL when the line's key is another. */
static char *take(const char **s, const char *end, const char *key)
{
	size_t n = strlen(key);
	const char *eol = memchr(*s, '\n', (size_t)(end - *s));
	char *value;

	if (!eol || (size_t)(eol - *s) <= n || memcmp(*s, key, n) != 0 || (*s)[n] != ' ')
		return NULL;
	value = g_strndup(*s + n + 1, (gsize)(eol - *s) - n - 1);
	*s = eol + 1;
	return value;
}

static void take_all(const char **s, const char *end, const char *key, GPtrArray *out)
{
	char *value;

	while ((value = take(s, end, key)))
		g_ptr_array_add(out, value);
}

static gboolean parse_head(struct pch *p, const char *s, const char *end)
{
	g_autofree char *dir = g_path_get_dirname(p->meta);
	g_autofree char *width = NULL, *name = NULL, *units = NULL, *inputs = NULL;

	if ((size_t)(end - s) < strlen(META_MAGIC) || memcmp(s, META_MAGIC, strlen(META_MAGIC)) != 0)
		return FALSE;
	s += strlen(META_MAGIC);
	width = take(&s, end, "width");
	name = width ? take(&s, end, "name") : NULL;
	units = name ? take(&s, end, "units") : NULL;
	if (!units)
		return FALSE;
	p->width = strcmp(width, "narrow") == 0 ? PCH_NARROW : PCH_WIDE;
	p->file = g_strdup_printf("%s/%s.pch", dir, name);
	p->words = g_strdup_printf("%s/%s.words", dir, name);
	p->clashes = g_strdup_printf("%s/%s.clashes", dir, name);
	p->n_units = (guint)strtoul(units, NULL, 10);
	take_all(&s, end, "macro", p->macros);
	take_all(&s, end, "include", p->includes);
	inputs = take(&s, end, "inputs");
	p->inputs = s;
	return inputs && end[-1] == '\n';
}

struct pch *pch_read(const char *meta)
{
	GMappedFile *map = g_mapped_file_new(meta, FALSE, NULL);
	struct pch *p;
	const char *s;

	if (!map)
		return NULL;
	p = g_new0(struct pch, 1);
	p->meta = g_strdup(meta);
	p->map = map;
	p->macros = g_ptr_array_new_with_free_func(g_free);
	p->includes = g_ptr_array_new_with_free_func(g_free);
	s = g_mapped_file_get_contents(map);
	if (s && parse_head(p, s, s + g_mapped_file_get_length(map)))
		return p;
	pch_free(p);
	return NULL;
}

void pch_free(struct pch *p)
{
	g_free(p->meta);
	g_free(p->file);
	g_free(p->words);
	g_free(p->clashes);
	g_ptr_array_free(p->macros, TRUE);
	g_ptr_array_free(p->includes, TRUE);
	g_mapped_file_unref(p->map);
	if (p->word_map)
		g_mapped_file_unref(p->word_map);
	if (p->clash_set)
		g_hash_table_destroy(p->clash_set);
	g_free(p);
}

struct input_stat {
	gint64 size, mtime;
};

static const struct input_stat *look_at(GHashTable *stats, const char *path)
{
	struct input_stat *known = g_hash_table_lookup(stats, path);
	GStatBuf st;

	if (known)
		return known;
	known = g_new0(struct input_stat, 1);
	known->size = -1;
	if (g_stat(path, &st) == 0) {
		known->size = st.st_size;
		known->mtime = (gint64)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
	}
	g_hash_table_insert(stats, g_strdup(path), known);
	return known;
}

static gboolean inputs_unchanged(const struct pch *p, GHashTable *stats)
{
	const char *s = p->inputs;
	const char *end = g_mapped_file_get_contents(p->map) + g_mapped_file_get_length(p->map);

	while (s < end) {
		char *after;
		gint64 size = g_ascii_strtoll(s, &after, 10);
		gint64 mtime = g_ascii_strtoll(after, &after, 10);
		const char *eol = memchr(after, '\n', (size_t)(end - after));
		g_autofree char *path = g_strndup(after + 1, (gsize)(eol - after) - 1);
		const struct input_stat *now = look_at(stats, path);

		if (now->size != size || now->mtime != mtime)
			return FALSE;
		s = eol + 1;
	}
	return TRUE;
}

gboolean pch_is_fresh(struct pch *p, GHashTable *stats)
{
	if (p->state == PCH_UNCHECKED)
		p->state = inputs_unchanged(p, stats) ? PCH_FRESH : PCH_STALE;
	return p->state == PCH_FRESH;
}

gboolean pch_reads(const struct pch *p, const char *path)
{
	const char *end = g_mapped_file_get_contents(p->map) + g_mapped_file_get_length(p->map);
	g_autofree char *line_end = g_strconcat(" ", path, "\n", NULL);

	return memmem(p->inputs, (size_t)(end - p->inputs), line_end, strlen(line_end)) != NULL;
}

static int compare_hash(const void *a, const void *b)
{
	guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;

	return x < y ? -1 : x > y;
}

gboolean pch_is_sensitive(struct pch *p, const char *name, gsize n)
{
	guint64 h = words_hash(name, n);

	if (!p->word_map)
		p->word_map = g_mapped_file_new(p->words, FALSE, NULL);
	if (!p->word_map || !g_mapped_file_get_contents(p->word_map))
		return TRUE;
	return bsearch(&h, g_mapped_file_get_contents(p->word_map), g_mapped_file_get_length(p->word_map) / sizeof(h),
		       sizeof(h), compare_hash) != NULL;
}

static void read_clashes(struct pch *p)
{
	g_autofree char *text = NULL;
	gsize n = 0;

	p->clash_set = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
	if (!g_file_get_contents(p->clashes, &text, &n, NULL))
		return;
	for (gsize i = 0; i + sizeof(guint64) <= n; i += sizeof(guint64))
		g_hash_table_add(p->clash_set, g_memdup2(text + i, sizeof(guint64)));
}

gboolean pch_has_clashed(struct pch *p, const char *file)
{
	guint64 h = words_hash(file, strlen(file));

	if (!p->clash_set)
		read_clashes(p);
	return g_hash_table_contains(p->clash_set, &h);
}

void pch_note_clash(struct pch *p, const char *file)
{
	guint64 h = words_hash(file, strlen(file));
	FILE *f;

	if (pch_has_clashed(p, file))
		return;
	g_hash_table_add(p->clash_set, g_memdup2(&h, sizeof(h)));
	f = g_fopen(p->clashes, "ab"); /* one small write: several workers may append */
	if (!f)
		return;
	fwrite(&h, sizeof(h), 1, f);
	fclose(f);
}
