/*
 * Compact databases in the user's cache directory: mapped, and read only as far as asked for. A kernel's has some 15 MB
 * instead of the 90 MB of its compile_commands.json, and one unit's entry takes no measurable time. Private to cdb/.
 *
 * Layout, native byte order (a cache is not carried elsewhere): struct cache_header; the stamp, padded to 4 bytes; per
 * string its offset in the text; per entry struct cache_entry, sorted by file; per argument the string's number; the
 * text.
 */
#ifndef CDB_CACHE_H
#define CDB_CACHE_H

#include "cdb/cdb.h"

struct cache;

/* $XDG_CACHE_HOME/drvcheck/cdb/<hash of kind and key>. */
char *cache_path(const char *kind, const char *key);
/* The stamp is the caller's text by which it tells whether the cache is still true. Failing to write is no error. */
void cache_write(const char *path, const struct cdb *db, const char *stamp);
/* NULL when there is none or it is damaged. */
struct cache *cache_open(const char *path);
void cache_close(struct cache *c);
const char *cache_stamp(const struct cache *c);
/* Adds the entries for `path` or below it, all when it is NULL. */
void cache_read(const struct cache *c, const char *path, struct cdb *db);

#endif
