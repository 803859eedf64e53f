/*
 * JUnit XML, for CI systems that show nothing else: a finding is a failed test, a unit that could not be analysed one
 * with an error, and one test that passes says that the scan took place, since an empty suite counts as a mistake in
 * some systems.
 */
#include "report/formats.h"

static void write_path(FILE *out, const struct finding *f)
{
	for (uint32_t i = 0; i < f->n_events; i++) {
		const struct finding_event *e = &f->events[i];
		g_autofree char *file = report_xml(e->file), *message = report_xml(e->message);

		fprintf(out, "\n%s:%u:%u: note: %s", file, e->line, e->column, message);
	}
}

static void write_failure(FILE *out, const struct finding *f)
{
	g_autofree char *file = report_xml(f->file), *function = report_xml(f->function),
			*message = report_xml(f->message);
	g_autofree char *rule = report_xml(f->rule);

	fprintf(out, "    <testcase classname=\"%s\" name=\"%s in %s [%s]\" file=\"%s\" line=\"%u\">\n", file, rule,
		function, f->fingerprint, file, f->line);
	fprintf(out, "      <failure type=\"%s\" message=\"%s\">%s:%u:%u: %s", rule, message, file, f->line, f->column,
		message);
	write_path(out, f);
	fputs("</failure>\n    </testcase>\n", out);
}

static void write_failed_unit(FILE *out, const struct store_unit_status *u)
{
	g_autofree char *file = report_xml(u->file), *why = report_xml(u->why);

	fprintf(out,
		"    <testcase classname=\"%s\" name=\"analysis\">\n      <error type=\"not-analysed\" "
		"message=\"%s\"/>\n"
		"    </testcase>\n",
		file, why);
}

void write_junit(FILE *out, const struct store_run *run, const struct finding_list *l, const struct report_options *opt)
{
	unsigned int tests = l->all.n + run->n_failed + 1;

	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", out);
	fprintf(out, "<testsuites name=\"drvcheck\" tests=\"%u\" failures=\"%u\" errors=\"%u\">\n", tests, l->all.n,
		run->n_failed);
	fprintf(out, "  <testsuite name=\"drvcheck\" tests=\"%u\" failures=\"%u\" errors=\"%u\" skipped=\"0\">\n",
		tests, l->all.n, run->n_failed);
	fprintf(out, "    <testcase classname=\"drvcheck\" name=\"analysed %u of %u units\"/>\n", run->analysed,
		run->units);
	for (uint32_t i = 0; i < run->n_failed; i++)
		write_failed_unit(out, &run->failed[i]);
	for (unsigned int i = 0; i < l->all.n; i++)
		write_failure(out, &l->all.v[i]);
	fputs("  </testsuite>\n</testsuites>\n", out);
}
