#include "scan/find.h"

#include "workers/interrupt.h"

#include <string.h>

/* What the analyser could not stand is spared the semantic patches. Both lists are in the order of files. */
static guint keep_analysed(const struct find_setup *s, const struct scan_unit *units, guint n,
			   const struct scan_result *result, struct scan_unit *kept)
{
	guint n_kept = 0, failed = 0;

	for (guint i = 0; i < n; i++) {
		if (failed < result->n_failed &&
		    strcmp(result->failed[failed].file, scan_name(&s->scan, units[i].entry->file)) == 0)
			failed++;
		else
			kept[n_kept++] = units[i];
	}
	return n_kept;
}

void find_all(const struct find_setup *s, struct arena *a, const struct scan_unit *units, guint n,
	      struct scan_result *result)
{
	struct scan_unit *analysed = ARENA_ARRAY(a, struct scan_unit, n + 1);

	scan_units(&s->scan, a, units, n, result);
	if (s->patterns.directory && !result->interrupted)
		patterns_run(&s->patterns, analysed, keep_analysed(s, units, n, result, analysed), &result->findings);
	result->interrupted |= interrupt_seen();
}
