/* git, asked as a program: what it prints, or its own words as the error. */
#ifndef SCAN_GIT_H
#define SCAN_GIT_H

#include <gio/gio.h>

/* Where git is asked, and what ends the asking early (may be NULL). */
struct git {
	const char *directory;
	GCancellable *stop;
};

/* The output of `git ARGUMENT...`, NULL with err set when it fails. g_free. */
char *git_text(const struct git *g, char *const *arguments, GError **err);
/* The same without the white space at its end; the arguments end with NULL. */
char *git_word(const struct git *g, GError **err, ...) G_GNUC_NULL_TERMINATED;
/* The parts of an output that `-z` has separated by NUL. g_strfreev. */
char **git_list(const struct git *g, char *const *arguments, GError **err);
/*
 * The texts of `n` objects ("HEAD:path", ":path" for the index), g_free each; NULL for one that does not exist. One
 * process for all. Names with a line break are not asked for.
 */
gboolean git_objects(const struct git *g, char *const *names, guint n, char **texts, GError **err);

#endif
