/* Where things are: the kernel tree, its database, the rules, and what release and configuration the tree is of. */
#ifndef SCAN_TREE_H
#define SCAN_TREE_H

#include <glib.h>

/*
 * The tree's root, absolute: `given` if any, else the first kernel tree at or above `path` (NULL: the current
 * directory). NULL without an error when there is none. g_free.
 */
char *tree_root(const char *given, const char *path, GError **err);
/* Is this directory the root of a kernel's source? */
gboolean tree_is_kernel(const char *directory);
/* Kernel release ("6.12.1"), "" when unknown. g_free. */
char *tree_version(const char *root);
/* Hash of .config, "" when there is none. g_free. */
char *tree_config(const char *root);
/* `given`, or .drvcheck/drvcheck.db under the root (NULL: the current directory). g_free. */
char *tree_database(const char *given, const char *root);
/* `path` as an absolute name; a relative one that exists only below `root` is taken from there. g_free. */
char *tree_resolve(const char *root, const char *path);
/* Directory with the rules: `given`, $DRVCHECK_RULES, beside the program, or where it was installed. g_free. */
char *tree_rules(const char *given, GError **err);
/* Directory with the semantic patches of a kind ("check", "fix"), found like the rules; NULL when there is none.
 * g_free.
 */
char *tree_patches(const char *what);
/*
 * File with what functions of this release ("6.12") do, found like the rules; else of the one that is nearest, and then
 * `*other`. NULL when there is none, or no tree. g_free.
 */
char *tree_summaries(const char *root, gboolean *other);
/* Hash of the names and text of a directory's files that end in `suffix`. */
guint64 tree_hash(const char *directory, const char *suffix);

#endif
