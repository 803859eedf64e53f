/* Texts that are not what is on disk, written below a temporary directory for programs and readers that want files. */
#ifndef SCAN_COPIES_H
#define SCAN_COPIES_H

#include <glib.h>

struct copies;

/* NULL when there is no place for them. */
struct copies *copies_new(void);
/* Removes them. */
void copies_free(struct copies *c);
const char *copies_root(const struct copies *c);
/* Writes `text` (NULL: what stands in the file `path`) as `name` below the root; its path (g_free), NULL on failure. */
char *copies_add(struct copies *c, const char *name, const char *text, const char *path);

#endif
