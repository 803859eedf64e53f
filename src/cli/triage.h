/* Decisions about findings, as scan and report use them. */
#ifndef CLI_TRIAGE_H
#define CLI_TRIAGE_H

#include "finding/triage.h"
#include "store/store.h"

int cmd_triage(int argc, char **argv);

/* The team's file: below the tree's root, kept in git. */
#define TRIAGE_FILE "drvcheck.triage"

/*
 * Removes the findings that somebody has marked false-positive or intentional, in the store (may be NULL), in the
 * tree's drvcheck.triage, or by a comment; says on stderr how many, and which marks have lapsed. A file with a mistake
 * is an error. `sources`: where functions and comments are read, when not below `root`; or NULL.
 */
gboolean triage_apply(struct finding_list *l, struct store *store, const char *root, const char *sources, GError **err);

#endif
