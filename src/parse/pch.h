/*
 * Precompiled headers for groups of units whose commands agree. Private to parse/.
 *
 * They live in DIR/BASE/: BASE is the base of their units' signature, a .meta file for each group, and the .h, .pch,
 * .words and .clashes files that it names. The meta file, moved into place last, makes one exist; it lists the macros,
 * include paths and headers (with size and mtime) that it was built from. Readers never lock: who finds a file gone in
 * between does without.
 */
#ifndef PARSE_PCH_H
#define PARSE_PCH_H

#include "cdb/cdb.h"
#include "parse/signature.h"

#include <clang-c/Index.h>

struct pch_cache;

/*
 * Two for each group: a wide one of many headers, and for what clashes with those (a driver's own `phy`, macros that
 * redefine kernel names) a narrow one of the few that nobody clashes with.
 */
enum pch_width { PCH_WIDE, PCH_NARROW, PCH_N_WIDTHS };

struct pch {
	enum pch_width width;
	char *meta;	   /* path of the meta file */
	char *file;	   /* path of the .pch */
	char *words;	   /* path of the .words: sorted hashes of what the headers are sensitive to */
	char *clashes;	   /* path of the .clashes: hashes of the files that did not parse with it, in no order */
	GPtrArray *macros; /* as in the signature it was built for */
	GPtrArray *includes;
	guint n_units;	    /* how many units chose its headers */
	GMappedFile *map;   /* of the meta file; `inputs` points into it */
	const char *inputs; /* lines "SIZE MTIME PATH", mtime in ns */
	GMappedFile *word_map;
	GHashTable *clash_set;
	enum { PCH_UNCHECKED, PCH_FRESH, PCH_STALE } state;
};

struct pch_cache *pch_cache_new(const char *directory);
void pch_cache_free(struct pch_cache *c);

/* Builds what at least `min_units` of the entries would share and does not exist yet or is out of date. */
void pch_cache_prepare(struct pch_cache *c, GPtrArray *entries, guint min_units);

/*
 * The precompiled headers to parse this unit with, widest first; returns how many. `flags` are its cdb_clang_flags(),
 * `source` its text: a unit which defines macros that the headers look at has to read them itself.
 */
guint pch_find(struct pch_cache *c, const struct cdb_entry *e, char *const *flags, const char *source,
	       const struct pch *found[PCH_N_WIDTHS]);
/* The unit has errors with it that it may not have without: next time it is not even tried. */
void pch_clashed(struct pch_cache *c, const struct pch *p, const char *file);
/* clang would not have it: nobody shall try it again, and the next prepare builds it anew. */
void pch_refused(struct pch_cache *c, const struct pch *p);
/* Does the one with this meta file exist, with all inputs as they were? */
gboolean pch_is_known_fresh(struct pch_cache *c, const char *meta);

/* pchfile.c: NULL when there is none, or not one of this version. */
struct pch *pch_read(const char *meta);
void pch_free(struct pch *p);
/* Are all inputs as they were when it was built? `stats` remembers what was looked at (path -> result). */
gboolean pch_is_fresh(struct pch *p, GHashTable *stats);
/* Was this file (absolute) among what it was built from? */
gboolean pch_reads(const struct pch *p, const char *path);
gboolean pch_is_sensitive(struct pch *p, const char *name, gsize n);
gboolean pch_has_clashed(struct pch *p, const char *file);
void pch_note_clash(struct pch *p, const char *file);

/* pchbuild.c: one group's units and what is to be built for them. */
struct pch_group {
	struct signature signature; /* includes: the shortest list of all units */
	guint64 id;
	char **flags;	  /* cdb_clang_flags() of that unit */
	GPtrArray *files; /* of const char *: the units' sources */
};
/* So many units make a narrow one worth its time. */
#define PCH_NARROW_MIN 40
/* Writes below `directory` (which is made); FALSE when the headers do not compile on their own. */
gboolean pch_build(const char *directory, const struct pch_group *g);

#endif
