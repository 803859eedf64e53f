/*
 * Managed resources that pile up: taken by a callback that runs again and again while the device stays bound, on each
 * of its successful ways, unless the place that keeps them was found empty. Pairs of callbacks are check/lifecycle.c's.
 */
#include "check/checks.h"

/* Who gives back by hand what the device manages takes it anew. */
static bool gives_back(const struct fn *fn, const struct family *f)
{
	for (uint32_t i = 0; i < fn->e->unit->n_functions; i++) {
		const struct effect *x = fn->e->n_callers[i] ? api_releases(fn->e->apis[i], f) : NULL;

		if (x && x->device.root != PLACE_NONE)
			return true;
	}
	return false;
}

static bool is_taken(const struct fn_exit *e, const struct resource *r)
{
	struct pmap_iter it;

	for (pmap_first(&it, &e->st.res); pmap_next(&it);) {
		const struct resource *other = (const struct resource *)(uintptr_t)it.value;

		if (other->device && other->taken.function == r->taken.function && other->taken.ins == r->taken.ins)
			return true;
	}
	return false;
}

/* A way that ends well without it has found it there already, or needs none. */
static bool taken_each_time(const struct fn *fn, const struct resource *r)
{
	for (unsigned int i = 0; i < fn->exits.n; i++)
		if (fn->exits.v[i].class != EXIT_ERROR && !is_taken(&fn->exits.v[i], r))
			return false;
	return true;
}

void tell_piling_up(struct fn *fn, const struct fn_exit *e, const struct resource *r, const char *exit_kind,
		    const char *callback)
{
	struct report rep = {.rule = "devm/open-path",
			     .confidence = CONF_MEDIUM,
			     .st = &e->st,
			     .res = r,
			     .ins = e->ins,
			     .elsewhere = true,
			     .at = r->taken,
			     .exit_kind = exit_kind,
			     .sibling_ins = IR_NONE,
			     .at_text = "taken here"};

	rep.message = arena_printf(
		fn->w.arena,
		"%s from %s() is taken in %s: every call adds one, and only unbinding the device releases them",
		r->family->noun, r->acquire, callback);
	fn_report(fn, &rep);
}

bool surely_taken(const struct fn *fn, const struct resource *r)
{
	const struct ir_ins *call =
		r->taken.ins == IR_NONE ? NULL : &fn->e->unit->functions[r->taken.function].ins[r->taken.ins];

	return call && call->op == IR_CALL && call->sym != IR_NONE && fn->e->apis[call->sym];
}

static void judge(struct fn *fn, const struct fn_exit *e, const struct repeated_slot *slot)
{
	struct pmap_iter it;

	for (pmap_first(&it, &e->st.res); pmap_next(&it);) {
		const struct resource *r = (const struct resource *)(uintptr_t)it.value;

		/* Enabled is enabled, however often. */
		if (r->device && !r->action && r->state != RES_RELEASED && r->family->kind == FAMILY_OWNED &&
		    surely_taken(fn, r) && sym_from_caller(fn->e->pool, r->device) &&
		    state_resource_live(&fn->w, &e->st, r) && !done_once(fn, &e->st) && taken_each_time(fn, r) &&
		    !gives_back(fn, r->family))
			tell_piling_up(fn, e, r, "repeated",
				       arena_printf(fn->w.arena, "%s of a %s", slot->slot, slot->what));
	}
}

static void piles_exits(struct fn *fn)
{
	for (unsigned int i = 0; i < fn->e->opt.n_repeated; i++) {
		const struct repeated_slot *slot = &fn->e->opt.repeated[i];

		if (slot->function != fn->index)
			continue;
		for (unsigned int k = 0; k < fn->exits.n; k++)
			if (fn->exits.v[k].class != EXIT_ERROR)
				judge(fn, &fn->exits.v[k], slot);
		return;
	}
}

const struct check check_piles = {.name = "piles", .exits = piles_exits};
