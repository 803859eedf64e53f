/* Which call gives back what which other one has taken, by the rules or by their names: for the order of releases. */
#ifndef FIX_UNDO_H
#define FIX_UNDO_H

#include "fix/repair.h"

/* The two are tokens that name functions; false when one is no call. */
bool undo_of(const struct repair *r, unsigned int take, unsigned int undo);
/* Is the statement a call that undoes one of those in [from, to)? */
bool undo_in(const struct repair *r, const struct stmt *t, unsigned int from, unsigned int to);

#endif
