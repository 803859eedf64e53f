/* Inside report/: the parts of the HTML report. */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include "report/report.h"

/* Findings in one packet: small enough to open at once, large enough to compress well. */
enum { HTML_PACKET = 100 };

/* One script element a packet: gzip of a JSON array of [events, source, mail subject, mail body] in base64. */
void html_write_packets(FILE *out, const struct store_run *run, const struct finding_list *l,
			const struct report_options *opt);

#endif
