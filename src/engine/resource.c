/* Taking and giving back: what a deed, by a rule or inside a callee, does to the resources of a state. */
#include "engine/context.h"

/* The device that manages what is taken at `key`; 0: none. */
static uint32_t manager(const struct state *st, const struct family *f, const struct deed *d)
{
	const struct resource *with = f->managed_with ? state_resource(st, d->key, f->managed_with) : NULL;

	if (f->managed_with && d->with && !with)
		with = state_resource(st, d->with, f->managed_with);
	return with && !d->device && with->state == RES_OWNED ? with->device : d->device;
}

void resource_again(struct fn *fn, struct state *st, uint32_t ins)
{
	struct pmap res = st->res;
	struct pmap_iter it;

	for (pmap_first(&it, &res); fn_in_loop(fn, ins) && pmap_next(&it);) {
		struct resource r = *(const struct resource *)(uintptr_t)it.value;

		if (r.state != RES_OWNED || r.acquire_ins != ins || r.again)
			continue;
		r.again = true;
		state_set_resource(&fn->w, st, r);
	}
}

/* Whoever gets a reference, gets one to something that is there: what was dropped was not the last. */
static void revive(struct fn *fn, struct state *st, uint32_t object)
{
	const struct resource *dead = state_dead(st, object);

	if (dead && !dead->family->dead_after_release)
		state_set_dead(&fn->w, st, object, NULL);
}

void resource_acquire(struct fn *fn, struct state *st, const struct family *f, const struct deed *d)
{
	const struct resource *old = state_resource(st, d->key, f);
	uint32_t device = manager(st, f, d);
	struct resource r = {.key = d->key,
			     .family = f,
			     .state = RES_OWNED,
			     .count = 1,
			     .acquire_ins = d->ins,
			     .release_ins = IR_NONE,
			     .lost_ins = IR_NONE,
			     .rank = d->rank,
			     .taken = d->at,
			     .released = {fn->index, IR_NONE},
			     .device = device,
			     .with = d->with,
			     .looped = d->looped,
			     .spared = d->spared,
			     .action = d->action,
			     .order = device ? ++st->n_managed : 0,
			     .acquire = d->api,
			     .release = f->release,
			     .left = d->left,
			     .left_in = d->left_in,
			     .mined = d->mined};

	/* Given back for a while: the caller has it again. */
	if (old && old->state == RES_RELEASED && old->acquire_ins == IR_NONE &&
	    (f->kind == FAMILY_COUNT || f->kind == FAMILY_REGISTERED) && !device) {
		state_drop_resource(&fn->w, st, d->key, f);
		return;
	}
	/* Armed is armed, however many callbacks there are. */
	if (old && old->state == RES_OWNED && f->kind != FAMILY_OWNED && f->kind != FAMILY_ARMED && old->count < 8) {
		r = *old;
		r.count++;
		r.again = false;
	}
	pmap_drop(fn->w.arena, &st->blurred, d->ins + 1);
	/* What a count lies in is there. */
	if (sym_base(fn->e->pool, d->key) != d->key && f->kind == FAMILY_REFERENCE)
		state_narrow(&fn->w, st, sym_base(fn->e->pool, d->key), (struct range){1, INT64_MAX, true});
	/* Twice under one name (a shared interrupt): which of the two a release is meant for, nobody can tell. */
	if (old && old->state == RES_OWNED && old->with != r.with)
		r.with = 0;
	state_set_dead(&fn->w, st, d->key, NULL);
	if (!f->dead_after_release)
		revive(fn, st, sym_base(fn->e->pool, d->key));
	state_set_resource(&fn->w, st, r);
	state_step(&fn->w, st, STEP_CALL, d->ins, 0, 0);
}

void resource_dangles(struct fn *fn, struct state *st, const struct family *f, const struct deed *d, const char *by,
		      struct origin at)
{
	struct resource r = {.key = d->key,
			     .family = f,
			     .state = RES_RELEASED,
			     .acquire_ins = d->ins,
			     .release_ins = d->ins,
			     .lost_ins = IR_NONE,
			     .taken = d->at,
			     .released = at,
			     .acquire = d->api,
			     .release = by};

	state_set_resource(&fn->w, st, r);
	state_set_dead(&fn->w, st, d->key, state_resource(st, d->key, f));
}

/* A value computed from it (a number put into a device's, an address moved on) stands for it. */
static const struct resource *find_part(const struct fn *fn, const struct state *st, uint32_t key,
					const struct family *const *families, unsigned int n, int depth)
{
	struct sym s = *sym_at(fn->e->pool, key);
	const struct resource *r = NULL;

	for (unsigned int i = 0; i < n && !r; i++)
		r = state_resource(st, key, families[i]);
	if (r || s.kind != SYM_OP || depth > 4)
		return r;
	r = find_part(fn, st, s.a, families, n, depth + 1);
	return r || !s.b ? r : find_part(fn, st, s.b, families, n, depth + 1);
}

static const struct resource *find_resource(const struct fn *fn, const struct state *st, uint32_t key,
					    const struct family *const *families, unsigned int n)
{
	struct pmap_iter it;
	const struct resource *gone = NULL;

	for (unsigned int i = 0; i < n; i++) {
		const struct resource *r = state_resource(st, key, families[i]);

		if (r && r->state == RES_OWNED)
			return r;
		gone = gone ? gone : r;
	}
	if (gone)
		return gone;
	if (sym_at(fn->e->pool, key)->kind == SYM_OP) {
		const struct resource *r = find_part(fn, st, key, families, n, 0);

		if (r)
			return r;
	}
	/* put_device(&pdev->dev) gives back a reference that was taken as pdev. */
	for (unsigned int i = 0; i < n && sym_base(fn->e->pool, key) != key; i++) {
		const struct resource *r = state_resource(st, sym_base(fn->e->pool, key), families[i]);

		if (r && r->family->kind != FAMILY_ARMED)
			return r;
	}
	for (pmap_first(&it, &st->res); pmap_next(&it);) {
		const struct resource *r = (const struct resource *)(uintptr_t)it.value;

		if (r->key == key && r->family->dead_after_release && families[0]->dead_after_release && !r->mined)
			return r;
	}
	return NULL;
}

/* Is `key` the address of an element at an unknown index of the array in which `other` lies? */
static bool same_array(struct pool *p, uint32_t key, uint32_t other)
{
	int64_t offset;
	const struct obj *o = obj_at(p, sym_split(p, key, &offset));

	return o->kind == OBJ_ELEM && sym_split(p, o->a, &offset) == sym_split(p, other, &offset);
}

/* Released through a pointer whose origin is out of sight: it may be any of those that memory outside still holds, or
 * that lie in the same array. */
static void release_unknown(struct fn *fn, struct state *st, uint32_t key, const struct family *const *families,
			    unsigned int n)
{
	const struct reach *reach = reach_compute(fn, st, 0, false);
	struct pmap_iter it;

	for (pmap_first(&it, &st->res); pmap_next(&it);) {
		struct resource r = *(const struct resource *)(uintptr_t)it.value;
		bool fits = false;

		for (unsigned int i = 0; i < n; i++)
			fits |= r.family == families[i];
		/* What is armed goes by numbers as well. */
		if (!fits || r.state != RES_OWNED ||
		    (r.family->kind != FAMILY_ARMED && !reach_has(reach, r.key) &&
		     !same_array(fn->e->pool, key, r.key)))
			continue;
		r.state = RES_ESCAPED;
		state_set_resource(&fn->w, st, r);
	}
}

static bool origin_unknown(const struct fn *fn, uint32_t key)
{
	const struct sym *s = sym_at(fn->e->pool, key);

	for (int depth = 0; depth < 16; depth++) {
		const struct obj *o;

		if (s->kind == SYM_FRESH || s->kind == SYM_OP)
			return true;
		if (s->kind != SYM_ADDR && s->kind != SYM_INIT)
			return false;
		if (s->kind == SYM_INIT && s->b > EPOCH_ZERO)
			return true;
		o = obj_at(fn->e->pool, s->a);
		if (o->kind == OBJ_ELEM)
			return true;
		if (o->kind != OBJ_PTR)
			return false;
		s = sym_at(fn->e->pool, o->a);
	}
	return true;
}

/* With the memory go the references to objects embedded in it. */
static void end_embedded(struct fn *fn, struct state *st, uint32_t key)
{
	struct pmap_iter it;

	for (pmap_first(&it, &st->res); pmap_next(&it);) {
		struct resource r = *(const struct resource *)(uintptr_t)it.value;

		if (r.state != RES_OWNED || r.family->kind != FAMILY_REFERENCE || sym_base(fn->e->pool, r.key) != key)
			continue;
		r.state = RES_ESCAPED;
		state_set_resource(&fn->w, st, r);
	}
}

static void tell_release(struct fn *fn, const struct state *st, const struct resource *res,
			 const struct family *const *families, unsigned int n, const struct deed *d)
{
	for (unsigned int i = 0; engine_checks[i]; i++)
		if (engine_checks[i]->release)
			engine_checks[i]->release(fn, st, res, families, n, d);
}

/* One half is given back of what was taken by one call: the other is still there. */
static void keep_half(struct fn *fn, struct state *st, const struct resource *whole, const struct family *released)
{
	struct resource r = *whole;

	if (whole->state != RES_OWNED || whole->acquire_ins == IR_NONE || whole->device || !whole->family->halves[0] ||
	    (released != whole->family->halves[0] && released != whole->family->halves[1]))
		return;
	r.family = whole->family->halves[released == whole->family->halves[0]];
	r.release = r.family->release;
	state_set_resource(&fn->w, st, r);
}

/* Both halves, taken one after the other or left over, are given back by one call. FALSE: there is none. */
static bool release_halves(struct fn *fn, struct state *st, const struct family *whole, const struct deed *d)
{
	bool any = false;

	for (int i = 0; i < 2 && whole->halves[i]; i++) {
		const struct resource *half = state_resource(st, d->key, whole->halves[i]);

		if (!half || half->state != RES_OWNED)
			continue;
		resource_release(fn, st, &whole->halves[i], 1, d);
		any = true;
	}
	return any;
}

/* What ends a registration ends the object, too, where the list of families says that it gives back both. */
static void release_registered_object(struct fn *fn, struct state *st, const struct resource *registration,
				      const struct family *const *families, unsigned int n, const struct deed *d)
{
	if (registration->family->kind != FAMILY_REGISTERED || registration->state != RES_OWNED)
		return;
	for (unsigned int i = 0; i < n; i++) {
		const struct resource *object = state_resource(st, registration->key, families[i]);

		if (families[i]->kind == FAMILY_OWNED && object && object->state == RES_OWNED)
			resource_release(fn, st, &families[i], 1, d);
	}
}

void resource_release(struct fn *fn, struct state *st, const struct family *const *families, unsigned int n,
		      const struct deed *d)
{
	const struct resource *old = find_resource(fn, st, d->key, families, n);
	struct range v = state_range(&fn->w, st, d->key);
	struct resource r = {.key = d->key,
			     .family = families[0],
			     .families = families,
			     .n_families = n,
			     .acquire_ins = IR_NONE,
			     .lost_ins = IR_NONE,
			     .taken = {fn->index, IR_NONE},
			     .with = d->with,
			     .action = d->action};
	struct last_put last = last_put_of(fn, st, families, n, d);

	if ((!old || old->state != RES_OWNED || old->family != families[0]) && release_halves(fn, st, families[0], d))
		return;
	tell_release(fn, st, old, families, n, d);
	/* Who makes such an object counts its first reference only as memory. */
	if (!old && families[0]->kind == FAMILY_REFERENCE)
		allocation_dropped(fn, st, d->key);
	if (range_is_null(v) || range_is_error(v))
		return;
	if (!old && !is_managed_action(families[0]) && origin_unknown(fn, d->key)) {
		release_unknown(fn, st, d->key, families, n);
		for (unsigned int i = 0; i < n; i++)
			if (!pmap_get(&st->given, families[i]->index))
				pmap_put(fn->w.arena, &st->given, families[i]->index, GIVEN_LOOPED);
	}
	if (old)
		r = *old;
	if (old && old->action && old->device && old->state == RES_OWNED) {
		state_drop_resource(&fn->w, st, old->key, old->family);
		revoked_action(fn, st, old);
		return;
	}
	if (old && old->state == RES_OWNED && old->count > 1 && !d->last) {
		r.count--;
		state_set_resource(&fn->w, st, r);
		return;
	}
	if (old) {
		keep_half(fn, st, old, families[0]);
		release_registered_object(fn, st, old, families, n, d);
	}
	r.state = RES_RELEASED;
	r.count = 0;
	r.release_ins = d->ins;
	r.released = d->at;
	r.rule = d->rule;
	r.rank = d->rank;
	r.release = d->api;
	r.inner = d->inner;
	r.maybe = d->maybe;
	r.counted = st->counted;
	state_set_resource(&fn->w, st, r);
	if (d->inner)
		return;
	if (families[0]->dead_after_release)
		end_embedded(fn, st, r.key);
	if (r.family->dead_after_release)
		state_set_dead(&fn->w, st, r.key, state_resource(st, r.key, r.family));
	else if ((r.family->kind == FAMILY_REFERENCE || r.family->kind == FAMILY_OWNED) && !r.mined)
		state_set_dead(&fn->w, st, sym_base(fn->e->pool, r.key), state_resource(st, r.key, r.family));
	if (last.callee)
		call_action(fn, st, last.callee, last.with, d->ins, false);
}

void release_family(struct fn *fn, struct state *st, const struct family *f, uint32_t ins)
{
	struct pmap_iter it;

	pmap_put(fn->w.arena, &st->given, f->index, GIVEN_FAMILY);
	for (pmap_first(&it, &st->res); pmap_next(&it);) {
		struct resource r = *(const struct resource *)(uintptr_t)it.value;

		if (r.family != f || r.state != RES_OWNED)
			continue;
		r.state = RES_ESCAPED;
		r.release_ins = ins;
		state_set_resource(&fn->w, st, r);
	}
}
