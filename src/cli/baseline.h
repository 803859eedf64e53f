/* What is known already and not to be told again: the newest run of a database, or a text file kept in git. */
#ifndef CLI_BASELINE_H
#define CLI_BASELINE_H

#include "finding/finding.h"

#include <glib.h>

/*
 * Removes the findings that the file holds, by fingerprint, and says how many. The text form is what `--format
 * baseline` writes: a fingerprint at the beginning of each line, `#` for comments.
 */
gboolean baseline_apply(struct finding_list *l, const char *file, GError **err);

#endif
