/* Only what a change brings in: the findings after it, less those that were there before. */
#ifndef SCAN_NEWONLY_H
#define SCAN_NEWONLY_H

#include "scan/change.h"
#include "scan/scan.h"

/*
 * The units whose past matters: those with a finding now; all, when a finding stands in none of them. A set of absolute
 * paths, which stay the units'.
 */
GHashTable *newonly_files(const struct scan_setup *s, const struct scan_unit *units, guint n,
			  const struct finding_list *now);
/* Leaves in `now` what is new. What could not be compared because time ran out is taken away and counted as failed. */
void newonly_subtract(const struct scan_setup *s, const struct change *c, GHashTable *files,
		      const struct scan_result *before, struct scan_result *now);
/* Adds a later part's result to what there is already (zeroed to begin with), but no finding twice. */
void newonly_add(struct arena *a, struct scan_result *to, struct scan_result *part);

#endif
