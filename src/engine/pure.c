/*
 * Functions that only look: what they return follows from their arguments and from the members they read. Asked again
 * with nothing changed in between, they answer the same, even where their summary says no more than "yes or no".
 */
#include "engine/fn.h"

enum { PURE_UNKNOWN, PURE_ASKING, PURE_NO, PURE_YES };

enum { MAX_READ = 8 };

static bool instruction_looks_only(struct engine *e, const struct ir_function *f, const struct ir_ins *in)
{
	switch (in->op) {
	case IR_STORE:
		return f->ins[in->a[0]].op == IR_LOCAL;
	case IR_CALL:
		return in->sym != IR_NONE && !e->apis[in->sym] && !e->contexts[in->sym] && looks_only(e, in->sym);
	case IR_ASM:
	case IR_UNKNOWN:
	case IR_COPY:
	case IR_ZERO:
	case IR_RUN:
	case IR_DETACH:
	case IR_CHOOSE:
		return false;
	default:
		return true;
	}
}

bool looks_only(struct engine *e, uint32_t function)
{
	const struct ir_function *f = &e->unit->functions[function];
	bool pure = f->has_body && f->n_blocks > 0;

	if (e->pure[function] != PURE_UNKNOWN)
		return e->pure[function] == PURE_YES;
	e->pure[function] = PURE_ASKING;
	for (uint32_t i = 0; pure && i < f->n_ins; i++)
		pure = instruction_looks_only(e, f, &f->ins[i]);
	e->pure[function] = pure ? PURE_YES : PURE_NO;
	return pure;
}

/* Its value is made of the function, the arguments and what it has read, so another one once that has changed. */
uint32_t pure_answer(struct fn *fn, const struct state *st, const struct call *c, const struct summary *sum)
{
	struct pool *p = fn->e->pool;
	uint32_t answer, read[MAX_READ], n = 0;

	if (c->callee == IR_NONE || c->ret_void || c->ret_ignored ||
	    fn->e->unit->types[fn->e->unit->functions[c->callee].type].kind != IR_T_INT ||
	    !looks_only(fn->e, c->callee))
		return 0;
	answer = sym_addr(p, obj_func(p, c->callee), 0);
	for (uint32_t i = 0; i < c->n_args; i++)
		answer = sym_op(p, (int)IR_CALL, answer, c->args[i]);
	for (unsigned int i = 0; i < sum->cases.n; i++)
		for (unsigned int k = 0; k < sum->cases.v[i].pre.n; k++) {
			uint32_t sym = sum->cases.v[i].pre.v[k].sym, j = 0;

			while (j < n && read[j] != sym)
				j++;
			if (j < n)
				continue;
			if (n == MAX_READ)
				return 0;
			read[n++] = sym;
			answer = sym_op(p, (int)IR_CALL, answer, summary_value(fn, st, c, sym));
		}
	return answer;
}
