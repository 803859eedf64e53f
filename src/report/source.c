#include "report/source.h"

#include <glib.h>
#include <string.h>

enum { MAX_FILES = 32 };

struct source_cache {
	char *root;
	GHashTable *files; /* path -> GStrv, NULL when unreadable */
};

static void free_lines(gpointer lines)
{
	g_strfreev(lines);
}

struct source_cache *source_cache_new(const char *root)
{
	struct source_cache *c = g_new0(struct source_cache, 1);

	c->root = g_strdup(root);
	c->files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_lines);
	return c;
}

void source_cache_free(struct source_cache *c)
{
	g_hash_table_destroy(c->files);
	g_free(c->root);
	g_free(c);
}

static char **read_lines(const char *root, const char *file)
{
	g_autofree char *path = g_path_is_absolute(file) ? g_strdup(file) : g_build_filename(root, file, NULL);
	g_autofree char *text = NULL;
	char **lines;
	size_t size;

	if (!g_file_get_contents(path, &text, &size, NULL))
		return NULL;
	lines = g_strsplit(text, "\n", -1);
	for (char **l = lines; *l; l++) {
		if (!g_utf8_validate(*l, -1, NULL)) {
			char *valid = g_utf8_make_valid(*l, -1);

			g_free(*l);
			*l = valid;
		}
		if (g_str_has_suffix(*l, "\r"))
			(*l)[strlen(*l) - 1] = '\0';
	}
	return lines;
}

const char *source_line(struct source_cache *c, const char *file, unsigned int n)
{
	gpointer found = NULL;
	char **lines;

	if (!c->root || !*file || !n)
		return NULL;
	if (!g_hash_table_lookup_extended(c->files, file, NULL, &found)) {
		if (g_hash_table_size(c->files) >= MAX_FILES)
			g_hash_table_remove_all(c->files);
		found = read_lines(c->root, file);
		g_hash_table_insert(c->files, g_strdup(file), found);
	}
	lines = found;
	for (unsigned int i = 0; lines && lines[i]; i++)
		if (i + 1 == n)
			return lines[i];
	return NULL;
}
