#include "cli/fixes.h"

#include <string.h>

char *fix_text(const struct fix *f)
{
	const struct finding *d = f->finding;

	return g_strdup_printf("%s: %s(): %s\n\n%s\n[%s %s]\n\n%s", d->file, d->function, f->how, d->message, d->rule,
			       d->fingerprint, f->diff);
}

/* The number of the first fix with the same diff, counted from 1; `i`'s own when it is the first. */
static guint number_of(const struct fix *fixes, guint i)
{
	guint number = 0;

	for (guint k = 0; k <= i; k++) {
		gboolean first = fixes[k].diff != NULL;

		for (guint j = 0; first && j < k; j++)
			first = !fixes[j].diff || strcmp(fixes[j].diff, fixes[k].diff) != 0;
		number += first;
		if (fixes[k].diff && strcmp(fixes[k].diff, fixes[i].diff) == 0)
			return number;
	}
	return number;
}

static char *file_name(const struct fix *fixes, guint i)
{
	const struct finding *f = fixes[i].finding;
	const char *base = strrchr(f->file, '/');
	g_autofree char *stem = g_strdup(base ? base + 1 : f->file);

	g_strdelimit(stem, ".", '-');
	return g_strdup_printf("%04u-%s-%s.patch", number_of(fixes, i), stem, f->function);
}

static gboolean write_one(const char *directory, const struct fix *fixes, guint i, GString *list, GError **err)
{
	const struct fix *f = &fixes[i];
	g_autofree char *name = f->diff ? file_name(fixes, i) : NULL;
	g_autofree char *path = f->diff ? g_build_filename(directory, name, NULL) : NULL;
	g_autofree char *text = f->diff ? fix_text(f) : NULL;

	g_string_append_printf(list, "%s\t%s\t%s:%u\t%s\t%s\n", f->finding->fingerprint, f->finding->rule,
			       f->finding->file, f->finding->line, name ? name : "-", f->diff ? f->how : f->why);
	return !f->diff || g_file_set_contents(path, text, -1, err);
}

gboolean fixes_write(const char *directory, const struct fix *fixes, guint n, GError **err)
{
	GString *list = g_string_new(NULL);
	g_autofree char *path = g_build_filename(directory, "fixes.txt", NULL);
	gboolean ok = TRUE;

	if (g_mkdir_with_parents(directory, 0777) != 0) {
		g_set_error(err, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s cannot be created", directory);
		ok = FALSE;
	}
	for (guint i = 0; ok && i < n; i++)
		ok = write_one(directory, fixes, i, list, err);
	ok = ok && g_file_set_contents(path, list->str, -1, err);
	g_string_free(list, TRUE);
	return ok;
}
