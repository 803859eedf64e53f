/*
 * Repairs that are verified: each proposal for a finding is analysed as the scan analyses a file, and the first is
 * taken with which the finding is gone, the compiler finds no new error and no check anything new. Its diff must apply,
 * and the tree's checkpatch.pl must find no error in it.
 *
 * A proposal with which the finding is still there, but by another path, is repaired further: an error ladder that
 * forgets something is left by several gotos.
 */
#ifndef SCAN_VERIFY_H
#define SCAN_VERIFY_H

#include "scan/find.h"

struct fix {
	const struct finding *finding;
	const char *diff; /* NULL: withheld */
	const char *how;
	const char *why; /* withheld: why */
};

struct verify_setup {
	struct find_setup find; /* as the findings were found */
	const char *root;	/* of the tree, for its checkpatch.pl; NULL: none */
	const char *patches;	/* semantic patches that repair; NULL: none */
};

/*
 * For each finding of `wanted` a fix. `found` is all that was found in these units, before triage. All in `a`; the
 * setup's parser and indexes are not used.
 */
void verify_fixes(const struct verify_setup *s, struct arena *a, const struct scan_unit *units, guint n,
		  const struct finding_list *found, const struct finding_list *wanted, struct fix *fixes);

#endif
