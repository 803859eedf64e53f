/*
 * Pairs nobody wrote a rule for: two functions whose names are counterparts (foo_create/foo_destroy), both called in
 * the function at hand. A call of the first takes something, a call of the second gives it back; whether leaving
 * without it is worth a finding is decided by the sibling paths (Hector: Saha et al., DSN 2013; check/leak.c).
 */
#include "engine/fn.h"

#include <string.h>

/* What a rule describes, or the borrowers name, is no guess. */
static bool is_described(const struct engine *e, uint32_t callee)
{
	return e->apis[callee] || model_borrows(e->model, e->unit->functions[callee].name);
}

/* Does the function, or what it calls at once, drop a count that it asks about? Then it gives back a reference, as
 * surely as one that a rule names. */
static bool drops_count(const struct engine *e, uint32_t function, int depth)
{
	const struct ir_function *f = &e->unit->functions[function];

	for (uint32_t i = 0; i < f->n_ins; i++) {
		uint32_t callee = f->ins[i].op == IR_CALL ? f->ins[i].sym : IR_NONE;

		if (callee != IR_NONE && ((e->contexts[callee] && e->contexts[callee]->tests_count) ||
					  (depth < 2 && drops_count(e, callee, depth + 1))))
			return true;
	}
	return false;
}

static struct mined_pair *pair_for(struct engine *e, uint32_t acquire, uint32_t release)
{
	struct mined_pair *p;

	for (unsigned int i = 0; i < e->mined.n; i++)
		if (e->mined.v[i]->acquire == acquire && e->mined.v[i]->release == release)
			return e->mined.v[i];
	p = ARENA_NEW(e->arena, struct mined_pair);
	p->acquire = acquire;
	p->release = release;
	p->family = (struct family){.name = "mined",
				    .resource = "other",
				    .noun = arena_printf(e->arena, "effect of %s()", e->unit->functions[acquire].name),
				    .release = e->unit->functions[release].name,
				    .kind = FAMILY_COUNT,
				    .leaks = true,
				    .leak_at_root = false,
				    .counted = drops_count(e, release, 0),
				    .index = model_n_families(e->model) + e->mined.n};
	vec_push(e->arena, &e->mined, p);
	return p;
}

struct callees {
	struct pmap seen;
	VEC(uint32_t) all;
};

static void collect_callees(struct fn *fn, uint32_t function, struct callees *out)
{
	const struct ir_function *f = &fn->e->unit->functions[function];

	for (uint32_t i = 0; i < f->n_ins; i++) {
		uint32_t callee = f->ins[i].op == IR_CALL ? f->ins[i].sym : IR_NONE;

		if (callee == IR_NONE || pmap_get(&out->seen, callee) || is_described(fn->e, callee))
			continue;
		pmap_put(fn->w.arena, &out->seen, callee, 1);
		vec_push(fn->w.arena, &out->all, callee);
	}
}

static bool does_nothing(struct engine *e, uint32_t function)
{
	const struct summary *s = engine_summary(e, function);

	return s && summary_does_nothing(s);
}

/*
 * Nothing comes of the first half that could be left undone, or the second undoes nothing. What a function of another
 * unit does to that unit's own variables nobody remembers: there, both must do nothing.
 */
static bool is_idle(struct engine *e, uint32_t acquire, uint32_t release)
{
	const struct summary *first = engine_summary(e, acquire);

	if (first && summary_initialises(e->pool, first))
		return true;
	return does_nothing(e, release) && (e->unit->functions[release].has_body || does_nothing(e, acquire));
}

/* The second half may also stand in the callback that undoes what this one does. */
void mine_pairs(struct fn *fn)
{
	struct engine *e = fn->e;
	struct callees callees = {0};
	unsigned int n_own;

	collect_callees(fn, fn->index, &callees);
	n_own = callees.all.n;
	for (unsigned int i = 0; i < e->opt.n_harnesses; i++)
		if (e->opt.harnesses[i].begin == fn->index && e->opt.harnesses[i].end != IR_NONE)
			collect_callees(fn, e->opt.harnesses[i].end, &callees);
	for (unsigned int r = 0; r < callees.all.n; r++) {
		const char *release = e->unit->functions[callees.all.v[r]].name;

		for (unsigned int a = 0; a < n_own; a++)
			if (a != r && !model_sounds_like_release(e->model, e->unit->functions[callees.all.v[a]].name) &&
			    model_is_pair(e->model, e->unit->functions[callees.all.v[a]].name, release) &&
			    !is_idle(e, callees.all.v[a], callees.all.v[r]))
				vec_push(fn->w.arena, &fn->pairs, pair_for(e, callees.all.v[a], callees.all.v[r]));
	}
}

static void take(struct fn *fn, struct state *st, const struct call *c, const struct mined_pair *p, uint32_t key)
{
	resource_acquire(fn, st, &p->family,
			 &(struct deed){.key = key,
					.ins = c->ins,
					.at = {fn->index, c->ins},
					.api = call_name(fn, c->callee),
					.spared = model_sounds_weak(fn->e->model, call_name(fn, c->callee)),
					.mined = true});
}

/* The pointer that the call returns, else its first argument that is no constant, else the call itself. */
static uint32_t key_of(struct fn *fn, const struct call *c, uint32_t ret)
{
	const struct ir_type *t = &fn->e->unit->types[fn->e->unit->functions[c->callee].type];

	if (t->kind == IR_T_PTR && ret)
		return ret;
	for (uint32_t i = 0; i < c->n_args; i++)
		if (sym_at(fn->e->pool, c->args[i])->kind != SYM_CONST)
			return c->args[i];
	return sym_const(fn->e->pool, c->callee);
}

static unsigned int count_numbers(const struct ir_unit *u, const struct ir_function *f)
{
	unsigned int n = 0;

	for (uint32_t i = 0; f->param_types && i < f->n_params; i++)
		n += f->param_types[i] != IR_NONE && u->types[f->param_types[i]].kind == IR_T_INT;
	return n;
}

/* It returns the number of what it has taken, which the second half gets: 0 may be one of them, or none. */
static bool returns_index(const struct ir_unit *u, const struct mined_pair *p)
{
	const struct ir_function *a = &u->functions[p->acquire];
	const struct ir_type *t = &u->types[a->type];

	return t->kind == IR_T_INT && !t->is_signed && !t->is_bool &&
	       count_numbers(u, &u->functions[p->release]) > count_numbers(u, a);
}

/* What a call returns that has taken nothing, by the type of its result: an error code, false, a status that is not
 * zero.
 */
static bool failure_range(const struct ir_type *t, struct range *failed, struct range *ok)
{
	static const struct range zero = {0, 0, false};

	*ok = zero;
	if (t->kind != IR_T_INT)
		return false;
	if (t->is_bool) {
		*failed = zero;
		*ok = (struct range){1, 1, true};
	} else if (t->is_signed) {
		*failed = (struct range){-4095, -1, true};
	} else {
		*failed = (struct range){1, INT64_MAX, true};
	}
	return true;
}

static void mined_acquire(struct fn *fn, const struct call *c, const struct mined_pair *p, struct outcomes *out)
{
	const struct ir_type *t = &fn->e->unit->types[fn->e->unit->functions[c->callee].type];
	unsigned int n = out->all.n;
	struct range fails, succeeds;

	for (unsigned int i = 0; i < n; i++) {
		struct outcome o = out->all.v[i], failed = o;
		uint32_t key = key_of(fn, c, o.ret);

		if (returns_index(fn->e->unit, p))
			continue;
		if (o.ret && failure_range(t, &fails, &succeeds)) {
			bool may_fail = state_narrow(&fn->w, &failed.st, o.ret, fails);

			if (!state_narrow(&fn->w, &o.st, o.ret, succeeds))
				continue;
			if (may_fail)
				vec_push(fn->w.arena, &out->all, failed);
		}
		take(fn, &o.st, c, p, key);
		out->all.v[i] = o;
	}
}

/* What had not been taken here is given back for a while (a key is unlocked): taking it again restores that. */
static void given_back_for_now(struct fn *fn, const struct call *c, const struct mined_pair *p, struct state *st)
{
	struct resource r = {.key = key_of(fn, c, 0),
			     .family = &p->family,
			     .state = RES_RELEASED,
			     .acquire_ins = IR_NONE,
			     .release_ins = c->ins,
			     .lost_ins = IR_NONE,
			     .taken = {fn->index, IR_NONE},
			     .released = {fn->index, c->ins},
			     .acquire = "",
			     .release = p->family.release,
			     .mined = true};

	if (!state_resource(st, r.key, r.family))
		state_set_resource(&fn->w, st, r);
}

static void mined_release(struct fn *fn, const struct call *c, const struct mined_pair *p, struct state *st)
{
	struct pmap_iter it;
	bool matched = false, any = false;

	for (pmap_first(&it, &st->res); pmap_next(&it);) {
		struct resource r = *(const struct resource *)(uintptr_t)it.value;

		if (r.family != &p->family || r.state != RES_OWNED)
			continue;
		any = true;
		for (uint32_t i = 0; i < c->n_args; i++)
			matched |= c->args[i] == r.key;
		/* Another argument than was taken: it may be the same thing under another name. */
		r.state = matched || c->n_args == 0 ? RES_RELEASED : RES_ESCAPED;
		r.count = 0;
		r.release_ins = c->ins;
		r.released = (struct origin){fn->index, c->ins};
		state_set_resource(&fn->w, st, r);
	}
	if (!any)
		given_back_for_now(fn, c, p, st);
}

/* Does the function, or what it calls, call that one? */
static bool calls(const struct fn *fn, uint32_t function, uint32_t wanted, struct pmap *seen)
{
	const struct ir_function *f = &fn->e->unit->functions[function];

	if (pmap_get(seen, function))
		return false;
	pmap_put(fn->w.arena, seen, function, 1);
	for (uint32_t i = 0; i < f->n_ins; i++)
		if (f->ins[i].op == IR_CALL && f->ins[i].sym != IR_NONE &&
		    (f->ins[i].sym == wanted || calls(fn, f->ins[i].sym, wanted, seen)))
			return true;
	return false;
}

/* Given back inside a callee: whether that is this one, nobody can tell. */
static void released_inside(struct fn *fn, const struct mined_pair *p, struct state *st)
{
	struct pmap_iter it;

	for (pmap_first(&it, &st->res); pmap_next(&it);) {
		struct resource r = *(const struct resource *)(uintptr_t)it.value;

		if (r.family != &p->family || r.state != RES_OWNED)
			continue;
		r.state = RES_ESCAPED;
		state_set_resource(&fn->w, st, r);
	}
}

void mine_call(struct fn *fn, const struct call *c, struct outcomes *out, bool callee_known)
{
	for (unsigned int k = 0; k < fn->pairs.n; k++) {
		const struct mined_pair *p = fn->pairs.v[k];

		if (p->acquire == c->callee && !callee_known)
			mined_acquire(fn, c, p, out);
		if (p->release == c->callee)
			for (unsigned int i = 0; i < out->all.n; i++)
				mined_release(fn, c, p, &out->all.v[i].st);
		else if (c->callee != IR_NONE && p->acquire != c->callee &&
			 calls(fn, c->callee, p->release, &(struct pmap){0}))
			for (unsigned int i = 0; i < out->all.n; i++)
				released_inside(fn, p, &out->all.v[i].st);
	}
}
