/* Leaks that are none: who gives it back all the same, or has noted that it is held. */
#include "check/checks.h"
#include "check/leak.h"

#include <string.h>

/* A pointer read from the object is returned (a device's driver data): the reference goes with it. */
bool leak_goes_with_result(const struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	return e->ret && r->family->kind == FAMILY_REFERENCE && fn->e->unit->types[fn->f->type].kind == IR_T_PTR &&
	       e->class == EXIT_SUCCESS_CLASS && sym_derives(fn->e->pool, e->ret, r->key);
}

static bool calls(const struct ir_unit *u, uint32_t function, const char *name)
{
	const struct ir_function *f = &u->functions[function];

	for (uint32_t i = 0; i < f->n_ins; i++)
		if (f->ins[i].op == IR_CALL && f->ins[i].sym != IR_NONE &&
		    strcmp(u->functions[f->ins[i].sym].name, name) == 0)
			return true;
	return false;
}

/* The callback that undoes what this one does gives things of the kind back: then whoever fails half-way should, too.
 */
bool leak_undone_at_end(struct fn *fn, const struct resource *r)
{
	for (unsigned int i = 0; i < fn->e->opt.n_harnesses; i++) {
		const struct harness *h = &fn->e->opt.harnesses[i];
		const struct summary *s;

		if (h->begin != fn->index || h->ends_anyway || h->end == IR_NONE)
			continue;
		s = r->mined ? NULL : engine_summary(fn->e, h->end);
		if (r->mined ? calls(fn->e->unit, h->end, r->family->release) : s && summary_gives_back(s, r->family))
			return true;
	}
	return false;
}

/* What the function of this unit does whose address the value is; NULL: it is none. */
static const struct summary *function_at(struct fn *fn, uint32_t value)
{
	uint32_t f;

	return sym_is_function(fn->e->pool, value, &f) && fn->e->unit->functions[f].has_body ? engine_summary(fn->e, f)
											     : NULL;
}

/* Memory is told apart by where it is kept, everything else by what it is. */
static bool ends(struct fn *fn, const struct state *st, const struct summary *s, const struct resource *r)
{
	struct pmap_iter it;
	struct member m;

	if (!s || !summary_gives_back(s, r->family))
		return false;
	if (r->family->kind != FAMILY_OWNED ||
	    (last_member(fn->e->pool, r->key, &m) && summary_releases(fn, s, r->family, m)))
		return true;
	for (pmap_first(&it, &st->mem); pmap_next(&it);)
		if (sym_base(fn->e->pool, (uint32_t)it.value) == r->key &&
		    summary_releases(fn, s, r->family, member_at(fn->e->pool, it.key)))
			return true;
	return false;
}

bool undone_by_destructor(struct fn *fn, const struct state *st, const struct resource *r)
{
	struct pmap_iter it;

	for (pmap_first(&it, &st->mem); pmap_next(&it);) {
		uint32_t where = sym_addr(fn->e->pool, mem_obj(it.key), mem_offset(it.key));
		const char *member = pool_place_name(fn->e->pool, where);

		if (member && model_sounds_final(fn->e->model, member) && sym_from_caller(fn->e->pool, where) &&
		    !sym_from_global(fn->e->pool, where) && ends(fn, st, function_at(fn, (uint32_t)it.value), r))
			return true;
	}
	return false;
}

/*
 * A function of other files' use fails and leaves running what its counterpart stops: hardly anybody calls that for
 * what did not succeed, and nobody calls foo_unregister() if foo_register() has failed, whatever is left.
 */
bool leak_left_to_counterpart(struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	const struct ir_unit *u = fn->e->unit;

	if (fn->f->is_static || fn->e->n_callers[fn->index] || sym_from_global(fn->e->pool, r->key) ||
	    r->family->kind == FAMILY_REFERENCE ||
	    (r->family->kind != FAMILY_ARMED && !model_sounds_whole(fn->e->model, fn->f->name)))
		return false;
	for (uint32_t i = 0; i < u->n_functions; i++)
		if (u->functions[i].in_main_file && u->functions[i].has_body &&
		    model_is_pair(fn->e->model, fn->f->name, u->functions[i].name) &&
		    ends(fn, &e->st, engine_summary(fn->e, i), r))
			return true;
	return false;
}

/* Does another function of this file, for other files' use, give that back? Then whoever called this one may call that,
 * whether this one has failed or not. */
bool leak_left_to_others(struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	const struct ir_unit *u = fn->e->unit;

	for (uint32_t i = 0; i < u->n_functions; i++)
		if (i != fn->index && u->functions[i].in_main_file && u->functions[i].has_body &&
		    !u->functions[i].is_static && ends(fn, &e->st, engine_summary(fn->e, i), r))
			return true;
	return false;
}

/* Will a managed action release one of its kind when the device goes, as it does after a failed probe? */
bool leak_undone_by_action(struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	struct pmap_iter it;

	for (pmap_first(&it, &e->st.res); r->family->kind != FAMILY_OWNED && pmap_next(&it);) {
		const struct resource *a = (const struct resource *)(uintptr_t)it.value;

		const struct summary *s = a->action && a->state == RES_OWNED ? function_at(fn, a->action) : NULL;

		if (s && summary_gives_back(s, r->family))
			return true;
	}
	return false;
}

bool leak_holds(const struct fn_exit *e, const struct resource *r)
{
	const struct resource *here = state_resource(&e->st, r->key, r->family);

	return here && here->state == RES_OWNED;
}

/* Is everything held that is held after a success? */
static bool holds_all(const struct fn *fn, const struct fn_exit *here)
{
	for (unsigned int i = 0; i < fn->exits.n; i++) {
		const struct fn_exit *e = &fn->exits.v[i];
		struct pmap_iter it;

		for (pmap_first(&it, &e->st.res); e->class == EXIT_SUCCESS_CLASS && pmap_next(&it);) {
			const struct resource *r = (const struct resource *)(uintptr_t)it.value;

			if (r->state == RES_OWNED && r->acquire_ins != IR_NONE && !r->mined && !r->device &&
			    !leak_holds(here, r))
				return false;
		}
	}
	return true;
}

/*
 * The callback that undoes what this one does runs after its failures as well (suspend, after a failed resume), and
 * finds all that it gives back after a success: giving it back here as well would be once too often.
 */
bool leak_left_for_end(struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	for (unsigned int i = 0; i < fn->e->opt.n_harnesses; i++) {
		const struct harness *h = &fn->e->opt.harnesses[i];
		const struct summary *s = h->begin == fn->index && h->ends_anyway && h->end != IR_NONE
						  ? engine_summary(fn->e, h->end)
						  : NULL;

		if (s && summary_gives_back(s, r->family) && holds_all(fn, e))
			return true;
	}
	return false;
}

/*
 * This path counts down what it has not counted up, by a pointer read from some object: two names of one thing (the
 * device, and the device that an element of a ring points back to).
 */
bool leak_counted_down(const struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	struct pmap_iter it;

	for (pmap_first(&it, &e->st.res); r->family->kind == FAMILY_COUNT && pmap_next(&it);) {
		const struct resource *other = (const struct resource *)(uintptr_t)it.value;

		if (other->family == r->family && other->state == RES_RELEASED && other->acquire_ins == IR_NONE &&
		    sym_at(fn->e->pool, other->key)->kind == SYM_INIT)
			return true;
	}
	return false;
}

/*
 * Failing and succeeding leave by the same way, holding the same, and a flag outside says so: what is held is meant to
 * be, whatever the result that is passed on.
 */
bool leak_noted_in_flag(struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	struct pool *p = fn->e->pool;
	bool succeeds = false;
	struct pmap_iter it;
	int64_t flag;

	for (unsigned int i = 0; i < fn->exits.n && !succeeds; i++)
		succeeds = fn->exits.v[i].ins == e->ins && fn->exits.v[i].class == EXIT_SUCCESS_CLASS &&
			   leak_holds(&fn->exits.v[i], r);
	for (pmap_first(&it, &e->st.mem); succeeds && pmap_next(&it);)
		if (sym_is_const(p, (uint32_t)it.value, &flag) && flag == 1 &&
		    sym_from_caller(p, sym_addr(p, mem_obj(it.key), mem_offset(it.key))))
			return true;
	return false;
}
