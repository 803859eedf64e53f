/* Inside report/: the writers, one file each. All write UTF-8, in the order of the list, and nothing that the clock
 * decides. */
#ifndef REPORT_FORMATS_H
#define REPORT_FORMATS_H

#include "report/report.h"

typedef void report_writer(FILE *out, const struct store_run *run, const struct finding_list *l,
			   const struct report_options *opt);

report_writer write_text, write_json;

#endif
