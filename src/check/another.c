/*
 * Managed by another device: what a driver ties to its device's parent stays when the driver is unbound, and the next
 * binding takes it anew.
 */
#include "check/checks.h"

#include <string.h>

/* Is the device one that a member of what probe was given leads to? */
static bool is_another_device(struct engine *e, uint32_t device)
{
	struct pool *p = e->pool;
	const struct sym *s = sym_at(p, sym_base(p, device));
	const struct obj *o = s->kind == SYM_INIT ? obj_at(p, s->a) : NULL;
	const char *name = o && o->kind == OBJ_PTR ? pool_place_name(p, sym_addr(p, s->a, s->k)) : NULL;

	return name && sym_at(p, sym_base(p, o->a))->kind == SYM_PARAM && model_leads_to_parent(e->model, name);
}

static void tell(struct fn *fn, const struct fn_exit *e, const struct harness *h, const struct resource *r)
{
	const char *device = pool_text(fn->e->pool, fn->w.arena, r->device);
	struct report rep = {.rule = "devm/lifetime",
			     .confidence = CONF_MEDIUM,
			     .st = &e->st,
			     .ins = e->ins,
			     .elsewhere = true,
			     .at = r->taken,
			     .exit_kind = "another",
			     .at_text = "taken here",
			     .resource = r->family->resource,
			     .acquire = r->acquire,
			     .release = r->family->release,
			     .expression = device ? device : "",
			     .since = IR_NONE,
			     .sibling_ins = IR_NONE};

	rep.message = arena_printf(fn->w.arena,
				   "%s from %s() is managed by another device%s%s%s: it stays when the %s is unbound, "
				   "and the next binding adds another one",
				   r->family->noun, r->acquire, device ? " ('" : "", device ? device : "",
				   device ? "')" : "", h->what);
	fn_report(fn, &rep);
}

static bool comes_first(const struct resource *r, const struct resource *first)
{
	return !first || r->order < first->order;
}

/* The first of them on any path; the others are the same mistake. */
static void judge(struct fn *fn, const struct harness *h)
{
	const struct resource *first = NULL;
	const struct fn_exit *at = NULL;

	for (unsigned int i = 0; i < fn->exits.n; i++) {
		struct pmap_iter it;

		for (pmap_first(&it, &fn->exits.v[i].st.res); pmap_next(&it);) {
			const struct resource *r = (const struct resource *)(uintptr_t)it.value;

			if (!r->device || r->action || !surely_taken(fn, r) || !comes_first(r, first) ||
			    !is_another_device(fn->e, r->device))
				continue;
			first = r;
			at = &fn->exits.v[i];
		}
	}
	if (first)
		tell(fn, at, h, first);
}

static void another_exits(struct fn *fn)
{
	for (unsigned int i = 0; i < fn->e->opt.n_harnesses; i++) {
		const struct harness *h = &fn->e->opt.harnesses[i];

		if (h->begin == fn->index && h->detach && !h->stays) {
			judge(fn, h);
			return;
		}
	}
}

const struct check check_another = {.name = "another", .exits = another_exits};
