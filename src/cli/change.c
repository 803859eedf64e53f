#include "cli/change.h"

#include <gio/gio.h>
#include <string.h>

static void file_free(gpointer p)
{
	struct changed_file *f = p;

	g_free(f->path);
	g_free(f->before);
	g_free(f->now);
	g_free(f);
}

/* g_strndup() of no bytes would be NULL. */
static char *text_of(GBytes *bytes)
{
	gsize n;
	const char *data = g_bytes_get_data(bytes, &n);

	return n ? g_strndup(data, n) : g_strdup("");
}

/* What git prints, NULL with git's own words as error when it fails. */
static char *G_GNUC_NULL_TERMINATED git(const char *directory, GError **err, ...)
{
	GPtrArray *argv = g_ptr_array_new();
	char *out = NULL, *complaint = NULL;
	GSubprocess *p;
	va_list ap;

	g_ptr_array_add(argv, (gpointer) "git");
	g_ptr_array_add(argv, (gpointer) "-C");
	g_ptr_array_add(argv, (gpointer)directory);
	va_start(ap, err);
	do
		g_ptr_array_add(argv, va_arg(ap, char *));
	while (argv->pdata[argv->len - 1]);
	va_end(ap);
	p = g_subprocess_newv((const char *const *)argv->pdata,
			      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, err);
	g_ptr_array_unref(argv);
	if (!p)
		return NULL;
	/* Not the utf8 variant: sources may hold anything. */
	GBytes *bytes = NULL, *errors = NULL;

	if (g_subprocess_communicate(p, NULL, NULL, &bytes, &errors, err)) {
		out = text_of(bytes);
		complaint = text_of(errors);
		if (!g_subprocess_get_successful(p)) {
			g_set_error(err, G_IO_ERROR, G_IO_ERROR_FAILED, "git: %s", g_strstrip(complaint));
			g_clear_pointer(&out, g_free);
		}
	}
	g_free(complaint);
	g_clear_pointer(&bytes, g_bytes_unref);
	g_clear_pointer(&errors, g_bytes_unref);
	g_object_unref(p);
	return out;
}

static char *show(const char *top, const char *rev, const char *path, GError **err)
{
	char *object = g_strdup_printf("%s:%s", rev, path);
	char *text = git(top, err, "show", object, NULL);

	g_free(object);
	return text;
}

static gboolean is_below(const char *path, char **paths)
{
	if (!paths || !paths[0])
		return TRUE;
	for (char **p = paths; *p; p++) {
		size_t n = strlen(*p);

		if (strncmp(path, *p, n) == 0 && (path[n] == '/' || !path[n]))
			return TRUE;
	}
	return FALSE;
}

/* One line of --name-status: "M\tpath", "A\tpath", "R087\told\tnew". */
static gboolean add_line(GPtrArray *files, const char *top, const char *ref, char **paths, const char *line,
			 GError **err)
{
	char **part = g_strsplit(line, "\t", 3);
	guint n = g_strv_length(part);
	const char *old = n > 1 ? part[1] : NULL, *now = n > 2 ? part[2] : old;
	struct changed_file *f;
	gboolean ok = TRUE;
	char *path;

	if (!now || !g_str_has_suffix(now, ".c")) {
		g_strfreev(part);
		return TRUE;
	}
	path = g_build_filename(top, now, NULL);
	if (is_below(path, paths)) {
		f = g_new0(struct changed_file, 1);
		f->path = g_steal_pointer(&path);
		g_ptr_array_add(files, f);
		if (part[0][0] != 'A')
			ok = (f->before = show(top, ref ? ref : "HEAD", old, err)) != NULL;
		if (ok && !ref)
			ok = (f->now = show(top, "", now, err)) != NULL;
	}
	g_free(path);
	g_strfreev(part);
	return ok;
}

static gint by_path(gconstpointer a, gconstpointer b)
{
	return strcmp((*(struct changed_file *const *)a)->path, (*(struct changed_file *const *)b)->path);
}

GPtrArray *change_files(const char *directory, const char *ref, char **paths, GError **err)
{
	GPtrArray *files = g_ptr_array_new_with_free_func(file_free);
	char *top = ref && ref[0] == '-' ? NULL : git(directory, err, "rev-parse", "--show-toplevel", NULL),
	     *list = NULL, **lines;
	gboolean ok = FALSE;

	if (top)
		list = git(g_strstrip(top), err, "-c", "core.quotePath=off", "diff", "--name-status", "-M",
			   "--diff-filter=AMR", ref ? ref : "--cached", "--", NULL);
	if (list) {
		lines = g_strsplit(list, "\n", 0);
		ok = TRUE;
		for (char **l = lines; ok && *l; l++)
			ok = add_line(files, top, ref, paths, *l, err);
		g_strfreev(lines);
	}
	if (!ok && err && !*err)
		g_set_error(err, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "'%s' is no commit", ref);
	g_free(list);
	g_free(top);
	if (!ok) {
		g_ptr_array_unref(files);
		return NULL;
	}
	g_ptr_array_sort(files, by_path);
	return files;
}
