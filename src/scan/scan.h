/* Scanning, for the commands that need it: options, the analysis of units, and what came of it. */
#ifndef SCAN_SCAN_H
#define SCAN_SCAN_H

#include "cdb/cdb.h"
#include "engine/engine.h"
#include "finding/finding.h"
#include "scan/knowledge.h"
#include "store/store.h"

#include <glib.h>

struct deadline;
struct index;
struct parser;

/* Is a unit analysed whatever the compiler has against it, with no more errors than `errors_allowed`, or not at all:
 * its errors are what is asked for? */
enum scan_when { SCAN_ALWAYS, SCAN_UNLESS_WORSE, SCAN_NEVER };

/* One thing to analyse: a compile command, and the text to read in the file's place (NULL: what is on disk). */
struct scan_unit {
	const struct cdb_entry *entry;
	const char *contents;
	enum scan_when when;
	guint errors_allowed;
	struct finding_list *findings; /* gets what is found in it; NULL: the result's list does */
};

/* How units are analysed. */
struct scan_setup {
	const char *names_root; /* findings name files relative to it */
	const struct knowledge *knowledge;
	struct parser *parser;
	struct index *index;	/* NULL: analyse everything, remember nothing */
	struct memory *learned; /* gets what the units' functions do; NULL: nobody asks */
	struct engine_options engine;
	guint jobs;
	guint timeout;			 /* seconds for one unit */
	size_t memory;			 /* bytes for one worker */
	const struct deadline *deadline; /* for all of it; NULL: none */
	gboolean verify, verbose, quiet;
};

struct slot_count {
	const char *slot; /* "file_operations.read" */
	guint n;
};

/* What analysing cost and how well it went, summed over units. */
struct scan_stats {
	unsigned long units_recalled; /* from the index: analysed by an earlier scan */
	unsigned long units_with_pch, units_with_errors, instructions, unknown;
	struct engine_stats engine;
	struct slot_count *uncovered; /* slots that no protocol covers, most used first */
	guint n_uncovered;
};

struct scan_result {
	struct finding_list findings;	  /* finished */
	struct store_unit_status *failed; /* sorted by file */
	guint n_failed;
	struct store_unit_status *partial; /* analysed but for what a missing header makes doubtful; sorted by file */
	guint n_partial;
	GPtrArray *analysed; /* const char *: names of the files analysed */
	guint *n_errors;     /* per unit, in the order given: errors of the compiler */
	const char **why;    /* per unit: why it was not analysed; NULL: it was */
	struct scan_stats stats;
	gboolean interrupted;
};

/* Analyses the units in worker processes. Everything of the result but `analysed` (g_ptr_array_unref) lives in `a`. */
void scan_units(const struct scan_setup *s, struct arena *a, const struct scan_unit *units, guint n,
		struct scan_result *out);
/* `file` as findings name it. */
const char *scan_name(const struct scan_setup *s, const char *file);

#endif
