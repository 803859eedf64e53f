/* The table of formats, and what they share. */
#include "report/report.h"

#include "report/formats.h"

#include <string.h>

const struct report_format report_formats[] = {
	{"text", write_text},	{"json", write_json},	      {"sarif", write_sarif},
	{"html", write_html},	{"gitlab", write_gitlab},     {"checkstyle", write_checkstyle},
	{"junit", write_junit}, {"github", write_github},     {"markdown", write_markdown},
	{"mail", write_mail},	{"baseline", write_baseline}, {NULL, NULL},
};

const struct report_format *report_format(const char *name)
{
	for (const struct report_format *f = report_formats; f->name; f++)
		if (!strcmp(f->name, name))
			return f;
	return NULL;
}

const struct finding **report_worst_first(const struct finding_list *l)
{
	const struct finding **sorted = g_new(const struct finding *, l->all.n + 1);
	unsigned int n = 0;

	for (int c = CONF_HIGH; c >= CONF_LOW; c--)
		for (unsigned int i = 0; i < l->all.n; i++)
			if ((int)l->all.v[i].confidence == c)
				sorted[n++] = &l->all.v[i];
	return sorted;
}

void report_count(const struct finding_list *l, unsigned int counts[CONF_HIGH + 1])
{
	memset(counts, 0, sizeof(*counts) * (CONF_HIGH + 1));
	for (unsigned int i = 0; i < l->all.n; i++)
		counts[l->all.v[i].confidence]++;
}

const char *report_rule_title(const char *rule)
{
	const struct finding_rule *r = finding_rule(rule);

	return r ? r->title : rule;
}

char *report_xml(const char *s)
{
	g_autofree char *valid = g_utf8_make_valid(s, -1);

	for (char *c = valid; *c; c++)
		if ((unsigned char)*c < ' ' && !strchr("\t\n\r", *c))
			*c = '?';
	return g_markup_escape_text(valid, -1);
}
