/* drvcheck report: a stored run in any format. */
#include "report/report.h"

#include "cli/baseline.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/reports.h"
#include "cli/triage.h"
#include "scan/tree.h"
#include "store/store.h"

struct command {
	char *tree, *db, *format, *output, *color, *baseline, *fail_on, *fixes;
	char **reports;
	gint64 run;
	gboolean strict, terse, partial_ok;
	/* worked out of the above */
	enum confidence shown;
	int fails_at;
};

static int print(const struct command *c, const struct report_format *format, struct store *s,
		 const struct store_run *run, struct finding_list *findings)
{
	struct report_options opt = {
		.root = run->tree, .fixes = c->fixes, .least = c->shown, .terse = c->terse, .store = s};
	FILE *out = output_open(c->output);

	if (!out || !output_color(c->color, out, &opt.color))
		return EXIT_FAULT;
	output_filter(findings, c->shown);
	format->write(out, run, findings, &opt);
	if (!output_close(out, c->output) || !reports_write(c->reports, run, findings, &opt))
		return EXIT_FAULT;
	if (run->n_failed && !c->partial_ok)
		return EXIT_INCOMPLETE;
	return output_failing(findings, c->fails_at) ? EXIT_FINDINGS : EXIT_CLEAN;
}

static int report(const struct command *c)
{
	const struct report_format *format = output_format(c->format);
	GError *err = NULL;
	char *root = format ? tree_root(c->tree, NULL, &err) : NULL, *path;
	struct arena *a = arena_new();
	struct finding_list findings = {.arena = a};
	struct store_run run = {0};
	struct store *s;
	int code;

	if (!format)
		return EXIT_FAULT;
	if (err)
		return fault(err);
	path = tree_database(c->db, root);
	s = store_open_readonly(path, &err);
	if (s && store_load_run(s, a, c->run, &run, &findings, &err) &&
	    triage_apply(&findings, s, run.tree, NULL, &err) &&
	    (!c->baseline || baseline_apply(&findings, c->baseline, &err)))
		code = print(c, format, s, &run, &findings);
	else
		code = fault(err);
	if (s)
		store_close(s);
	arena_free(a);
	g_free(path);
	g_free(root);
	return code;
}

int cmd_report(int argc, char **argv)
{
	struct command c = {0};
	const GOptionEntry entries[] = {
		{"tree", 'C', 0, G_OPTION_ARG_FILENAME, &c.tree, "root of the kernel tree", "KERNEL"},
		{"db", 0, 0, G_OPTION_ARG_FILENAME, &c.db, "database", "FILE"},
		{"run", 0, 0, G_OPTION_ARG_INT64, &c.run, "which run (default: the newest)", "ID"},
		{"format", 'f', 0, G_OPTION_ARG_STRING, &c.format,
		 "text json sarif html gitlab checkstyle junit github markdown mail baseline", "F"},
		{"baseline", 0, 0, G_OPTION_ARG_FILENAME, &c.baseline,
		 "leave out what this database's newest run, or this file of --format baseline, holds", "FILE"},
		{"output", 'o', 0, G_OPTION_ARG_FILENAME, &c.output, "write the report there", "FILE"},
		{"report", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &c.reports,
		 "write a report in this format there, too; as often as wanted", "F=FILE"},
		{"fixes", 0, 0, G_OPTION_ARG_FILENAME, &c.fixes,
		 "show the patches of this directory, made by scan --fix-dir, in the HTML and the mails", "DIR"},
		{"fail-on", 0, 0, G_OPTION_ARG_STRING, &c.fail_on,
		 "least confidence that gives exit code 1: high medium low never (default: all shown)", "WHAT"},
		{"partial-ok", 0, 0, G_OPTION_ARG_NONE, &c.partial_ok,
		 "exit code 3 is not for units that could not be analysed", NULL},
		{"strict", 0, 0, G_OPTION_ARG_NONE, &c.strict, "show findings of low confidence too", NULL},
		{"color", 0, 0, G_OPTION_ARG_STRING, &c.color, "auto, always or never", "WHEN"},
		{"terse", 0, 0, G_OPTION_ARG_NONE, &c.terse, "one line for each finding", NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};
	int code = EXIT_FAULT;

	if (parse_options(&argc, &argv, entries, NULL, "Prints a stored run.") &&
	    output_gate(c.fail_on, c.strict, &c.shown, &c.fails_at) && reports_check(c.reports)) {
		if (argc == 1)
			code = report(&c);
		else
			say("report takes no argument '%s'", argv[1]);
	}
	g_free(c.tree);
	g_free(c.db);
	g_free(c.format);
	g_free(c.output);
	g_free(c.color);
	g_free(c.baseline);
	g_free(c.fail_on);
	g_free(c.fixes);
	g_strfreev(c.reports);
	return code;
}
