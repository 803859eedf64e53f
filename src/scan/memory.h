/*
 * What earlier scans learned of functions, kept in a file: summaries by name and directory, used where another unit
 * calls the function (engine/portable.h), and what callers do after it has failed.
 */
#ifndef SCAN_MEMORY_H
#define SCAN_MEMORY_H

#include <glib.h>

struct memory;

struct memory *memory_new(void);
/* NULL is fine. */
void memory_free(struct memory *m);
/*
 * Adds what the file holds; `other_layout`: only what is good for any layout of structures. FALSE with err set, and
 * nothing added, when it cannot be read or is no such file.
 */
gboolean memory_load(struct memory *m, const char *path, gboolean other_layout, GError **err);
/* Writes everything, sorted; the file is replaced as a whole. FALSE with err set. */
gboolean memory_save(const struct memory *m, const char *path, GError **err);
/* `directory` is that of the function's source file, relative to the tree's root. `offsets`: engine/portable.h. */
void memory_add(struct memory *m, const char *directory, const char *function, gboolean offsets, const void *bytes,
		gsize size);
/* Adds what `older` has of functions that `m` has nothing of, and what it knows of callers. */
void memory_keep(struct memory *m, const struct memory *older);
/*
 * The function of that name that code in `directory` means: one from there, else the only one there is. NULL: none, or
 * nobody can say which. The bytes belong to the memory.
 */
const void *memory_recall(const struct memory *m, const char *directory, const char *function, gsize *size);
/*
 * What callers do after a function has failed, as text (engine/aftermath.h). Of two texts of one name, what both say
 * stays: what one caller leaves undone, nobody does for certain.
 */
void memory_add_aftermath(struct memory *m, const char *name, const char *text);
/* NULL: none is known. The text belongs to the memory. */
const char *memory_aftermath(const struct memory *m, const char *name);
/* The i-th function of that name; NULL: there are not so many. */
const void *memory_entry(const struct memory *m, const char *function, guint i, const char **directory, gsize *size);
guint memory_size(const struct memory *m);
/* Changes with what is remembered. */
guint64 memory_hash(const struct memory *m);

#endif
