/*
 * Atomic context: what forbids sleeping at a point, and what a function may do that sleeps.
 *
 * A context counts four things (enum context_part) relative to the function's entry, packed into one int so that the
 * effect of a call is an addition. A count below 0 says that the function has given back what its caller holds. A
 * sleeping call where a count is above 0 is an error there; anywhere else it is remembered with what must hold for it
 * to be reached, and becomes an error where a caller's counts make up the difference.
 */
#ifndef ENGINE_CONTEXT_H
#define ENGINE_CONTEXT_H

#include "engine/fn.h"

/* One atomic section that the path is in, newest first; for messages, the counts decide. */
struct held {
	const struct held *before;
	uint32_t key;	    /* the lock; 0: not known */
	unsigned int parts; /* of enum context_part */
	uint32_t ins;	    /* in this function */
	struct origin at;   /* the call that begins it in the end */
	const char *api;
	bool optional; /* the call that begins it may take a lock that sleeps instead: a mode of the driver decides */
};

struct sleep {
	uint32_t function, ins;	   /* the call, in the function whose summary has this; IR_NONE: in another file */
	const struct sleep *inner; /* what the callee does; NULL: the call itself sleeps */
	const struct api *api;	   /* the rule of the call that sleeps in the end */
	const char *name;	   /* what users call that */
	int context;		   /* at the call */
	bool guessed; /* a callee in another file does it under conditions of which nothing is known here */
	VEC(struct sum_constraint) pre;
	VEC(struct step) path; /* last branches before it, newest first */
};

/* One of each of the parts. */
int context_of(unsigned int parts);
/* The parts that are counted above 0. */
unsigned int context_parts(int context);
/* Is the call wrong in this context? */
bool context_forbids(int context, enum sleeps how);
/* The section that explains why; NULL: not known. */
const struct held *context_culprit(const struct state *st, enum sleeps how);

/* A call of a function with facts about its context: sleeping is told or remembered. */
void context_call(struct fn *fn, const struct state *st, const struct call *c);
/* The same for what a callee may do. */
void context_callee(struct fn *fn, const struct state *st, const struct call *c, const struct summary *sum);
/* The call begins or ends an atomic section. */
void context_change(struct fn *fn, struct state *st, const struct call *c, const struct api *api);
/* The callee's case begins or ends some. */
void context_apply(struct fn *fn, struct state *st, const struct call *c, const struct summary *sum,
		   const struct sum_case *sc);
/* What the case leaves behind, for the summary; of the parts that are `in_doubt` nothing, of those `ended` the end. */
void context_collect(struct fn *fn, const struct state *st, unsigned int in_doubt, unsigned int ended,
		     struct sum_case *sc);
/*
 * Parts that the function seems to begin on one way and to end on another: what really happens is that one condition
 * guards both, in a way that could not be seen.
 */
unsigned int context_in_doubt(const struct fn *fn);
/*
 * Parts that a function without a result ends on some of its ways and begins on none: it is there to end them, and what
 * it asks before (a count of nested sections, a pointer) is what its caller's section depends on as well.
 */
unsigned int context_unlocks(const struct fn *fn);
/* Tells what sleeps in a function that the kernel calls in atomic context. */
void context_entries(struct fn *fn);

/* For dumps: " lock +1 irq -1", nothing when all is as at entry; and one line for something that may sleep. */
void context_dump(FILE *out, int context);
void context_dump_sleep(FILE *out, struct engine *e, const struct sleep *s);

#endif
