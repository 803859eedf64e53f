/*
 * How sure a leak is. Each doubt has its measure: of findings that were drawn at random and read, how many of the kind
 * were right.
 */
#include "check/leak.h"
#include "engine/armed.h"

#include <string.h>

bool leak_is_overwrite(const struct resource *r)
{
	return r->lost_ins != IR_NONE && (r->family->kind == FAMILY_OWNED || r->family->kind == FAMILY_REFERENCE);
}

/* A guessed pair whose first half can be read and takes nothing that is known: some register is written. */
static bool written_here(const struct fn *fn, const struct resource *r)
{
	const struct ir_ins *in = &fn->f->ins[r->acquire_ins];

	return r->mined && !r->family->counted && in->op == IR_CALL && in->sym != IR_NONE &&
	       fn->e->unit->functions[in->sym].has_body;
}

static bool is_memory(const struct family *f)
{
	return strcmp(f->resource, "memory") == 0;
}

/* A pointer that is NULL or an error, a number that is not 0; if `answers` count, a bool that is false. */
static bool says_failure(const struct fn *fn, uint32_t call, struct range v, bool answers)
{
	uint32_t type = fn->f->ins[call].type;
	const struct ir_type *t = type != IR_NONE ? &fn->e->unit->types[type] : NULL;

	if (!t || (t->is_bool && !answers))
		return false;
	return t->kind == IR_T_PTR || t->is_bool ? range_is_null(v) || range_is_error(v)
						 : t->kind == IR_T_INT && (v.not_zero || v.lo > 0 || v.hi < 0);
}

/* The same error code may stand for many failures. */
bool leak_other_failure(const struct fn *fn, const struct fn_exit *here, const struct fn_exit *there,
			const struct resource *r, bool answers)
{
	struct pmap_iter it;

	for (pmap_first(&it, &here->st.cons); pmap_next(&it);) {
		uint32_t call = fn_call_of(fn, (uint32_t)it.key);
		const struct range *other = (const struct range *)(uintptr_t)pmap_get(&there->st.cons, it.key);

		if (call != IR_NONE && call > r->acquire_ins &&
		    says_failure(fn, call, *(const struct range *)(uintptr_t)it.value, answers) &&
		    !(other && says_failure(fn, call, *other, answers)))
			return true;
	}
	return false;
}

/* Does a path that leaves with the same failure not hold it any more? Then something unseen decides. Among what is
 * unwound, what paths disagree on has only been lost sight of. */
static bool decided_unseen(const struct fn *fn, const struct fn_exit *here, const struct resource *r, bool unwound)
{
	for (unsigned int i = 0; i < fn->exits.n; i++) {
		const struct fn_exit *e = &fn->exits.v[i];
		const struct resource *other =
			e->ins == here->ins && e->ret == here->ret ? state_resource(&e->st, r->key, r->family) : NULL;

		if (other && other->acquire_ins == r->acquire_ins && !leak_other_failure(fn, here, e, r, true) &&
		    (other->state == RES_RELEASED || (other->state == RES_ESCAPED && !unwound)))
			return true;
	}
	return false;
}

/* The test that the release of the other path stands behind, and nothing else; NULL: there is none. */
static const struct ir_block *guard_of(const struct fn *fn, const struct sibling *s)
{
	const struct ir_function *f = fn->f;
	const struct ir_block *b = s->res ? &f->blocks[ir_block_of(f, s->res->release_ins)] : NULL;

	return b && b->n_pred == 1 ? &f->blocks[b->pred[0]] : NULL;
}

bool asks_for_result(const struct pool *p, uint32_t cond)
{
	const struct sym *s = cond ? sym_at(p, cond) : NULL;

	if (!s || s->kind != SYM_OP)
		return s && s->kind == SYM_FRESH;
	return asks_for_result(p, s->a) || asks_for_result(p, s->b);
}

/* Has this path been at that test, which looks at what is kept somewhere, not at how a call ended? Then merging may
 * have lost which way it goes. */
static bool passed_guard(const struct fn *fn, const struct fn_exit *e, const struct sibling *s)
{
	const struct ir_block *guard = guard_of(fn, s);

	for (const struct step *t = guard ? e->st.trace : NULL; t; t = t->before)
		if (t->kind == STEP_BRANCH && t->ins == guard->first + guard->n - 1 &&
		    !asks_for_result(fn->e->pool, t->cond))
			return true;
	return false;
}

/* Does another path show that it is this function's to give back, and none that this failure is no reason to? */
static bool witnessed(const struct fn *fn, const struct fn_exit *e, const struct resource *r, const struct sibling *s)
{
	enum family_kind k = r->family->kind;

	/* Counts of what the caller has: whoever has the object may drop them. */
	if (r->left || ((k == FAMILY_REFERENCE || k == FAMILY_COUNT) && sym_from_caller(fn->e->pool, r->key)))
		return false;
	return (s->exit || s->counterpart || s->unwound || k == FAMILY_REGISTERED) &&
	       !decided_unseen(fn, e, r, s->unwound) && !passed_guard(fn, e, s);
}

/* The function succeeds, on a path that was not merged with others, and the last that points to it is gone. */
static bool plainly_lost(const struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	return e->class == EXIT_SUCCESS_CLASS && r->family->kind == FAMILY_OWNED && !is_memory(r->family) &&
	       !r->looped && !pmap_get(&e->st.blurred, r->acquire_ins + 1) && !decided_unseen(fn, e, r, false);
}

/*
 * A callee took it, which is one approximation, and either the function succeeds or the paths since then have been
 * merged, which is another. One in four of these was right, and where there are witnesses, two in three. A callee that
 * failed and left it has done so before any merging.
 */
static bool taken_out_of_sight(const struct fn *fn, const struct fn_exit *e, const struct resource *r,
			       const struct sibling *s)
{
	return r->taken.function != fn->index &&
	       (e->class != EXIT_ERROR
			? !s->refused && !plainly_lost(fn, e, r)
			: (!r->left && pmap_get(&e->st.blurred, r->acquire_ins + 1) && !witnessed(fn, e, r, s)));
}

/* A callee took memory or a reference and hung it into what the caller passed; that another path gives it back does not
 * say that this one should: two in nine were right. */
static bool kept_by_callee(struct fn *fn, const struct fn_exit *e, const struct resource *r, const struct sibling *s)
{
	return r->taken.function != fn->index && s->exit && e->class == EXIT_ERROR && leak_is_holding(fn, r) &&
	       !leak_begins_lifecycle(fn) && reach_has(reach_compute(fn, &e->st, e->ret, true), r->key);
}

/* Is it switched on, and left so? Then it is needed, though nobody here will ever give it back. */
static bool is_in_use(const struct state *st, const struct resource *r)
{
	struct pmap_iter it;

	for (pmap_first(&it, &st->res); pmap_next(&it);) {
		const struct resource *on = (const struct resource *)(uintptr_t)it.value;

		if (on->key == r->key && on != r && on->state == RES_OWNED && on->family->kind == FAMILY_COUNT)
			return true;
	}
	return false;
}

/*
 * After a success, what is in use is held. References are seldom; of the others 11 of 13 were in use unseen, but not of
 * those that were taken and forgotten plainly, once, that have one owner, and that failures do not give back either.
 */
static bool may_be_in_use(struct fn *fn, const struct fn_exit *e, const struct resource *r, const struct sibling *s)
{
	enum family_kind k = r->family->kind;

	if (is_memory(r->family))
		return true;
	return e->class == EXIT_SUCCESS_CLASS && (k == FAMILY_OWNED || k == FAMILY_COUNT) &&
	       !(!s->exit && leak_is_holding(fn, r) && r->taken.function == fn->index &&
		 !fn_in_loop(fn, r->acquire_ins) && !r->family->handed_on &&
		 !pmap_get(&e->st.blurred, r->acquire_ins + 1));
}

/* A reference to what was there before, in which it may be for another who holds it: none of 6 was right. */
static bool is_for_another(struct fn *fn, const struct resource *r)
{
	return r->family->kind == FAMILY_REFERENCE && !r->family->first && r->taken.function == fn->index &&
	       !leak_is_holding(fn, r);
}

/* Has the call released a thing of the family on this path, one that is known? */
static bool released_by(const struct state *st, uint32_t ins, const struct family *f)
{
	struct pmap_iter it;

	for (pmap_first(&it, &st->res); pmap_next(&it);) {
		const struct resource *r = (const struct resource *)(uintptr_t)it.value;

		if (r->family == f && r->state == RES_RELEASED && r->release_ins == ins)
			return true;
	}
	return false;
}

/* Does the callee give back such a thing on some way that ends like this? */
static bool gives_back_so(const struct summary *s, enum exit_class class, const struct family *f)
{
	for (unsigned int i = 0; i < s->cases.n; i++)
		for (unsigned int k = 0; s->cases.v[i].class == class && k < s->cases.v[i].resources.n; k++)
			if (releases_one_of(&s->cases.v[i].resources.v[k], f))
				return true;
	return false;
}

/* After it was taken, the path has called a function of the file that gives back such things, and none is known to have
 * gone: it may have found this one by another name. */
static bool perhaps_given_back(const struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	for (const struct step *t = e->st.trace; t && t->ins != r->acquire_ins; t = t->before) {
		const struct ir_ins *in = &fn->f->ins[t->ins];
		const struct summary *s = t->kind == STEP_CALL && in->op == IR_CALL && in->sym != IR_NONE
						  ? engine_summary(fn->e, in->sym)
						  : NULL;

		if (s && t->way && t->way <= s->cases.n && !engine_api(fn->e, in) &&
		    gives_back_so(s, s->cases.v[t->way - 1].class, r->family) &&
		    !released_by(&e->st, t->ins, r->family))
			return true;
	}
	return false;
}

/* Has the path since given back such a thing that it has not taken, found in memory where this one may stand as well
 * (an element of a ring, counted back to)? */
static bool found_and_given_back(const struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	struct pmap_iter it;

	for (pmap_first(&it, &e->st.res); pmap_next(&it);) {
		const struct resource *other = (const struct resource *)(uintptr_t)it.value;

		if (other->family == r->family && other->state == RES_RELEASED && other->acquire_ins == IR_NONE &&
		    other->release_ins >= r->acquire_ins && sym_at(fn->e->pool, other->key)->kind == SYM_INIT)
			return true;
	}
	return false;
}

/* Does the value come from a call that was made after it was taken, and do the constraints say that it failed? */
static bool failed_by(struct fn *fn, const struct fn_exit *e, const struct resource *r, const struct pmap *cons)
{
	struct pmap_iter it;

	for (pmap_first(&it, cons); pmap_next(&it);) {
		uint32_t call = fn_call_of(fn, (uint32_t)it.key);

		if (call == IR_NONE || call <= r->acquire_ins)
			continue;
		if ((uint32_t)it.key == e->ret ||
		    says_failure(fn, call, *(const struct range *)(uintptr_t)it.value, true))
			return true;
	}
	return false;
}

/* Has a call failed after it was taken, as what is known at the end says or a test on the way? */
static bool fails_since(struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	if (failed_by(fn, e, r, &e->st.cons))
		return true;
	for (const struct step *t = e->st.trace; t; t = t->before) {
		struct state st = e->st;

		if (t->kind != STEP_BRANCH || t->ins <= r->acquire_ins)
			continue;
		st.cons = (struct pmap){0};
		if (state_assume(&fn->w, &st, t->cond, t->way == 0) && failed_by(fn, e, r, &st.cons))
			return true;
	}
	return false;
}

/*
 * Where another path that ends like this one gives it back, the author has thought of that, and one that does not is
 * mostly one that cannot be or that has handed it on: of memory taken here one in 13 was right, of pointers overwritten
 * none of 3. Where nobody does, four of five were right. What only a success gives back has been thought of less.
 */
static bool thought_of(struct fn *fn, const struct fn_exit *e, const struct resource *r, const struct sibling *s)
{
	if (!s->exit || s->exit->class != e->class)
		return false;
	return leak_is_overwrite(r) || (r->family->plain && r->taken.function == fn->index && !fails_since(fn, e, r));
}

/* Where it hangs now, in an object of the caller's, there was nothing, as a test on the way says: it is made once, at
 * the first use, and goes with the object (two of six were right). */
static bool made_at_first_use(struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	struct pool *p = fn->e->pool;
	struct pmap_iter it;

	for (pmap_first(&it, &e->st.cons); pmap_next(&it);) {
		const struct sym *before = sym_at(p, (uint32_t)it.key);
		uint32_t where, now;

		if (before->kind != SYM_INIT || !range_is_null(*(const struct range *)(uintptr_t)it.value))
			continue;
		where = sym_addr(p, before->a, before->k);
		now = (uint32_t)pmap_get(&e->st.mem, mem_key(before->a, before->k));
		if (now && sym_base(p, now) == r->key && sym_from_caller(p, where))
			return true;
	}
	return false;
}

/* Nothing that a device holds before it has a name is lost with managed memory. */
static bool in_managed_memory(const struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	uint32_t base = sym_base(fn->e->pool, r->key);
	struct pmap_iter it;

	for (pmap_first(&it, &e->st.res); r->family->first && pmap_next(&it);) {
		const struct resource *around = (const struct resource *)(uintptr_t)it.value;

		if (around->key == base && around->device && around->family->kind == FAMILY_OWNED)
			return true;
	}
	return false;
}

/* What a callee has set going is soon over, and the object outlives this failure: none of 4 was right. */
static bool soon_over(const struct fn *fn, const struct resource *r)
{
	return r->family->brief && r->taken.function != fn->index;
}

/* What lasts as long as the binding, taken again by a callback that begins none (a resume): whoever ends the binding
 * gives it back, once. None of 3 was right. */
static bool left_to_binding(const struct fn *fn, const struct resource *r)
{
	const struct engine *e = fn->e;
	bool *begins, *later;

	if (!r->family->bound)
		return false;
	begins = ARENA_ARRAY(fn->w.arena, bool, e->unit->n_functions + 1);
	later = ARENA_ARRAY(fn->w.arena, bool, e->unit->n_functions + 1);
	for (unsigned int i = 0; i < e->opt.n_harnesses; i++) {
		const struct harness *h = &e->opt.harnesses[i];

		mark_called(e->unit, h->begin, h->detach || h->module ? begins : later);
	}
	for (unsigned int i = 0; i < e->opt.n_repeated; i++)
		mark_called(e->unit, e->opt.repeated[i].function, later);
	return later[fn->index] && !begins[fn->index];
}

/*
 * How sure. Measured by judging findings in drivers: what is taken, kept and forgotten before the reader's eyes is
 * mostly right; where a callee takes or releases it, the pointer to it has been moved on, or the function succeeds,
 * something has often been overlooked. Memory that lives on after a success is in use, unless another success releases
 * it.
 */
enum confidence leak_sureness(struct fn *fn, const struct fn_exit *e, const struct resource *r, const struct sibling *s,
			      enum confidence at_most)
{
	if ((r->spared && !r->torn) || written_here(fn, r) || taken_out_of_sight(fn, e, r, s) ||
	    kept_by_callee(fn, e, r, s) || thought_of(fn, e, r, s) || leak_skipped(fn, e, r) || is_for_another(fn, r) ||
	    (!r->torn && (perhaps_given_back(fn, e, r) || found_and_given_back(fn, e, r))) ||
	    made_at_first_use(fn, e, r) || in_managed_memory(fn, e, r) || soon_over(fn, r) || left_to_binding(fn, r))
		return CONF_LOW;
	/* One of six: what holds it besides has mostly been overlooked. A loop that drops one each time round is surer.
	 */
	if (leak_is_overwrite(r))
		return r->again ? at_most : MIN(at_most, CONF_MEDIUM);
	if (e->class == EXIT_SUCCESS_CLASS && is_in_use(&e->st, r))
		return CONF_LOW;
	if (e->class != EXIT_ERROR && may_be_in_use(fn, e, r, s) && !leak_undone_at_other(fn, e, r, e->class))
		return CONF_LOW;
	if (e->class != EXIT_ERROR || r->torn || (s->exit && !fails_since(fn, e, r)) || s->refused ||
	    r->taken.function != fn->index || r->lost_ins != IR_NONE ||
	    (s->res && s->res->released.function != fn->index))
		return MIN(at_most, CONF_MEDIUM);
	return at_most;
}
