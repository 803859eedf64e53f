/*
 * What the unit's code arms, over all its functions: timers, work, tasklets and the like that are members of some
 * record, and who stops them. Gathered from the calls as they are written (which member of which record each one
 * names), not from states: whatever happens between probe and remove may arm, and one function that waits is reason
 * enough to trust that somebody has thought of it.
 */
#ifndef ENGINE_ARMED_H
#define ENGINE_ARMED_H

#include "engine/fn.h"

/* A member by the record that it lies in, however deep, or a global variable. */
struct slot {
	const char *record; /* NULL: of the global */
	uint32_t global;
	int64_t offset;
};

/* One place that a call names may be called by several slots: `&card->port.timer` is one of both records. */
struct slots {
	VEC(struct slot) all;
	const char *member; /* its own name; NULL: it has none */
};

struct armed_call {
	struct origin at;
	const char *api;
	bool last; /* stopped: it cannot be armed again */
};
struct armed_calls {
	struct armed_call *v;
	unsigned int n, room;
};

struct armed_member {
	VEC(struct slot) slots;
	const char *member;
	const struct family *family;
	const char *api; /* of the first call that arms it; NULL: none does */
	struct origin armed;
	struct armed_calls arms;
	struct origin set_up;	  /* where it is told what to run; ins IR_NONE: not known */
	uint32_t callback;	  /* what runs; IR_NONE: not known */
	struct armed_calls waits; /* where it is stopped, and what runs waited for */
	struct armed_calls halts; /* where it is stopped without waiting */
};

struct armed_members {
	VEC(struct armed_member) all;
	bool *unclear; /* by family: something is stopped and it cannot be said what, or all there is at once */
};

/* Fills e->armed. Requires that all functions have been analysed. */
void armed_members_find(struct engine *e);

/* The places that operand `arg` of a call in `f` names, plus `extra` bytes. */
void slots_of(struct engine *e, const struct ir_function *f, uint32_t arg, int64_t extra, struct slots *out);
/* Is the address that of a member, or of an element of an array that is one? */
bool is_in_member(const struct ir_function *f, uint32_t address);
/* What record `arg` points to, through casts; NULL: no named one. */
const char *record_pointed_to(const struct ir_unit *u, const struct ir_function *f, uint32_t arg);
bool member_lies_in(const struct armed_member *m, const char *record);

/* Marks the function and all that it calls: `seen` has one flag for each function. */
void mark_called(const struct ir_unit *u, uint32_t function, bool *seen);
/* The same, and all that it names. */
void mark_reached(const struct ir_unit *u, uint32_t function, bool *seen);

#endif
