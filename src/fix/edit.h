/* Changes to a text, collected in any order and applied at once. Private to fix/. */
#ifndef FIX_EDIT_H
#define FIX_EDIT_H

#include "base/arena.h"

struct edit {
	unsigned int start, end; /* what goes: [start, end) */
	const char *text;	 /* what comes */
};

/* Zero it and set the arena. */
struct edits {
	struct arena *arena;
	VEC(struct edit) all;
};

void edit_replace(struct edits *e, unsigned int start, unsigned int end, const char *text);
/* Several at one place keep the order in which they were made. */
void edit_insert(struct edits *e, unsigned int at, const char *text);
/* The new text; NULL when two changes overlap. */
char *edits_apply(const struct edits *e, const char *text);

#endif
