/*
 * Capturing compile commands: `make -n` in the configured tree, its output read as it comes.
 *
 * make must not write into the tree, and -n alone does not promise that:
 *  - the configuration would be brought up to date even with -n: may-sync-config= (what external modules use) forbids
 * it; it turns off the compiler's probing as well, which need-compiler=1 puts back;
 *  - probes work in a directory within the tree: TMPOUT= moves it;
 *  - an O= tree gets directories for its objects: obj-dirs= says that there are none to make.
 */
#include "cdb/capture.h"

#include "cdb/internal.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

struct run {
	const struct ktree *tree;
	const struct cdb_capture_options *opt;
	struct command_context ctx;
	GPtrArray *targets;
	char *scratch; /* directory for probes and for make's messages */
	char *messages;
	struct cdb *db;
};

static GPtrArray *make_command(const struct run *r)
{
	GPtrArray *argv = g_ptr_array_new_with_free_func(g_free);

	g_ptr_array_add(argv, g_strdup("make"));
	g_ptr_array_add(argv, g_strdup("-n"));
	g_ptr_array_add(argv, g_strdup_printf("-j%d", MAX(r->opt->jobs, 1)));
	g_ptr_array_add(argv, g_strdup("-Oline")); /* or lines longer than a pipe's buffer mix */
	g_ptr_array_add(argv, g_strdup("--no-print-directory"));
	g_ptr_array_add(argv, g_strdup("-C"));
	g_ptr_array_add(argv, g_strdup(r->tree->build));
	g_ptr_array_add(argv, g_strdup("may-sync-config="));
	g_ptr_array_add(argv, g_strdup("need-compiler=1"));
	g_ptr_array_add(argv, g_strdup("obj-dirs="));
	g_ptr_array_add(argv, g_strdup_printf("TMPOUT=%s/probe_$$$$", r->scratch));
	for (guint i = 0; i < r->tree->vars->len; i++)
		g_ptr_array_add(argv, g_strdup(r->tree->vars->pdata[i]));
	if (r->ctx.module) {
		/* The last step wants lists that only a real build leaves: it fails, the units have been named by then.
		 */
		g_ptr_array_add(argv, g_strdup("-k"));
		g_ptr_array_add(argv, g_strdup_printf("M=%s", r->ctx.module));
		g_ptr_array_add(argv, g_strdup("modules"));
	}
	for (guint i = 0; i < r->targets->len; i++)
		g_ptr_array_add(argv, g_strdup(r->targets->pdata[i]));
	g_ptr_array_add(argv, NULL);
	return argv;
}

static GSubprocessLauncher *launcher(const struct run *r)
{
	/* What a make above us, or the user's shell, says about another build must not reach this one. */
	static const char *const unwanted[] = {"MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEFILES", "KBUILD_OUTPUT",
					       "O",	    "M",      "V",	   "W",		"C"};
	GSubprocessLauncher *l = g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE);

	for (guint i = 0; i < G_N_ELEMENTS(unwanted); i++)
		g_subprocess_launcher_unsetenv(l, unwanted[i]);
	g_subprocess_launcher_setenv(l, "LC_ALL", "C", TRUE);
	g_subprocess_launcher_set_stderr_file_path(l, r->messages);
	return l;
}

/* One logical line, NULL at the end: make prints recipes with their continuation lines as written. */
static char *read_logical_line(GDataInputStream *in, GCancellable *stop)
{
	char *line = g_data_input_stream_read_line(in, NULL, stop, NULL);

	while (line && g_str_has_suffix(line, "\\")) {
		char *next = g_data_input_stream_read_line(in, NULL, stop, NULL), *joined;

		line[strlen(line) - 1] = ' ';
		if (!next)
			break;
		joined = g_strconcat(line, next, NULL);
		g_free(line);
		g_free(next);
		line = joined;
	}
	return line;
}

static void read_commands(struct run *r, GInputStream *out)
{
	g_autoptr(GDataInputStream) in = g_data_input_stream_new(out);
	char *line;

	while ((line = read_logical_line(in, r->opt->stop))) {
		commands_add_line(r->db, &r->ctx, line);
		g_free(line);
	}
}

/* The line that says why make gave up: the first with ***, else the last. */
static char *reason(const char *messages)
{
	g_autofree char *text = NULL;
	g_auto(GStrv) lines = NULL;
	const char *why = "it printed no reason";

	if (g_file_get_contents(messages, &text, NULL, NULL))
		lines = g_strsplit(g_strstrip(text), "\n", -1);
	for (char **l = lines; l && *l && **l; l++) {
		why = *l;
		if (strstr(*l, "*** "))
			break;
	}
	return g_strdup(why);
}

static gboolean make_failed(const struct run *r, GError **err)
{
	g_autofree char *why = reason(r->messages), *first = NULL;

	first = r->ctx.module ? g_strdup_printf("M=%s modules", r->ctx.module) : g_strdup(r->targets->pdata[0]);
	g_set_error(err, CDB_ERROR, CDB_ERROR_MAKE, "make -n failed in %s: %s; make `make -C %s %s%s` work first",
		    r->tree->build, why, r->tree->build, first, r->targets->len > 1 ? " ..." : "");
	return FALSE;
}

static gboolean run_make(struct run *r, GError **err)
{
	g_autoptr(GPtrArray) argv = make_command(r);
	g_autoptr(GSubprocessLauncher) l = launcher(r);
	g_autoptr(GError) why = NULL;
	g_autoptr(GSubprocess) make = g_subprocess_launcher_spawnv(l, (const char *const *)argv->pdata, &why);

	if (!make) {
		g_set_error(err, CDB_ERROR, CDB_ERROR_MAKE, "make cannot be run: %s; install GNU make", why->message);
		return FALSE;
	}
	read_commands(r, g_subprocess_get_stdout_pipe(make));
	if (g_cancellable_set_error_if_cancelled(r->opt->stop, err)) {
		g_prefix_error(err, "make -n in %s: ", r->tree->build);
		g_subprocess_send_signal(make, SIGTERM); /* unlike SIGKILL it reaches those that make has started */
		return FALSE;
	}
	if (g_subprocess_wait_check(make, NULL, NULL) || (r->ctx.module && r->db->entries->len > 0))
		return TRUE;
	return make_failed(r, err);
}

/* Up-to-date objects are not made again, so make says nothing about them: kbuild's own notes do. */
static void add_built(struct run *r)
{
	if (r->ctx.module)
		commands_add_built(r->db, &r->ctx, r->ctx.module);
	for (guint i = 0; i < r->targets->len; i++) {
		g_autofree char *path = g_build_filename(r->tree->build, r->targets->pdata[i], NULL);

		commands_add_built(r->db, &r->ctx, path);
	}
}

static gboolean open_module(struct run *r, GError **err)
{
	g_autofree char *makefile = NULL, *kbuild = NULL;

	if (!r->opt->module)
		return TRUE;
	r->ctx.module = g_canonicalize_filename(r->opt->module, NULL);
	makefile = g_build_filename(r->ctx.module, "Makefile", NULL);
	kbuild = g_build_filename(r->ctx.module, "Kbuild", NULL);
	if (g_file_test(makefile, G_FILE_TEST_EXISTS) || g_file_test(kbuild, G_FILE_TEST_EXISTS))
		return TRUE;
	g_set_error(err, CDB_ERROR, CDB_ERROR_NO_MAKEFILE,
		    "%s: has neither a Makefile nor a Kbuild file; name the module's own directory with -M",
		    r->ctx.module);
	return FALSE;
}

static gboolean choose_targets(struct run *r, GError **err)
{
	if (r->opt->module)
		r->targets = g_ptr_array_new();
	else if (r->opt->targets)
		r->targets = targets_for(r->tree, r->opt->targets, err);
	else
		r->targets = targets_all(r->tree);
	return r->targets != NULL;
}

static gboolean open_scratch(struct run *r, GError **err)
{
	g_autoptr(GError) why = NULL;

	r->scratch = g_dir_make_tmp("drvcheck-XXXXXX", &why);
	if (!r->scratch) {
		g_set_error(err, CDB_ERROR, CDB_ERROR_IO, "no temporary directory: %s; set TMPDIR to one",
			    why->message);
		return FALSE;
	}
	r->messages = g_build_filename(r->scratch, "messages", NULL);
	return TRUE;
}

static void close_scratch(struct run *r)
{
	if (r->messages)
		g_unlink(r->messages);
	if (r->scratch)
		g_rmdir(r->scratch);
	g_free(r->messages);
	g_free(r->scratch);
}

static gboolean capture(struct run *r, GError **err)
{
	if (!open_module(r, err) || !choose_targets(r, err) || !open_scratch(r, err) || !run_make(r, err))
		return FALSE;
	add_built(r);
	return TRUE;
}

struct cdb *cdb_capture(const struct cdb_capture_options *opt, GError **err)
{
	struct ktree *tree = ktree_open(opt->tree, err);
	struct run r = {.tree = tree, .opt = opt};
	gboolean ok;

	if (!tree)
		return NULL;
	r.ctx.build = tree->build;
	r.db = cdb_new();
	ok = capture(&r, err);
	close_scratch(&r);
	if (r.targets)
		g_ptr_array_free(r.targets, TRUE);
	g_free((char *)r.ctx.module);
	ktree_free(tree);
	if (!ok) {
		cdb_free(r.db);
		return NULL;
	}
	cdb_finish(r.db);
	return r.db;
}
