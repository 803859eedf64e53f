/* The options that scan takes, and the part of them that other commands share. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "finding/finding.h"
#include "report/report.h"

#include <glib.h>
#include <stdio.h>

struct scan_options {
	char *tree, *compile_commands;
	int jobs;
	char *db;
	gboolean no_db;
	gboolean fresh; /* take nothing from the index */
	char *format, *output, *color;
	gboolean strict, terse;
	char *fail_on;
	gboolean partial_ok; /* units that failed do not show in the exit code */
	char **reports;
	char *baseline;
	char *shard;
	char *diff; /* only what is new since this commit */
	gboolean staged;
	char *fix_dir; /* where patches for what is found go; NULL: none are made */
	char *rules;
	char *summaries, *learn; /* of functions: file to know them from, file to write what was learned to */
	gboolean no_smpl, kernel_smpl;
	gboolean no_pch, verify, verbose, quiet, stats;
	int unit_timeout, unit_memory, time_limit;
	int header_units; /* --diff, --staged: at most so many units for the headers that changed */
	char **paths;
	char **flags; /* behind `--`; NULL: none given */
	/* worked out of the above */
	const struct report_format *report;
	enum confidence shown; /* the least confidence that is shown */
	guint shard_n, shards; /* the n-th of so many parts, from 1; 0: all */
	int fails_at;	       /* the least confidence that makes the exit code 1; above CONF_HIGH: none does */
};

/* FALSE, having said why, on wrong usage. */
gboolean scan_options_parse(struct scan_options *o, int argc, char **argv);
void scan_options_clear(struct scan_options *o);

/* g_option_context_parse() that takes `-j4` and `-j=4` too. Leaves the arguments that are no options in argv. */
gboolean options_parse(GOptionContext *c, const GOptionEntry *entries, int *argc, char **argv, GError **err);

/* -o FILE (stdout when NULL or "-"), NULL having said why. */
FILE *output_open(const char *path);
/* FALSE, having said why, when what was written did not all arrive. */
gboolean output_close(FILE *f, const char *path);
/* --color=auto|always|never, with NO_COLOR and the terminal behind `out` deciding for auto. FALSE: none of the three.
 */
gboolean output_color(const char *when, FILE *out, bool *color);
/* The format of this name (NULL: "text"), NULL having said which there are. */
const struct report_format *output_format(const char *name);
/*
 * --fail-on and --strict: the least confidence that is shown, and that makes the exit code 1 (above CONF_HIGH: none
 * does). FALSE, having said why, when `what` (may be NULL) is none of high, medium, low and never.
 */
gboolean output_gate(const char *what, gboolean strict, enum confidence *shown, int *fails_at);
/* How many findings are at or above that. */
guint output_failing(const struct finding_list *l, int fails_at);
/* Drops findings below `least`; returns how many. */
guint output_filter(struct finding_list *l, enum confidence least);

#endif
