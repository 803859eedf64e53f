/* Leaks: what has been judged to be one (leak.c), and how it is told (leak_tell.c). */
#ifndef CHECK_LEAK_H
#define CHECK_LEAK_H

#include "engine/fn.h"

/* A path of the same function on which the same acquisition was undone. */
struct sibling {
	const struct fn_exit *exit; /* NULL: there is none */
	const struct resource *res;
	bool counterpart; /* no path, but the function's counterpart undoes it */
};

/* What has been judged to be one, of a function. */
struct leaks {
	VEC(struct report) all;
};

/* Is it undone on some other path that leaves the function in this way? */
bool leak_undone_at_other(struct fn *fn, const struct fn_exit *here, const struct resource *r, enum exit_class class);
/* The exit forgets the resource; that is sure at most as `at_most` says. */
void leak_found(struct fn *fn, struct leaks *leaks, const struct fn_exit *e, const struct resource *r,
		enum confidence at_most, const struct sibling *s);
/* The same, in the caller's words; of what one call takes the surest is told. */
void leak_reported(struct fn *fn, struct leaks *leaks, const struct report *rep);
/*
 * Has the path stored, in an object of its caller's, a function that ends the object (private_free, release), and does
 * that give back things of the kind? Then it runs after a failure as well.
 */
bool undone_by_destructor(struct fn *fn, const struct state *st, const struct resource *r);
/* Tells them, when all exits have been judged. */
void leaks_tell(struct fn *fn, const struct leaks *leaks);

#endif
