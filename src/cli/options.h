/* The options that scan takes. */
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

/*
 * All of cmd_scan() but the parsing of options, for commands that scan on their way (scan.c). `*failing`: how many
 * findings there are at or above --fail-on. Returns the exit code.
 */
int scan_run(struct scan_options *o, guint *failing);

#endif
