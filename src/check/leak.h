/*
 * Leaks: what is judged to be one (leak.c), by what other paths (leak_sibling.c) or functions (leak_refused.c) say and
 * unless somebody gives it back all the same (leak_undone.c, leak_callers.c), how sure that is (leak_sure.c), and how
 * it is told (leak_tell.c).
 */
#ifndef CHECK_LEAK_H
#define CHECK_LEAK_H

#include "engine/fn.h"

/* A path of the same function on which the same acquisition was undone. */
struct sibling {
	const struct fn_exit *exit; /* NULL: there is none */
	const struct resource *res;
	bool counterpart; /* no path, but the function's counterpart undoes it */
	bool unwound;	  /* nor that, but this path undoes what was taken before it */
	bool refused;	  /* nor that, but the call that may have kept it has failed, and another function, which makes
			     such a call there, takes back what it has handed over */
	struct origin taken_back;
};

/* What has been judged to be one, of a function. */
struct leaks {
	VEC(struct report) all;
};

/* Does the kernel call it to begin something, so that after a failure nobody else can know what it took? */
bool leak_begins_lifecycle(const struct fn *fn);
/* Is the resource named by what taking it returned? Then losing that value is losing the resource. */
bool leak_is_holding(struct fn *fn, const struct resource *r);
/* What the path has taken by the same call and given back later, by another; NULL: it has not. */
const struct resource *leak_released_at(const struct fn_exit *there, const struct resource *r);
/* A path on which the same was undone; one that fails is the better witness. */
struct sibling leak_sibling(struct fn *fn, const struct fn_exit *here, const struct resource *r);
/*
 * On the other path it was released before anybody outside could see it, here it hangs in a structure of the caller's:
 * whoever looks after that structure may look after it.
 */
bool leak_stored_since(struct fn *fn, const struct fn_exit *e, const struct reach *reach, const struct resource *r,
		       const struct sibling *s);
/* Is it held where the function is left so? */
bool leak_holds(const struct fn_exit *e, const struct resource *r);
/* Who gives it back all the same: whoever gets the result, the callback that ends what this one began, the function
 * that undoes this one, others for other files' use, a managed action, what this path calls by another name; or a flag
 * outside notes that it is held. */
bool leak_goes_with_result(const struct fn *fn, const struct fn_exit *e, const struct resource *r);
bool leak_goes_with_owned(struct fn *fn, const struct state *st, const struct resource *r);
bool leak_undone_at_end(struct fn *fn, const struct resource *r);
/* The callback that undoes what this one does runs after its failures as well (suspend, after a failed resume) and
 * gives such things back; and it finds all that it gives back after a success, so that giving it back here as well
 * would be once too often. */
bool leak_undone_after_failure(struct fn *fn, const struct resource *r);
bool leak_left_for_end(struct fn *fn, const struct fn_exit *e, const struct resource *r);
bool leak_left_to_counterpart(struct fn *fn, const struct fn_exit *e, const struct resource *r);
bool leak_published(const struct fn *fn, const struct fn_exit *e, const struct resource *r);
/* Does that function of the unit give it back? */
bool leak_ended_in(struct fn *fn, const struct fn_exit *e, uint32_t function, const struct resource *r);
bool leak_left_to_others(struct fn *fn, const struct fn_exit *e, const struct resource *r);
/* One function switches on and off, as an argument says. */
bool leak_undone_by_itself(const struct fn *fn, const struct resource *r);
/*
 * Do its callers, when it has failed, call what gives it back? That is looked for in any file (engine/aftermath.h).
 * PERHAPS: they go on as if nothing had happened, and a function of this file that they may call in the end does, or
 * this one itself, called otherwise.
 */
enum by_callers { BY_CALLERS_NO, BY_CALLERS_PERHAPS, BY_CALLERS_YES };
enum by_callers leak_undone_by_callers(struct fn *fn, const struct fn_exit *e, const struct resource *r);
bool leak_undone_by_action(struct fn *fn, const struct fn_exit *e, const struct resource *r);
bool leak_counted_down(const struct fn *fn, const struct fn_exit *e, const struct resource *r);
bool leak_noted_in_flag(struct fn *fn, const struct fn_exit *e, const struct resource *r);
/* Has the call that may have kept it failed, and do others of this file take back what they have handed to such a call?
 */
bool leak_refused(struct fn *fn, const struct fn_exit *e, const struct resource *r, struct sibling *s);
/* Does the path break off before it comes to where the other one gives it back, of a function that cannot say so? */
bool leak_breaks_off(struct fn *fn, const struct fn_exit *e, const struct resource *r, const struct sibling *s);
/* Has the path come by a release of it, and has a condition that nothing decides led it round it? */
bool leak_skipped(const struct fn *fn, const struct fn_exit *e, const struct resource *r);
/* Does the condition depend on what some call has answered? */
bool asks_for_result(const struct pool *p, uint32_t cond);
/* Has a call failed here, after it was taken, that has not there? `answers`: by a bool as well. */
bool leak_other_failure(const struct fn *fn, const struct fn_exit *here, const struct fn_exit *there,
			const struct resource *r, bool answers);
/* Is it undone on some other path that leaves the function in this way? */
bool leak_undone_at_other(struct fn *fn, const struct fn_exit *here, const struct resource *r, enum exit_class class);
/* Notes what callees have left behind when they failed, and this function has given back after that: they were right.
 */
void leak_note_returned(struct fn *fn);
/* Has the last pointer to it been overwritten? */
bool leak_is_overwrite(const struct resource *r);
/* How sure, at most as `at_most` says. */
enum confidence leak_sureness(struct fn *fn, const struct fn_exit *e, const struct resource *r, const struct sibling *s,
			      enum confidence at_most);
/* The exit forgets the resource; that is sure at most as `at_most` says. `in_reach`: its caller could give it back. */
void leak_found(struct fn *fn, struct leaks *leaks, const struct fn_exit *e, const struct resource *r,
		enum confidence at_most, const struct sibling *s, bool in_reach);
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
