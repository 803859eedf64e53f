/* Leaks: what another path of the same function says about this one. */
#include "check/leak.h"

/* Is the value what a call of this function returned, and of a type of which zero says failure: a pointer, a bool? */
static bool zero_is_failure(struct fn *fn, uint32_t value)
{
	const struct sym *s = sym_at(fn->e->pool, value);
	const struct ir_unit *u = fn->e->unit;
	uint32_t callee =
		s->kind == SYM_FRESH && s->a == fn->index && s->b < fn->f->n_ins ? fn->f->ins[s->b].sym : IR_NONE;

	const struct ir_type *t = callee == IR_NONE ? NULL : &u->types[u->functions[callee].type];

	return t && fn->f->ins[s->b].op == IR_CALL && (t->kind == IR_T_PTR || t->is_bool);
}

static bool is_code(struct range r)
{
	return r.lo == r.hi && r.lo > 0;
}

/* Does the way from the block come to the instruction without a choice? */
static bool leads_straight_to(const struct ir_function *f, uint32_t block, uint32_t ins)
{
	uint32_t to = ir_block_of(f, ins);

	for (uint32_t left = f->n_blocks; block != to && left; left--) {
		if (f->blocks[block].n_succ != 1)
			return false;
		block = f->blocks[block].succ[0];
	}
	return block == to;
}

/* Has the path been where it is decided whether the block runs? */
static bool passed_by(const struct fn *fn, const struct fn_exit *e, uint32_t block)
{
	const struct ir_block *b = &fn->f->blocks[block];

	for (const struct step *t = e->st.trace; t; t = t->before)
		for (uint32_t i = 0; t->kind != STEP_CALL && i < b->n_pred; i++)
			if (b->pred[i] == ir_block_of(fn->f, t->ins))
				return true;
	return false;
}

/* The other path has released it and makes that call after that: it is none that keeps or releases such things. */
static bool called_after_release(const struct fn *fn, const struct fn_exit *here, const struct resource *other,
				 uint32_t call)
{
	uint32_t block = ir_block_of(fn->f, other->release_ins);

	return other->release_ins < call && leads_straight_to(fn->f, block, call) && !passed_by(fn, here, block);
}

/*
 * Is what happened on the other path evidence for this one? Not if the resource was handed to a call that failed there
 * and did not fail here: callees that keep what they are given on success only are common.
 */
static bool comparable(struct fn *fn, const struct fn_exit *here, const struct resource *r, const struct fn_exit *there,
		       const struct resource *other)
{
	const struct sym *doubt = sym_at(fn->e->pool, r->doubt);
	struct range mine, theirs;

	if (r->doubt == 0)
		return true;
	/* Assembly (cmpxchg) took it or not, and said so in a way of its own. */
	if (doubt->b < fn->f->n_ins && fn->f->ins[doubt->b].op != IR_CALL)
		return false;
	/* Released by the very call that may keep it: that is no evidence that it never does. */
	if (doubt->b == other->release_ins)
		return false;
	if (called_after_release(fn, here, other, doubt->b))
		return true;
	/* Handed to that call there as well, as a test of its result says, and then to others. */
	if (other->doubt != r->doubt && !(other->doubt && pmap_get(&there->st.cons, r->doubt)))
		return false;
	mine = state_range(&fn->w, &here->st, r->doubt);
	theirs = state_range(&fn->w, &there->st, r->doubt);
	/* One of them asked for the one answer that tells the two apart ("not queued", "timed out"). */
	if ((theirs.lo != mine.lo || theirs.hi != mine.hi) && (is_code(theirs) || is_code(mine)))
		return false;
	if (theirs.hi < 0 && mine.hi >= 0)
		return false;
	/* It failed there and, for all that is known behind merged paths, not here. */
	return zero_is_failure(fn, r->doubt) ? !range_is_null(theirs) || range_is_null(mine)
					     : !theirs.not_zero || mine.not_zero;
}

static bool only_tests(const struct api *rule)
{
	for (unsigned int i = 0; i < rule->n_effects; i++)
		if (rule->effects[i].kind == EFFECT_RELEASE && rule->effects[i].when == WHEN_FAILURE)
			return true;
	return false;
}

const struct resource *leak_released_at(const struct fn_exit *there, const struct resource *r)
{
	const struct resource *other = state_resource(&there->st, r->key, r->family);

	return other && other->acquire_ins == r->acquire_ins && other->state == RES_RELEASED &&
			       other->release_ins != IR_NONE && other->release_ins != r->acquire_ins
		       ? other
		       : NULL;
}

/* A test says that such a thing was never there. */
static bool found_missing(const struct resource *r)
{
	return r->state == RES_RELEASED && r->rule && only_tests(r->rule);
}

/* Does the path end because another of the kind could not be had? They are taken in a row, and whoever has them
 * recorded gives back those that came before. */
static bool next_is_missing(const struct fn_exit *here, const struct resource *r)
{
	struct pmap_iter it;

	for (pmap_first(&it, &here->st.res); pmap_next(&it);) {
		const struct resource *next = (const struct resource *)(uintptr_t)it.value;

		if (next->family == r->family && next->key != r->key && found_missing(next))
			return true;
	}
	return false;
}

static const struct resource *undone_at(struct fn *fn, const struct fn_exit *here, const struct resource *r,
					const struct fn_exit *there)
{
	const struct resource *other = leak_released_at(there, r);

	if (!other)
		return NULL;
	/* It undid what that round of a loop had taken, which says nothing of the rounds before. */
	if (r->again && !other->again && !leak_begins_lifecycle(fn))
		return NULL;
	/* That it was never there says nothing of who has to give it back after a success. */
	if (found_missing(other) && (here->class != EXIT_ERROR || next_is_missing(here, r)))
		return NULL;
	return comparable(fn, here, r, there, other) ? other : NULL;
}

/* A path of the same function on which the same acquisition was undone; one that fails is the better witness. */
struct sibling leak_sibling(struct fn *fn, const struct fn_exit *here, const struct resource *r)
{
	struct sibling best = {0};

	for (unsigned int i = 0; i < fn->exits.n; i++) {
		const struct fn_exit *e = &fn->exits.v[i];
		const struct resource *other = undone_at(fn, here, r, e);

		if (other && e->class == EXIT_ERROR)
			return (struct sibling){.exit = e, .res = other};
		if (other && !best.exit)
			best = (struct sibling){.exit = e, .res = other};
	}
	return best;
}

/* The step by which the path left for where it ends. */
static const struct step *last_choice(const struct fn_exit *e)
{
	const struct step *t = e->st.trace;

	while (t && t->kind == STEP_CALL)
		t = t->before;
	return t && t->kind == STEP_BRANCH ? t : NULL;
}

/* Locks, messages, and what gives something back: nobody takes over from here. */
static bool hands_nothing_on(struct fn *fn, const struct ir_ins *call)
{
	const struct api *api = engine_api(fn->e, call);

	if (call->op != IR_CALL)
		return true;
	if (call->sym == IR_NONE)
		return false;
	for (unsigned int i = 0; api && i < api->n_effects; i++)
		if (api->effects[i].kind != EFFECT_RELEASE)
			return false;
	return api || fn->e->contexts[call->sym] || model_borrows(fn->e->model, fn->e->unit->functions[call->sym].name);
}

/* From that choice on, does the path do no more than leave? Not if the other way leads to the same end. */
static bool leaves_at_once(struct fn *fn, const struct step *choice, uint32_t exit)
{
	const struct ir_function *f = fn->f;
	const struct ir_block *chosen = &f->blocks[ir_block_of(f, choice->ins)];
	uint32_t block = chosen->succ[choice->way], last = ir_block_of(f, exit);

	if (!leads_straight_to(f, block, exit) ||
	    (chosen->n_succ == 2 && leads_straight_to(f, chosen->succ[!choice->way], exit)))
		return false;
	for (;; block = f->blocks[block].succ[0]) {
		for (uint32_t i = f->blocks[block].first; i < f->blocks[block].first + f->blocks[block].n; i++)
			if (!hands_nothing_on(fn, &f->ins[i]))
				return false;
		if (block == last)
			return true;
	}
}

/* What a call answered decides, and it is no failure: it may have taken over. */
static bool answered_well(struct fn *fn, const struct fn_exit *e, uint32_t cond)
{
	const struct sym *s = cond ? sym_at(fn->e->pool, cond) : NULL;

	if (!s)
		return false;
	if (s->kind == SYM_OP)
		return answered_well(fn, e, s->a) || answered_well(fn, e, s->b);
	return s->kind == SYM_FRESH && !range_is_error(state_range(&fn->w, &e->st, cond));
}

/*
 * A function that cannot say that it failed breaks off: before it comes to the release, and because of what it has read
 * or of a call that failed, it does nothing any more but leave.
 */
bool leak_breaks_off(struct fn *fn, const struct fn_exit *e, const struct resource *r, const struct sibling *s)
{
	const struct step *choice = last_choice(e);

	return e->class == EXIT_VOID && s->exit && choice && e->ins < s->res->release_ins &&
	       r->taken.function == fn->index && s->res->released.function == fn->index &&
	       choice->ins > r->acquire_ins && leaves_at_once(fn, choice, e->ins) &&
	       !answered_well(fn, e, choice->cond);
}

/* That another success has given it back says nothing if a call has failed there that has not here. */
bool leak_undone_at_other(struct fn *fn, const struct fn_exit *here, const struct resource *r, enum exit_class class)
{
	for (unsigned int i = 0; i < fn->exits.n; i++) {
		const struct fn_exit *there = &fn->exits.v[i];

		if (there->class == class && undone_at(fn, here, r, there) &&
		    (class == EXIT_ERROR || !leak_other_failure(fn, there, here, r, false)))
			return true;
	}
	return false;
}

/* Has the other path, too, kept it where this one does (and cleared the place after the release)? */
static bool stored_there(struct fn *fn, const struct fn_exit *here, const struct resource *r,
			 const struct fn_exit *there)
{
	struct pool *p = fn->e->pool;
	struct pmap_iter it;

	for (pmap_first(&it, &here->st.mem); pmap_next(&it);) {
		uint32_t value = (uint32_t)pmap_get(&there->st.mem, it.key);

		if (sym_base(p, (uint32_t)it.value) == r->key && value &&
		    sym_from_caller(p, sym_addr(p, mem_obj(it.key), mem_offset(it.key))) &&
		    (sym_at(p, value)->kind == SYM_CONST || sym_base(p, value) == r->key))
			return true;
	}
	return false;
}

/*
 * On the other path it was released before anybody outside could see it, here it hangs in a structure of the caller's:
 * whoever looks after that structure may look after it.
 */
bool leak_stored_since(struct fn *fn, const struct fn_exit *e, const struct reach *reach, const struct resource *r,
		       const struct sibling *s)
{
	return leak_is_holding(fn, r) && reach_has(reach, r->key) && !leak_begins_lifecycle(fn) &&
	       !stored_there(fn, e, r, s->exit) &&
	       !reach_has(reach_compute(fn, &s->exit->st, s->exit->ret, false), r->key);
}
