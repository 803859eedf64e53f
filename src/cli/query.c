/* drvcheck query SQL: rows of the database as tab-separated text. */
#include "cli/commands.h"
#include "cli/output.h"
#include "scan/tree.h"
#include "store/store.h"

static int query(const char *tree, const char *db, const char *sql)
{
	GError *err = NULL;
	char *root = tree_root(tree, NULL, &err), *path;
	struct store *s;
	gboolean ok;

	if (err)
		return fault(err);
	path = tree_database(db, root);
	s = store_open_readonly(path, &err);
	ok = s && store_query(s, sql, stdout, &err);
	if (s)
		store_close(s);
	g_free(path);
	g_free(root);
	if (!ok)
		return fault(err);
	return output_close(stdout, NULL) ? EXIT_CLEAN : EXIT_FAULT;
}

int cmd_query(int argc, char **argv)
{
	char *tree = NULL, *db = NULL;
	const GOptionEntry entries[] = {
		{"tree", 'C', 0, G_OPTION_ARG_FILENAME, &tree, "root of the kernel tree", "KERNEL"},
		{"db", 0, 0, G_OPTION_ARG_FILENAME, &db, "database", "FILE"},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};
	int code = EXIT_FAULT;

	if (parse_options(&argc, &argv, entries, "SQL", "Runs one read-only SQL statement on the database.")) {
		if (argc == 2)
			code = query(tree, db, argv[1]);
		else
			say("query takes one SQL statement; quote it");
	}
	g_free(tree);
	g_free(db);
	return code;
}
