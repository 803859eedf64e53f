/* One set of texts through everything that finds: the engine, then the semantic patches. */
#ifndef CLI_FIND_H
#define CLI_FIND_H

#include "cli/patterns.h"
#include "cli/scan.h"

struct find_setup {
	struct scan_setup scan;
	struct patterns_setup patterns; /* directory NULL: none */
};

/* `units` are sorted by file. */
void find_all(const struct find_setup *s, struct arena *a, const struct scan_unit *units, guint n,
	      struct scan_result *result);

#endif
