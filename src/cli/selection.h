/* Which units a scan looks at, and with which texts: all below the paths named, or those that a change concerns. */
#ifndef CLI_SELECTION_H
#define CLI_SELECTION_H

#include "cli/options.h"
#include "scan/change.h"
#include "scan/scan.h"
#include "scan/units.h"

struct selection {
	struct units *units;
	struct change *change; /* --diff, --staged; NULL: neither */
};

struct selection_setup {
	const struct scan_options *options;
	const char *root;	/* of the tree; NULL: none */
	const char *names_root; /* root, else the current directory */
	struct store *store;	/* knows who reads which header; may be NULL */
	GCancellable *stop;
};

/* FALSE with err set; to be cleared either way. */
gboolean selection_make(struct selection *s, const struct selection_setup *setup, GError **err);
/*
 * `root` as the compile commands spell it: they may name the files without the links that the user's name for the tree
 * goes through, and files are to be told relative to it. g_free.
 */
char *selection_root(const struct selection *s, const char *root);
void selection_clear(struct selection *s);

enum selection_part {
	SELECTION_TOUCHED, /* units whose own text is part of the change; without a change: all */
	SELECTION_USERS,   /* the others: they include what has changed */
};
/*
 * One part's units as they are now, or (`before` not NULL) those of this set of absolute paths that were there before
 * the change, as they were. Memory in `a`; returns how many.
 */
guint selection_units(const struct selection *s, struct arena *a, enum selection_part part, GHashTable *before,
		      struct scan_unit **units);

#endif
