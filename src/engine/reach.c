/* Reachability in memory: who holds what when a function is left or a pointer is given away. */
#include "engine/fn.h"

#include <string.h>

/* Beyond this many pointers no caller knows what it owns, and to remember that it was passed on is waste. */
enum { MAX_GIVEN_DEPTH = 3, MAX_GIVEN = 64 };

struct reach {
	struct world *w;
	bool failed;	  /* what is managed by a device ends soon, and nobody can get at what it holds by then */
	bool during_call; /* variables whose address is given away are still there */
	struct pmap set;  /* value -> 1 */
	const struct state *st;
};

/* Taken here and not given away: nobody outside has it, the less so once it has been released. */
static bool owned_here(const struct reach *r, uint32_t sym)
{
	struct pmap_iter it;

	for (pmap_first(&it, &r->st->res); pmap_next(&it);) {
		const struct resource *res = (const struct resource *)(uintptr_t)it.value;

		if (res->key == sym &&
		    (res->state == RES_OWNED || (res->state == RES_RELEASED && res->family->plain)) &&
		    res->family->kind == FAMILY_OWNED && res->acquire_ins != IR_NONE &&
		    (!res->device || (r->failed && res->state == RES_OWNED)))
			return true;
	}
	return false;
}

/* Plain, taken here and gone: whoever still has a pointer to it gets at nothing by it. Releases of other objects (urb,
 * sk_buff, device) look after what they hold. */
static bool gone(const struct reach *r, uint32_t sym)
{
	const struct resource *dead = state_dead(r->st, sym);

	return dead && dead->key == sym && dead->acquire_ins != IR_NONE && dead->family->plain;
}

/* Can code outside this function get at the object? */
static bool object_outside(const struct reach *r, uint32_t obj)
{
	const struct obj *o = obj_at(r->w->pool, obj);
	int64_t offset;

	switch (o->kind) {
	case OBJ_LOCAL:
		return r->during_call && pmap_get(&r->set, sym_addr(r->w->pool, obj, 0));
	case OBJ_ELEM:
		return object_outside(r, sym_split(r->w->pool, o->a, &offset));
	case OBJ_PTR:
		return !gone(r, o->a) && (pmap_get(&r->set, o->a) || !owned_here(r, o->a));
	default:
		return true;
	}
}

/* A value computed from another (an address swapped for the device, a tagged pointer) holds on to it. */
static bool add(struct reach *r, uint32_t value)
{
	uint32_t base = sym_base(r->w->pool, value);
	struct sym s = *sym_at(r->w->pool, base);

	if (!value || pmap_get(&r->set, base))
		return false;
	pmap_put(r->w->arena, &r->set, base, 1);
	if (s.kind == SYM_OP) {
		add(r, s.a);
		add(r, s.b);
	}
	if (s.kind == SYM_ADDR && obj_at(r->w->pool, s.a)->kind == OBJ_ELEM)
		add(r, obj_at(r->w->pool, s.a)->a);
	return true;
}

static void follow(struct reach *r)
{
	bool changed = true;

	while (changed) {
		struct pmap_iter it;

		changed = false;
		for (pmap_first(&it, &r->st->mem); pmap_next(&it);)
			if (object_outside(r, mem_obj(it.key)))
				changed |= add(r, (uint32_t)it.value);
	}
}

struct reach *reach_compute(struct fn *fn, const struct state *st, uint32_t ret, bool failed)
{
	struct reach *r = ARENA_NEW(fn->w.arena, struct reach);

	r->w = &fn->w;
	r->st = st;
	r->failed = failed;
	add(r, ret);
	follow(r);
	return r;
}

struct reach *reach_of_call(struct fn *fn, const struct state *st, const struct call *c)
{
	struct reach *r = ARENA_NEW(fn->w.arena, struct reach);

	r->w = &fn->w;
	r->st = st;
	r->during_call = true;
	for (uint32_t i = 0; i < c->n_args; i++) {
		int64_t offset;
		uint32_t obj = sym_split(fn->e->pool, c->args[i], &offset);

		add(r, c->args[i]);
		add(r, sym_addr(fn->e->pool, obj, 0));
	}
	follow(r);
	return r;
}

struct reach *reach_from_globals(struct fn *fn, const struct state *st)
{
	struct reach *r = ARENA_NEW(fn->w.arena, struct reach);
	bool changed = true;

	r->w = &fn->w;
	r->st = st;
	while (changed) {
		struct pmap_iter it;

		changed = false;
		for (pmap_first(&it, &st->mem); pmap_next(&it);) {
			const struct obj *o = obj_at(fn->e->pool, mem_obj(it.key));

			if (o->kind == OBJ_GLOBAL || (o->kind == OBJ_PTR && pmap_get(&r->set, o->a)))
				changed |= add(r, (uint32_t)it.value);
		}
	}
	return r;
}

bool reach_has(const struct reach *r, uint32_t sym)
{
	return pmap_get(&r->set, sym_base(r->w->pool, sym)) != 0;
}

bool reach_lost(const struct reach *r, uint32_t sym)
{
	struct pmap_iter it;

	for (pmap_first(&it, &r->st->mem); pmap_next(&it);) {
		const struct obj *o = obj_at(r->w->pool, mem_obj(it.key));

		if (o->kind == OBJ_PTR && sym_base(r->w->pool, (uint32_t)it.value) == sym && gone(r, o->a))
			return true;
	}
	return false;
}

static bool obj_from_caller(struct pool *p, uint32_t obj)
{
	const struct obj *o = obj_at(p, obj);

	switch (o->kind) {
	case OBJ_LOCAL:
		return false;
	case OBJ_PTR:
	case OBJ_ELEM:
		return sym_from_caller(p, o->a);
	default:
		return true;
	}
}

bool sym_from_caller(struct pool *p, uint32_t sym)
{
	const struct sym *s = sym_at(p, sym);

	switch (s->kind) {
	case SYM_FRESH:
		return false;
	case SYM_ADDR:
	case SYM_INIT:
		return obj_from_caller(p, s->a);
	case SYM_OP:
		return sym_from_caller(p, s->a) && (!s->b || sym_from_caller(p, s->b));
	default:
		return true;
	}
}

bool sym_from_global(struct pool *p, uint32_t sym)
{
	for (int depth = 0; depth < 16; depth++) {
		const struct sym *s = sym_at(p, sym);
		const struct obj *o;

		if (s->kind != SYM_INIT && s->kind != SYM_ADDR)
			return false;
		o = obj_at(p, s->a);
		if (o->kind != OBJ_PTR && o->kind != OBJ_ELEM)
			return o->kind == OBJ_GLOBAL;
		sym = o->a;
	}
	return true;
}

bool sym_derives(struct pool *p, uint32_t sym, uint32_t base)
{
	for (int depth = 0; depth < 16; depth++) {
		const struct sym *s = sym_at(p, sym);
		const struct obj *o;

		if (sym == base)
			return true;
		if (s->kind != SYM_ADDR && s->kind != SYM_INIT)
			return false;
		o = obj_at(p, s->a);
		if (o->kind != OBJ_PTR && o->kind != OBJ_ELEM)
			return false;
		sym = o->a;
	}
	return false;
}

/* What stands in an object's memory. */
struct content {
	uint32_t obj, held;
};

struct handover {
	struct fn *fn;
	struct state *st;
	uint32_t doubt;
	struct pmap seen;
	VEC(struct content) contents; /* of all memory, constants left out */
};

static struct handover handover_of(struct fn *fn, struct state *st, uint32_t doubt)
{
	struct handover h = {.fn = fn, .st = st, .doubt = doubt};
	struct pmap_iter it;

	for (pmap_first(&it, &st->mem); pmap_next(&it);) {
		const struct content c = {mem_obj(it.key), (uint32_t)it.value};

		if (sym_at(fn->e->pool, c.held)->kind != SYM_CONST)
			vec_push(fn->w.arena, &h.contents, c);
	}
	return h;
}

static void hand_over(struct handover *h, uint32_t sym, bool all_kinds, bool deep)
{
	uint32_t base = sym_base(h->fn->e->pool, sym);
	struct pmap_iter it;

	for (pmap_first(&it, &h->st->res); pmap_next(&it);) {
		struct resource r = *(const struct resource *)(uintptr_t)it.value;

		if (r.state != RES_OWNED || (r.key != base && r.key != sym))
			continue;
		if (r.family->kind != FAMILY_OWNED && !all_kinds)
			continue;
		/* What the call got by itself it did not get only as a part of something. */
		r.deep = deep && !(h->doubt && r.doubt == h->doubt && !r.deep);
		if (h->doubt)
			r.doubt = h->doubt;
		else
			r.state = RES_ESCAPED;
		state_set_resource(&h->fn->w, h->st, r);
	}
}

/* Addresses of globals, functions and strings: nothing that hangs on them is the caller's. */
static bool is_fixed(struct pool *p, uint32_t sym)
{
	const struct sym *s = sym_at(p, sym);

	return s->kind == SYM_ADDR && obj_at(p, s->a)->kind != OBJ_PTR && obj_at(p, s->a)->kind != OBJ_ELEM;
}

/* A number that was read from memory: too small for a pointer, and not what an id that the caller took is called. */
static bool is_number(struct pool *p, uint32_t sym)
{
	const struct sym *s = sym_at(p, sym);

	return s->kind == SYM_OP || (s->kind == SYM_INIT && s->type.hi <= UINT32_MAX);
}

/* How many pointers have to be followed from the caller's values to get at this one. */
static int depth_of(struct pool *p, uint32_t sym)
{
	int depth = 0;

	for (int i = 0; i < 16; i++) {
		const struct sym *s = sym_at(p, sym);
		const struct obj *o;

		if (s->kind != SYM_INIT && s->kind != SYM_ADDR)
			break;
		o = obj_at(p, s->a);
		if (o->kind != OBJ_PTR && o->kind != OBJ_ELEM)
			break;
		depth += s->kind == SYM_INIT;
		sym = o->a;
	}
	return depth;
}

/* Can a summary say of it that it was given away? */
static bool may_note(const struct fn *fn, const struct state *st, uint32_t sym)
{
	struct pool *p = fn->e->pool;

	return sym_from_caller(p, sym) && !is_fixed(p, sym) && !is_number(p, sym) && st->given.n < MAX_GIVEN &&
	       depth_of(p, sym) <= MAX_GIVEN_DEPTH;
}

/* For the summary: what the caller came with is given away. */
static void note_given(struct handover *h, uint32_t sym, bool all_kinds)
{
	uint64_t how = (all_kinds ? GIVEN_ALL : GIVEN_MEMORY) | (h->doubt ? 0 : GIVEN_CERTAIN);

	if (may_note(h->fn, h->st, sym))
		pmap_put(h->fn->w.arena, &h->st->given, sym, how | (pmap_get(&h->st->given, sym) & GIVEN_CERTAIN));
}

static bool is_local(struct pool *p, uint32_t obj)
{
	return obj_at(p, obj)->kind == OBJ_LOCAL;
}

static void hand_over_from(struct handover *h, uint32_t sym, bool all_kinds, bool deep)
{
	struct pool *p = h->fn->e->pool;
	int64_t offset;
	uint32_t obj = sym_split(p, sym, &offset);

	if (pmap_get(&h->seen, obj))
		return;
	pmap_put(h->fn->w.arena, &h->seen, obj, 1);
	hand_over(h, sym, all_kinds, deep);
	for (unsigned int i = 0; i < h->contents.n; i++) {
		uint32_t held = h->contents.v[i].held;

		if (h->contents.v[i].obj != obj)
			continue;
		/* Who gets the container gets what it holds, whatever its kind. */
		hand_over_from(h, held, true, true);
		/* A message on the stack names what is given; what the caller knows of says so by itself. */
		if (is_local(p, obj))
			note_given(h, held, true);
	}
}

void escape(struct fn *fn, struct state *st, uint32_t sym, bool all_kinds, uint32_t doubt)
{
	struct handover h;

	if (sym_at(fn->e->pool, sym)->kind == SYM_CONST)
		return;
	h = handover_of(fn, st, doubt);
	note_given(&h, sym, all_kinds);
	hand_over_from(&h, sym, all_kinds, false);
}

bool allocation_dropped(struct fn *fn, struct state *st, uint32_t at)
{
	uint32_t object = sym_base(fn->e->pool, at);

	if (!state_allocated(st, object))
		return false;
	escape(fn, st, object, true, 0);
	return true;
}

void count_dropped(struct fn *fn, struct state *st, uint32_t at)
{
	uint32_t object = sym_base(fn->e->pool, at);

	if (!allocation_dropped(fn, st, at) && may_note(fn, st, object) && !pmap_get(&st->given, object))
		pmap_put(fn->w.arena, &st->given, object, GIVEN_COUNTED);
}

static void note_copied(struct fn *fn, struct state *st, uint32_t from)
{
	if (may_note(fn, st, from) && !pmap_get(&st->given, from))
		pmap_put(fn->w.arena, &st->given, from, GIVEN_CONTENTS);
}

void copy_object(struct fn *fn, struct state *st, uint32_t to, uint32_t from, int64_t bytes)
{
	int64_t offset;

	state_copy(&fn->w, st, to, from, bytes);
	if (!is_local(fn->e->pool, sym_split(fn->e->pool, to, &offset)))
		note_copied(fn, st, from);
}

void contents_copied(struct fn *fn, struct state *st, uint32_t from)
{
	struct pool *p = fn->e->pool;
	struct handover h = handover_of(fn, st, 0);
	int64_t offset;
	uint32_t obj = sym_split(p, from, &offset);

	for (unsigned int i = 0; i < h.contents.n; i++)
		if (obj_whole(p, h.contents.v[i].obj) == obj)
			hand_over_from(&h, h.contents.v[i].held, true, true);
	note_copied(fn, st, from);
}
