/* The semantic patches' part of a scan: Coccinelle over the same files, its findings merged into the engine's. */
#ifndef SCAN_PATTERNS_H
#define SCAN_PATTERNS_H

#include "scan/scan.h"

struct patterns_setup {
	const char *directory;	 /* with the *.cocci; see tree_patches() */
	const char *kernel_tree; /* also its own scripts/coccinelle; NULL: no */
	const char *names_root;
	struct index *index;		 /* files that are the same since are not looked at again; NULL: all are */
	const struct deadline *deadline; /* NULL: none */
	int jobs;
	gboolean low;	  /* also patterns of low confidence */
	gboolean verbose; /* say on which files which pattern failed */
};

/* Adds to l, which is finished again. What cannot be run is said on stderr; the engine's findings are there all the
 * same. */
void patterns_run(const struct patterns_setup *s, const struct scan_unit *units, guint n, struct finding_list *l);

#endif
