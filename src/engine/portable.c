/* Summaries that leave their unit: writing. */
#include "engine/portable.h"

#include "engine/context.h"

#include <string.h>

enum { MAX_BYTES = 4096, MAX_WRITTEN_PRE = 12 };

struct writer {
	struct engine *e;
	GByteArray *out;
	GHashTable *seen; /* value -> ordinal + 1 */
	bool offsets;	  /* members are spoken of, by their place in the structure */
};

static void put_u(struct writer *w, uint64_t v)
{
	do {
		guint8 byte = (guint8)((v & 127) | (v > 127 ? 128 : 0));

		g_byte_array_append(w->out, &byte, 1);
		v >>= 7;
	} while (v);
}

static void put_i(struct writer *w, int64_t v)
{
	put_u(w, (uint64_t)v << 1 ^ (v < 0 ? UINT64_MAX : 0));
}

static void put_text(struct writer *w, const char *s)
{
	size_t n = s ? strlen(s) : 0;

	put_u(w, n);
	g_byte_array_append(w->out, (const guint8 *)s, (guint)n);
}

static void put_range(struct writer *w, struct range r)
{
	bool all = r.lo == INT64_MIN && r.hi == INT64_MAX;

	put_u(w, (all ? 0u : 1u) | (r.not_zero ? 2u : 0u));
	if (!all) {
		put_i(w, r.lo);
		put_i(w, r.hi);
	}
}

/* Can the object be named from outside: does a parameter or a global lead to it? */
static bool sayable_object(struct writer *w, uint32_t obj, int depth)
{
	const struct obj *o = obj_at(w->e->pool, obj);
	const struct sym *s;

	if (depth > PORTABLE_DEPTH)
		return false;
	switch (o->kind) {
	case OBJ_GLOBAL:
		return !w->e->unit->globals[o->a].is_static;
	case OBJ_FUNC:
		return !w->e->unit->functions[o->a].is_static;
	case OBJ_PTR:
		s = sym_at(w->e->pool, o->a);
		return s->kind == SYM_PARAM || s->kind == SYM_FRESH ||
		       ((s->kind == SYM_INIT || s->kind == SYM_ADDR) && sayable_object(w, s->a, depth + 1));
	default:
		return false;
	}
}

static void put_value(struct writer *w, uint32_t sym, int depth);

static void put_object(struct writer *w, uint32_t obj, int depth)
{
	const struct obj *o = obj_at(w->e->pool, obj);

	put_u(w, o->kind);
	if (o->kind == OBJ_GLOBAL)
		put_text(w, w->e->unit->globals[o->a].name);
	else if (o->kind == OBJ_FUNC)
		put_text(w, w->e->unit->functions[o->a].name);
	else
		put_value(w, o->a, depth + 1);
}

static void put_new_value(struct writer *w, const struct sym *s, int depth)
{
	if (s->kind == SYM_CONST) {
		put_u(w, TAG_CONST);
		put_i(w, s->k);
	} else if (s->kind == SYM_PARAM) {
		put_u(w, TAG_PARAM);
		put_u(w, s->a);
		put_range(w, s->type);
	} else if ((s->kind == SYM_ADDR || (s->kind == SYM_INIT && s->b == EPOCH_ENTRY)) &&
		   sayable_object(w, s->a, depth)) {
		put_u(w, s->kind == SYM_ADDR ? TAG_ADDR : TAG_INIT);
		put_object(w, s->a, depth);
		w->offsets |= s->k != 0;
		put_i(w, s->k);
		put_range(w, s->type);
	} else if (s->kind == SYM_OP && depth < PORTABLE_DEPTH) {
		put_u(w, TAG_OP);
		put_u(w, (uint64_t)s->op);
		put_value(w, s->a, depth + 1);
		put_value(w, s->b, depth + 1);
	} else {
		put_u(w, TAG_NEW);
		put_range(w, s->type);
	}
}

static void put_value(struct writer *w, uint32_t sym, int depth)
{
	struct sym s;
	guint known = GPOINTER_TO_UINT(g_hash_table_lookup(w->seen, GUINT_TO_POINTER(sym)));

	if (!sym) {
		put_u(w, TAG_NONE);
		return;
	}
	if (known) {
		put_u(w, TAG_SEEN);
		put_u(w, known - 1);
		return;
	}
	s = *sym_at(w->e->pool, sym);
	put_new_value(w, &s, depth);
	/* Its parts have been numbered first, as the reader does. */
	g_hash_table_insert(w->seen, GUINT_TO_POINTER(sym), GUINT_TO_POINTER(g_hash_table_size(w->seen) + 1));
}

static bool is_resource(const struct engine *e, const struct sum_case *c, uint32_t value)
{
	for (unsigned int i = 0; i < c->resources.n; i++)
		if (c->resources.v[i].key == sym_base(e->pool, value))
			return true;
	return false;
}

/* Only what holds on to something is worth being told outside. */
static bool worth_writing(const struct engine *e, const struct sum_case *c, const struct sum_write *w)
{
	return is_resource(e, c, w->value) || sym_at(e->pool, sym_base(e->pool, w->value))->kind == SYM_PARAM;
}

static void put_constraints(struct writer *w, const struct sum_constraint *v, unsigned int n, bool of_params)
{
	unsigned int kept = 0;

	for (int pass = 0; pass < 2; pass++) {
		if (pass == 1)
			put_u(w, kept);
		kept = 0;
		for (unsigned int i = 0; i < n && kept < MAX_WRITTEN_PRE; i++) {
			const struct sym *s = sym_at(w->e->pool, v[i].sym);

			if (of_params && s->kind != SYM_PARAM &&
			    (s->kind != SYM_INIT || s->b != EPOCH_ENTRY || !sayable_object(w, s->a, 0)))
				continue;
			kept++;
			if (pass == 1) {
				put_value(w, v[i].sym, 0);
				put_range(w, v[i].range);
			}
		}
	}
}

/* A managed action is of no family that rules know: its reader could not say what it is. */
static bool has_name(const struct writer *w, const struct sum_resource *r)
{
	return model_family(w->e->model, r->family->name) == r->family;
}

static void put_resource(struct writer *w, const struct sum_resource *r)
{
	put_value(w, r->key, 0);
	put_text(w, r->family->name);
	put_i(w, r->delta);
	put_u(w, (r->looped ? 1u : 0u) | (r->dead ? 2u : 0u) | (r->maybe ? 4u : 0u) | (r->spared ? 8u : 0u));
	put_text(w, r->rule ? r->rule->name : NULL);
	put_u(w, r->families ? r->n_families : 0);
	for (unsigned int i = 0; r->families && i < r->n_families; i++)
		put_text(w, r->families[i]->name);
	put_text(w, r->api);
	put_text(w, r->released_by);
	put_value(w, r->device, 0);
	put_value(w, r->action, 0);
	put_value(w, r->with, 0);
}

/* A place inside the unit that holds on to something of the caller's: outside it is simply kept. */
static void put_given(struct writer *w, const struct sum_case *c)
{
	unsigned int kept = 0;

	for (unsigned int i = 0; i < c->writes.n; i++)
		kept += worth_writing(w->e, c, &c->writes.v[i]) && !sayable_object(w, c->writes.v[i].obj, 0);
	put_u(w, c->given.n + kept);
	for (unsigned int i = 0; i < c->given.n; i++) {
		const struct sum_given *g = &c->given.v[i];

		put_u(w, (uint64_t)g->how);
		put_text(w, g->family ? g->family->name : NULL);
		put_value(w, g->family ? 0 : g->key, 0);
	}
	for (unsigned int i = 0; i < c->writes.n; i++) {
		if (!worth_writing(w->e, c, &c->writes.v[i]) || sayable_object(w, c->writes.v[i].obj, 0))
			continue;
		put_u(w, GIVEN_ALL | GIVEN_CERTAIN);
		put_text(w, NULL);
		put_value(w, c->writes.v[i].value, 0);
	}
}

static void put_writes(struct writer *w, const struct sum_case *c)
{
	unsigned int kept = 0;

	for (int pass = 0; pass < 2; pass++) {
		if (pass == 1)
			put_u(w, kept);
		for (unsigned int i = 0; i < c->writes.n; i++) {
			const struct sum_write *x = &c->writes.v[i];

			if (!worth_writing(w->e, c, x) || !sayable_object(w, x->obj, 0))
				continue;
			kept += pass == 0;
			if (pass == 1) {
				put_object(w, x->obj, 0);
				w->offsets |= x->offset != 0;
				put_i(w, x->offset);
				put_value(w, x->value, 0);
			}
		}
	}
}

static void put_case(struct writer *w, const struct sum_case *c)
{
	unsigned int named = 0;

	put_u(w, c->class);
	put_i(w, c->atomic);
	put_u(w, c->asked);
	put_value(w, c->ret, 0);
	put_range(w, c->ret_range);
	put_constraints(w, c->pre.v, c->pre.n, true);
	put_writes(w, c);
	for (unsigned int i = 0; i < c->resources.n; i++)
		named += has_name(w, &c->resources.v[i]);
	put_u(w, named);
	for (unsigned int i = 0; i < c->resources.n; i++)
		if (has_name(w, &c->resources.v[i]))
			put_resource(w, &c->resources.v[i]);
	put_given(w, c);
	put_constraints(w, c->post.v, c->post.n, false);
	put_u(w, c->used.n);
	for (unsigned int i = 0; i < c->used.n; i++)
		put_value(w, c->used.v[i], 0);
}

/* Does the value mean the same outside: is it made of parameters and what they lead to? */
static bool sayable(struct writer *w, uint32_t sym, int depth)
{
	const struct sym s = *sym_at(w->e->pool, sym);

	switch (s.kind) {
	case SYM_CONST:
	case SYM_PARAM:
		return true;
	case SYM_INIT:
		return s.b == EPOCH_ENTRY && sayable_object(w, s.a, 0);
	case SYM_OP:
		return depth < PORTABLE_DEPTH && sayable(w, s.a, depth + 1) && (!s.b || sayable(w, s.b, depth + 1));
	default:
		return false;
	}
}

/* The conditions that a caller can know something of. All of those must be told: with one left out it would seem to
 * sleep where it does not. What comes into being in the function decides there, for all that callers know. */
static struct sleep in_callers_words(struct writer *w, const struct sleep *s)
{
	struct sleep out = *s;

	memset(&out.pre, 0, sizeof(out.pre));
	for (unsigned int i = 0; i < s->pre.n; i++)
		if (sayable(w, s->pre.v[i].sym, 0))
			vec_push(w->e->arena, &out.pre, s->pre.v[i]);
	return out;
}

struct said {
	VEC(struct sleep) all;
};

/* The same without any condition, so that the second one adds nothing. */
static bool is_said(const struct said *s, const struct sleep *x)
{
	for (unsigned int i = 0; i < s->all.n; i++)
		if (!s->all.v[i].pre.n && s->all.v[i].api == x->api && s->all.v[i].context == x->context &&
		    strcmp(s->all.v[i].name, x->name) == 0)
			return true;
	return false;
}

static void put_sleeps(struct writer *w, const struct summary *s)
{
	struct said kept = {0};

	for (unsigned int i = 0; i < s->sleeps.n; i++) {
		struct sleep x = in_callers_words(w, s->sleeps.v[i]);

		if (x.pre.n <= MAX_WRITTEN_PRE && !is_said(&kept, &x))
			vec_push(w->e->arena, &kept.all, x);
	}
	put_u(w, kept.all.n);
	for (unsigned int i = 0; i < kept.all.n; i++) {
		put_text(w, kept.all.v[i].api->name);
		put_text(w, kept.all.v[i].name);
		put_i(w, kept.all.v[i].context);
		put_constraints(w, kept.all.v[i].pre.v, kept.all.v[i].pre.n, false);
	}
}

bool summary_write(struct engine *e, const struct summary *s, GByteArray *out, bool *offsets)
{
	struct writer w = {e, out, g_hash_table_new(NULL, NULL), false};
	guint start = out->len;
	bool ok;

	put_u(&w, PORTABLE_FORMAT);
	put_u(&w, s->cases.n);
	for (unsigned int i = 0; i < s->cases.n; i++)
		put_case(&w, &s->cases.v[i]);
	put_sleeps(&w, s);
	g_hash_table_destroy(w.seen);
	*offsets = w.offsets;
	ok = !s->inexact && out->len - start <= MAX_BYTES;
	if (!ok)
		g_byte_array_set_size(out, start);
	return ok;
}
