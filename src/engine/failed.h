/*
 * What a function does once a call in it has failed: what it calls on every way from there to its end, and how it ends.
 *
 * The ways are those of the code, followed with what is known of locals: that the call's result is a failure, and
 * constants. No states: merged paths would not know any more which of them had failed.
 */
#ifndef ENGINE_FAILED_H
#define ENGINE_FAILED_H

#include "engine/fn.h"

/* `callee` is called; if `arg` is not -1, with what the failed one had got as its argument `of`. One that a rule
 * knows is listed once more for each place: `ins`. */
struct failed_call {
	uint32_t callee;
	int arg, of;
	uint32_t ins; /* IR_NONE: at whatever place */
};

struct failed_ways {
	VEC(struct failed_call) calls; /* on all of them, sorted */
	bool ends;		       /* there is a way to the end; no other field counts without */
	bool passed_on;		       /* all of them fail as well */
	bool goes_on;		       /* all of them end as if nothing had failed, or nobody looks whether it has */
};

/* Can a failure be told by what such a function returns? */
bool failed_can(const struct ir_unit *u, uint32_t return_type);
/* FALSE: there are too many ways. `a` holds the result. */
bool failed_follow(const struct engine *e, uint32_t function, uint32_t call, struct arena *a, struct failed_ways *out);

#endif
