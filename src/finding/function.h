/* Inside finding/: what the source around a finding says. The last file stays in memory, as findings come sorted by
 * file. */
#ifndef FINDING_FUNCTION_H
#define FINDING_FUNCTION_H

#include "finding/finding.h"

#include <glib.h>

/* Zeroed to start with. */
struct function_source {
	char *file;
	char **lines;
	unsigned int n;
};
void function_source_clear(struct function_source *s);

/* See triage_function_hash() and triage_ignored_by_comment(). */
char *function_hash(struct function_source *s, struct arena *a, const char *root, const struct finding *f);
bool function_ignored(struct function_source *s, const char *root, const struct finding *f);

#endif
