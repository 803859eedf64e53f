/*
 * Markdown for a comment on a pull request or a job summary: what there is in one table, then the surest findings with
 * their paths folded. A GitHub comment holds 65,536 characters; what does not fit is counted, not cut in the middle.
 */
#include "report/formats.h"

#include <string.h>

enum { MAX_SIZE = 60000 };

/* Text inside a table or a list: the characters that would start markup are escaped. */
static void append_text(GString *s, const char *text)
{
	for (; *text; text++) {
		if (strchr("\\`*_[]<>|#", *text))
			g_string_append_c(s, '\\');
		g_string_append_c(s, *text == '\n' ? ' ' : *text);
	}
}

static char *finding_text(const struct finding *f)
{
	GString *s = g_string_new("<details><summary>");
	g_autofree char *message = report_xml(f->message), *file = report_xml(f->file);

	g_string_append_printf(s, "<b>%s</b> <code>%s:%u</code> %s</summary>\n\n", confidence_name(f->confidence), file,
			       f->line, message);
	g_string_append_printf(s, "`%s` in `%s()`: ", f->rule, f->function);
	append_text(s, report_rule_title(f->rule));
	g_string_append(s, "\n\n");
	for (uint32_t i = 0; i < f->n_events; i++) {
		g_string_append_printf(s, "%u. `%s:%u` ", i + 1, f->events[i].file, f->events[i].line);
		append_text(s, f->events[i].message);
		g_string_append_c(s, '\n');
	}
	g_string_append_printf(s, "\nfingerprint `%s`\n\n</details>\n\n", f->fingerprint);
	return g_string_free(s, FALSE);
}

static void write_table(FILE *out, const struct finding_list *l)
{
	fputs("| rule | high | medium | low |\n|---|--:|--:|--:|\n", out);
	for (const struct finding_rule *r = finding_rules; r->id; r++) {
		unsigned int counts[CONF_HIGH + 1] = {0}, total = 0;

		for (unsigned int i = 0; i < l->all.n; i++) {
			if (strcmp(l->all.v[i].rule, r->id))
				continue;
			counts[l->all.v[i].confidence]++;
			total++;
		}
		if (total)
			fprintf(out, "| `%s` %s | %u | %u | %u |\n", r->id, r->title, counts[CONF_HIGH],
				counts[CONF_MEDIUM], counts[CONF_LOW]);
	}
	fputc('\n', out);
}

static void write_findings(FILE *out, const struct finding_list *l)
{
	const struct finding **sorted = report_worst_first(l);
	size_t size = 0;
	unsigned int i;

	for (i = 0; i < l->all.n; i++) {
		g_autofree char *text = finding_text(sorted[i]);

		size += strlen(text);
		if (size > MAX_SIZE)
			break;
		fputs(text, out);
	}
	if (i < l->all.n)
		fprintf(out, "%u more are not listed here.\n", l->all.n - i);
	g_free(sorted);
}

void write_markdown(FILE *out, const struct store_run *run, const struct finding_list *l,
		    const struct report_options *opt)
{
	unsigned int counts[CONF_HIGH + 1];

	report_count(l, counts);
	if (l->all.n)
		fprintf(out, "### drvcheck: %u finding%s (%u high, %u medium, %u low)\n\n", l->all.n,
			l->all.n == 1 ? "" : "s", counts[CONF_HIGH], counts[CONF_MEDIUM], counts[CONF_LOW]);
	else
		fputs("### drvcheck: no findings\n\n", out);
	fprintf(out, "Analysed %u of %u units", run->analysed, run->units);
	if (run->n_failed)
		fprintf(out, "; %u could not be analysed", run->n_failed);
	fputs(".\n\n", out);
	if (!l->all.n)
		return;
	write_table(out, l);
	write_findings(out, l);
}
