/* Inside report/: the writers, one file each. All write UTF-8, in the order of the list, and nothing that the clock
 * decides. */
#ifndef REPORT_FORMATS_H
#define REPORT_FORMATS_H

#include "report/report.h"

typedef void report_writer(FILE *out, const struct store_run *run, const struct finding_list *l,
			   const struct report_options *opt);

report_writer write_text, write_json, write_sarif, write_html, write_gitlab, write_checkstyle, write_junit,
	write_github, write_markdown, write_mail, write_baseline;

/* The findings, the surest first, otherwise in the order of the list: for formats that show only so many. g_free(). */
const struct finding **report_worst_first(const struct finding_list *l);
/* How many findings have each confidence. */
void report_count(const struct finding_list *l, unsigned int counts[CONF_HIGH + 1]);
/* Title of the rule, or its id when this program does not know it. */
const char *report_rule_title(const char *rule);
/* Text for an XML attribute or element; characters that XML 1.0 cannot hold become '?'. g_free(). */
char *report_xml(const char *s);

#endif
