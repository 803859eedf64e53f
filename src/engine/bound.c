/*
 * Functions that call what they are given: a walker and its visitors, a helper that gets the pair of functions to run.
 * What such a function does depends on the call. Where the argument is a function of this unit, it is analysed once
 * more with the parameter bound to that; nothing is told of that run, its summary is for this kind of call only.
 */
#include "engine/fn.h"

#include <string.h>

enum { MAX_BOUND = 48, MAX_INS = 1500 };

static bool is_function_pointer(const struct ir_unit *u, uint32_t type)
{
	const struct ir_type *t = &u->types[type];

	return t->kind == IR_T_PTR && t->target != IR_NONE && u->types[t->target].kind == IR_T_FUNC;
}

/* Does it call the parameter, or hand it on? */
static bool calls_parameter(const struct ir_function *f, uint32_t param)
{
	for (uint32_t i = 0; i < f->n_ins; i++) {
		const struct ir_ins *in = &f->ins[i];
		uint32_t n = in->op != IR_CALL ? 0 : in->n_args + (in->sym == IR_NONE);

		for (uint32_t k = 0; k < n; k++) {
			const struct ir_ins *v = &f->ins[k < in->n_args ? in->args[k] : in->a[0]];

			if (v->op == IR_LOAD && f->ins[v->a[0]].op == IR_LOCAL && f->ins[v->a[0]].sym == param)
				return true;
		}
	}
	return false;
}

/* What the call binds: by parameter the function, or IR_NONE. NULL: nothing. */
static uint32_t *bindings(struct fn *fn, const struct call *c)
{
	const struct ir_unit *u = fn->e->unit;
	const struct ir_function *f = &u->functions[c->callee];
	uint32_t *bound = ARENA_ARRAY(fn->e->arena, uint32_t, f->n_params + 1);
	bool any = false;

	for (uint32_t i = 0; i < f->n_params; i++) {
		uint32_t target;

		bound[i] = IR_NONE;
		if (i >= c->n_args || !is_function_pointer(u, f->locals[i].type) ||
		    !sym_is_function(fn->e->pool, c->args[i], &target) || !u->functions[target].has_body ||
		    !calls_parameter(f, i))
			continue;
		bound[i] = target;
		any = true;
	}
	return any ? bound : NULL;
}

static struct bound *find(struct engine *e, uint32_t function, const uint32_t *bound, uint32_t n)
{
	for (unsigned int i = 0; i < e->bound.n; i++)
		if (e->bound.v[i]->function == function && memcmp(e->bound.v[i]->to, bound, n * sizeof(*bound)) == 0)
			return e->bound.v[i];
	return NULL;
}

const struct summary *bound_summary(struct fn *fn, const struct call *c)
{
	struct engine *e = fn->e;
	const struct ir_function *f = &e->unit->functions[c->callee];
	const uint32_t *to = f->has_body && f->n_params && f->n_ins < MAX_INS ? bindings(fn, c) : NULL;
	struct bound *b = to ? find(e, c->callee, to, f->n_params) : NULL;

	if (!to)
		return NULL;
	if (b || e->bound.n == MAX_BOUND)
		return b ? b->summary : NULL;
	b = ARENA_NEW(e->arena, struct bound);
	*b = (struct bound){.function = c->callee, .to = to};
	vec_push(e->arena, &e->bound, b);
	b->summary = engine_analyse_bound(e, c->callee, to);
	b->summary->bound = true;
	return b->summary;
}
