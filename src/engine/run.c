/*
 * Between the beginning and the end of a lifetime the kernel runs the driver's other callbacks: interrupts, ioctls,
 * work. They are not executed one by one. What matters is what they leave armed: if some function of the unit arms the
 * timer or work at an offset of an object, and an object held here has a function stored there (it was set up), it may
 * be armed.
 */
#include "engine/armed.h"

#include <string.h>

/* The function pointer of a timer or work item stands within this many bytes of its start. */
enum { ARMED_BYTES = 96 };

static void note_arming(struct engine *e, const struct sum_resource *r)
{
	const struct sym *key;
	struct arming a;

	/* Only of what is taken the key is known to be a value: see GIVEN_FAMILY. */
	if (!r->family || r->family->kind != FAMILY_ARMED || r->delta <= 0)
		return;
	key = sym_at(e->pool, r->key);
	a = (struct arming){key->k, pool_place_name(e->pool, r->key), r->family, r->api, r->at};
	if (key->kind != SYM_ADDR || !a.member)
		return;
	for (unsigned int i = 0; i < e->armings.n; i++)
		if (e->armings.v[i].offset == a.offset && e->armings.v[i].family == a.family)
			return;
	vec_push(e->arena, &e->armings, a);
}

static void note_armings(struct engine *e, const struct summary *s)
{
	for (unsigned int i = 0; i < s->cases.n; i++)
		for (unsigned int k = 0; k < s->cases.v[i].resources.n; k++)
			note_arming(e, &s->cases.v[i].resources.v[k]);
}

/* What begins and ends a binding has its turn by itself. */
static bool begins_or_ends(const struct engine *e, uint32_t function)
{
	for (unsigned int i = 0; i < e->opt.n_harnesses; i++) {
		const struct harness *h = &e->opt.harnesses[i];

		if ((h->detach || h->module) && (h->begin == function || h->end == function))
			return true;
	}
	return false;
}

/* What runs in between, and what that calls. */
static bool *find_running(struct engine *e)
{
	bool *runs = ARENA_ARRAY(e->arena, bool, e->unit->n_functions + 1);

	for (uint32_t i = 0; i < e->unit->n_functions; i++)
		if (e->unit->functions[i].in_main_file && !e->n_callers[i] && !engine_harness(e, i) &&
		    !begins_or_ends(e, i))
			mark_called(e->unit, i, runs);
	return runs;
}

static void find_armings(struct engine *e)
{
	bool *runs = find_running(e);

	e->armings_known = true;
	for (uint32_t i = 0; i < e->unit->n_functions; i++)
		if (runs[i] && e->unit->functions[i].in_main_file && e->summaries[i])
			note_armings(e, e->summaries[i]);
}

/* Objects in whose memory a function's address is stored at [offset, offset + ARMED_BYTES) were set up for this. */
static void arm_objects(struct fn *fn, struct state *st, const struct arming *a, uint32_t ins)
{
	struct pool *p = fn->e->pool;
	struct pmap mem = st->mem;
	struct pmap_iter it;

	for (pmap_first(&it, &mem); pmap_next(&it);) {
		int64_t from_start = mem_offset(it.key) - a->offset;
		uint32_t key, callback;

		if (!sym_is_function(p, (uint32_t)it.value, &callback) || from_start < 0 || from_start >= ARMED_BYTES ||
		    obj_at(p, mem_obj(it.key))->kind != OBJ_PTR)
			continue;
		key = sym_addr(p, mem_obj(it.key), a->offset);
		if (!pool_place_name(p, key) || strcmp(pool_place_name(p, key), a->member) != 0)
			continue;
		if (!state_resource(st, key, a->family))
			resource_acquire(fn, st, a->family,
					 &(struct deed){.key = key, .ins = ins, .at = a->at, .api = a->api});
	}
}

void run_callbacks(struct fn *fn, struct state *st, uint32_t ins)
{
	if (!fn->e->armings_known)
		find_armings(fn->e);
	for (unsigned int i = 0; i < fn->e->armings.n; i++)
		arm_objects(fn, st, &fn->e->armings.v[i], ins);
}
