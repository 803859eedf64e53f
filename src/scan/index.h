/*
 * The index: what earlier scans found out about a unit, kept in the database with everything that it was made from. A
 * unit is taken from it when its command, the rules, this program and each file that it read are the same as then.
 *
 * Files are kept by content: a checkout that touches without changing costs reading them, not analysing them.
 */
#ifndef SCAN_INDEX_H
#define SCAN_INDEX_H

#include "store/store.h"

#include <glib.h>

struct index;
struct parser;

/* `salt`: hash of whatever else results depend on. The store stays the caller's and outlives the index. */
struct index *index_new(struct store *s, struct parser *parser, guint64 salt);
/* Writes what is pending. */
void index_free(struct index *x);

/* What is kept of a unit, and under which name: "unit" for the engine's result, "patterns" for the semantic patches'.
 */
struct index_key {
	const char *kind;
	const char *file; /* absolute */
	guint64 command;  /* hash of what it was analysed with */
};

/* The result if it still holds, NULL if not. g_free. */
void *index_get(struct index *x, const struct index_key *k, gsize *size);
/* `deps`: names of the files read, one a line; `pch`: the precompiled header used, "" for none. */
void index_put(struct index *x, const struct index_key *k, const char *deps, const char *pch, const void *result,
	       gsize size);
/* Writes what has been pending for some seconds. */
void index_tick(struct index *x);

/* Adds the absolute paths (g_strdup) of the units that read one of these files when they were last analysed. */
void index_users(struct store *s, char *const *paths, GHashTable *users);

#endif
