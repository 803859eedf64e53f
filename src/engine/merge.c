/*
 * Merging: two states of one place become one that allows what either allows, so that the number of states stays
 * bounded. Those that agree on resources come first (property simulation: Das, Lerner, Seigle, "ESP", PLDI 2002).
 */
#include "engine/fn.h"

/* Epochs of contents that two merged paths disagree on; the other epochs stay below. */
#define JOIN_EPOCH 0x80000000u

/* A parameter stored outside may be a resource of the caller's: the caller must see that somebody holds it. */
static bool holds(struct fn *fn, const struct state *st, uint64_t key, uint32_t value)
{
	struct pool *p = fn->e->pool;

	return state_is_key(&fn->w, st, value) ||
	       (sym_at(p, sym_base(p, value))->kind == SYM_PARAM && obj_at(p, mem_obj(key))->kind != OBJ_LOCAL);
}

struct merging {
	struct fn *fn;
	const struct state *x, *y;
	struct state *m; /* begins as a copy of x */
	uint32_t block;
};

static uint32_t join_epoch(const struct merging *g)
{
	return JOIN_EPOCH | g->block << 8 | (g->m->epoch & 255);
}

static uint32_t read_at(const struct merging *g, const struct state *st, uint64_t key, uint32_t value)
{
	struct state copy = *st;

	return value ? value
		     : state_load(&g->fn->w, &copy, sym_addr(g->fn->e->pool, mem_obj(key), mem_offset(key)), range_any);
}

static bool says_something(struct range r)
{
	return r.lo != INT64_MIN || r.hi != INT64_MAX || r.not_zero;
}

static bool is_pointer(const struct merging *g, uint32_t v)
{
	const struct sym *s = sym_at(g->fn->e->pool, v);

	return s->kind == SYM_FRESH || s->kind == SYM_INIT;
}

/*
 * A pointer to one of two objects (a driver's match data, by one table or another): what both paths have found out
 * about a member of theirs is known of the member of either. NULL has no members to say something else.
 */
static void merge_members(const struct merging *g, const struct state *here, uint32_t pointer, uint32_t other,
			  uint32_t v)
{
	struct world *w = &g->fn->w;
	struct pool *p = g->fn->e->pool;
	uint32_t object = obj_ptr(p, pointer), either = obj_ptr(p, v);
	struct pmap_iter it;

	for (pmap_first(&it, &here->cons); pmap_next(&it);) {
		const struct sym s = *sym_at(p, (uint32_t)it.key);
		struct range r = *(const struct range *)(uintptr_t)it.value;

		if (s.kind != SYM_INIT || s.a != object || s.b != EPOCH_ENTRY)
			continue;
		if (is_pointer(g, other))
			r = range_join(r,
				       state_range(w, g->y, sym_init(p, obj_ptr(p, other), s.k, EPOCH_ENTRY, s.type)));
		if (says_something(r))
			pmap_put(w->arena, &g->m->cons, sym_init(p, either, s.k, EPOCH_ENTRY, s.type),
				 (uint64_t)(uintptr_t)world_range(w, r));
	}
}

static bool is_null(const struct merging *g, uint32_t v)
{
	int64_t k;

	return sym_is_const(g->fn->e->pool, v, &k) && k == 0;
}

static void merge_variable(const struct merging *g, uint32_t vx, uint32_t vy, uint32_t v)
{
	if (is_pointer(g, vx) && (is_pointer(g, vy) || is_null(g, vy)))
		merge_members(g, g->x, vx, vy, v);
	else if (is_null(g, vx) && is_pointer(g, vy))
		merge_members(g, g->y, vy, vx, v);
}

/* Where one of them has not been set it may be what the other is: whoever reads it is sure that it has been. */
static struct range joined_range(const struct merging *g, uint32_t vx, uint32_t vy)
{
	struct range rx = state_range(&g->fn->w, g->x, vx), ry = state_range(&g->fn->w, g->y, vy);

	if (fn_is_not_set(g->fn, vx))
		return ry;
	return fn_is_not_set(g->fn, vy) ? rx : range_join(rx, ry);
}

/* Where the two disagree the value is unknown, but for what holds on to a resource: that must stay reachable. */
static bool merge_value(void *ctx, uint64_t key, uint64_t x, uint64_t y)
{
	const struct merging *g = ctx;
	struct world *w = &g->fn->w;
	uint32_t vx = (uint32_t)x, vy = (uint32_t)y, v;

	if (vx && holds(g->fn, g->x, key, vx)) {
		v = vx;
	} else if (vy && holds(g->fn, g->y, key, vy)) {
		v = vy;
	} else {
		struct range r = joined_range(g, read_at(g, g->x, key, vx), read_at(g, g->y, key, vy));

		v = sym_init(g->fn->e->pool, mem_obj(key), mem_offset(key), join_epoch(g), range_any);
		if (says_something(r))
			pmap_put(w->arena, &g->m->cons, v, (uint64_t)(uintptr_t)world_range(w, r));
		if (vx && vy && obj_at(g->fn->e->pool, mem_obj(key))->kind == OBJ_LOCAL)
			merge_variable(g, vx, vy, v);
	}
	pmap_put(w->arena, &g->m->mem, key, v);
	return true;
}

static bool merge_constraint(void *ctx, uint64_t key, uint64_t x, uint64_t y)
{
	const struct merging *g = ctx;
	struct world *w = &g->fn->w;
	struct range r = range_any;

	if (x && y)
		r = range_join(*(const struct range *)(uintptr_t)x, *(const struct range *)(uintptr_t)y);
	if (says_something(r))
		pmap_put(w->arena, &g->m->cons, key, (uint64_t)(uintptr_t)world_range(w, r));
	else
		pmap_drop(w->arena, &g->m->cons, key);
	return true;
}

static bool merge_contents(void *ctx, uint64_t obj, uint64_t x, uint64_t y)
{
	const struct merging *g = ctx;

	if (x != y)
		pmap_put(g->fn->w.arena, &g->m->objs, obj, join_epoch(g));
	return true;
}

/* Who has given up a count, or only what it holds, still has the rest. */
static unsigned int how_much(uint64_t given)
{
	unsigned int kind = given & ~(uint64_t)GIVEN_CERTAIN;

	return kind == 0 ? 0 : kind >= GIVEN_COUNTED ? 1 : 1 + kind;
}

static bool merge_given(void *ctx, uint64_t key, uint64_t x, uint64_t y)
{
	const struct merging *g = ctx;

	uint64_t kind = (how_much(x) > how_much(y) ? x : y) & ~(uint64_t)GIVEN_CERTAIN;

	pmap_put(g->fn->w.arena, &g->m->given, key, kind | (x & y & GIVEN_CERTAIN));
	return true;
}

static bool merge_used(void *ctx, uint64_t key, uint64_t x, uint64_t y)
{
	const struct merging *g = ctx;

	pmap_put(g->fn->w.arena, &g->m->used, key, x > y ? x : y);
	return true;
}

/* The caller's own, released on one of the two paths: he cannot be sure that he still has it. */
static void perhaps_ended(const struct merging *g, const struct resource *r)
{
	if (r->state == RES_RELEASED && r->acquire_ins == IR_NONE && sym_from_caller(g->fn->e->pool, r->key) &&
	    !pmap_get(&g->m->given, r->key))
		pmap_put(g->fn->w.arena, &g->m->given, r->key, GIVEN_ALL);
}

/* Of what has come to an end on one path only, or in two ways, no more is known than that. */
static bool merge_resource(void *ctx, uint64_t key, uint64_t x, uint64_t y)
{
	const struct merging *g = ctx;
	struct resource r;

	if (!x || !y) {
		perhaps_ended(g, (const struct resource *)(uintptr_t)(x ? x : y));
		pmap_drop(g->fn->w.arena, &g->m->res, key);
		return true;
	}
	r = *(const struct resource *)(uintptr_t)x;
	perhaps_ended(g, &r);
	perhaps_ended(g, (const struct resource *)(uintptr_t)y);
	r.state = RES_ESCAPED;
	state_set_resource(&g->fn->w, g->m, r);
	return true;
}

static bool merge_dead(void *ctx, uint64_t key, uint64_t x, uint64_t y)
{
	const struct merging *g = ctx;

	if (!x || !y)
		pmap_drop(g->fn->w.arena, &g->m->dead, key);
	return true;
}

static void blur(struct world *w, struct state *m)
{
	struct pmap_iter it;

	for (pmap_first(&it, &m->res); pmap_next(&it);) {
		const struct resource *r = (const struct resource *)(uintptr_t)it.value;

		if (r->state == RES_OWNED && r->acquire_ins != IR_NONE && !pmap_get(&m->blurred, r->acquire_ins + 1))
			pmap_put(w->arena, &m->blurred, r->acquire_ins + 1, 1);
	}
}

/* Two states that agree on resources become one that allows what either allows. */
struct state state_merge(struct fn *fn, const struct state *x, const struct state *y, uint32_t block)
{
	struct state m = *x;
	struct merging g = {fn, x, y, &m, block};

	pmap_diff(&x->cons, &y->cons, merge_constraint, &g);
	pmap_diff(&x->mem, &y->mem, merge_value, &g);
	pmap_diff(&x->objs, &y->objs, merge_contents, &g);
	pmap_diff(&x->given, &y->given, merge_given, &g);
	pmap_diff(&x->used, &y->used, merge_used, &g);
	pmap_diff(&x->res, &y->res, merge_resource, &g);
	pmap_diff(&x->dead, &y->dead, merge_dead, &g);
	if (y->n_managed > m.n_managed)
		m.n_managed = y->n_managed;
	/* The epoch counts rounds, outer loops first: the later one of the two goes on. */
	if (y->epoch > m.epoch) {
		m.epoch = y->epoch;
		m.loops = y->loops;
	}
	m.counted |= y->counted;
	blur(&fn->w, &m);
	fn->e->stats->merged++;
	return m;
}

static bool agree_on_owned(void *ctx, uint64_t key, uint64_t x, uint64_t y)
{
	const struct resource *rx = (const struct resource *)(uintptr_t)x, *ry = (const struct resource *)(uintptr_t)y;

	(void)ctx, (void)key;
	return !(rx && rx->state == RES_OWNED) && !(ry && ry->state == RES_OWNED);
}

/* Do the two agree on all resources and rounds of loops, or, `loosely`, on the resources that are still owned? */
bool states_mergeable(const struct state *x, const struct state *y, bool loosely)
{
	if (x->atomic != y->atomic || x->asked != y->asked)
		return false;
	if (!loosely)
		return pmap_equal(&x->res, &y->res) && pmap_equal(&x->dead, &y->dead) &&
		       pmap_equal(&x->loops, &y->loops) && x->n_managed == y->n_managed;
	return pmap_diff(&x->res, &y->res, agree_on_owned, NULL);
}

struct distance {
	struct pool *pool;
	unsigned int sum, enough;
};

static bool farther(struct distance *d, unsigned int by)
{
	d->sum += by;
	return d->sum < d->enough;
}

/* Flags, counters and error codes that the two know and disagree on are what merging would lose most by. */
static bool count_value(void *ctx, uint64_t key, uint64_t x, uint64_t y)
{
	struct distance *d = ctx;
	int64_t k;

	(void)key;
	return farther(
		d, x && y && sym_is_const(d->pool, (uint32_t)x, &k) && sym_is_const(d->pool, (uint32_t)y, &k) ? 8 : 1);
}

static bool count_one(void *ctx, uint64_t key, uint64_t x, uint64_t y)
{
	(void)key, (void)x, (void)y;
	return farther(ctx, 1);
}

static bool exclude_each_other(const struct range *x, const struct range *y)
{
	return x->hi < y->lo || y->hi < x->lo || (x->not_zero && range_is_null(*y)) ||
	       (y->not_zero && range_is_null(*x));
}

/* So are the answers of calls: one failed and the other didn't. */
static bool count_constraint(void *ctx, uint64_t key, uint64_t x, uint64_t y)
{
	struct distance *d = ctx;

	return farther(d, sym_at(d->pool, (uint32_t)key)->kind == SYM_FRESH && x && y &&
					  exclude_each_other((const struct range *)(uintptr_t)x,
							     (const struct range *)(uintptr_t)y)
				  ? 8
				  : 1);
}

static bool agree_on_range(void *ctx, uint64_t key, uint64_t x, uint64_t y)
{
	(void)ctx, (void)key;
	return !x || !y || !exclude_each_other((const struct range *)(uintptr_t)x, (const struct range *)(uintptr_t)y);
}

bool states_contradict(const struct state *x, const struct state *y)
{
	return !pmap_diff(&x->cons, &y->cons, agree_on_range, NULL);
}

/* Maps of different size differ at least by that. */
static unsigned int at_least(const struct pmap *x, const struct pmap *y)
{
	return x->n > y->n ? x->n - y->n : y->n - x->n;
}

unsigned int states_distance(struct fn *fn, const struct state *x, const struct state *y, unsigned int enough)
{
	struct distance d = {fn->e->pool, 0, enough};

	if (at_least(&x->mem, &y->mem) + at_least(&x->cons, &y->cons) + at_least(&x->given, &y->given) >= enough)
		return enough;
	return pmap_diff(&x->mem, &y->mem, count_value, &d) && pmap_diff(&x->cons, &y->cons, count_constraint, &d) &&
			       pmap_diff(&x->given, &y->given, count_one, &d)
		       ? d.sum
		       : enough;
}

struct holdings {
	struct fn *fn;
	const struct state *x, *y;
};

static bool holds_alike(void *ctx, uint64_t key, uint64_t vx, uint64_t vy)
{
	const struct holdings *h = ctx;

	return obj_at(h->fn->e->pool, mem_obj(key))->kind == OBJ_LOCAL ||
	       !((vx && state_is_key(&h->fn->w, h->x, (uint32_t)vx)) ||
		 (vy && state_is_key(&h->fn->w, h->y, (uint32_t)vy)));
}

bool states_hold_alike(struct fn *fn, const struct state *x, const struct state *y)
{
	struct holdings h = {fn, x, y};

	return pmap_diff(&x->mem, &y->mem, holds_alike, &h);
}
