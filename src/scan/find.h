/* One set of texts through everything that finds: the engine, then the semantic patches. */
#ifndef SCAN_FIND_H
#define SCAN_FIND_H

#include "scan/patterns.h"
#include "scan/scan.h"

struct find_setup {
	struct scan_setup scan;
	struct patterns_setup patterns; /* directory NULL: none */
};

/* `units` are sorted by file. */
void find_all(const struct find_setup *s, struct arena *a, const struct scan_unit *units, guint n,
	      struct scan_result *result);

#endif
