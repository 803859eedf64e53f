/*
 * Memory that probe takes and remove frees by itself, where the device could do both: a suggestion, no fault. Only what
 * the two callbacks do in their own bodies is looked at, since what helpers take may be taken again at other times.
 */
#include "check/checks.h"

#include <string.h>

static bool is_pair_of_a_device(const struct fn *fn)
{
	return fn->harness && fn->harness->detach && fn->harness->end != IR_NONE && !fn->e->opt.no_managed;
}

/* Taken by probe itself, by a call that has a managed twin. */
static bool could_be_managed(struct fn *fn, const struct resource *r)
{
	return r->acquire_ins == fn->harness->begin_ins && r->taken.function == fn->harness->begin &&
	       r->taken.ins != IR_NONE && !r->device && !r->looped && !r->mined && !r->spared &&
	       ends_with_release(r->family) && strcmp(r->family->resource, "memory") == 0 && r->acquire &&
	       model_managed_twin(fn->e->model, r->acquire, r->family);
}

static bool freed_by_end(const struct fn *fn, const struct resource *r)
{
	return r->state == RES_RELEASED && !r->maybe && r->release_ins == fn->harness->end_ins &&
	       r->released.function == fn->harness->end && r->released.ins != IR_NONE;
}

/* Does some way through the pair leave what was taken there to others? */
static bool kept_by_some(struct fn *fn, struct origin taken)
{
	for (unsigned int i = 0; i < fn->exits.n; i++) {
		const struct fn_exit *e = &fn->exits.v[i];
		struct pmap_iter it;

		for (pmap_first(&it, &e->st.res); e->class != EXIT_ERROR && pmap_next(&it);) {
			const struct resource *r = (const struct resource *)(uintptr_t)it.value;

			if (r->taken.function == taken.function && r->taken.ins == taken.ins && !freed_by_end(fn, r) &&
			    state_resource_live(&fn->w, &e->st, r))
				return true;
		}
	}
	return false;
}

static void suggest(struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	const struct api *twin = model_managed_twin(fn->e->model, r->acquire, r->family);
	struct report rep = {.rule = "devm/candidate",
			     .confidence = CONF_LOW,
			     .res = r,
			     .elsewhere = true,
			     .at = r->taken,
			     .ins = e->ins,
			     .exit_kind = "end",
			     .sibling_ins = IR_NONE,
			     .at_text = "could be taken managed here"};

	rep.message = arena_printf(
		fn->w.arena,
		"%s from %s() is freed by hand in %s(): with %s() the device does that, after a failed %s too",
		r->family->noun, r->acquire, fn->e->unit->functions[fn->harness->end].name, twin->name,
		fn->harness->begin_slot);
	fn_report(fn, &rep);
}

static void manage_exits(struct fn *fn)
{
	for (unsigned int i = 0; is_pair_of_a_device(fn) && i < fn->exits.n; i++) {
		const struct fn_exit *e = &fn->exits.v[i];
		struct pmap_iter it;

		for (pmap_first(&it, &e->st.res); e->class != EXIT_ERROR && pmap_next(&it);) {
			const struct resource *r = (const struct resource *)(uintptr_t)it.value;

			if (could_be_managed(fn, r) && freed_by_end(fn, r) && !kept_by_some(fn, r->taken) &&
			    !released_elsewhere(fn, &e->st, r))
				suggest(fn, e, r);
		}
	}
}

const struct check check_manage = {.name = "manage", .exits = manage_exits};
