#include "scan/copies.h"

#include <glib/gstdio.h>
#include <string.h>

struct copies {
	char *root;
	GPtrArray *made;
};

struct copies *copies_new(void)
{
	char *root = g_dir_make_tmp("drvcheck-XXXXXX", NULL);
	struct copies *c;

	if (!root)
		return NULL;
	c = g_new0(struct copies, 1);
	c->root = root;
	c->made = g_ptr_array_new_with_free_func(g_free);
	return c;
}

const char *copies_root(const struct copies *c)
{
	return c->root;
}

char *copies_add(struct copies *c, const char *name, const char *text, const char *path)
{
	char *copy = g_build_filename(c->root, name, NULL);
	g_autofree char *directory = g_path_get_dirname(copy), *read = NULL;
	gboolean ok = g_mkdir_with_parents(directory, 0700) == 0;

	if (ok && !text)
		ok = g_file_get_contents(path, &read, NULL, NULL);
	if (ok)
		ok = g_file_set_contents(copy, text ? text : read, -1, NULL);
	g_ptr_array_add(c->made, g_strdup(copy));
	if (!ok)
		g_clear_pointer(&copy, g_free);
	return copy;
}

/* Files first, then each directory that has become empty. */
void copies_free(struct copies *c)
{
	if (!c)
		return;
	for (guint i = 0; i < c->made->len; i++) {
		char *path = c->made->pdata[i], *slash;

		g_unlink(path);
		while ((slash = strrchr(path, '/')) && strlen(path) > strlen(c->root)) {
			*slash = '\0';
			g_rmdir(path);
		}
	}
	g_rmdir(c->root);
	g_free(c->root);
	g_ptr_array_unref(c->made);
	g_free(c);
}
