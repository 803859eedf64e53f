/* Texts without what a dropped release leaves behind; unchanged where nothing is. Private to fix/. */
#ifndef FIX_PRUNE_H
#define FIX_PRUNE_H

#include "fix/ladder.h"

/* Of `r`, the arena and the request are used. A label under which only another one, or a return, is left goes. */
const char *prune_label(const struct repair *r, const char *text, const char *function, const char *label);
/* Variables that nobody uses any more: those that `words`, the text of what went, names, and what was used to set them.
 */
const char *prune_variables(const struct repair *r, const char *text, const char *function, const char *words);
/* A callback that does nothing any more, where the slot may be empty. */
const char *prune_callback(const struct repair *r, const char *text, const char *function);

#endif
