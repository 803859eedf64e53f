/* drvcheck hook: what git calls before a commit or a push, and putting it there. */
#ifndef CLI_HOOK_H
#define CLI_HOOK_H

#include "scan/git.h"

/* The hooks that drvcheck knows, NULL-terminated. */
extern const char *const hook_names[];

/* hookfile.c. `name`: one of hook_names; `options`: of drvcheck scan, for every run. Says what it has done. */
gboolean hook_install(const struct git *g, const char *name, char *const *options, GError **err);
/* Takes ours away and puts back what was there before. */
gboolean hook_uninstall(const struct git *g, const char *name, GError **err);

#endif
