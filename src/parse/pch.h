/*
 * Precompiled headers for groups of units whose commands agree. Private to parse/.
 *
 * One lives in DIR/BASE/NAME.{h,pch,meta}: BASE names all units that could share anything (tree, compiler version,
 * flags without macros and include paths), NAME is one build of it. The meta file, written last and moved into place,
 * makes it exist; it lists the macros, include paths and headers (with size and mtime) that it was built from.
 */
#ifndef PARSE_PCH_H
#define PARSE_PCH_H

#include "cdb/cdb.h"

#include <clang-c/Index.h>

struct pch_cache;
struct pch;

struct pch_cache *pch_cache_new(const char *directory);
void pch_cache_free(struct pch_cache *c);

/* Builds what at least `min_units` of the entries would share and does not exist yet or is out of date. */
void pch_cache_prepare(struct pch_cache *c, CXIndex index, GPtrArray *entries, guint min_units);

/*
 * The precompiled header to parse this unit with, or NULL. `flags` are its cdb_clang_flags(), `source` its text: a unit
 * which defines macros that the headers look at has to read them itself.
 */
const struct pch *pch_find(struct pch_cache *c, const struct cdb_entry *e, char *const *flags, const char *source);
const char *pch_path(const struct pch *p);
/* clang refused the file itself: nobody shall try it again, and the next prepare builds it anew. */
void pch_refused(struct pch_cache *c, const struct pch *p);

#endif
