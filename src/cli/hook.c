/*
 * drvcheck hook install|uninstall|run. A hook is a scan of the change with a time limit: it stops a commit for what it
 * has found, never for what it could not do.
 */
#include "cli/hook.h"

#include "cli/commands.h"
#include "cli/options.h"
#include "scan/change.h"
#include "scan/scan.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char usage[] =
	"Usage:\n"
	"  drvcheck hook install [HOOK...] [SCAN OPTION...]   let git run drvcheck before each commit or push\n"
	"  drvcheck hook uninstall [HOOK...]                  put back what was there before\n"
	"  drvcheck hook run [HOOK] [SCAN OPTION...]          what git calls\n\n"
	"HOOK is pre-commit (the default: what is staged) or pre-push (the commits that no remote has yet). Options "
	"are\n"
	"those of `drvcheck scan`; a hook starts from --time-limit 10 --fail-on high --header-units 20.\n"
	"`git commit --no-verify` and `git push --no-verify` run no hook.\n";

/* What a hook does unless told otherwise: later options win. */
static const char *const defaults[] = {"scan", "--time-limit=10", "--fail-on=high", "--header-units=20", NULL};

/* --- running --- */

/*
 * Git tells a hook by variables where its repository and index are, relative to the directory in which it starts the
 * hook. They have to lead there from anywhere.
 */
static void fix_environment(void)
{
	static const char *const names[] = {"GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"};
	struct git here = {".", NULL};
	g_autofree char *top = NULL;

	for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
		const char *value = g_getenv(names[i]);
		g_autofree char *absolute = value ? g_canonicalize_filename(value, NULL) : NULL;

		if (absolute)
			g_setenv(names[i], absolute, TRUE);
	}
	/* With GIT_DIR alone every directory would be taken for the top. */
	if (g_getenv("GIT_DIR") && !g_getenv("GIT_WORK_TREE")) {
		top = git_word(&here, NULL, "rev-parse", "--show-toplevel", NULL);
		if (top)
			g_setenv("GIT_WORK_TREE", top, TRUE);
	}
}

/* scan_options_parse() shuffles what it is given: the strings stay with `strings`. */
static gboolean parse(struct scan_options *o, char *const *options, const char *range, GPtrArray *strings)
{
	GPtrArray *argv = g_ptr_array_new();
	gboolean ok;

	for (const char *const *d = defaults; *d; d++)
		g_ptr_array_add(strings, g_strdup(*d));
	g_ptr_array_add(strings, range ? g_strconcat("--diff=", range, NULL) : g_strdup("--staged"));
	for (; *options; options++)
		g_ptr_array_add(strings, g_strdup(*options));
	g_ptr_array_extend(argv, strings, NULL, NULL);
	g_ptr_array_add(argv, NULL);
	ok = scan_options_parse(o, (int)argv->len - 1, (char **)argv->pdata);
	g_ptr_array_unref(argv);
	return ok;
}

static gboolean is_empty(const char *range)
{
	struct change *c = change_open(".", range, NULL, NULL);
	gboolean empty = c && c->files->len == 0;

	change_free(c);
	return empty;
}

/* One change; FALSE when it is to be stopped. */
static gboolean check(const char *range, char *const *options)
{
	g_autoptr(GPtrArray) strings = g_ptr_array_new_with_free_func(g_free);
	struct scan_options o;
	guint failing = 0;
	int code;

	if (is_empty(range))
		return TRUE;
	code = parse(&o, options, range, strings) ? scan_run(&o, &failing) : EXIT_FAULT;
	scan_options_clear(&o);
	fflush(stdout);
	if (code == EXIT_FAULT)
		say("nothing was checked; git goes on");
	else if (code == EXIT_INCOMPLETE && !failing)
		say("not everything was checked; git goes on");
	if (code == EXIT_FAULT || !failing)
		return TRUE;
	say("%u finding%s that this change brings in stop%s it. If one is wrong, put /* drvcheck: ignore RULE */ above "
	    "its "
	    "line; --no-verify skips the hook",
	    failing, failing == 1 ? "" : "s", failing == 1 ? "s" : "");
	return FALSE;
}

/* The parent of the oldest commit that no remote has: "" when there is no such commit, NULL without any to compare. */
static char *unpushed_base(const struct git *g, const char *tip)
{
	g_autofree char *known = git_word(g, NULL, "for-each-ref", "--count=1", "refs/remotes", NULL);
	g_autofree char *list = NULL, *parent = NULL;
	const char *oldest;

	if (!known || !*known)
		return NULL;
	list = git_word(g, NULL, "rev-list", "--first-parent", tip, "--not", "--remotes", NULL);
	if (!list || !*list)
		return g_strdup("");
	oldest = strrchr(list, '\n');
	parent = g_strconcat(oldest ? oldest + 1 : list, "^", NULL);
	return git_word(g, NULL, "rev-parse", "--verify", "--quiet", parent, NULL);
}

/* "LOCAL-REF LOCAL-ID REMOTE-REF REMOTE-ID" */
static gboolean check_pushed(const char *line, char *const *options)
{
	struct git here = {".", NULL};
	g_auto(GStrv) words = g_strsplit(line, " ", -1);
	g_autofree char *base = NULL, *range = NULL;

	if (g_strv_length(words) != 4 || strspn(words[1], "0") == strlen(words[1]))
		return TRUE; /* a branch is deleted */
	base = unpushed_base(&here, words[1]);
	if (!base)
		say("%s: not checked: no remote is known that it could be compared with", words[0]);
	if (!base || !*base)
		return TRUE;
	range = g_strconcat(base, "..", words[1], NULL);
	return check(range, options);
}

static gboolean run_push(char *const *options)
{
	char line[4096];
	gboolean ok = TRUE;

	if (isatty(STDIN_FILENO)) {
		say("pre-push is told by git on standard input what is pushed; `drvcheck scan --diff A..B` takes a "
		    "range");
		return TRUE;
	}
	while (fgets(line, sizeof(line), stdin))
		ok &= check_pushed(g_strchomp(line), options);
	return ok;
}

/* The pre-commit framework tells by variables that a range is meant. */
static gboolean run(const char *name, char *const *options)
{
	const char *from = g_getenv("PRE_COMMIT_FROM_REF"), *to = g_getenv("PRE_COMMIT_TO_REF");
	g_autofree char *range = from && to ? g_strconcat(from, "...", to, NULL) : NULL;

	fix_environment();
	if (range)
		return check(range, options);
	return name && strcmp(name, "pre-push") == 0 ? run_push(options) : check(NULL, options);
}

/* --- the command --- */

static gboolean is_hook(const char *name)
{
	return g_strv_contains(hook_names, name);
}

static gboolean options_are_right(char *const *options)
{
	g_autoptr(GPtrArray) strings = g_ptr_array_new_with_free_func(g_free);
	struct scan_options o;
	gboolean ok = parse(&o, options, NULL, strings);

	scan_options_clear(&o);
	return ok;
}

static int for_each_hook(gboolean install, char **names, char *const *options)
{
	static char *none[] = {(char *)"pre-commit", NULL};
	struct git here = {".", NULL};
	GError *err = NULL;

	if (!options_are_right(options))
		return EXIT_FAULT;
	if (!names[0])
		names = none;
	for (; *names; names++) {
		if (!is_hook(*names)) {
			say("there is no hook '%s'; there are pre-commit and pre-push", *names);
			return EXIT_FAULT;
		}
		if (!(install ? hook_install(&here, *names, options, &err) : hook_uninstall(&here, *names, &err)))
			return fault(err);
	}
	return EXIT_CLEAN;
}

int cmd_hook(int argc, char **argv)
{
	const char *verb = argc > 1 ? argv[1] : "--help";
	char **names = argc > 1 ? argv + 2 : argv + argc, **options = names;
	g_auto(GStrv) named = NULL;
	GStrvBuilder *b = g_strv_builder_new();

	for (; *options && (*options)[0] != '-'; options++)
		g_strv_builder_add(b, *options);
	named = g_strv_builder_end(b);
	g_strv_builder_unref(b);
	if (strcmp(verb, "install") == 0 || strcmp(verb, "uninstall") == 0)
		return for_each_hook(verb[0] == 'i', named, options);
	if (strcmp(verb, "run") == 0 && (!named[0] || (is_hook(named[0]) && !named[1])))
		return run(named[0], options) ? EXIT_CLEAN : EXIT_FINDINGS;
	fputs(usage, argc > 1 && strcmp(verb, "--help") == 0 ? stdout : stderr);
	return argc > 1 && strcmp(verb, "--help") == 0 ? EXIT_CLEAN : EXIT_FAULT;
}
