/* Releases that must not be: twice, of the wrong kind, of managed memory, of an error pointer. */
#include "check/checks.h"

#include <inttypes.h>
#include <string.h>

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

/* All of it before the reader's eyes: of what goes through callees, 3 of 11 were right. */
static bool seen_here(const struct fn *fn, const struct resource *res, const struct deed *d)
{
	return res->taken.function == fn->index && res->released.function == fn->index && d->at.function == fn->index;
}

/* Found somewhere in memory, and released by a callee: none of 4 was right. What lies there may have been exchanged. */
static bool found_by_callee(const struct fn *fn, const struct resource *res)
{
	return res->acquire_ins == IR_NONE && res->released.function != fn->index;
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
	     !sure || res->maybe || res->counted || d->maybe || found_by_callee(fn, res) ? CONF_LOW
	     : res->acquire_ins == IR_NONE || !seen_here(fn, res, d)			 ? CONF_MEDIUM
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
static bool done_elsewhere(const struct fn *fn, struct origin at)
{
	const struct ir_function *f = &fn->e->unit->functions[at.function];
	const struct ir_ins *in = at.ins < f->n_ins ? &f->ins[at.ins] : NULL;

	return in && in->op == IR_CALL && in->sym != IR_NONE && !fn->e->apis[in->sym] &&
	       !fn->e->unit->functions[in->sym].has_body;
}

/* Does this very file define the function? Its rule is for users: here it may release what is only half made. */
static bool defined_here(const struct fn *fn, uint32_t ins)
{
	const struct ir_ins *in = &fn->f->ins[ins];

	return in->op == IR_CALL && in->sym != IR_NONE && fn->e->apis[in->sym] &&
	       fn->e->unit->functions[in->sym].in_main_file && fn->e->unit->functions[in->sym].has_body;
}

static void wrong_kind(struct fn *fn, const struct state *st, const struct resource *res, const struct deed *d)
{
	tell(fn, st, res, "free/mismatch", CONF_HIGH, d,
	     arena_printf(fn->w.arena, "%s from %s() must be released by %s(), not %s()", res->family->noun,
			  res->acquire, res->family->release, d->api),
	     "wrong release here");
}

/* The object embedded in this memory has a reference count of its own by now: only its last put may free the memory. */
static void counted(struct fn *fn, const struct state *st, const struct family *const *families, unsigned int n,
		    const struct deed *d)
{
	struct pmap_iter it;

	/* A callback further down: the one that the last put runs. */
	if (d->at.function != fn->index && fn->e->unit->functions[d->at.function].address_taken &&
	    !fn->e->n_callers[d->at.function])
		return;
	for (pmap_first(&it, &st->res); pmap_next(&it);) {
		const struct resource *r = (const struct resource *)(uintptr_t)it.value;

		/* If a callee has dropped the first reference, the memory is gone already: wrong either way. */
		if ((r->state == RES_OWNED || (r->state == RES_ESCAPED && r->family->first)) &&
		    r->family->kind == FAMILY_REFERENCE && r->family->leaks && !r->mined && r->acquire_ins != IR_NONE &&
		    !r->device && sym_base(fn->e->pool, r->key) == d->key && !is_one_of(r->family, families, n))
			tell(fn, st, r, "free/mismatch", CONF_MEDIUM, d,
			     arena_printf(fn->w.arena,
					  "%s() frees memory with a live %s from %s(): %s() must release it", d->api,
					  r->family->noun, r->acquire, r->family->release),
			     "freed by hand here");
	}
}

/* Plain memory goes by the pointer that the allocator returned. */
static void moved(struct fn *fn, const struct state *st, const struct resource *res, const struct deed *d)
{
	int64_t from, to;

	if (d->at.function == fn->index &&
	    sym_split(fn->e->pool, res->key, &from) == sym_split(fn->e->pool, d->key, &to) && from != to)
		tell(fn, st, res, "free/mismatch", CONF_HIGH, d,
		     arena_printf(fn->w.arena, "%s() is given a pointer %" PRId64 " bytes %s what %s() returned",
				  d->api, to > from ? to - from : from - to, to > from ? "behind" : "in front of",
				  res->acquire),
		     "released here by a pointer that has been moved");
}

/* "2", "'&ctx[1]'", or "another value". */
static const char *argument_text(struct fn *fn, uint32_t value)
{
	const char *text;
	int64_t k;

	if (sym_is_const(fn->e->pool, value, &k))
		return k > 1 << 16 ? arena_printf(fn->w.arena, "%#" PRIx64, k)
				   : arena_printf(fn->w.arena, "%" PRId64, k);
	text = pool_text(fn->e->pool, fn->w.arena, value);
	return text ? arena_printf(fn->w.arena, "'%s'", text) : "another value";
}

/* The same computed with different constants: n * 8 and n * 16. */
static bool differ_by_constant(const struct pool *p, uint32_t a, uint32_t b)
{
	const struct sym *x = sym_at(p, a), *y = sym_at(p, b);
	int64_t k, l;

	return x->kind == SYM_OP && y->kind == SYM_OP && x->op == y->op && x->a == y->a &&
	       (x->op == IR_ADD || x->op == IR_SUB || x->op == IR_MUL || x->op == IR_SHL) &&
	       sym_is_const(p, x->b, &k) && sym_is_const(p, y->b, &l) && k != l;
}

/* Are the two never equal on this path? */
static bool differ(struct fn *fn, const struct state *st, uint32_t a, uint32_t b)
{
	struct pool *p = fn->e->pool;
	int64_t from, to;

	if (a == b)
		return false;
	if (sym_split(p, a, &from) == sym_split(p, b, &to) && from != to)
		return true;
	return differ_by_constant(p, a, b) || state_truth(&fn->w, st, sym_op(p, IR_EQ, a, b)) == 0;
}

/* Is it what taking the resource returned: how many there came to be, and not how many were asked for? */
static bool is_result(const struct fn *fn, const struct resource *res, uint32_t value)
{
	const struct sym *s = sym_at(fn->e->pool, value);

	return s->kind == SYM_FRESH && s->a == fn->index && s->b == res->acquire_ins &&
	       res->taken.function == fn->index && res->taken.ins == res->acquire_ins;
}

/* A callee that releases such things in several ways tells them apart by something that was not followed. */
static bool releases_variously(const struct fn *fn, const struct resource *res, uint32_t function)
{
	const struct ir_function *f = &fn->e->unit->functions[function];
	unsigned int n = 0;

	for (uint32_t i = 0; i < f->n_ins; i++) {
		const struct api *api =
			f->ins[i].op == IR_CALL && f->ins[i].sym != IR_NONE ? fn->e->apis[f->ins[i].sym] : NULL;

		for (unsigned int k = 0; api && k < api->n_effects; k++)
			n += api->effects[k].kind == EFFECT_RELEASE &&
			     is_one_of(res->family, api->effects[k].families, api->effects[k].n_families);
	}
	return n > 1;
}

/* Released by other arguments than it was taken by: a wrong size, another pool, another handler's cookie. */
static void disagreeing(struct fn *fn, const struct state *st, const struct resource *res, const struct deed *d)
{
	if (res->key == d->key && res->with && d->with &&
	    (d->at.function == fn->index || !releases_variously(fn, res, d->at.function)) &&
	    (differ(fn, st, res->with, d->with) || is_result(fn, res, d->with)))
		tell(fn, st, res, "free/mismatch", CONF_MEDIUM, d,
		     arena_printf(fn->w.arena, "%s() is given %s where %s() was given %s", d->api,
				  argument_text(fn, d->with), res->acquire, argument_text(fn, res->with)),
		     "released here by another argument");
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
		counted(fn, st, families, n, d);
	if (!res)
		return;
	if (d->rule && res->state != RES_RELEASED && res->acquire_ins != IR_NONE &&
	    is_one_of(res->family, families, n) && strcmp(res->family->resource, "memory") == 0)
		moved(fn, st, res, d);
	if (d->rule && res->state == RES_OWNED && res->acquire_ins != IR_NONE && is_one_of(res->family, families, n))
		disagreeing(fn, st, res, d);
	if (res->device && res->state == RES_OWNED) {
		if (res->family->kind == FAMILY_OWNED)
			managed(fn, st, res, d);
	} else if (!is_one_of(res->family, families, n) && res->state == RES_OWNED && res->acquire_ins != IR_NONE) {
		if (!done_elsewhere(fn, d->at) && !done_elsewhere(fn, res->taken) && !defined_here(fn, d->ins) &&
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
		tell(fn, &e->st, r, "free/unowned", CONF_LOW,
		     &(struct deed){.ins = r->release_ins, .at = {fn->index, r->release_ins}},
		     arena_printf(fn->w.arena, "%s%s%s%s is given back by %s() on a path that has not taken it by %s()",
				  r->family->noun, *what ? " of '" : "", what, *what ? "'" : "", r->release,
				  other->acquire),
		     "given back here");
}

/* The first reference, of which this release would have been the end; NULL: none of what is released is one. */
static const struct family *first_reference(const struct resource *r)
{
	for (unsigned int i = 0; r->families && i < r->n_families; i++)
		if (r->families[i]->first)
			return r->families[i];
	return NULL;
}

static const struct resource *initialised_elsewhere(struct fn *fn, const struct resource *r, const struct family *first)
{
	for (unsigned int i = 0; i < fn->exits.n; i++) {
		const struct resource *other = state_resource(&fn->exits.v[i].st, r->key, first);

		/* A callee that may be told to do so makes no difference between the paths that was followed. */
		if (other && other->acquire_ins != IR_NONE && other->taken.function == fn->index)
			return other;
	}
	return NULL;
}

/* A put of what lies in memory that this path has allocated and not come to initialise. */
static void uninitialised(struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	const struct family *first = first_reference(r);
	const struct sym *memory = sym_at(fn->e->pool, sym_base(fn->e->pool, r->key));
	const struct resource *other = first && memory->kind == SYM_FRESH && memory->a == fn->index
					       ? initialised_elsewhere(fn, r, first)
					       : NULL;

	if (other && !state_resource(&e->st, r->key, first))
		tell(fn, &e->st, r, "free/unowned", done_elsewhere(fn, other->taken) ? CONF_LOW : CONF_MEDIUM,
		     &(struct deed){.ins = r->release_ins, .at = {fn->index, r->release_ins}},
		     arena_printf(fn->w.arena, "%s() is given an object that %s() has not initialised on this path",
				  r->release, other->acquire),
		     "given here");
}

/* A count that an error path lowers without having raised it: the ladder was entered one step too early, or something
 * else has noted that it was raised (neither of two was right). */
static void release_exits(struct fn *fn)
{
	for (unsigned int i = 0; i < fn->exits.n; i++) {
		const struct fn_exit *e = &fn->exits.v[i];
		struct pmap_iter it;

		for (pmap_first(&it, &e->st.res); e->class == EXIT_ERROR && pmap_next(&it);) {
			const struct resource *r = (const struct resource *)(uintptr_t)it.value;

			if (r->state != RES_RELEASED || r->acquire_ins != IR_NONE || r->mined || r->inner)
				continue;
			if (r->family->kind == FAMILY_COUNT)
				unowned(fn, e, r);
			else if (r->family->kind == FAMILY_REFERENCE)
				uninitialised(fn, e, r);
		}
	}
}

const struct check check_release = {.name = "release", .exits = release_exits, .release = on_release};
