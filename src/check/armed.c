/*
 * Memory that goes while something may still call back into it: a timer, work, interrupt or urb that is armed and is
 * part of that memory or gets it as its argument.
 */
#include "engine/armed.h"
#include "check/checks.h"

#include <string.h>

/* Is it a part of that memory? What is only pointed to from there lives on. */
static bool lies_in(struct pool *p, uint32_t sym, uint32_t key)
{
	for (int depth = 0; depth < 16 && sym != key; depth++) {
		const struct sym *s = sym_at(p, sym);
		const struct obj *o = s->kind == SYM_ADDR ? obj_at(p, s->a) : NULL;

		if (!o || (o->kind != OBJ_PTR && o->kind != OBJ_ELEM))
			return false;
		sym = o->a;
	}
	return sym == key;
}

char *armed_key(const struct family *f, int64_t offset)
{
	return g_strdup_printf("armed %u %lld", f->index, (long long)offset);
}

static bool reaches_into(struct fn *fn, const struct resource *armed, uint32_t key)
{
	return lies_in(fn->e->pool, armed->key, key) || (armed->with && lies_in(fn->e->pool, armed->with, key));
}

/* The first member's address is that of the memory. */
static bool armed_member(const struct fn *fn, const struct resource *armed, const struct deed *d, struct member *m)
{
	*m = (struct member){0};
	return armed->key == d->key || last_member(fn->e->pool, armed->key, m);
}

/* The same member, armed in another place: one call before the memory goes stops it for both. */
static bool told_of_member(struct fn *fn, const struct resource *armed, const struct deed *d, const struct report *r)
{
	struct origin at = r->elsewhere ? r->at : (struct origin){fn->index, r->ins};
	struct member m;

	return armed_member(fn, armed, d, &m) &&
	       !g_hash_table_add(fn->e->told, g_strdup_printf("armed %u %lld at %u %u", armed->family->index,
							      (long long)m.offset, at.function, at.ins));
}

static bool names_member(const struct slots *at, const struct member *m)
{
	if (at->member && m->name && strcmp(at->member, m->name) == 0)
		return true;
	for (unsigned int i = 0; i < at->all.n; i++)
		if (at->all.v[i].offset == m->offset)
			return true;
	return false;
}

/* Does the call stop a thing of the family that stands there? */
static bool stops(struct engine *e, const struct ir_function *f, const struct ir_ins *call, const struct family *family,
		  const struct member *m)
{
	const struct api *api = engine_api(e, call);

	const struct effect *x = api_releases(api, family);
	struct slots at;

	if (!x || x->at.root != PLACE_ARG || (uint32_t)x->at.arg >= call->n_args)
		return false;
	slots_of(e, f, call->args[x->at.arg], 0, &at);
	return names_member(&at, m);
}

/*
 * Is it stopped on some way through what runs here? Then a condition decides that this path does not know: six of
 * six such were none.
 */
static bool stopped_on_other_ways(struct fn *fn, const struct resource *armed, const struct deed *d)
{
	const struct ir_unit *u = fn->e->unit;
	bool *called = ARENA_ARRAY(fn->w.arena, bool, u->n_functions);
	struct member m;

	mark_called(u, fn->index, called);
	/* Known by a number, which stands anywhere. */
	if (!armed_member(fn, armed, d, &m))
		return one_calls_release(fn, called, armed->family);
	for (uint32_t i = 0; i < u->n_functions; i++)
		for (uint32_t k = 0; called[i] && k < u->functions[i].n_ins; k++)
			if (stops(fn->e, &u->functions[i], &u->functions[i].ins[k], armed->family, &m))
				return true;
	return false;
}

static void tell(struct fn *fn, const struct state *st, const struct resource *armed, const struct resource *memory,
		 const struct deed *d)
{
	const char *what = memory ? resource_text(fn, memory) : "";
	struct member m;
	struct report r = {.rule = armed->device ? "devm/order" : "free/use-after",
			   .confidence = !d->by_core && stopped_on_other_ways(fn, armed, d) ? CONF_LOW : CONF_MEDIUM,
			   .st = st,
			   .res = armed,
			   .ins = d->ins,
			   .elsewhere = d->at.ins != IR_NONE && !d->by_core,
			   .at = d->at,
			   .sibling_ins = IR_NONE,
			   .exit_kind = "armed",
			   .at_text = "freed here"};

	if (d->by_core) {
		r.elsewhere = true;
		r.at = armed->taken;
		r.at_text = "armed here";
	}
	r.message = arena_printf(fn->w.arena, "%s%s%s%s is freed by %s%s while the %s from %s() may still use it%s",
				 *what ? "'" : "", *what ? what : "memory", *what ? "'" : "", "", d->api,
				 d->by_core ? "" : "()", armed->family->noun, armed->acquire,
				 armed->device ? ": it is stopped only when the managed resources are released" : "");
	if (told_of_member(fn, armed, d, &r))
		return;
	fn_report(fn, &r);
	if (armed_member(fn, armed, d, &m))
		g_hash_table_add(fn->e->told, armed_key(armed->family, m.offset));
}

static void on_release(struct fn *fn, const struct state *st, const struct resource *res,
		       const struct family *const *families, unsigned int n, const struct deed *d)
{
	struct pmap_iter it;

	if (families[0]->kind != FAMILY_OWNED || !families[0]->dead_after_release ||
	    sym_at(fn->e->pool, d->key)->kind == SYM_CONST)
		return;
	for (pmap_first(&it, &st->res); pmap_next(&it);) {
		const struct resource *a = (const struct resource *)(uintptr_t)it.value;

		if (a->family->kind == FAMILY_ARMED && a->state == RES_OWNED && a->acquire_ins != IR_NONE &&
		    reaches_into(fn, a, d->key) && !(fn->harness && released_elsewhere(fn, st, a)))
			tell(fn, st, a, res, d);
	}
}

const struct check check_armed = {.name = "armed", .release = on_release};
