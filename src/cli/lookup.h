/* Findings as users name them. */
#ifndef CLI_LOOKUP_H
#define CLI_LOOKUP_H

#include "store/store.h"

/* An id of the database, or a fingerprint. */
gboolean lookup_finding(struct store *s, struct arena *a, const char *name, struct finding *f, GError **err);

#endif
