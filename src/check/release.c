/* Releases that must not be: twice, of the wrong kind, of managed memory, of an error pointer. */
#include "check/checks.h"

static bool is_one_of(const struct family *f, const struct family *const *families, unsigned int n)
{
	for (unsigned int i = 0; i < n; i++)
		if (families[i] == f)
			return true;
	return false;
}

/* The managed twin of a release (devm_kfree) names the device that manages. */
static bool is_managed_release(const struct api *rule)
{
	for (unsigned int i = 0; rule && i < rule->n_effects; i++)
		if (rule->effects[i].kind == EFFECT_RELEASE && rule->effects[i].device.root != PLACE_NONE)
			return true;
	return false;
}

static void tell(struct fn *fn, const struct state *st, const struct resource *res, const char *rule, enum confidence c,
		 const struct deed *d, const char *message, const char *at)
{
	struct report r = {.rule = rule,
			   .confidence = c,
			   .st = st,
			   .res = res,
			   .ins = d->ins,
			   .elsewhere = d->at.ins != IR_NONE,
			   .at = d->at,
			   .message = message,
			   .sibling_ins = IR_NONE,
			   .exit_kind = "release",
			   .at_text = at};

	fn_report(fn, &r);
}

static void twice(struct fn *fn, const struct state *st, const struct resource *res, const struct deed *d)
{
	const char *what = resource_text(fn, res);
	bool sure = res->family->kind == FAMILY_OWNED;

	/* The same instruction again is a loop whose element could not be told apart. */
	if (res->release_ins == d->ins || res->release_ins == IR_NONE || res->mined ||
	    res->family->kind == FAMILY_ARMED)
		return;
	/* What a global leads to (the first of a list) may be another thing by now. */
	if (res->acquire_ins == IR_NONE && (!sure || sym_from_global(fn->e->pool, res->key)))
		return;
	/* Somebody has been given another reference to it. */
	if (pmap_get(&st->given, res->key) & GIVEN_CERTAIN)
		return;
	tell(fn, st, res, "free/double",
	     !sure || res->maybe || d->maybe ? CONF_LOW
	     : res->acquire_ins == IR_NONE   ? CONF_MEDIUM
					     : CONF_HIGH,
	     d,
	     arena_printf(fn->w.arena, "%s%s%s%s is released again by %s() after %s()", res->family->noun,
			  *what ? " '" : "", what, *what ? "'" : "", d->api, res->release),
	     "released again here");
}

/* The function that releases it wrongly here has the right release, too: it tells the two apart by something that was
 * not followed (a size, a flag). */
static bool knows_better(const struct fn *fn, const struct resource *res, uint32_t function)
{
	const struct ir_function *f = &fn->e->unit->functions[function];

	for (uint32_t i = 0; i < f->n_ins; i++) {
		const struct api *api =
			f->ins[i].op == IR_CALL && f->ins[i].sym != IR_NONE ? fn->e->apis[f->ins[i].sym] : NULL;

		for (unsigned int k = 0; api && k < api->n_effects; k++)
			if (api->effects[k].kind == EFFECT_RELEASE &&
			    is_one_of(res->family, api->effects[k].families, api->effects[k].n_families))
				return true;
	}
	return false;
}

/* Is it done by a call of which only a summary from another unit is known? What is told apart there is not seen here.
 */
static bool done_elsewhere(const struct fn *fn, uint32_t ins)
{
	const struct ir_ins *in = &fn->f->ins[ins];

	return in->op == IR_CALL && in->sym != IR_NONE && !fn->e->apis[in->sym] &&
	       !fn->e->unit->functions[in->sym].has_body;
}

static void wrong_kind(struct fn *fn, const struct state *st, const struct resource *res, const struct deed *d)
{
	tell(fn, st, res, "free/mismatch", CONF_HIGH, d,
	     arena_printf(fn->w.arena, "%s from %s() must be released by %s(), not %s()", res->family->noun,
			  res->acquire, res->family->release, d->api),
	     "wrong release here");
}

/* The object embedded in this memory has a reference count of its own by now: only its last put may free the memory. */
static void counted(struct fn *fn, const struct state *st, const struct deed *d)
{
	struct pmap_iter it;

	/* A callback further down: the one that the last put runs. */
	if (d->at.function != fn->index && fn->e->unit->functions[d->at.function].address_taken &&
	    !fn->e->n_callers[d->at.function])
		return;
	for (pmap_first(&it, &st->res); pmap_next(&it);) {
		const struct resource *r = (const struct resource *)(uintptr_t)it.value;

		if (r->state == RES_OWNED && r->family->kind == FAMILY_REFERENCE && !r->mined &&
		    r->acquire_ins != IR_NONE && !r->device && sym_base(fn->e->pool, r->key) == d->key)
			tell(fn, st, r, "free/mismatch", CONF_MEDIUM, d,
			     arena_printf(fn->w.arena,
					  "%s() frees memory with a live %s from %s(): %s() must release it", d->api,
					  r->family->noun, r->acquire, r->family->release),
			     "freed by hand here");
	}
}

static void managed(struct fn *fn, const struct state *st, const struct resource *res, const struct deed *d)
{
	if (is_managed_release(d->rule))
		tell(fn, st, res, "devm/explicit-free", CONF_LOW, d,
		     arena_printf(fn->w.arena,
				  "%s from %s() is released by hand with %s(): the device releases it by itself",
				  res->family->noun, res->acquire, d->api),
		     "released by hand here");
	else
		tell(fn, st, res, "free/managed", CONF_HIGH, d,
		     arena_printf(fn->w.arena,
				  "%s from %s() is managed by its device: %s() here means that it is released twice",
				  res->family->noun, res->acquire, d->api),
		     "released by hand here");
}

static void error_pointer(struct fn *fn, const struct state *st, const struct family *f, const struct deed *d)
{
	struct resource r = {.key = d->key,
			     .family = f,
			     .acquire_ins = IR_NONE,
			     .release_ins = IR_NONE,
			     .lost_ins = IR_NONE,
			     .acquire = "",
			     .release = d->api};

	tell(fn, st, &r, "free/err-ptr", CONF_HIGH, d,
	     arena_printf(fn->w.arena, "%s() is given an error pointer on this path", d->api),
	     "error pointer released here");
}

static void on_release(struct fn *fn, const struct state *st, const struct resource *res,
		       const struct family *const *families, unsigned int n, const struct deed *d)
{
	struct range v = state_range(&fn->w, st, d->key);

	/* What another unit's function releases by following a member, it may have cleared the member of. */
	if (d->inner || (res && res->inner))
		return;
	if (families[0]->kind == FAMILY_OWNED && range_is_error(v) && sym_at(fn->e->pool, d->key)->kind != SYM_CONST &&
	    d->rule && d->arg != ARG_IN_CALLEE && !(d->rule->err_ok >> d->arg & 1)) {
		error_pointer(fn, st, families[0], d);
		return;
	}
	if (range_is_null(v) || range_is_error(v) || d->by_core)
		return;
	if (families[0]->dead_after_release && d->rule)
		counted(fn, st, d);
	if (!res)
		return;
	if (res->device && res->state == RES_OWNED) {
		if (res->family->kind == FAMILY_OWNED)
			managed(fn, st, res, d);
	} else if (!is_one_of(res->family, families, n) && res->state == RES_OWNED && res->acquire_ins != IR_NONE) {
		if (!done_elsewhere(fn, d->ins) && !done_elsewhere(fn, res->acquire_ins) &&
		    (d->at.function == fn->index || !knows_better(fn, res, d->at.function)))
			wrong_kind(fn, st, res, d);
	} else if (res->state == RES_RELEASED && is_one_of(res->family, families, n))
		twice(fn, st, res, d);
}

/* On another path the same release gives back what had been taken there. */
static const struct resource *taken_elsewhere(struct fn *fn, const struct resource *r)
{
	for (unsigned int i = 0; i < fn->exits.n; i++) {
		const struct resource *other = state_resource(&fn->exits.v[i].st, r->key, r->family);

		if (other && other->acquire_ins != IR_NONE && other->state == RES_RELEASED &&
		    other->release_ins == r->release_ins)
			return other;
	}
	return NULL;
}

/* Giving back on a path that succeeds without having taken: the function switches both ways. */
static bool only_gives_back(struct fn *fn, const struct resource *r)
{
	for (unsigned int i = 0; i < fn->exits.n; i++) {
		const struct resource *other = state_resource(&fn->exits.v[i].st, r->key, r->family);

		if (fn->exits.v[i].class != EXIT_ERROR && other && other->acquire_ins == IR_NONE &&
		    other->state == RES_RELEASED)
			return true;
	}
	return false;
}

static void unowned(struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	const struct resource *other = taken_elsewhere(fn, r);
	const char *what = resource_text(fn, r);

	if (other && !only_gives_back(fn, r))
		tell(fn, &e->st, r, "free/unowned", r->released.function == fn->index ? CONF_MEDIUM : CONF_LOW,
		     &(struct deed){.ins = r->release_ins, .at = {fn->index, r->release_ins}},
		     arena_printf(fn->w.arena, "%s%s%s%s is given back by %s() on a path that has not taken it by %s()",
				  r->family->noun, *what ? " of '" : "", what, *what ? "'" : "", r->release,
				  other->acquire),
		     "given back here");
}

/* A count that an error path lowers without having raised it: the ladder was entered one step too early. */
static void release_exits(struct fn *fn)
{
	for (unsigned int i = 0; i < fn->exits.n; i++) {
		const struct fn_exit *e = &fn->exits.v[i];
		struct pmap_iter it;

		for (pmap_first(&it, &e->st.res); e->class == EXIT_ERROR && pmap_next(&it);) {
			const struct resource *r = (const struct resource *)(uintptr_t)it.value;

			if (r->state == RES_RELEASED && r->acquire_ins == IR_NONE && !r->mined && !r->inner &&
			    r->family->kind == FAMILY_COUNT)
				unowned(fn, e, r);
		}
	}
}

const struct check check_release = {.name = "release", .exits = release_exits, .release = on_release};
