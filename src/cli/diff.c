/* drvcheck diff A B: two runs of one database, or the newest runs of two databases. */
#include "cli/commands.h"
#include "cli/output.h"
#include "scan/tree.h"
#include "store/store.h"

#include <string.h>

struct side {
	struct store *store;
	int64_t run; /* 0: the newest */
};

/* A number is a run of the default database, anything else a database. */
static gboolean open_side(struct side *s, const char *name, const char *db, GError **err)
{
	char *end;
	gint64 run = g_ascii_strtoll(name, &end, 10);
	gboolean is_run = *name && !*end;

	s->run = is_run ? run : 0;
	s->store = store_open_readonly(is_run ? db : name, err);
	return s->store != NULL;
}

static void print_list(const char *what, const struct finding_list *l, gboolean details)
{
	for (guint i = 0; details && i < l->all.n; i++) {
		const struct finding *f = &l->all.v[i];

		printf("%s\t%s\t%s\t%s:%u\t%s\t%s\n", what, f->fingerprint, f->rule, f->file, f->line, f->function,
		       f->message);
	}
}

static int print_diff(struct store_diff *d, gboolean strict, gboolean all)
{
	struct finding_list *lists[] = {&d->fresh, &d->gone, &d->same, &d->unscanned};

	for (guint i = 0; i < G_N_ELEMENTS(lists); i++)
		output_filter(lists[i], strict ? CONF_LOW : CONF_MEDIUM);
	print_list("new", &d->fresh, TRUE);
	print_list("gone", &d->gone, TRUE);
	print_list("same", &d->same, all);
	print_list("unscanned", &d->unscanned, all);
	printf("%u new, %u gone, %u same", d->fresh.all.n, d->gone.all.n, d->same.all.n);
	if (d->unscanned.all.n)
		printf(", %u in files that the second did not scan", d->unscanned.all.n);
	putchar('\n');
	if (!output_close(stdout, NULL))
		return EXIT_FAULT;
	return d->fresh.all.n ? EXIT_FINDINGS : EXIT_CLEAN;
}

static int diff(const char *tree, const char *given, char **names, gboolean strict, gboolean all)
{
	GError *err = NULL;
	char *root = tree_root(tree, NULL, &err), *db = tree_database(given, root);
	struct arena *arena = arena_new();
	struct side a = {0}, b = {0};
	struct store_diff d = {0};
	int code;

	if (!err && open_side(&a, names[0], db, &err) && open_side(&b, names[1], db, &err) &&
	    store_diff(a.store, a.run, b.store, b.run, arena, &d, &err))
		code = print_diff(&d, strict, all);
	else
		code = fault(err);
	if (a.store)
		store_close(a.store);
	if (b.store)
		store_close(b.store);
	arena_free(arena);
	g_free(db);
	g_free(root);
	return code;
}

int cmd_diff(int argc, char **argv)
{
	char *tree = NULL, *db = NULL;
	gboolean strict = FALSE, all = FALSE;
	const GOptionEntry entries[] = {
		{"tree", 'C', 0, G_OPTION_ARG_FILENAME, &tree, "root of the kernel tree", "KERNEL"},
		{"db", 0, 0, G_OPTION_ARG_FILENAME, &db, "database that run numbers are of", "FILE"},
		{"strict", 0, 0, G_OPTION_ARG_NONE, &strict, "findings of low confidence too", NULL},
		{"all", 0, 0, G_OPTION_ARG_NONE, &all, "list what is the same as well", NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};
	int code = EXIT_FAULT;

	if (parse_options(
		    &argc, &argv, entries, "A B",
		    "What run or database B has that A has not, and the reverse. Exit code 1 when B has new ones.")) {
		if (argc == 3)
			code = diff(tree, db, argv + 1, strict, all);
		else
			say("diff takes two runs or databases");
	}
	g_free(tree);
	g_free(db);
	return code;
}
