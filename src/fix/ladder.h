/*
 * The unwind ladder: labels at a function's end, each with what it releases, and one return below. Private to fix/.
 */
#ifndef FIX_LADDER_H
#define FIX_LADDER_H

#include "fix/repair.h"

/* The nearest label above a release by which one gets there; NULL when it is in no ladder. */
struct stmt *ladder_label_of(const struct repair *r, struct stmt *release);
/* The nearest label above a statement from which one gets there without a jump; NULL. */
struct stmt *ladder_label_before(struct stmt *t);
/* Can a label be put in front of this one without anything running into it that does not unwind? */
bool ladder_stands_apart(struct stmt *label);
/*
 * What to say in place of `return X` to leave through the label: "ret = X;" and "goto label;", or the latter alone.
 * NULL when the ladder's return carries another kind of value. NULL-terminated.
 */
const char *const *ladder_leave(const struct repair *r, const struct stmt *jump, const struct stmt *label);
/* The variable that the ladder below this label returns; NULL. */
const char *ladder_variable(const struct repair *r, const struct stmt *label);
const char *ladder_name(const struct repair *r, const struct stmt *label);
/* A name for a new label in front of this one, that releases what the finding is about with this call. */
const char *ladder_new_name(const struct repair *r, const struct stmt *label, const char *call);

/* The same for one that releases with `release`, which gets `expression`. */
const char *ladder_rung_name(const struct repair *r, const struct stmt *label, const char *release,
			     const char *expression);

#endif
