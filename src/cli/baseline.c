#include "cli/baseline.h"

#include "cli/commands.h"
#include "store/store.h"

#include <gio/gio.h>
#include <string.h>

enum { DIGITS = 16 };

static gboolean is_database(const char *file)
{
	static const char magic[] = "SQLite format 3";
	char start[sizeof(magic)] = {0};
	FILE *f = fopen(file, "rb");
	gboolean yes =
		f && fread(start, 1, sizeof(start), f) == sizeof(start) && memcmp(start, magic, sizeof(magic)) == 0;

	if (f)
		fclose(f);
	return yes;
}

static gboolean read_database(GHashTable *known, const char *file, GError **err)
{
	struct store *s = store_open_readonly(file, err);
	struct finding_list l;
	struct arena *a = arena_new();
	struct store_run run;
	gboolean ok = s && store_load_run(s, a, 0, &run, &l, err);

	finding_list_ungroup(&l);
	for (guint i = 0; ok && i < l.all.n; i++)
		g_hash_table_add(known, g_strdup(l.all.v[i].fingerprint));
	if (s)
		store_close(s);
	arena_free(a);
	return ok;
}

static gboolean read_text(GHashTable *known, const char *file, GError **err)
{
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;

	if (!g_file_get_contents(file, &text, NULL, err))
		return FALSE;
	lines = g_strsplit(text, "\n", -1);
	for (guint i = 0; lines[i]; i++) {
		const char *line = g_strchomp(lines[i]);

		if (!*line || *line == '#')
			continue;
		if (strspn(line, "0123456789abcdef") != DIGITS || (line[DIGITS] && !g_ascii_isspace(line[DIGITS]))) {
			g_set_error(
				err, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
				"%s:%u: a line begins with a fingerprint of 16 hexadecimal digits; `drvcheck report "
				"--format baseline` writes such a file",
				file, i + 1);
			return FALSE;
		}
		g_hash_table_add(known, g_strndup(line, DIGITS));
	}
	return TRUE;
}

gboolean baseline_apply(struct finding_list *l, const char *file, GError **err)
{
	GHashTable *known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	gboolean ok = is_database(file) ? read_database(known, file, err) : read_text(known, file, err);
	guint kept = 0, n = l->all.n;

	if (ok) {
		finding_list_ungroup(l);
		for (guint i = 0; i < l->all.n; i++)
			if (!g_hash_table_contains(known, l->all.v[i].fingerprint))
				l->all.v[kept++] = l->all.v[i];
		l->all.n = kept;
		finding_list_group(l);
		if (l->all.n < n)
			say("%u finding%s of the baseline not shown", n - l->all.n, n - l->all.n == 1 ? "" : "s");
	}
	g_hash_table_unref(known);
	return ok;
}
