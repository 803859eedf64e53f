/*
 * Leaks: what a call refused. Whether a callee of which nothing is known (it calls through a table) keeps what it is
 * given when it fails, another function of the file may tell, which hands such a thing to the same callee and gives it
 * back when that fails.
 */
#include "check/leak.h"
#include "engine/failed.h"

/* Does a function of the file give back what it has handed to the callee, when that fails? */
static bool others_take_back(struct fn *fn, uint32_t callee, const struct family *family, struct sibling *s)
{
	const struct ir_unit *u = fn->e->unit;
	struct failed_ways w;

	for (uint32_t k = 0; k < u->n_functions; k++) {
		const struct ir_function *f = &u->functions[k];

		for (uint32_t i = 0; f->in_main_file && i < f->n_ins; i++) {
			if (f->ins[i].op != IR_CALL || f->ins[i].sym != callee ||
			    !failed_follow(fn->e, k, i, fn->w.arena, &w) || !w.ends)
				continue;
			for (unsigned int c = 0; c < w.calls.n; c++) {
				const struct failed_call *x = &w.calls.v[c];
				const struct effect *by = api_releases(fn->e->apis[x->callee], family);

				if (!by || x->arg < 0 || by->at.root != PLACE_ARG || by->at.arg != x->arg)
					continue;
				s->refused = true;
				s->taken_back = (struct origin){k, i};
				return true;
			}
		}
	}
	return false;
}

/* Which parameter the value is read from; -1: none. */
static int parameter_of(const struct ir_function *f, uint32_t value)
{
	uint32_t at = f->ins[value].op == IR_LOAD ? f->ins[value].a[0] : IR_NONE;

	return at != IR_NONE && f->ins[at].op == IR_LOCAL && f->ins[at].sym < f->n_params ? (int)f->ins[at].sym : -1;
}

/* Does the call hand on the parameter, and its function do no more with that, and fail, when it fails? */
static bool hands_on(struct fn *fn, uint32_t function, uint32_t call, int parameter)
{
	const struct ir_function *f = &fn->e->unit->functions[function];
	struct failed_ways w;
	int of = -1;

	for (uint32_t a = 0; f->ins[call].op == IR_CALL && f->ins[call].sym != IR_NONE && a < f->ins[call].n_args; a++)
		if (parameter_of(f, f->ins[call].args[a]) == parameter)
			of = (int)a;
	if (of < 0 || !failed_follow(fn->e, function, call, fn->w.arena, &w) || !w.ends || !w.passed_on)
		return false;
	for (unsigned int c = 0; c < w.calls.n; c++)
		if (w.calls.v[c].of == of)
			return false;
	return true;
}

/* A status by its type, and a failure on this path. */
static bool has_failed(struct fn *fn, const struct state *st, uint32_t result, const struct ir_ins *call)
{
	struct range r = state_range(&fn->w, st, result);

	return failed_can(fn->e->unit, call->type) && fn->e->unit->types[call->type].kind == IR_T_INT && r.lo < 0 &&
	       (r.not_zero || r.hi < 0);
}

/* The path has released something of the kind since then, at a place where the callee may have put this one. */
static bool found_again(const struct state *st, const struct resource *r, uint32_t since)
{
	struct pmap_iter it;

	for (pmap_first(&it, &st->res); pmap_next(&it);) {
		const struct resource *x = (const struct resource *)(uintptr_t)it.value;

		if (x->family == r->family && x->state == RES_RELEASED && x->acquire_ins == IR_NONE &&
		    x->release_ins != IR_NONE && x->release_ins > since)
			return true;
	}
	return false;
}

bool leak_refused(struct fn *fn, const struct fn_exit *e, const struct resource *r, struct sibling *s)
{
	const struct sym *doubt = sym_at(fn->e->pool, r->doubt);
	const struct ir_ins *call = doubt->kind == SYM_FRESH && doubt->a == fn->index && doubt->b < fn->f->n_ins
					    ? &fn->f->ins[doubt->b]
					    : NULL;
	const struct ir_function *callee;

	if (!call || call->op != IR_CALL || call->sym == IR_NONE || r->mined || !leak_is_holding(fn, r) ||
	    !has_failed(fn, &e->st, r->doubt, call) || found_again(&e->st, r, doubt->b))
		return false;
	if (others_take_back(fn, call->sym, r->family, s))
		return true;
	callee = engine_function(fn->e, call->sym);
	for (uint32_t i = 0; i < callee->n_ins; i++)
		for (uint32_t p = 0; p < callee->n_params; p++)
			if (hands_on(fn, call->sym, i, (int)p) &&
			    others_take_back(fn, callee->ins[i].sym, r->family, s))
				return true;
	return false;
}
