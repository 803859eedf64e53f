/* What a callee calls its own, in the words of the function that called it. Private to fix/. */
#ifndef FIX_CALLER_H
#define FIX_CALLER_H

#include "fix/repair.h"

/* The function of this file that took the finding's resource, when it is not r->function; NULL. */
const struct function *caller_taker(const struct repair *r, const struct finding *f);
/*
 * The text, which means something in the taker, in the terms of r->function: parameters become the arguments of the
 * calls that led to it, and what the taker has put somewhere, or returned, is named by where that is. NULL when it
 * cannot be said.
 */
const char *caller_words(const struct repair *r, const struct finding *f, const char *text);
/* The token of the call of the taker that led there; source->n. */
unsigned int caller_call(const struct repair *r, const struct finding *f);
/* The call that undoes, by their names, what the call that r->function made did: "foo_put(foo);"; NULL. */
const char *caller_undo(const struct repair *r, const struct finding *f);

#endif
