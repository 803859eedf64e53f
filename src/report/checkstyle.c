/* Checkstyle XML: what Jenkins, reviewdog and most editors read. */
#include "report/formats.h"

#include <string.h>

static const char *const severities[] = {[CONF_LOW] = "info", [CONF_MEDIUM] = "warning", [CONF_HIGH] = "error"};

static void write_error(FILE *out, const struct finding *f)
{
	g_autofree char *message = report_xml(f->message), *rule = report_xml(f->rule);

	fprintf(out, "    <error line=\"%u\" column=\"%u\" severity=\"%s\" message=\"%s\" source=\"drvcheck.%s\"/>\n",
		f->line, f->column, severities[f->confidence], message, rule);
}

void write_checkstyle(FILE *out, const struct store_run *run, const struct finding_list *l,
		      const struct report_options *opt)
{
	const char *file = NULL;

	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n", out);
	for (unsigned int i = 0; i < l->all.n; i++) {
		const struct finding *f = &l->all.v[i];

		if (!file || strcmp(file, f->file)) {
			g_autofree char *name = report_xml(f->file);

			fprintf(out, "%s  <file name=\"%s\">\n", file ? "  </file>\n" : "", name);
			file = f->file;
		}
		write_error(out, f);
	}
	fprintf(out, "%s</checkstyle>\n", file ? "  </file>\n" : "");
}
