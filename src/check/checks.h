/* The checks, one per file; checks.c lists them for the engine. */
#ifndef CHECK_CHECKS_H
#define CHECK_CHECKS_H

#include "engine/fn.h"

extern const struct check check_leak, check_release, check_use, check_result, check_lifecycle, check_armed,
	check_atomic, check_strict, check_ignored, check_dangling, check_borrowed, check_consumed, check_teardown,
	check_order, check_outlives, check_open, check_another, check_piles, check_manage, check_kept;

/* elsewhere.c */
/* Does some case of the summary release one of this family at this member of some object? */
bool summary_releases(struct fn *fn, const struct summary *s, const struct family *f, struct member m);
/* The same for all places at which the path keeps the resource. */
bool summary_releases_kept(struct fn *fn, const struct summary *s, const struct state *st, const struct resource *r);
/* `called`, by function: those that the function calls, and those that run when it drops the last reference to
 * something; what is set stays set. */
void mark_ended_by(const struct fn *fn, uint32_t end, bool *called);
/* Does some case of the summary release one of this family, or give it to who will? */
bool summary_may_give_back(const struct summary *s, const struct family *f);
/* Does what is called? (By its rule; if it has none, by its summary.) */
bool call_releases(const struct fn *fn, const struct ir_ins *call, const struct family *f);
/* Does one of the functions, by index, call what does? */
bool one_calls_release(struct fn *fn, const bool *functions, const struct family *f);
/* In a harness: does a function of the file that its pair does not call release what stands at the same place? */
bool released_elsewhere(struct fn *fn, const struct state *st, const struct resource *r);

/* piles.c: what another unit takes, it may take but once; only a call that a rule speaks of is sure to take. */
bool surely_taken(const struct fn *fn, const struct resource *r);
/* Managed resources taken in a callback that runs again and again pile up until the device goes; what pairs with
 * removal runs once for each binding. `callback`: "open of file". */
void tell_piling_up(struct fn *fn, const struct fn_exit *e, const struct resource *r, const char *exit_kind,
		    const char *callback);
/* lifecycle.c: was it there only because a member was not set, and now that is? Then the next call does nothing. */
bool done_once(struct fn *fn, const struct state *st);

/* armed.c: under this key e->told holds what has been told of something armed at this offset. g_free() it. */
char *armed_key(const struct family *f, int64_t offset);

#endif
