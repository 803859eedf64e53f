/*
 * Summaries: what a function does, as cases of (what must hold at entry, what is written, taken and released, what is
 * returned), in terms of its parameters and the memory they reach; and their application at a call, where every value
 * of the callee is translated into the caller's.
 */
#include "engine/context.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_CASES = 6, MAX_APPLIED = 16, MAX_STORED = 48, MAX_WRITES = 96, MAX_PRE = 40, MAX_DEPTH = 24 };

/* ---- building ---- */

static bool is_local_object(struct pool *p, uint32_t obj)
{
	const struct obj *o = obj_at(p, obj);

	for (int depth = 0; o->kind == OBJ_ELEM && depth < MAX_DEPTH; depth++) {
		int64_t offset;

		o = obj_at(p, sym_split(p, o->a, &offset));
	}
	return o->kind == OBJ_LOCAL || o->kind == OBJ_STR || o->kind == OBJ_FUNC;
}

static bool is_news(const struct fn *fn, const struct sum_write *w)
{
	const struct sym *v = sym_at(fn->e->pool, w->value);

	return !is_local_object(fn->e->pool, w->obj) &&
	       !(v->kind == SYM_INIT && v->a == w->obj && v->k == w->offset && v->b == EPOCH_ENTRY);
}

/* What holds on to a resource or to something of the caller's comes first: it must not fall to the limit. */
static void collect_writes(struct fn *fn, const struct state *st, struct sum_case *c)
{
	struct pmap_iter it;

	for (int pass = 0; pass < 2; pass++)
		for (pmap_first(&it, &st->mem); pmap_next(&it);) {
			struct sum_write w = {mem_obj(it.key), mem_offset(it.key), (uint32_t)it.value};
			bool holds = state_is_key(&fn->w, st, w.value) ||
				     sym_at(fn->e->pool, sym_base(fn->e->pool, w.value))->kind == SYM_PARAM;

			if (holds == (pass == 0) && is_news(fn, &w) && (holds || c->writes.n < MAX_WRITES))
				vec_push(fn->e->arena, &c->writes, w);
		}
	for (pmap_first(&it, &st->objs); pmap_next(&it);)
		if (it.value == EPOCH_ZERO && !is_local_object(fn->e->pool, (uint32_t)it.key))
			vec_push(fn->e->arena, &c->zeroed, (uint32_t)it.key);
}

static void collect_constraints(struct fn *fn, const struct state *st, struct sum_case *c)
{
	struct pmap_iter it;

	for (pmap_first(&it, &st->cons); pmap_next(&it) && c->pre.n < MAX_PRE;) {
		struct sum_constraint k = {(uint32_t)it.key, *(const struct range *)(uintptr_t)it.value};

		if (sym_from_caller(fn->e->pool, k.sym))
			vec_push(fn->e->arena, &c->pre, k);
	}
}

static bool gets_out(struct pool *p, const struct sum_case *c, uint32_t sym)
{
	if (c->ret == sym)
		return true;
	for (unsigned int i = 0; i < c->resources.n; i++)
		if (c->resources.v[i].key == sym)
			return true;
	for (unsigned int i = 0; i < c->writes.n; i++)
		if (sym_base(p, c->writes.v[i].value) == sym)
			return true;
	return false;
}

static void collect_post(struct fn *fn, const struct state *st, struct sum_case *c)
{
	struct pmap_iter it;

	for (pmap_first(&it, &st->cons); pmap_next(&it) && c->post.n < MAX_PRE;) {
		struct sum_constraint k = {(uint32_t)it.key, *(const struct range *)(uintptr_t)it.value};

		if (sym_at(fn->e->pool, k.sym)->kind == SYM_FRESH && gets_out(fn->e->pool, c, k.sym))
			vec_push(fn->e->arena, &c->post, k);
	}
}

static void collect_resource(struct fn *fn, const struct fn_exit *e, const struct reach *reach,
			     const struct resource *r, struct sum_case *c)
{
	struct sum_resource s = {.key = r->key,
				 .family = r->family,
				 .device = r->device,
				 .with = r->with,
				 .action = r->action,
				 .looped = r->looped || (r->acquire_ins != IR_NONE && fn_in_loop(fn, r->acquire_ins)),
				 .api = r->acquire,
				 .at = r->taken,
				 .left = r->left,
				 .left_in = r->left_in};

	if (r->mined || r->state == RES_ESCAPED)
		return;
	if (r->state == RES_OWNED && r->acquire_ins != IR_NONE && state_resource_live(&fn->w, &e->st, r) &&
	    (r->device || reach_has(reach, r->key) || sym_from_caller(fn->e->pool, r->key))) {
		s.delta = r->count;
		s.spared = r->spared;
	} else if (r->state == RES_RELEASED && r->acquire_ins == IR_NONE && sym_from_caller(fn->e->pool, r->key)) {
		s.delta = -1;
		s.families = r->families;
		s.n_families = r->n_families;
		s.rule = r->rule;
		s.api = r->release;
		s.at = r->released;
	}
	if (r->state == RES_RELEASED && r->acquire_ins != IR_NONE && !r->device && r->family->dead_after_release &&
	    r->family->kind == FAMILY_OWNED && reach_has(reach, r->key)) {
		s.dead = true;
		s.released_by = r->release;
		s.released = r->released;
	}
	if (s.delta || s.dead)
		vec_push(fn->e->arena, &c->resources, s);
}

/* Program order, as far as positions tell it: releases by where they stand, what is taken by where it is taken. */
static int by_position(const void *a, const void *b)
{
	const struct resource *x = *(const struct resource *const *)a, *y = *(const struct resource *const *)b;
	uint32_t px = x->state == RES_RELEASED ? x->release_ins : x->acquire_ins;
	uint32_t py = y->state == RES_RELEASED ? y->release_ins : y->acquire_ins;

	if (x->device && y->device && x->order != y->order)
		return x->order < y->order ? -1 : 1;
	if (px != py)
		return px < py ? -1 : 1;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return x->key < y->key ? -1 : x->key > y->key;
}

static void collect_resources(struct fn *fn, const struct fn_exit *e, struct sum_case *c)
{
	const struct reach *reach = reach_compute(fn, &e->st, e->ret, false);
	const struct resource **all = ARENA_ARRAY(fn->w.arena, const struct resource *, e->st.res.n + 1);
	struct pmap_iter it;
	uint32_t n = 0;

	for (pmap_first(&it, &e->st.res); pmap_next(&it);)
		all[n++] = (const struct resource *)(uintptr_t)it.value;
	qsort(all, n, sizeof(*all), by_position);
	for (uint32_t i = 0; i < n; i++)
		collect_resource(fn, e, reach, all[i], c);
	for (pmap_first(&it, &e->st.given); pmap_next(&it);) {
		struct sum_given g = {.key = (uint32_t)it.key, .how = (int)it.value};

		if (g.how == GIVEN_FAMILY || g.how == GIVEN_LOOPED)
			g.family = model_family_at(fn->e->model, g.key);
		vec_push(fn->e->arena, &c->given, g);
	}
	for (pmap_first(&it, &e->st.used); pmap_next(&it);)
		vec_push(fn->e->arena, &c->used, (uint32_t)it.key);
}

static bool same_resources(const struct sum_case *x, const struct sum_case *y)
{
	if (x->resources.n != y->resources.n)
		return false;
	for (unsigned int i = 0; i < x->resources.n; i++) {
		const struct sum_resource *a = &x->resources.v[i], *b = &y->resources.v[i];

		if (a->key != b->key || a->family != b->family || a->delta != b->delta || a->dead != b->dead)
			return false;
	}
	return true;
}

static bool gives(const struct sum_case *c, const struct sum_given *g)
{
	for (unsigned int i = 0; i < c->given.n; i++)
		if (c->given.v[i].key == g->key && c->given.v[i].family == g->family)
			return true;
	return false;
}

static bool same_given(const struct sum_case *x, const struct sum_case *y)
{
	for (unsigned int i = 0; i < x->given.n; i++)
		if (!gives(y, &x->given.v[i]))
			return false;
	return x->given.n == y->given.n;
}

static bool gives_certainly(const struct sum_case *c, uint32_t key)
{
	for (unsigned int i = 0; i < c->given.n; i++)
		if (c->given.v[i].key == key && (c->given.v[i].how & GIVEN_CERTAIN))
			return true;
	return false;
}

static void join_given(struct fn *fn, struct sum_case *x, const struct sum_case *y)
{
	for (unsigned int i = 0; i < x->given.n; i++)
		if (!gives_certainly(y, x->given.v[i].key))
			x->given.v[i].how &= ~GIVEN_CERTAIN;
	for (unsigned int i = 0; i < y->given.n; i++) {
		struct sum_given g = y->given.v[i];

		g.how &= ~GIVEN_CERTAIN;
		if (!gives(x, &g))
			vec_push(fn->e->arena, &x->given, g);
	}
}

/* What both know of the same value, as far as both allow it. */
static void join_facts(struct sum_constraint *x, unsigned int *n, const struct sum_constraint *y, unsigned int m)
{
	unsigned int kept = 0;

	for (unsigned int i = 0; i < *n; i++)
		for (unsigned int j = 0; j < m; j++)
			if (x[i].sym == y[j].sym) {
				x[kept] = x[i];
				x[kept].range = range_join(x[i].range, y[j].range);
				kept++;
				break;
			}
	*n = kept;
}

static bool is_key(struct pool *p, const struct sum_case *c, uint32_t value)
{
	for (unsigned int i = 0; i < c->resources.n; i++)
		if (c->resources.v[i].key == sym_base(p, value))
			return true;
	return sym_at(p, sym_base(p, value))->kind == SYM_PARAM;
}

static struct sum_write *find_write(const struct sum_case *c, const struct sum_write *w)
{
	for (unsigned int i = 0; i < c->writes.n; i++)
		if (c->writes.v[i].obj == w->obj && c->writes.v[i].offset == w->offset)
			return &c->writes.v[i];
	return NULL;
}

/* What only one of the two writes becomes unknown, but for what holds on to a resource: that must stay reachable. */
static void join_writes(struct fn *fn, struct sum_case *x, const struct sum_case *y)
{
	for (unsigned int i = 0; i < y->writes.n; i++)
		if (is_key(fn->e->pool, x, y->writes.v[i].value) && !find_write(x, &y->writes.v[i]))
			vec_push(fn->e->arena, &x->writes, y->writes.v[i]);
	for (unsigned int i = 0; i < x->writes.n; i++) {
		struct sum_write *w = &x->writes.v[i];
		const struct sum_write *other = find_write(y, w);

		if ((other && other->value == w->value) || is_key(fn->e->pool, x, w->value))
			continue;
		if (other && is_key(fn->e->pool, x, other->value))
			w->value = other->value;
		else
			w->value = sym_fresh(fn->e->pool, fn->index, fn->f->n_ins, 0,
					     w->obj * 131 + (uint32_t)w->offset, range_any);
	}
}

/* 0: returns zero, 1: something else, 2: either or nothing. */
static int zeroness(const struct sum_case *c)
{
	if (!c->ret ||
	    (c->ret_range.lo <= 0 && c->ret_range.hi >= 0 && !c->ret_range.not_zero && !range_is_null(c->ret_range)))
		return 2;
	return !range_is_null(c->ret_range);
}

/* Nothing that one of them allows at entry does the other allow. */
static bool exclude_each_other(const struct sum_case *x, const struct sum_case *y)
{
	for (unsigned int i = 0; i < x->pre.n; i++)
		for (unsigned int j = 0; j < y->pre.n; j++)
			if (x->pre.v[i].sym == y->pre.v[j].sym) {
				struct range r = x->pre.v[i].range;

				if (!range_intersect(&r, y->pre.v[j].range))
					return true;
			}
	return false;
}

static void add_case(struct fn *fn, struct summary *s, struct sum_case c)
{
	for (unsigned int i = 0; i < s->cases.n; i++) {
		struct sum_case *x = &s->cases.v[i];
		bool same_ret = x->ret == c.ret;

		if (x->class != c.class || x->atomic != c.atomic || x->asked != c.asked || !same_resources(x, &c))
			continue;
		/* Without resources, only the kind of the returned value is worth a case of its own. */
		if (s->cases.n < MAX_CASES &&
		    ((c.resources.n ? !same_ret || exclude_each_other(x, &c) : zeroness(x) != zeroness(&c)) ||
		     !same_given(x, &c)))
			continue;
		for (unsigned int k = 0; k < c.resources.n; k++)
			x->resources.v[k].spared &= c.resources.v[k].spared;
		x->ret_range = range_join(x->ret_range, c.ret_range);
		if (!same_ret)
			x->ret = sym_fresh(fn->e->pool, fn->index, fn->f->n_ins, 1, i, range_any);
		join_facts(x->pre.v, &x->pre.n, c.pre.v, c.pre.n);
		join_facts(x->post.v, &x->post.n, c.post.v, c.post.n);
		join_writes(fn, x, &c);
		join_given(fn, x, &c);
		return;
	}
	if (s->cases.n < MAX_STORED)
		vec_push(fn->e->arena, &s->cases, c);
	else
		s->inexact = true;
}

struct summary *summary_build(struct fn *fn)
{
	struct summary *s = ARENA_NEW(fn->e->arena, struct summary);
	unsigned int in_doubt = context_in_doubt(fn);

	for (unsigned int i = 0; i < fn->sleeps.n; i++)
		vec_push(fn->e->arena, &s->sleeps, fn->sleeps.v[i]);
	for (unsigned int i = 0; i < fn->exits.n; i++) {
		const struct fn_exit *e = &fn->exits.v[i];
		struct sum_case c = {.class = e->class, .ret = e->ret, .exit_ins = e->ins};

		for (const struct step *k = e->st.trace; k && c.path.n < 8; k = k->before)
			if (k->kind != STEP_CALL)
				vec_push(fn->e->arena, &c.path, *k);

		if (e->ret)
			c.ret_range = state_range(&fn->w, &e->st, e->ret);
		context_collect(fn, &e->st, in_doubt, &c);
		collect_constraints(fn, &e->st, &c);
		collect_writes(fn, &e->st, &c);
		collect_resources(fn, e, &c);
		collect_post(fn, &e->st, &c);
		for (unsigned int k = 0; k < c.resources.n; k++)
			s->takes_or_releases |= c.resources.v[k].delta != 0;
		add_case(fn, s, c);
	}
	return s;
}

/* ---- applying ---- */

struct translation {
	struct fn *fn;
	const struct call *call;
	struct state *before; /* the caller's state at the call: what the callee's INIT values are read from */
	struct pmap memo;
	int depth;
};

static uint32_t translate(struct translation *t, uint32_t sym);

static uint32_t translate_address(struct translation *t, uint32_t obj, int64_t offset)
{
	struct pool *p = t->fn->e->pool;
	struct obj o = *obj_at(p, obj);
	uint32_t base;

	switch (o.kind) {
	case OBJ_PTR:
		base = translate(t, o.a);
		return base ? sym_addr_add(p, base, offset) : 0;
	case OBJ_ELEM: {
		uint32_t index = translate(t, o.b);

		base = translate(t, o.a);
		return base && index ? sym_addr_add(p, sym_addr_index(p, base, index, o.k), offset) : 0;
	}
	case OBJ_LOCAL:
		return 0;
	default:
		return sym_addr(p, obj, offset);
	}
}

static uint32_t translate_new(struct translation *t, uint32_t sym)
{
	return fn_fresh(t->fn, t->before, t->call->ins, sym, sym_at(t->fn->e->pool, sym)->type);
}

static uint32_t translate_one(struct translation *t, uint32_t sym)
{
	struct pool *p = t->fn->e->pool;
	struct sym s = *sym_at(p, sym);
	uint32_t a, b;

	switch (s.kind) {
	case SYM_CONST:
		return sym;
	case SYM_PARAM:
		return s.a < t->call->n_args ? t->call->args[s.a] : translate_new(t, sym);
	case SYM_ADDR:
		a = translate_address(t, s.a, s.k);
		return a ? a : translate_new(t, sym);
	case SYM_INIT:
		a = s.b == EPOCH_ENTRY ? translate_address(t, s.a, s.k) : 0;
		return a ? state_load(&t->fn->w, t->before, a, s.type) : translate_new(t, sym);
	case SYM_OP:
		a = translate(t, s.a);
		b = s.b ? translate(t, s.b) : 0;
		return sym_op(p, s.op, a, b);
	default:
		return translate_new(t, sym);
	}
}

static uint32_t translate(struct translation *t, uint32_t sym)
{
	uint32_t to = (uint32_t)pmap_get(&t->memo, sym);

	if (to)
		return to;
	if (t->depth > MAX_DEPTH)
		return translate_new(t, sym);
	t->depth++;
	to = translate_one(t, sym);
	t->depth--;
	pmap_put(t->fn->w.arena, &t->memo, sym, to);
	return to;
}

static bool require(struct fn *fn, struct state *st, uint32_t sym, struct range r)
{
	const struct sym *s = sym_at(fn->e->pool, sym);

	if (s->kind == SYM_OP && s->type.lo == 0 && s->type.hi == 1 && (r.not_zero || r.hi == 0 || r.lo > 0))
		return state_assume(&fn->w, st, sym, r.hi != 0);
	return state_narrow(&fn->w, st, sym, r);
}

struct place_value {
	uint32_t addr, value;
};

/* The place is called the same in the caller, a member of whatever the object is there. */
static void carry_name(struct pool *p, uint32_t from, uint32_t to)
{
	const char *name = pool_place_name(p, from);

	if (name && from != to)
		pool_name_place(p, to, sym_base(p, to), name);
}

static void apply_writes(struct translation *t, struct state *st, const struct sum_case *c)
{
	struct fn *fn = t->fn;
	struct place_value *todo = ARENA_ARRAY(fn->w.arena, struct place_value, c->writes.n + 1);

	for (unsigned int i = 0; i < c->writes.n; i++) {
		todo[i].addr = translate_address(t, c->writes.v[i].obj, c->writes.v[i].offset);
		todo[i].value = translate(t, c->writes.v[i].value);
		if (todo[i].addr)
			carry_name(fn->e->pool, sym_addr(fn->e->pool, c->writes.v[i].obj, c->writes.v[i].offset),
				   todo[i].addr);
	}
	for (unsigned int i = 0; i < c->zeroed.n; i++) {
		uint32_t addr = translate_address(t, c->zeroed.v[i], 0);
		int64_t offset;

		if (addr)
			pmap_put(fn->w.arena, &st->objs, sym_split(fn->e->pool, addr, &offset), EPOCH_ZERO);
	}
	for (unsigned int i = 0; i < c->writes.n; i++) {
		if (!todo[i].addr)
			continue;
		state_store(&fn->w, st, todo[i].addr, todo[i].value);
		if (sym_at(fn->e->pool, todo[i].value)->kind == SYM_FRESH)
			pool_name_value(fn->e->pool, todo[i].value, todo[i].addr);
	}
}

static struct deed deed_of(struct translation *t, const struct sum_case *c, unsigned int i)
{
	const struct sum_resource *r = &c->resources.v[i];

	return (struct deed){.key = translate(t, r->key),
			     .ins = t->call->ins,
			     /* What is done in another unit is told as done by the call that leads there. */
			     .at = r->at.ins == IR_NONE ? (struct origin){t->fn->index, t->call->ins} : r->at,
			     .api = r->at.ins == IR_NONE ? call_name(t->fn, t->call->callee) : r->api,
			     .rank = i,
			     .looped = r->looped,
			     .mined = r->inner,
			     .rule = r->rule,
			     .arg = ARG_IN_CALLEE};
}

static void apply_releases(struct translation *t, struct state *st, const struct sum_case *c)
{
	for (unsigned int i = 0; i < c->resources.n; i++) {
		const struct sum_resource *r = &c->resources.v[i];
		struct deed d = deed_of(t, c, i);

		if (r->delta < 0)
			resource_release(t->fn, st, r->families ? r->families : &r->family,
					 r->families ? r->n_families : 1, &d);
	}
}

static void apply_acquisitions(struct translation *t, struct state *st, const struct sum_case *c)
{
	for (unsigned int i = 0; i < c->resources.n; i++) {
		const struct sum_resource *r = &c->resources.v[i];
		struct deed d = deed_of(t, c, i);

		if (r->dead)
			resource_dangles(t->fn, st, r->family, &d, r->released_by, r->released);
		if (r->delta <= 0)
			continue;
		d.device = r->device ? translate(t, r->device) : 0;
		d.with = r->with ? translate(t, r->with) : 0;
		d.action = r->action ? translate(t, r->action) : 0;
		d.left = r->left;
		d.left_in = r->left_in;
		if (!r->left && c->class == EXIT_ERROR && c->exit_ins != IR_NONE) {
			d.left = c;
			d.left_in = t->call->callee;
		}
		resource_acquire(t->fn, st, r->family, &d);
	}
}

/* Whoever gets all of an object may stop what is armed inside it, and does so before the object is freed. */
static void apply_disarming(struct translation *t, struct state *st, const struct sum_case *c)
{
	struct pmap res = st->res;
	struct pmap_iter it;

	for (unsigned int i = 0; i < c->given.n; i++) {
		uint32_t key = (c->given.v[i].how & ~GIVEN_CERTAIN) == GIVEN_ALL ? translate(t, c->given.v[i].key) : 0;

		for (pmap_first(&it, &res); key && pmap_next(&it);) {
			struct resource r = *(const struct resource *)(uintptr_t)it.value;

			if (r.state != RES_OWNED || r.family->kind != FAMILY_ARMED ||
			    !sym_derives(t->fn->e->pool, r.key, sym_base(t->fn->e->pool, key)))
				continue;
			r.state = RES_ESCAPED;
			state_set_resource(&t->fn->w, st, r);
		}
	}
}

static void apply_given(struct translation *t, struct state *st, const struct sum_case *c, uint32_t ret)
{
	struct fn *fn = t->fn;

	for (unsigned int i = 0; i < c->given.n; i++) {
		const struct sum_given *g = &c->given.v[i];
		bool certain = g->how & GIVEN_CERTAIN;
		uint32_t doubt = certain ? 0 : ret ? ret : fn_fresh(fn, st, t->call->ins, 0, range_any);

		if (g->how == GIVEN_FAMILY)
			release_family(fn, st, g->family);
		else if (g->how == GIVEN_LOOPED)
			release_looped(fn, st, g->family);
		else
			escape(fn, st, translate(t, g->key), (g->how & ~GIVEN_CERTAIN) == GIVEN_ALL, doubt);
	}
}

static void tell_uses(struct translation *t, const struct sum_case *c)
{
	for (unsigned int i = 0; i < c->used.n; i++) {
		uint32_t base = sym_base(t->fn->e->pool, translate(t, c->used.v[i]));
		const struct resource *dead = state_dead(t->before, base);

		if (sym_at(t->fn->e->pool, base)->kind == SYM_PARAM)
			pmap_put(t->fn->w.arena, &t->before->used, base, 1);
		for (unsigned int k = 0; dead && engine_checks[k]; k++)
			if (engine_checks[k]->use)
				engine_checks[k]->use(t->fn, t->before, dead, t->call->ins);
	}
}

static void apply_case(struct fn *fn, const struct state *before, const struct call *c, const struct sum_case *sc,
		       uint32_t index, struct outcomes *out)
{
	struct state pre = *before;
	struct translation t = {fn, c, &pre, {0}, 0};
	struct outcome o = {*before, 0};

	for (unsigned int i = 0; i < sc->pre.n; i++)
		if (!require(fn, &pre, translate(&t, sc->pre.v[i].sym), sc->pre.v[i].range))
			return;
	tell_uses(&t, sc);
	o.st = pre;
	if (sc->ret) {
		o.ret = translate(&t, sc->ret);
		if (!require(fn, &o.st, o.ret, sc->ret_range))
			return;
	}
	for (unsigned int i = 0; i < sc->post.n; i++)
		if (!state_narrow(&fn->w, &o.st, translate(&t, sc->post.v[i].sym), sc->post.v[i].range))
			return;
	apply_writes(&t, &o.st, sc);
	/* Releases first: what is taken afterwards may bear the same name. Nor is that what has been given away. */
	apply_disarming(&t, &o.st, sc);
	apply_releases(&t, &o.st, sc);
	apply_given(&t, &o.st, sc, o.ret);
	apply_acquisitions(&t, &o.st, sc);
	context_apply(fn, &o.st, c, sc);
	state_step(&fn->w, &o.st, STEP_CALL, c->ins, index + 1, 0);
	vec_push(fn->w.arena, &out->all, o);
}

bool summary_allows(struct fn *fn, const struct state *st, const struct call *c, const struct sum_constraint *pre,
		    unsigned int n, struct state *then)
{
	struct translation t = {fn, c, then, {0}, 0};

	*then = *st;
	for (unsigned int i = 0; i < n; i++)
		if (!require(fn, then, translate(&t, pre[i].sym), pre[i].range))
			return false;
	return true;
}

uint32_t summary_value(struct fn *fn, const struct state *st, const struct call *c, uint32_t sym)
{
	struct state scratch = *st;
	struct translation t = {fn, c, &scratch, {0}, 0};

	return translate(&t, sym);
}

const struct sum_case *case_taken(struct fn *fn, const struct state *st, uint32_t call_ins)
{
	uint32_t callee = fn->f->ins[call_ins].sym;

	for (const struct step *s = st->trace; s; s = s->before)
		if (s->kind == STEP_CALL && s->ins == call_ins && s->way && fn->e->summaries[callee] &&
		    s->way <= fn->e->summaries[callee]->cases.n)
			return &fn->e->summaries[callee]->cases.v[s->way - 1];
	return NULL;
}

static bool released_in_another(const struct outcomes *out, const struct resource *r, unsigned int but,
				const enum exit_class *classes, bool ignored)
{
	for (unsigned int i = 0; i < out->all.n; i++) {
		const struct resource *other = state_resource(&out->all.v[i].st, r->key, r->family);

		if (i != but && (ignored || classes[i] == classes[but]) && other && other->state == RES_RELEASED)
			return true;
	}
	return false;
}

/* What one way through the callee releases and another does not, both ending alike or nobody looking how: which of
 * them it is depends on something that is not known here. */
static void note_spared(struct fn *fn, const struct call *c, struct outcomes *out, const enum exit_class *classes)
{
	for (unsigned int i = 0; i < out->all.n; i++) {
		struct pmap res = out->all.v[i].st.res;
		struct pmap_iter it;

		for (pmap_first(&it, &res); pmap_next(&it);) {
			struct resource r = *(const struct resource *)(uintptr_t)it.value;

			if (r.state != RES_OWNED || r.spared ||
			    !released_in_another(out, &r, i, classes, c->ret_ignored))
				continue;
			r.spared = true;
			state_set_resource(&fn->w, &out->all.v[i].st, r);
		}
	}
}

void summary_apply(struct fn *fn, const struct state *st, const struct call *c, const struct summary *sum,
		   struct outcomes *out)
{
	enum exit_class *classes = ARENA_ARRAY(fn->w.arena, enum exit_class, out->all.n + sum->cases.n + 1);

	context_callee(fn, st, c, sum);
	/* A harness wants every way that a callback can end; inside a driver so many would only multiply. */
	for (unsigned int i = 0; i < sum->cases.n && (fn->harness || i < MAX_APPLIED); i++) {
		unsigned int n = out->all.n;

		apply_case(fn, st, c, &sum->cases.v[i], i, out);
		if (out->all.n > n)
			classes[n] = sum->cases.v[i].class;
	}
	note_spared(fn, c, out, classes);
	if (!c->ret_void)
		for (unsigned int i = 0; i < out->all.n; i++)
			if (!out->all.v[i].ret)
				out->all.v[i].ret = fn_fresh(fn, st, c->ins, 0, c->ret_range);
}
