/* Leaks that are none: what the callers of a function give back after it has failed, in whatever file they are. */
#include "check/leak.h"
#include "engine/aftermath.h"

#include <string.h>

enum { MAX_LINKS = 4 };

/* By its rule, with what this function was called with, or whichever there are. */
static bool api_ends(struct fn *fn, const struct api *api, const struct after *x, const struct resource *r)
{
	const struct effect *by = api_releases(api, r->family);
	const struct sym *key = sym_at(fn->e->pool, r->key);

	if (!by)
		return false;
	return by->at.root == PLACE_ANY || (by->at.root == PLACE_ARG && by->at.arg == x->arg && !by->at.deref &&
					    !by->at.field && key->kind == SYM_PARAM && key->a == (uint32_t)x->of);
}

/* A caller drops the counts that it has taken by itself. */
static bool is_counted(const struct resource *r)
{
	return r->family->kind == FAMILY_COUNT || r->family->kind == FAMILY_REFERENCE;
}

static bool call_ends(struct fn *fn, const struct fn_exit *e, const struct after *x, const struct resource *r)
{
	const struct api *api = model_api(fn->e->model, x->name);

	if (r->mined && strcmp(x->name, r->family->release) == 0)
		return true;
	if (api)
		return !is_counted(r) && api_ends(fn, api, x, r);
	return x->function != IR_NONE && leak_ended_in(fn, e, x->function, r);
}

/* Is it of the family, and kept at that member of some object? A count only if the path has put it there. */
static bool release_ends(struct fn *fn, const struct fn_exit *e, const struct after *x, const struct resource *r)
{
	const struct api *by = model_api(fn->e->model, x->name);
	struct pmap_iter it;
	struct member m;

	if (by ? !api_releases(by, r->family) : strcmp(x->name, r->family->name) != 0)
		return false;
	if (!is_counted(r) && last_member(fn->e->pool, r->key, &m) && same_member(&m, &x->member))
		return true;
	for (pmap_first(&it, &e->st.mem); pmap_next(&it);) {
		m = member_at(fn->e->pool, it.key);
		if (sym_base(fn->e->pool, (uint32_t)it.value) == r->key && same_member(&m, &x->member))
			return true;
	}
	return false;
}

/* What drops a count may drop another than this function's, unless it is its counterpart. */
static enum by_callers undone_by(struct fn *fn, const struct fn_exit *e, const struct after *x,
				 const struct resource *r)
{
	switch (x->kind) {
	case AFTER_CALLS:
		if (!call_ends(fn, e, x, r))
			return BY_CALLERS_NO;
		return is_counted(r) && !model_is_pair(fn->e->model, fn->f->name, x->name) ? BY_CALLERS_PERHAPS
											   : BY_CALLERS_YES;
	case AFTER_RELEASES:
		return release_ends(fn, e, x, r) ? BY_CALLERS_YES : BY_CALLERS_NO;
	case AFTER_GOES_ON:
		return r->family->kind != FAMILY_REFERENCE &&
				       (leak_left_to_others(fn, e, r) || leak_undone_by_itself(fn, r))
			       ? BY_CALLERS_PERHAPS
			       : BY_CALLERS_NO;
	default:
		return BY_CALLERS_NO;
	}
}

/* A function, or a slot, by which the kernel begins a lifecycle of this file: nobody cleans up behind it. */
static bool begins_lifecycle(const struct fn *fn, const char *name)
{
	const char *dot = strchr(name, '.');

	for (unsigned int i = 0; i < fn->e->opt.n_harnesses; i++) {
		const struct harness *h = &fn->e->opt.harnesses[i];

		if (!h->ends_anyway &&
		    strcmp(dot ? dot + 1 : name, dot ? h->begin_slot : fn->e->unit->functions[h->begin].name) == 0)
			return true;
	}
	return false;
}

static enum by_callers undone_after(struct fn *fn, const struct fn_exit *e, const struct aftermath *m,
				    const struct resource *r, unsigned int links)
{
	enum by_callers best = BY_CALLERS_NO;

	for (unsigned int i = 0; m && i < m->all.n && best != BY_CALLERS_YES; i++) {
		const struct after *x = &m->all.v[i];
		enum by_callers by = undone_by(fn, e, x, r);

		if (x->kind == AFTER_CALLERS && links < MAX_LINKS && !begins_lifecycle(fn, x->name))
			by = undone_after(fn, e, aftermath_named(fn->e, x->name), r, links + 1);
		best = MAX(best, by);
	}
	return best;
}

enum by_callers leak_undone_by_callers(struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	/* Whom the kernel calls nobody cleans up behind. */
	if (r->lost_ins != IR_NONE || leak_begins_lifecycle(fn))
		return BY_CALLERS_NO;
	return undone_after(fn, e, aftermath_of(fn->e, fn->index), r, 0);
}
