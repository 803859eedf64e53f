/*
 * What the callers of a function do after it has failed: which functions they call on every way from there to their own
 * end, or by what they call. What a function leaves behind may be theirs to give back.
 *
 * Callers in other files are known from the memory (engine.h), by text: a line with the number of callers, then one for
 * each struct after. A function that is called through a table goes by "struct RECORD.MEMBER".
 */
#ifndef ENGINE_AFTERMATH_H
#define ENGINE_AFTERMATH_H

#include "engine/fn.h"

enum after_kind {
	AFTER_CALLS,	/* `name` is called, by them or by what they call: "NAME", or "NAME 0=1" */
	AFTER_RELEASES, /* what is at `member` of some object is given back by `name`, or as one of the family `name`:
			   "*NAME 16 MEMBER" */
	AFTER_CALLERS,	/* they fail as well, and then what the callers of `name` do is done: ">NAME" */
	AFTER_GOES_ON,	/* they go on as if it had not failed: "-" */
};

struct after {
	enum after_kind kind;
	const char *name;
	uint32_t function; /* CALLS: in this unit; IR_NONE: it has none of that name */
	struct member member;
	int arg, of; /* CALLS: argument `arg` is what the failed function had got as its argument `of`; -1: no */
};

struct aftermath {
	VEC(struct after) all; /* what all of them do */
	unsigned int n_callers;
};

/* Of a function of the unit. NULL: nobody is known to call it; that there are no other callers than those of this unit
 * is sure only of a static one. */
const struct aftermath *aftermath_of(struct engine *e, uint32_t function);
/* The same by name, as in AFTER_CALLERS. */
const struct aftermath *aftermath_named(struct engine *e, const char *name);
/* aftermath_text.c; the text is the caller's to g_free(). */
char *aftermath_write(struct engine *e, const struct aftermath *m);
const struct aftermath *aftermath_read(struct engine *e, const char *text);

/* Passes on what the unit does after failures of functions that others may have. */
void aftermath_teach(struct engine *e);

#endif
