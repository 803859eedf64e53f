/* Which sources include a changed header: those that earlier scans saw reading it, and those that git finds. */
#ifndef SCAN_USERS_H
#define SCAN_USERS_H

#include "scan/change.h"
#include "store/store.h"

/*
 * Absolute paths (g_free) of the *.c files that include one of `files` (of const struct changed_file *), directly or
 * through other headers; the nearest to one of them first. Some may turn out not to: nothing is preprocessed here.
 * `store` may be NULL.
 */
GPtrArray *users_find(const struct change *c, struct store *store, const GPtrArray *files);

#endif
