#include "engine/state.h"

#include "ir/ir.h"

#include <string.h>
#include <xxhash.h>

void world_init(struct world *w, struct arena *a, struct pool *p, uint32_t function)
{
	memset(w, 0, sizeof(*w));
	w->arena = a;
	w->pool = p;
	w->function = function;
	w->ranges.size = w->resources.size = 256;
	w->ranges.slots = ARENA_ARRAY(a, const void *, w->ranges.size);
	w->resources.slots = ARENA_ARRAY(a, const void *, w->resources.size);
}

/* Hash-consing of small flat structs without padding surprises: they are zeroed before being filled. */
static const void *cons(struct arena *a, const void ***slots, uint32_t *size, uint32_t *used, const void *item,
			size_t n)
{
	uint64_t h = XXH3_64bits(item, n) & (*size - 1);
	void *copy;

	for (; (*slots)[h]; h = (h + 1) & (*size - 1))
		if (memcmp((*slots)[h], item, n) == 0)
			return (*slots)[h];
	copy = arena_alloc(a, n);
	memcpy(copy, item, n);
	(*slots)[h] = copy;
	if (++*used * 2 > *size) {
		const void **old = *slots;
		uint32_t old_size = *size;

		*size *= 2;
		*slots = ARENA_ARRAY(a, const void *, *size);
		for (uint32_t i = 0; i < old_size; i++) {
			if (!old[i])
				continue;
			h = XXH3_64bits(old[i], n) & (*size - 1);
			while ((*slots)[h])
				h = (h + 1) & (*size - 1);
			(*slots)[h] = old[i];
		}
	}
	return copy;
}

bool state_same(const struct state *x, const struct state *y)
{
	return x->epoch == y->epoch && x->n_managed == y->n_managed && x->atomic == y->atomic && x->asked == y->asked &&
	       x->counted == y->counted && pmap_equal(&x->mem, &y->mem) && pmap_equal(&x->cons, &y->cons) &&
	       pmap_equal(&x->res, &y->res) && pmap_equal(&x->dead, &y->dead) && pmap_equal(&x->objs, &y->objs) &&
	       pmap_equal(&x->loops, &y->loops) && pmap_equal(&x->given, &y->given) && pmap_equal(&x->used, &y->used);
}

uint32_t state_peek(struct world *w, const struct state *s, uint32_t addr)
{
	int64_t offset;
	uint32_t obj = sym_split(w->pool, addr, &offset);

	return (uint32_t)pmap_get(&s->mem, mem_key(obj, offset));
}

uint32_t state_load(struct world *w, struct state *s, uint32_t addr, struct range type)
{
	int64_t offset;
	uint32_t obj = sym_split(w->pool, addr, &offset);
	uint32_t v = (uint32_t)pmap_get(&s->mem, mem_key(obj, offset));
	uint32_t epoch;

	if (v)
		return v;
	epoch = (uint32_t)pmap_get(&s->objs, obj);
	if (epoch == EPOCH_ZERO)
		return sym_const(w->pool, 0);
	return sym_init(w->pool, obj, offset, epoch, type);
}

void state_store(struct world *w, struct state *s, uint32_t addr, uint32_t value)
{
	int64_t offset;
	uint32_t obj = sym_split(w->pool, addr, &offset);

	pmap_put(w->arena, &s->mem, mem_key(obj, offset), value);
}

void state_reset_scalar(struct world *w, struct state *s, uint32_t obj, uint32_t epoch)
{
	pmap_drop(w->arena, &s->mem, mem_key(obj, 0));
	pmap_put(w->arena, &s->objs, obj, epoch);
}

void state_reset_object(struct world *w, struct state *s, uint32_t obj, uint32_t epoch)
{
	struct pmap_iter it;
	struct pmap mem = s->mem;

	for (pmap_first(&it, &s->mem); pmap_next(&it);)
		if (mem_obj(it.key) == obj)
			pmap_drop(w->arena, &mem, it.key);
	s->mem = mem;
	if (epoch)
		pmap_put(w->arena, &s->objs, obj, epoch);
	else
		pmap_drop(w->arena, &s->objs, obj);
}

/*
 * Contents that have not been looked at yet are those of the source: copied twice from memory that has not changed they
 * are equal, copied from elsewhere they are not.
 */
static void copy_untouched(struct world *w, struct state *s, uint32_t to_obj, int64_t to_off, uint32_t from_obj,
			   int64_t from_off)
{
	uint32_t from = (uint32_t)pmap_get(&s->objs, from_obj), to = (uint32_t)pmap_get(&s->objs, to_obj);
	struct {
		int64_t offset;
		uint32_t obj, epoch;
	} source = {from_off, from_obj, from};

	/* One epoch for all of an object: for a part of it, it is enough that it is not zero any more. */
	if (from == EPOCH_ZERO ? to_off == 0 : to_off == 0 || to == EPOCH_ZERO)
		pmap_put(w->arena, &s->objs, to_obj,
			 from == EPOCH_ZERO ? EPOCH_ZERO : 2 + (XXH3_64bits(&source, sizeof(source)) & 0x3fffffff));
}

void state_copy(struct world *w, struct state *s, uint32_t to, uint32_t from, int64_t bytes)
{
	int64_t to_off, from_off;
	uint32_t to_obj = sym_split(w->pool, to, &to_off), from_obj = sym_split(w->pool, from, &from_off);
	struct pmap mem = s->mem;
	struct pmap_iter it;

	if (to_obj == from_obj && to_off == from_off)
		return;
	for (pmap_first(&it, &s->mem); pmap_next(&it);) {
		int64_t off = mem_offset(it.key);

		if (mem_obj(it.key) == to_obj && off >= to_off && off < to_off + bytes)
			pmap_drop(w->arena, &mem, it.key);
	}
	for (pmap_first(&it, &s->mem); pmap_next(&it);) {
		int64_t off = mem_offset(it.key) - from_off;

		if (mem_obj(it.key) == from_obj && off >= 0 && off < bytes)
			pmap_put(w->arena, &mem, mem_key(to_obj, to_off + off), it.value);
	}
	s->mem = mem;
	copy_untouched(w, s, to_obj, to_off, from_obj, from_off);
}

const struct range *world_range(struct world *w, struct range r)
{
	struct range clean;

	memset(&clean, 0, sizeof(clean));
	clean.lo = r.lo;
	clean.hi = r.hi;
	clean.not_zero = r.not_zero;
	return cons(w->arena, &w->ranges.slots, &w->ranges.size, &w->ranges.used, &clean, sizeof(clean));
}

const struct resource *state_resource(const struct state *s, uint32_t key, const struct family *f)
{
	return (const struct resource *)(uintptr_t)pmap_get(&s->res, res_key(key, f));
}

void state_set_resource(struct world *w, struct state *s, struct resource r)
{
	struct resource clean;
	const void *kept;

	memset(&clean, 0, sizeof(clean));
	clean.key = r.key;
	clean.family = r.family;
	clean.families = r.families;
	clean.n_families = r.n_families;
	clean.rule = r.rule;
	clean.state = r.state;
	clean.count = r.count;
	clean.acquire_ins = r.acquire_ins;
	clean.release_ins = r.release_ins;
	clean.doubt = r.doubt;
	clean.lost_ins = r.lost_ins;
	clean.rank = r.rank;
	clean.taken = r.taken;
	clean.released = r.released;
	clean.device = r.device;
	clean.order = r.order;
	clean.with = r.with;
	clean.action = r.action;
	clean.acquire = r.acquire;
	clean.release = r.release;
	clean.left = r.left;
	clean.left_in = r.left_in;
	clean.deep = r.deep;
	clean.mined = r.mined;
	clean.looped = r.looped;
	clean.inner = r.inner;
	clean.spared = r.spared;
	clean.torn = r.torn;
	clean.maybe = r.maybe;
	clean.counted = r.counted;
	clean.again = r.again;
	kept = cons(w->arena, &w->resources.slots, &w->resources.size, &w->resources.used, &clean, sizeof(clean));
	pmap_put(w->arena, &s->res, res_key(r.key, r.family), (uint64_t)(uintptr_t)kept);
}

bool state_is_key(struct world *w, const struct state *s, uint32_t sym)
{
	uint32_t base = sym_base(w->pool, sym);
	struct pmap_iter it;

	for (pmap_first(&it, &s->res); pmap_next(&it);) {
		const struct resource *r = (const struct resource *)(uintptr_t)it.value;

		if (r->key == base && r->state == RES_OWNED)
			return true;
	}
	return false;
}

void state_drop_resource(struct world *w, struct state *s, uint32_t key, const struct family *f)
{
	pmap_drop(w->arena, &s->res, res_key(key, f));
}

const struct resource *state_dead(const struct state *s, uint32_t value)
{
	return (const struct resource *)(uintptr_t)pmap_get(&s->dead, value);
}

void state_set_dead(struct world *w, struct state *s, uint32_t value, const struct resource *r)
{
	if (r)
		pmap_put(w->arena, &s->dead, value, (uint64_t)(uintptr_t)r);
	else
		pmap_drop(w->arena, &s->dead, value);
}

enum { ZERO_SIZE = 16 };

bool state_resource_live(struct world *w, const struct state *s, const struct resource *r)
{
	struct range v = state_range(w, s, r->key), base = state_range(w, s, sym_base(w->pool, r->key));

	/* Nor does a member of no object, nor what is asked of no bytes (ZERO_SIZE_PTR in <linux/slab.h>). */
	return !range_is_null(v) && !(v.lo >= -4095 && v.lo <= 0 && v.hi <= ZERO_SIZE) && !range_is_null(base);
}

void state_prune(struct world *w, struct state *s)
{
	struct pmap res = s->res;
	struct pmap_iter it;

	for (pmap_first(&it, &res); pmap_next(&it);) {
		const struct resource *r = (const struct resource *)(uintptr_t)it.value;

		if (r->state == RES_OWNED && r->acquire_ins != IR_NONE && !state_resource_live(w, s, r))
			pmap_drop(w->arena, &s->res, it.key);
	}
}

void state_step(struct world *w, struct state *s, enum step_kind kind, uint32_t ins, uint32_t way, uint32_t cond)
{
	struct step *step = ARENA_NEW(w->arena, struct step);

	*step = (struct step){s->trace, kind, ins, cond, way};
	s->trace = step;
}

bool last_member(struct pool *p, uint32_t sym, struct member *m)
{
	const struct sym *s = sym_at(p, sym);

	*m = (struct member){s->k, NULL};
	if (s->kind == SYM_INIT)
		m->name = pool_place_name(p, sym_addr(p, s->a, s->k));
	else if (s->kind == SYM_ADDR)
		m->name = pool_place_name(p, sym);
	return s->kind == SYM_INIT || s->kind == SYM_ADDR;
}

struct member member_at(struct pool *p, uint64_t where)
{
	return (struct member){mem_offset(where), pool_place_name(p, sym_addr(p, mem_obj(where), mem_offset(where)))};
}

bool same_member(const struct member *x, const struct member *y)
{
	return x->offset == y->offset || (x->name && y->name && strcmp(x->name, y->name) == 0);
}
