/* Where a command's output goes, in which form, and how much of it. */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include "finding/finding.h"
#include "report/report.h"

#include <glib.h>
#include <stdio.h>

/* -o FILE (stdout when NULL or "-"), NULL having said why. */
FILE *output_open(const char *path);
/* FALSE, having said why, when what was written did not all arrive. */
gboolean output_close(FILE *f, const char *path);
/* --color=auto|always|never, with NO_COLOR and the terminal behind `out` deciding for auto. FALSE: none of the three.
 */
gboolean output_color(const char *when, FILE *out, bool *color);
/* The format of this name (NULL: "text"), NULL having said which there are. */
const struct report_format *output_format(const char *name);
/*
 * --fail-on and --strict: the least confidence that is shown, and that makes the exit code 1 (above CONF_HIGH: none
 * does). FALSE, having said why, when `what` (may be NULL) is none of high, medium, low and never.
 */
gboolean output_gate(const char *what, gboolean strict, enum confidence *shown, int *fails_at);
/* How many findings are at or above that. */
guint output_failing(const struct finding_list *l, int fails_at);
/* Drops findings below `least`; returns how many. */
guint output_filter(struct finding_list *l, enum confidence least);

#endif
