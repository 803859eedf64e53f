/* Verified patches, as `drvcheck scan --fix-dir` has left them in a directory. */
#ifndef REPORT_PATCHES_H
#define REPORT_PATCHES_H

#include <glib.h>

/* Fingerprint -> patch; empty without a directory. */
GHashTable *report_patches(const char *directory);

#endif
