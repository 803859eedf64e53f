/*
 * A baseline: what is known and accepted for now, one line a finding, sorted, so that it can be kept in git and merges
 * like text. Only the fingerprint counts; the rest is for people.
 */
#include "report/formats.h"

#include <stdlib.h>
#include <string.h>

static int by_fingerprint(const void *a, const void *b)
{
	return strcmp((*(const struct finding *const *)a)->fingerprint,
		      (*(const struct finding *const *)b)->fingerprint);
}

void write_baseline(FILE *out, const struct store_run *run, const struct finding_list *l,
		    const struct report_options *opt)
{
	const struct finding **sorted = report_worst_first(l);

	qsort(sorted, l->all.n, sizeof(*sorted), by_fingerprint);
	for (unsigned int i = 0; i < l->all.n; i++)
		fprintf(out, "%s %s %s:%s\n", sorted[i]->fingerprint, sorted[i]->rule, sorted[i]->file,
			sorted[i]->function);
	g_free(sorted);
}
