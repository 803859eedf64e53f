/*
 * What a function frees, named by the place where the pointer stood: a member of a record. Gathered from the calls as
 * they are written, like what is armed (engine/armed.h).
 */
#ifndef CHECK_FREED_H
#define CHECK_FREED_H

#include "engine/handlers.h"

struct freed {
	uint32_t ins;
	struct slots place; /* where the pointer stood */
	const char *by;
};
struct freed_list {
	VEC(struct freed) all;
};

void freed_find(struct engine *e, const struct ir_function *f, struct freed_list *out);
/* Of the function that the instruction calls; NULL: it is no call, a rule says what it does, or nothing is known. */
const struct summary *callee_summary(struct engine *e, const struct ir_ins *call);
/* Does one of the functions write to the place? Then the pointer is cleared, and who follows it looks first. */
bool writes_to(struct engine *e, const bool *functions, const struct slots *place);

#endif
