/* Summaries that come from another unit: reading. Nothing is believed of the bytes but what has been checked. */
#include "engine/portable.h"

#include "engine/context.h"

#include <string.h>

struct reader {
	struct engine *e;
	uint32_t function;
	const uint8_t *at, *end;
	VEC(uint32_t) seen;
	bool bad;
	int depth;
};

static uint64_t get_u(struct reader *r)
{
	uint64_t v = 0;

	for (unsigned int shift = 0; shift < 64 && r->at < r->end; shift += 7) {
		uint8_t byte = *r->at++;

		v |= (uint64_t)(byte & 127) << shift;
		if (!(byte & 128))
			return v;
	}
	r->bad = true;
	return 0;
}

static int64_t get_i(struct reader *r)
{
	uint64_t v = get_u(r);

	return (int64_t)(v >> 1 ^ (v & 1 ? UINT64_MAX : 0));
}

/* A number of things that take at least a byte each. */
static unsigned int get_count(struct reader *r)
{
	uint64_t n = get_u(r);

	if (n > (size_t)(r->end - r->at))
		r->bad = true;
	return r->bad ? 0 : (unsigned int)n;
}

static const char *get_text(struct reader *r)
{
	unsigned int n = get_count(r);
	char *s;

	if (!n)
		return NULL;
	s = arena_alloc(r->e->arena, n + 1);
	memcpy(s, r->at, n);
	s[n] = '\0';
	r->at += n;
	return s;
}

static struct range get_range(struct reader *r)
{
	uint64_t flags = get_u(r);
	struct range x = {INT64_MIN, INT64_MAX, (flags & 2) != 0};

	if (flags & 1) {
		x.lo = get_i(r);
		x.hi = get_i(r);
	}
	return x;
}

static uint32_t new_value(struct reader *r, struct range type)
{
	return sym_fresh(r->e->pool, r->function, r->seen.n, 0, 0, type);
}

static uint32_t get_value(struct reader *r);

static uint32_t global_named(struct reader *r, const char *name)
{
	const struct ir_unit *u = r->e->unit;

	for (uint32_t i = 0; name && i < u->n_globals; i++)
		if (!u->globals[i].is_static && strcmp(u->globals[i].name, name) == 0)
			return obj_global(r->e->pool, i);
	return 0;
}

static uint32_t function_named(struct reader *r, const char *name)
{
	const struct ir_unit *u = r->e->unit;

	for (uint32_t i = 0; name && i < u->n_functions; i++)
		if (!u->functions[i].is_static && strcmp(u->functions[i].name, name) == 0)
			return obj_func(r->e->pool, i);
	return 0;
}

/* 0: the unit knows nothing of that name. */
static uint32_t get_object(struct reader *r)
{
	switch (get_u(r)) {
	case OBJ_GLOBAL:
		return global_named(r, get_text(r));
	case OBJ_FUNC:
		return function_named(r, get_text(r));
	case OBJ_PTR: {
		uint32_t v = get_value(r);

		return v ? obj_ptr(r->e->pool, v) : 0;
	}
	default:
		r->bad = true;
		return 0;
	}
}

static uint32_t get_place(struct reader *r, bool contents)
{
	uint32_t obj = get_object(r);
	int64_t k = get_i(r);
	struct range type = get_range(r);

	if (!obj || r->bad)
		return new_value(r, type);
	return contents ? sym_init(r->e->pool, obj, k, EPOCH_ENTRY, type) : sym_addr(r->e->pool, obj, k);
}

static uint32_t get_operation(struct reader *r)
{
	int op = (int)get_u(r);
	uint32_t a = get_value(r), b = get_value(r);

	if (!a || op < 0 || op > SYM_OP_IS_ERR_OR_NULL)
		r->bad = true;
	return r->bad ? 0 : sym_op(r->e->pool, op, a, b);
}

static uint32_t get_new_value(struct reader *r, uint64_t tag)
{
	uint32_t index;

	switch (tag) {
	case TAG_CONST:
		return sym_const(r->e->pool, get_i(r));
	case TAG_PARAM:
		index = (uint32_t)get_u(r);
		return sym_param(r->e->pool, r->function, index, get_range(r));
	case TAG_ADDR:
	case TAG_INIT:
		return get_place(r, tag == TAG_INIT);
	case TAG_OP:
		return get_operation(r);
	case TAG_NEW:
		return new_value(r, get_range(r));
	default:
		r->bad = true;
		return 0;
	}
}

static uint32_t get_value(struct reader *r)
{
	uint64_t tag = get_u(r), i;
	uint32_t v;

	if (r->bad || tag == TAG_NONE || ++r->depth > 4 * PORTABLE_DEPTH) {
		r->bad |= r->depth > 4 * PORTABLE_DEPTH;
		return 0;
	}
	if (tag == TAG_SEEN) {
		i = get_u(r);
		r->bad |= i >= r->seen.n;
		v = r->bad ? 0 : r->seen.v[i];
	} else {
		v = get_new_value(r, tag);
		vec_push(r->e->arena, &r->seen, v);
	}
	r->depth--;
	return v;
}

static void get_constraint(struct reader *r, struct sum_constraint *k)
{
	k->sym = get_value(r);
	k->range = get_range(r);
	r->bad |= !k->sym;
}

static const struct family *get_family(struct reader *r)
{
	const char *name = get_text(r);
	const struct family *f = name ? model_family(r->e->model, name) : NULL;

	r->bad |= name && !f;
	return f;
}

static void get_resource(struct reader *r, struct sum_resource *s)
{
	const char *rule;
	uint64_t flags;
	unsigned int n;

	s->key = get_value(r);
	s->family = get_family(r);
	s->delta = (int)get_i(r);
	flags = get_u(r);
	s->looped = flags & 1;
	s->dead = flags & 2;
	s->maybe = flags & 4;
	s->spared = flags & 8;
	rule = get_text(r);
	s->rule = rule ? model_api(r->e->model, rule) : NULL;
	n = get_count(r);
	if (n) {
		const struct family **all = ARENA_ARRAY(r->e->arena, const struct family *, n);

		for (unsigned int i = 0; i < n; i++)
			all[i] = get_family(r);
		s->families = all;
		s->n_families = n;
	}
	s->api = get_text(r);
	s->released_by = get_text(r);
	s->device = get_value(r);
	s->action = get_value(r);
	s->with = get_value(r);
	s->at = s->released = (struct origin){r->function, IR_NONE};
	r->bad |= !s->key || !s->family || !s->api;
}

static void get_given(struct reader *r, struct sum_given *g)
{
	g->how = (int)get_u(r);
	g->family = get_family(r);
	g->key = get_value(r);
	r->bad |= (g->how & ~GIVEN_CERTAIN) < GIVEN_MEMORY || (g->how & ~GIVEN_CERTAIN) > GIVEN_CONTENTS ||
		  (!g->family && !g->key);
}

static void get_write(struct reader *r, struct sum_case *c)
{
	struct sum_write w = {0};

	w.obj = get_object(r);
	w.offset = get_i(r);
	w.value = get_value(r);
	if (w.obj && w.value)
		vec_push(r->e->arena, &c->writes, w);
	else if (w.value)
		vec_push(r->e->arena, &c->given,
			 ((struct sum_given){.key = w.value, .how = GIVEN_ALL | GIVEN_CERTAIN}));
}

static void get_context(struct reader *r, struct sum_case *c)
{
	struct held h = {.at = {r->function, IR_NONE}, .api = r->e->unit->functions[r->function].name};

	c->atomic = (int)get_i(r);
	c->asked = get_u(r) != 0;
	h.parts = context_parts(c->atomic);
	if (h.parts)
		vec_push(r->e->arena, &c->held, h);
}

static void get_sleep(struct reader *r, struct summary *s)
{
	struct sleep *x = ARENA_NEW(r->e->arena, struct sleep);
	const char *rule = get_text(r);

	x->function = r->function;
	x->ins = IR_NONE;
	x->api = rule ? model_context(r->e->model, rule) : NULL;
	x->name = get_text(r);
	x->context = (int)get_i(r);
	for (unsigned int n = get_count(r); n && !r->bad; n--) {
		vec_push(r->e->arena, &x->pre, (struct sum_constraint){0});
		get_constraint(r, &x->pre.v[x->pre.n - 1]);
	}
	r->bad |= !x->name;
	if (x->api)
		vec_push(r->e->arena, &s->sleeps, x);
}

static void get_case(struct reader *r, struct sum_case *c)
{
	struct arena *a = r->e->arena;

	c->class = (enum exit_class)get_u(r);
	get_context(r, c);
	c->ret = get_value(r);
	c->ret_range = get_range(r);
	c->exit_ins = IR_NONE;
	for (unsigned int n = get_count(r); n && !r->bad; n--) {
		vec_push(a, &c->pre, (struct sum_constraint){0});
		get_constraint(r, &c->pre.v[c->pre.n - 1]);
	}
	for (unsigned int n = get_count(r); n && !r->bad; n--)
		get_write(r, c);
	for (unsigned int n = get_count(r); n && !r->bad; n--) {
		vec_push(a, &c->resources, (struct sum_resource){0});
		get_resource(r, &c->resources.v[c->resources.n - 1]);
	}
	for (unsigned int n = get_count(r); n && !r->bad; n--) {
		vec_push(a, &c->given, (struct sum_given){0});
		get_given(r, &c->given.v[c->given.n - 1]);
	}
	for (unsigned int n = get_count(r); n && !r->bad; n--) {
		vec_push(a, &c->post, (struct sum_constraint){0});
		get_constraint(r, &c->post.v[c->post.n - 1]);
	}
	for (unsigned int n = get_count(r); n && !r->bad; n--)
		vec_push(a, &c->used, get_value(r));
}

/* Returned, or stored where an argument points to: the caller gets it, and gets it for keeps. */
static bool is_handed_out(struct pool *p, const struct sum_case *c, const struct sum_resource *r)
{
	if (c->ret && sym_base(p, c->ret) == r->key)
		return true;
	for (unsigned int i = 0; i < c->writes.n; i++) {
		const struct sum_write *w = &c->writes.v[i];
		const struct obj *o = obj_at(p, w->obj);

		if (w->offset == 0 && o->kind == OBJ_PTR && sym_at(p, o->a)->kind == SYM_PARAM &&
		    sym_base(p, w->value) == r->key)
			return true;
	}
	return false;
}

static bool is_inner(struct pool *p, const struct summary *s, const struct sum_case *c, const struct sum_resource *r)
{
	if (r->delta < 0)
		return sym_at(p, sym_base(p, r->key))->kind != SYM_PARAM;
	return r->delta > 0 && !r->device && (!is_handed_out(p, c, r) || summary_gives_back(s, r->family));
}

/*
 * What a function of another unit takes and does not hand out, or takes as it gives back what it took before (an
 * iterator), is ended by a function that nobody here may know: only a sibling path can say that it was forgotten. What
 * it arms for its own ends (a work that goes on with what it was asked for) is not the caller's to stop.
 */
static void mark_inner(struct pool *p, struct summary *s)
{
	for (unsigned int i = 0; i < s->cases.n; i++) {
		struct sum_case *c = &s->cases.v[i];
		unsigned int kept = 0;

		for (unsigned int k = 0; k < c->resources.n; k++) {
			struct sum_resource r = c->resources.v[k];

			if (r.delta > 0 && r.family->kind == FAMILY_ARMED && !r.device)
				continue;
			r.inner = is_inner(p, s, c, &r);
			c->resources.v[kept++] = r;
		}
		c->resources.n = kept;
	}
}

static bool same_ending(const struct sum_case *x, const struct sum_case *y)
{
	struct range r = x->ret_range;

	return x->class == y->class && (!x->ret || !y->ret || range_intersect(&r, y->ret_range));
}

/*
 * Who leaves now with a lock and now without, and does not say which by what he returns, follows something that was not
 * understood here (a flag that stands for the kind of lock): nothing is believed of what he holds.
 */
static void doubt_contexts(struct summary *s)
{
	bool agree = true;

	for (unsigned int i = 0; i < s->cases.n; i++)
		for (unsigned int k = 0; k < i; k++)
			agree &= s->cases.v[i].atomic == s->cases.v[k].atomic ||
				 !same_ending(&s->cases.v[i], &s->cases.v[k]);
	for (unsigned int i = 0; !agree && i < s->cases.n; i++) {
		s->cases.v[i].atomic = 0;
		s->cases.v[i].held.n = 0;
	}
}

static bool is_argument(struct pool *p, uint32_t value, uint32_t param)
{
	const struct sym *s = sym_at(p, sym_base(p, value));

	return s->kind == SYM_PARAM && s->a == sym_at(p, param)->a;
}

/* Is the argument stored, or given away, on this way through the callee? */
static bool keeps(struct pool *p, const struct sum_case *c, uint32_t param)
{
	for (unsigned int i = 0; i < c->writes.n; i++)
		if (is_argument(p, c->writes.v[i].value, param))
			return true;
	for (unsigned int i = 0; i < c->given.n; i++)
		if (!c->given.v[i].family && is_argument(p, c->given.v[i].key, param))
			return true;
	return false;
}

/*
 * What a way through a function of another unit does to an argument may have been lost where it could not be said: what
 * is kept on one way is perhaps kept on all that end alike.
 */
static void perhaps_kept(struct engine *e, struct summary *s, uint32_t param)
{
	bool by_class[EXIT_VOID + 1] = {false};

	for (unsigned int i = 0; i < s->cases.n; i++)
		by_class[s->cases.v[i].class] |= keeps(e->pool, &s->cases.v[i], param);
	for (unsigned int i = 0; i < s->cases.n; i++)
		if (by_class[s->cases.v[i].class] && !keeps(e->pool, &s->cases.v[i], param))
			vec_push(e->arena, &s->cases.v[i].given,
				 ((struct sum_given){.key = param, .how = GIVEN_MEMORY}));
}

struct summary *summary_read(struct engine *e, uint32_t function, const void *bytes, size_t n)
{
	struct summary *s = ARENA_NEW(e->arena, struct summary);
	struct reader r = {.e = e, .function = function, .at = bytes, .end = (const uint8_t *)bytes + n};
	unsigned int cases;

	if (get_u(&r) != PORTABLE_FORMAT)
		return NULL;
	cases = get_count(&r);
	for (unsigned int i = 0; i < cases && !r.bad; i++) {
		vec_push(e->arena, &s->cases, (struct sum_case){0});
		get_case(&r, &s->cases.v[i]);
		for (unsigned int k = 0; k < s->cases.v[i].resources.n; k++)
			s->takes_or_releases |= s->cases.v[i].resources.v[k].delta != 0;
	}
	for (unsigned int k = get_count(&r); k && !r.bad; k--)
		get_sleep(&r, s);
	if (r.bad)
		return NULL;
	summary_settle_null(s);
	mark_inner(e->pool, s);
	doubt_contexts(s);
	for (uint32_t i = 0; i < e->unit->functions[function].n_params; i++)
		perhaps_kept(e, s, sym_param(e->pool, function, i, range_pointer));
	return s;
}
