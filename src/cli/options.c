#include "cli/options.h"

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/reports.h"
#include "scan/units.h"

#include <string.h>

enum { DEFAULT_TIMEOUT_S = 60, DEFAULT_MEMORY_MB = 3072, DEFAULT_HEADER_UNITS = 200 };

static const char scan_summary[] =
	"Analyses the units below each PATH (a whole tree without one) and prints what it finds.\n"
	"A file outside any kernel tree is read with the compiler flags given behind `--`.";

static gboolean parse_arguments(struct scan_options *o, int argc, char **argv)
{
	const GOptionEntry entries[] = {
		{"tree", 'C', 0, G_OPTION_ARG_FILENAME, &o->tree, "root of the kernel tree (default: found from PATH)",
		 "KERNEL"},
		{"compile-commands", 'p', 0, G_OPTION_ARG_FILENAME, &o->compile_commands,
		 "compile_commands.json or its directory", "DIR"},
		{"jobs", 'j', 0, G_OPTION_ARG_INT, &o->jobs, "worker processes (default: one per processor)", "N"},
		{"db", 0, 0, G_OPTION_ARG_FILENAME, &o->db, "database (default: .drvcheck/drvcheck.db in the tree)",
		 "FILE"},
		{"no-db", 0, 0, G_OPTION_ARG_NONE, &o->no_db, "keep no record of this scan", NULL},
		{"fresh", 0, 0, G_OPTION_ARG_NONE, &o->fresh, "analyse again what has not changed since the last scan",
		 NULL},
		{"format", 'f', 0, G_OPTION_ARG_STRING, &o->format,
		 "text json sarif html gitlab checkstyle junit github markdown mail baseline", "F"},
		{"output", 'o', 0, G_OPTION_ARG_FILENAME, &o->output, "write the report there", "FILE"},
		{"report", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o->reports,
		 "write a report in this format there, too; as often as wanted", "F=FILE"},
		{"strict", 0, 0, G_OPTION_ARG_NONE, &o->strict, "show findings of low confidence too", NULL},
		{"diff", 0, 0, G_OPTION_ARG_STRING, &o->diff,
		 "only what the work tree brings in over this commit; A..B and A...B as git has them", "REF"},
		{"staged", 0, 0, G_OPTION_ARG_NONE, &o->staged, "only what the index brings in over HEAD", NULL},
		{"baseline", 0, 0, G_OPTION_ARG_FILENAME, &o->baseline,
		 "leave out what this database's newest run, or this file of --format baseline, holds", "FILE"},
		{"header-units", 0, 0, G_OPTION_ARG_INT, &o->header_units,
		 "with --diff and --staged: most units to analyse for headers that changed (default: 200)", "N"},
		{"fail-on", 0, 0, G_OPTION_ARG_STRING, &o->fail_on,
		 "least confidence that gives exit code 1: high medium low never (default: all shown)", "WHAT"},
		{"fix-dir", 0, 0, G_OPTION_ARG_FILENAME, &o->fix_dir, "write verified patches for what is shown there",
		 "DIR"},
		{"partial-ok", 0, 0, G_OPTION_ARG_NONE, &o->partial_ok,
		 "exit code 3 is not for units that could not be analysed", NULL},
		{"color", 0, 0, G_OPTION_ARG_STRING, &o->color, "auto, always or never", "WHEN"},
		{"terse", 0, 0, G_OPTION_ARG_NONE, &o->terse, "one line for each finding", NULL},
		{"rules", 0, 0, G_OPTION_ARG_FILENAME, &o->rules, "directory with the rules", "DIR"},
		{"summaries", 0, 0, G_OPTION_ARG_FILENAME, &o->summaries,
		 "what functions of other files do (default: as learned for this release, and .drvcheck/summaries)",
		 "FILE"},
		{"learn", 0, 0, G_OPTION_ARG_FILENAME, &o->learn,
		 "write what the functions of the analysed files do, for --summaries", "FILE"},
		{"no-smpl", 0, 0, G_OPTION_ARG_NONE, &o->no_smpl, "leave out the semantic patches", NULL},
		{"kernel-smpl", 0, 0, G_OPTION_ARG_NONE, &o->kernel_smpl, "run the tree's own scripts/coccinelle too",
		 NULL},
		{"no-pch", 0, 0, G_OPTION_ARG_NONE, &o->no_pch, "parse without precompiled headers", NULL},
		{"shard", 0, 0, G_OPTION_ARG_STRING, &o->shard, "only the I-th of N parts of the units: see merge",
		 "I/N"},
		{"unit-timeout", 0, 0, G_OPTION_ARG_INT, &o->unit_timeout,
		 "seconds that one unit may take, 0 for any (default: 60)", "S"},
		{"unit-memory", 0, 0, G_OPTION_ARG_INT, &o->unit_memory,
		 "megabytes that one unit may take, 0 for any (default: 3072)", "MB"},
		{"time-limit", 0, 0, G_OPTION_ARG_INT, &o->time_limit,
		 "seconds that the scan may take, 0 for any; what was not reached is said (default: 0)", "S"},
		{"verify", 0, 0, G_OPTION_ARG_NONE, &o->verify, "check the intermediate representation of each unit",
		 NULL},
		{"stats", 0, 0, G_OPTION_ARG_NONE, &o->stats, "say what the analysis did and where it gave up", NULL},
		{"verbose", 'v', 0, G_OPTION_ARG_NONE, &o->verbose, "pass on what a crashing worker says", NULL},
		{"quiet", 'q', 0, G_OPTION_ARG_NONE, &o->quiet, "no progress", NULL},
		{G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &o->paths, NULL, NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};

	return parse_options(&argc, &argv, entries, "PATH... [-- COMPILER FLAG...]", scan_summary);
}

static gboolean check_numbers(const struct scan_options *o)
{
	if (o->jobs < 1 || o->jobs > 1024) {
		say("-j takes a number of processes from 1 to 1024");
		return FALSE;
	}
	if (o->unit_timeout < 0 || o->unit_memory < 0 || o->time_limit < 0 || o->header_units < 0) {
		say("--unit-timeout, --unit-memory, --time-limit and --header-units take no negative number");
		return FALSE;
	}
	return TRUE;
}

static gboolean check_change(const struct scan_options *o)
{
	if (o->diff && o->staged) {
		say("--diff and --staged exclude each other");
		return FALSE;
	}
	if (o->fix_dir && (o->diff || o->staged)) {
		say("--fix-dir does not go with --diff and --staged: patches are made for files as they are");
		return FALSE;
	}
	if (o->shard && (o->diff || o->staged)) {
		say("--shard divides whole scans; a change is small enough for one machine");
		return FALSE;
	}
	return TRUE;
}

static gboolean parse_shard(struct scan_options *o)
{
	char *end = NULL;
	guint64 n, of = 0;

	if (!o->shard)
		return TRUE;
	n = g_ascii_strtoull(o->shard, &end, 10);
	if (*end == '/')
		of = g_ascii_strtoull(end + 1, &end, 10);
	if (*end || n < 1 || n > of || of > G_MAXUINT) {
		say("--shard takes I/N with I from 1 to N, not '%s'", o->shard);
		return FALSE;
	}
	o->shard_n = (guint)n;
	o->shards = (guint)of;
	return TRUE;
}

gboolean scan_options_parse(struct scan_options *o, int argc, char **argv)
{
	bool color;

	*o = (struct scan_options){.jobs = (int)g_get_num_processors(),
				   .unit_timeout = DEFAULT_TIMEOUT_S,
				   .unit_memory = DEFAULT_MEMORY_MB,
				   .header_units = DEFAULT_HEADER_UNITS};
	o->flags = units_split_flags(&argc, argv);
	if (!parse_arguments(o, argc, argv) || !check_numbers(o) || !check_change(o) ||
	    !output_gate(o->fail_on, o->strict, &o->shown, &o->fails_at) || !parse_shard(o) ||
	    !reports_check(o->reports))
		return FALSE;
	if (!output_color(o->color, stdout, &color))
		return FALSE;
	o->report = output_format(o->format);
	return o->report != NULL;
}

void scan_options_clear(struct scan_options *o)
{
	char **strings[] = {&o->tree,	   &o->compile_commands,
			    &o->db,	   &o->format,
			    &o->output,	   &o->color,
			    &o->fail_on,   &o->diff,
			    &o->rules,	   &o->fix_dir,
			    &o->summaries, &o->learn,
			    &o->baseline,  &o->shard};

	for (guint i = 0; i < G_N_ELEMENTS(strings); i++)
		g_clear_pointer(strings[i], g_free);
	g_clear_pointer(&o->paths, g_strfreev);
	g_clear_pointer(&o->reports, g_strfreev);
}
