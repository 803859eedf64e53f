/* drvcheck merge DB... -o DB: the parts of a scan that several machines have done become one run. */
#include "cli/commands.h"
#include "store/store.h"

#include <gio/gio.h>

static gboolean is_same_file(const char *a, const char *b)
{
	g_autofree char *x = g_canonicalize_filename(a, NULL), *y = g_canonicalize_filename(b, NULL);

	return g_strcmp0(x, y) == 0;
}

static gboolean merge(char **names, guint n, const char *output, struct store **from, struct store **to,
		      struct arena *a, GError **err)
{
	struct store_run run;

	for (guint i = 0; i < n; i++) {
		if (is_same_file(names[i], output)) {
			g_set_error(err, STORE_ERROR, STORE_ERROR_OPEN,
				    "%s: cannot be merged into itself; name another database with -o", output);
			return FALSE;
		}
		from[i] = store_open_readonly(names[i], err);
		if (!from[i])
			return FALSE;
	}
	*to = store_open(output, err);
	if (!*to || !store_merge(*to, from, n, a, &run, err))
		return FALSE;
	say("run %" G_GINT64_FORMAT " of %s: %u of %u units from %u databases", (gint64)run.id, output, run.analysed,
	    run.units, n);
	return TRUE;
}

static int run_merge(char **names, guint n, const char *output)
{
	struct store **from = g_new0(struct store *, n + 1), *to = NULL;
	struct arena *a = arena_new();
	GError *err = NULL;
	gboolean ok = merge(names, n, output, from, &to, a, &err);

	for (guint i = 0; i < n; i++)
		if (from[i])
			store_close(from[i]);
	if (to)
		store_close(to);
	arena_free(a);
	g_free(from);
	return ok ? EXIT_CLEAN : fault(err);
}

int cmd_merge(int argc, char **argv)
{
	char *output = NULL;
	const GOptionEntry entries[] = {
		{"output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "database that gets the run; made if there is none",
		 "DB"},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};
	int code = EXIT_FAULT;

	if (parse_options(&argc, &argv, entries, "DB...",
			  "Adds the newest runs of several databases to another as one run.")) {
		if (argc > 1 && output)
			code = run_merge(argv + 1, (guint)argc - 1, output);
		else
			say("merge takes databases, and the one to write with -o");
	}
	g_free(output);
	return code;
}
