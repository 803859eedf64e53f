#include "report/source.h"

#include <glib.h>
#include <string.h>

enum { MAX_FILES = 32 };

struct source_cache {
	char *root;
	GHashTable *files; /* path -> struct lines */
};

struct lines {
	char **text; /* NULL when the file cannot be read */
	unsigned int n;
};

static void free_lines(gpointer lines)
{
	struct lines *l = lines;

	g_strfreev(l->text);
	g_free(l);
}

struct source_cache *source_cache_new(const char *root)
{
	struct source_cache *c = g_new0(struct source_cache, 1);

	c->root = g_strdup(root);
	c->files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_lines);
	return c;
}

struct source_cache *source_cache_of(const struct report_options *opt)
{
	return source_cache_new(opt->sources ? opt->sources : opt->root);
}

void source_cache_free(struct source_cache *c)
{
	g_hash_table_destroy(c->files);
	g_free(c->root);
	g_free(c);
}

static void tidy_line(char **line)
{
	if (!g_utf8_validate(*line, -1, NULL)) {
		char *valid = g_utf8_make_valid(*line, -1);

		g_free(*line);
		*line = valid;
	}
	if (g_str_has_suffix(*line, "\r"))
		(*line)[strlen(*line) - 1] = '\0';
}

static struct lines *read_lines(const char *root, const char *file)
{
	g_autofree char *path = g_path_is_absolute(file) ? g_strdup(file) : g_build_filename(root, file, NULL);
	g_autofree char *text = NULL;
	struct lines *l = g_new0(struct lines, 1);

	if (!g_file_get_contents(path, &text, NULL, NULL))
		return l;
	l->text = g_strsplit(text, "\n", -1);
	for (; l->text[l->n]; l->n++)
		tidy_line(&l->text[l->n]);
	return l;
}

static struct lines *lines_of(struct source_cache *c, const char *file)
{
	struct lines *l = g_hash_table_lookup(c->files, file);

	if (l)
		return l;
	if (g_hash_table_size(c->files) >= MAX_FILES)
		g_hash_table_remove_all(c->files);
	l = read_lines(c->root, file);
	g_hash_table_insert(c->files, g_strdup(file), l);
	return l;
}

const char *source_line(struct source_cache *c, const char *file, unsigned int n)
{
	const struct lines *l;

	if (!c->root || !file || !*file || !n)
		return NULL;
	l = lines_of(c, file);
	return n <= l->n ? l->text[n - 1] : NULL;
}
