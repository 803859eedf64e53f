/*
 * Summaries: what a function does, as cases of (what must hold at entry, what is written, taken and released, what is
 * returned), in terms of its parameters and the memory they reach. apply.c is what a call makes of them.
 */
#include "engine/context.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_CASES = 6, MAX_STORED = 32, MAX_WRITES = 96, FAR = 3, MAX_PRE = 40 };

static bool is_local_object(struct pool *p, uint32_t obj)
{
	const struct obj *o = obj_at(p, obj_whole(p, obj));

	return o->kind == OBJ_LOCAL || o->kind == OBJ_STR || o->kind == OBJ_FUNC;
}

static bool is_news(const struct fn *fn, const struct state *st, const struct sum_write *w)
{
	const struct sym *v = sym_at(fn->e->pool, w->value);

	/* Put back after all of the object has been cleared, what was there before is news. */
	return !is_local_object(fn->e->pool, w->obj) &&
	       (pmap_get(&st->objs, w->obj) == EPOCH_ZERO ||
		!(v->kind == SYM_INIT && v->a == w->obj && v->k == w->offset && v->b == EPOCH_ENTRY));
}

/* How many pointers lead to the object from an argument or a global; FAR: more, or from something else. */
static unsigned int distance(struct pool *p, uint32_t obj)
{
	for (unsigned int d = 0; d < FAR; d++) {
		const struct obj *o = obj_at(p, obj);
		const struct sym *s;

		if (o->kind == OBJ_GLOBAL)
			return d;
		if (o->kind != OBJ_PTR && o->kind != OBJ_ELEM)
			return FAR;
		s = sym_at(p, sym_base(p, o->a));
		if (s->kind == SYM_PARAM)
			return d;
		if (s->kind != SYM_INIT && s->kind != SYM_ADDR)
			return FAR;
		obj = s->a;
	}
	return FAR;
}

/* What holds on to a resource or to something of the caller's comes first, and must not fall to the limit; then what
 * stands nearest to where he looks. */
static unsigned int rank_of_write(struct fn *fn, const struct state *st, const struct sum_write *w)
{
	struct pool *p = fn->e->pool;

	if (state_is_key(&fn->w, st, w->value) || sym_at(p, sym_base(p, w->value))->kind == SYM_PARAM)
		return 0;
	return 1 + distance(p, w->obj);
}

/* Where paths that have been merged disagree, one of them may not have written at all. */
static struct sum_write write_of(const struct fn *fn, uint64_t where, uint32_t value)
{
	const struct sym *v = sym_at(fn->e->pool, value);

	return (struct sum_write){mem_obj(where), mem_offset(where), value,
				  v->kind == SYM_INIT && v->a == mem_obj(where) && v->k == mem_offset(where)};
}

static void collect_writes(struct fn *fn, const struct state *st, struct sum_case *c)
{
	struct pmap_iter it;

	for (unsigned int rank = 0; rank <= 1 + FAR; rank++)
		for (pmap_first(&it, &st->mem); pmap_next(&it);) {
			struct sum_write w = write_of(fn, it.key, (uint32_t)it.value);

			if ((rank == 0 || c->writes.n < MAX_WRITES) && is_news(fn, st, &w) &&
			    rank_of_write(fn, st, &w) == rank)
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

/* What the caller comes to see, or what it was compared with: who has found out that it is not 1 knows that. */
static bool is_seen(struct pool *p, const struct sum_case *c, uint32_t sym)
{
	const struct sym *s = sym_at(p, sym);

	if (s->kind == SYM_OP && (s->op == IR_EQ || s->op == IR_LT) && sym_at(p, s->b)->kind == SYM_CONST)
		sym = s->a;
	return sym_at(p, sym)->kind == SYM_FRESH && gets_out(p, c, sym);
}

static void collect_post(struct fn *fn, const struct state *st, struct sum_case *c)
{
	struct pmap_iter it;

	for (pmap_first(&it, &st->cons); pmap_next(&it) && c->post.n < MAX_PRE;) {
		struct sum_constraint k = {(uint32_t)it.key, *(const struct range *)(uintptr_t)it.value};

		if (is_seen(fn->e->pool, c, k.sym))
			vec_push(fn->e->arena, &c->post, k);
	}
}

/* The path fails, and what was last called with it is a function out of sight that releases, by its name. What is
 * registered has a function of its own for that. */
static bool left_to_release(const struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	const struct sym *s = r->doubt ? sym_at(fn->e->pool, r->doubt) : NULL;
	uint32_t callee;

	if (!s || e->class != EXIT_ERROR || r->family->kind != FAMILY_OWNED || s->kind != SYM_FRESH ||
	    s->a != fn->index || s->b >= fn->f->n_ins || fn->f->ins[s->b].op != IR_CALL)
		return false;
	callee = fn->f->ins[s->b].sym;
	return callee != IR_NONE && model_sounds_like_release(fn->e->model, call_name(fn, callee));
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

	if (r->mined || r->state == RES_ESCAPED || left_to_release(fn, e, r))
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
		s.inner = r->inner;
		s.maybe = r->maybe || r->counted;
		s.unlinked = is_unlinked(fn, &e->st, sym_base(fn->e->pool, r->key));
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
		w->maybe |= !other || other->maybe;
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

/* Is it worth telling the two apart? Without resources, only the kind of the returned value is; and the reasons why a
 * question is answered. */
static bool worth_two(struct fn *fn, const struct sum_case *x, const struct sum_case *y)
{
	if (!same_given(x, y) || (looks_only(fn->e, fn->index) && exclude_each_other(x, y)))
		return true;
	return y->resources.n ? x->ret != y->ret || exclude_each_other(x, y) : zeroness(x) != zeroness(y);
}

/* Of each class: failures come first, and would leave no place for success. */
static bool has_room(const struct summary *s, enum exit_class class)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < s->cases.n; i++)
		n += s->cases.v[i].class == class;
	return n < MAX_STORED;
}

static void add_case(struct fn *fn, struct summary *s, struct sum_case c)
{
	for (unsigned int i = 0; i < s->cases.n; i++) {
		struct sum_case *x = &s->cases.v[i];
		bool same_ret = x->ret == c.ret;

		if (x->class != c.class || x->atomic != c.atomic || x->asked != c.asked || !same_resources(x, &c))
			continue;
		if (s->cases.n < MAX_CASES && worth_two(fn, x, &c))
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
	if (has_room(s, c.class))
		vec_push(fn->e->arena, &s->cases, c);
	else
		s->inexact = true;
}

/* Something was written to where it points: it is no NULL. */
static bool written_through(struct fn *fn, const struct state *st, uint32_t v)
{
	struct pmap_iter it;

	for (pmap_first(&it, &st->mem); pmap_next(&it);) {
		const struct obj *o = obj_at(fn->e->pool, mem_obj(it.key));

		if (o->kind == OBJ_PTR && o->a == v)
			return true;
	}
	return false;
}

void summary_settle_null(struct summary *s)
{
	bool fails_by_null = false;

	for (unsigned int i = 0; i < s->cases.n; i++)
		fails_by_null |= s->cases.v[i].class == EXIT_ERROR && range_is_null(s->cases.v[i].ret_range);
	for (unsigned int i = 0; fails_by_null && i < s->cases.n; i++) {
		struct sum_case *c = &s->cases.v[i];

		if (c->class == EXIT_SUCCESS_CLASS && c->ret && c->resources.n && !range_is_null(c->ret_range))
			c->ret_range.not_zero = true;
	}
}

struct summary *summary_build(struct fn *fn)
{
	struct summary *s = ARENA_NEW(fn->e->arena, struct summary);
	unsigned int in_doubt = context_in_doubt(fn), ended = context_unlocks(fn) & ~in_doubt;

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
		if (e->ret && !range_is_null(c.ret_range) && written_through(fn, &e->st, e->ret))
			c.ret_range.not_zero = true;
		context_collect(fn, &e->st, in_doubt, ended, &c);
		collect_constraints(fn, &e->st, &c);
		collect_writes(fn, &e->st, &c);
		collect_resources(fn, e, &c);
		collect_post(fn, &e->st, &c);
		for (unsigned int k = 0; k < c.resources.n; k++)
			s->takes_or_releases |= c.resources.v[k].delta != 0;
		add_case(fn, s, c);
	}
	summary_settle_null(s);
	return s;
}

bool releases_one_of(const struct sum_resource *r, const struct family *f)
{
	bool fits = r->family == f;

	for (unsigned int i = 0; r->families && i < r->n_families; i++)
		fits |= r->families[i] == f;
	return r->delta < 0 && fits;
}

bool summary_gives_back(const struct summary *s, const struct family *f)
{
	for (unsigned int i = 0; i < s->cases.n; i++)
		for (unsigned int k = 0; k < s->cases.v[i].resources.n; k++)
			if (releases_one_of(&s->cases.v[i].resources.v[k], f))
				return true;
	return false;
}

void summary_doubt(struct summary *s, const struct fn_exit *e, const struct resource *r)
{
	for (unsigned int i = 0; i < s->cases.n; i++) {
		struct sum_case *c = &s->cases.v[i];

		for (unsigned int k = 0; c->exit_ins == e->ins && c->class == e->class && k < c->resources.n; k++) {
			struct sum_resource *x = &c->resources.v[k];

			x->spared |= x->delta > 0 && x->family == r->family && x->at.function == r->taken.function &&
				     x->at.ins == r->taken.ins;
		}
	}
}

/* The only case there is, if it takes and gives back nothing, keeps nothing and does not wait. */
static const struct sum_case *harmless_case(const struct summary *s)
{
	const struct sum_case *c = s->cases.n == 1 ? &s->cases.v[0] : NULL;

	return c && !s->inexact && !s->sleeps.n && !c->resources.n && !c->given.n && !c->atomic ? c : NULL;
}

bool summary_does_nothing(const struct summary *s)
{
	const struct sum_case *c = harmless_case(s);

	return c && !c->writes.n && !c->used.n;
}

bool summary_initialises(struct pool *p, const struct summary *s)
{
	const struct sum_case *c = harmless_case(s);

	for (unsigned int i = 0; c && i < c->writes.n; i++) {
		const struct obj *o = obj_at(p, c->writes.v[i].obj);

		if (o->kind != OBJ_PTR || sym_base(p, c->writes.v[i].value) != o->a)
			return false;
	}
	return c && c->writes.n;
}
