/* Fixes as files and on stdout. */
#ifndef CLI_FIXES_H
#define CLI_FIXES_H

#include "scan/verify.h"

/* What it repairs and how, and then the diff: `patch -p1` and `git apply` skip what stands before. g_free. */
char *fix_text(const struct fix *f);
/*
 * Each fix in the directory as NNNN-FUNCTION.patch, one that repairs several findings once; fixes.txt lists every
 * finding with its patch or why there is none.
 */
gboolean fixes_write(const char *directory, const struct fix *fixes, guint n, GError **err);

#endif
