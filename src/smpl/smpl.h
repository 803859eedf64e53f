/*
 * Semantic patches: patterns that need no path, found by Coccinelle and turned into findings.
 *
 * A patch is one FILE.cocci with a comment header (see semantic-patches/README.md) that names its rule, its confidence
 * and the tokens without which it cannot match. smpl_scan() gives spatch only the functions that hold those tokens.
 */
#ifndef SMPL_SMPL_H
#define SMPL_SMPL_H

#include "finding/finding.h"

#include <gio/gio.h>

#define SMPL_ERROR smpl_error_quark()
GQuark smpl_error_quark(void);
/* NO_SPATCH: Coccinelle is not installed; say so in one line and go on without. */
enum smpl_error { SMPL_ERROR_NO_SPATCH, SMPL_ERROR_PATCH, SMPL_ERROR_SPAWN, SMPL_ERROR_IO };

struct smpl_options {
	const char *patches;	 /* directory of *.cocci, or NULL for none of our own */
	const char *spatch;	 /* program; NULL looks in PATH */
	const char *root;	 /* findings name files relative to it; NULL: as given */
	const char *kernel_tree; /* also run scripts/coccinelle of this tree; NULL: no */
	const char *kernel_map;	 /* file saying which rule a script of the tree stands for; may be NULL */
	int jobs;		 /* spatch processes at a time; < 1 is 1 */
	int limit;		 /* seconds for one file and patch; < 1 is 30 */
	GCancellable *stop;	 /* ends it early: what was not done is skipped; or NULL */
	bool low;		 /* also run patches that only give low confidence */
	void (*progress)(unsigned int done, unsigned int total,
			 void *data); /* files; any thread, one at a time; or NULL */
	void *data;
};

/* A file that a patch could not be run on. */
struct smpl_skipped {
	char *file;   /* as in findings */
	char *patch;  /* name without .cocci */
	bool timeout; /* else spatch failed on it */
};
void smpl_skipped_free(void *skipped);

/*
 * Runs the patches over `files` (NULL-terminated, absolute or relative to the current directory) and appends what they
 * find to `out`. `skipped` takes struct smpl_skipped * sorted by file and patch; give it smpl_skipped_free. An error
 * means that nothing could be run at all.
 */
gboolean smpl_scan(const struct smpl_options *opt, char **files, struct finding_list *out, GPtrArray *skipped,
		   GError **err);

/*
 * Appends to `into` those findings of `from` that it does not report yet. The same finding is the same rule in the same
 * function, or a rule of the same group (leak, free, ...) on the same line. Returns how many were left out.
 */
unsigned int smpl_merge(struct finding_list *into, const struct finding_list *from);

#endif
