/* drvcheck capture: the compile commands of a configured tree, without compiling and without writing into it. */
#include "cdb/cdb.h"

#include "cli/commands.h"
#include "cli/output.h"
#include "scan/tree.h"

#include <string.h>
#include <unistd.h>

struct command {
	char *tree, *module, *output;
	int jobs;
};

/* cdb_write() replaces a file as a whole; standard output takes the way over one. */
static gboolean write_stdout(const struct cdb *db, GError **err)
{
	char *path = NULL, *text = NULL;
	gsize n;
	int fd = g_file_open_tmp("drvcheck-XXXXXX", &path, err);
	gboolean ok = fd >= 0 && cdb_write(db, path, err) && g_file_get_contents(path, &text, &n, err);

	if (ok)
		fwrite(text, 1, n, stdout);
	if (fd >= 0) {
		close(fd);
		unlink(path);
	}
	g_free(text);
	g_free(path);
	return ok && output_close(stdout, NULL);
}

static int capture(const struct command *c, char **targets)
{
	GError *err = NULL;
	char *root = tree_root(c->tree, NULL, &err);
	struct cdb_capture_options opt = {
		.tree = root, .module = c->module, .targets = targets[0] ? targets : NULL, .jobs = c->jobs};
	struct cdb *db = NULL;
	gboolean ok;

	if (err)
		return fault(err);
	if (!root) {
		say("this is no kernel tree; name one with -C");
		return EXIT_FAULT;
	}
	db = cdb_capture(&opt, &err);
	g_free(root);
	if (!db)
		return fault(err);
	ok = c->output && strcmp(c->output, "-") == 0
		     ? write_stdout(db, &err)
		     : cdb_write(db, c->output ? c->output : "compile_commands.json", &err);
	fprintf(stderr, "%u units\n", db->entries->len);
	cdb_free(db);
	return ok ? EXIT_CLEAN : fault(err);
}

int cmd_capture(int argc, char **argv)
{
	struct command c = {.jobs = (int)g_get_num_processors()};
	const GOptionEntry entries[] = {
		{"tree", 'C', 0, G_OPTION_ARG_FILENAME, &c.tree,
		 "root of the configured kernel tree, or its O= directory", "KERNEL"},
		{"module", 'M', 0, G_OPTION_ARG_FILENAME, &c.module, "directory of an out-of-tree module", "DIR"},
		{"output", 'o', 0, G_OPTION_ARG_FILENAME, &c.output,
		 "file to write, - for standard output (default: compile_commands.json here)", "FILE"},
		{"jobs", 'j', 0, G_OPTION_ARG_INT, &c.jobs, "make processes", "N"},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};
	int code = EXIT_FAULT;

	if (parse_options(&argc, &argv, entries, "[TARGET...]",
			  "Asks make what it would run; nothing is compiled and nothing written into the tree."))
		code = capture(&c, argv + 1);
	g_free(c.tree);
	g_free(c.module);
	g_free(c.output);
	return code;
}
