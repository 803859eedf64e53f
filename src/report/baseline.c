/*
 * A baseline: what is known and accepted for now, one line a finding, sorted, so that it can be kept in git and merges
 * like text. Only the fingerprint counts; the rest is for people.
 */
#include "report/formats.h"

#include <glib.h>
#include <string.h>

static gint by_fingerprint(gconstpointer a, gconstpointer b)
{
	return strcmp((*(const struct finding *const *)a)->fingerprint,
		      (*(const struct finding *const *)b)->fingerprint);
}

void write_baseline(FILE *out, const struct store_run *run, const struct finding_list *l,
		    const struct report_options *opt)
{
	GPtrArray *sorted = g_ptr_array_new();

	/* What is told with another is known as well. */
	for (unsigned int i = 0; i < l->all.n; i++) {
		const struct finding *f = &l->all.v[i];

		for (uint32_t k = 0; k < f->n_parts; k++)
			g_ptr_array_add(sorted, (gpointer)&f->parts[k]);
		if (!f->n_parts)
			g_ptr_array_add(sorted, (gpointer)f);
	}
	g_ptr_array_sort(sorted, by_fingerprint);
	for (guint i = 0; i < sorted->len; i++) {
		const struct finding *f = sorted->pdata[i];

		fprintf(out, "%s %s %s:%s\n", f->fingerprint, f->rule, f->file, f->function);
	}
	g_ptr_array_unref(sorted);
}
