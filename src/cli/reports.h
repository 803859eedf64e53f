/* What a scan prints besides its own output: `--report FORMAT=FILE`, as often as wanted. */
#ifndef CLI_REPORTS_H
#define CLI_REPORTS_H

#include "report/report.h"

#include <glib.h>

/* FALSE, having said why, when one of them (NULL-terminated; may be NULL) names no format or no file. */
gboolean reports_check(char *const *wanted);
/* FALSE, having said why, when one could not be written completely. */
gboolean reports_write(char *const *wanted, const struct store_run *run, const struct finding_list *l,
		       const struct report_options *opt);

#endif
