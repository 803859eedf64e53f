/*
 * Leaks: what is owned when a function is left and nobody outside can release.
 *
 * What nothing outside reaches is lost for certain. What the caller can still reach (a clock of its device enabled,
 * memory stored in its structure) is a leak of this function when a sibling path undoes it before failing, when the
 * callback that undoes what this one does gives such things back, or when nobody above could know: the function is a
 * callback, or one for other files' use that registers or enables something, and fails.
 */
#include "check/leak.h"
#include "check/checks.h"

#include <string.h>

/* The call that may have kept it got no more than the object that it hangs in, and failed: it kept nothing. */
static bool kept_by_nobody(struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	struct range v = state_range(&fn->w, &e->st, r->doubt);

	return r->deep && !r->mined && e->class == EXIT_ERROR && fn_call_of(fn, r->doubt) != IR_NONE &&
	       (range_is_error(v) || (v.not_zero && e->ret == r->doubt));
}

/* Does the kernel call it to begin something, so that after a failure nobody else can know what it took? */
bool leak_begins_lifecycle(const struct fn *fn)
{
	for (unsigned int i = 0; i < fn->e->opt.n_harnesses; i++)
		if (fn->e->opt.harnesses[i].begin == fn->index && !fn->e->opt.harnesses[i].ends_anyway)
			return fn->e->n_callers[fn->index] == 0;
	return false;
}

/* Is the resource named by what taking it returned? Then losing that value is losing the resource. */
bool leak_is_holding(struct fn *fn, const struct resource *r)
{
	const struct sym *s = sym_at(fn->e->pool, r->key);

	return (r->family->kind == FAMILY_OWNED || r->family->kind == FAMILY_REFERENCE) && s->kind == SYM_FRESH &&
	       s->a == fn->index && s->b == r->acquire_ins;
}

/* The kernel has the address of what is registered: the memory that it is a part of is not lost; nor is that itself,
 * unless the function fails and forgets both. */
static bool part_is_registered(struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	struct pmap_iter it;

	for (pmap_first(&it, &e->st.res); r->family->kind == FAMILY_OWNED && pmap_next(&it);) {
		const struct resource *part = (const struct resource *)(uintptr_t)it.value;

		if (part->state == RES_OWNED && part->acquire_ins != IR_NONE && !part->mined && !part->device &&
		    part->family->kind == FAMILY_REGISTERED && (part->key != r->key || e->class != EXIT_ERROR) &&
		    sym_base(fn->e->pool, part->key) == r->key)
			return true;
	}
	return false;
}

/* Can somebody outside still get at what would have to be released? */
static bool visible(struct fn *fn, const struct fn_exit *e, const struct reach *reach, const struct resource *r)
{
	const struct sym *s = sym_at(fn->e->pool, sym_base(fn->e->pool, r->key));

	if (part_is_registered(fn, e, r) || reach_has(reach, r->key) || sym_from_caller(fn->e->pool, r->key))
		return true;
	if (leak_is_holding(fn, r))
		return false;
	/* An object that came from a call without a rule can be had again by the same call. */
	if (s->kind == SYM_FRESH && s->a == fn->index && s->b < fn->f->n_ins) {
		const struct ir_ins *in = &fn->f->ins[s->b];

		return in->op != IR_CALL || in->sym == IR_NONE || !fn->e->apis[in->sym];
	}
	return s->kind != SYM_ADDR;
}

/* Only where failures can be told from successes is one success evidence about another. */
static bool returns_errno(const struct fn *fn)
{
	for (unsigned int i = 0; i < fn->exits.n; i++)
		if (fn->exits.v[i].class == EXIT_ERROR)
			return true;
	return false;
}

/* Error codes that the path has tested for (-EINPROGRESS, -EBUSY with a backlog): the author knows that they are no
 * failures. Of a call whose body is not known, only tests can have told some codes from others. */
static bool singled_out(struct fn *fn, const struct fn_exit *e)
{
	struct range r = e->ret ? state_range(&fn->w, &e->st, e->ret) : range_any;
	const struct sym *s = e->ret ? sym_at(fn->e->pool, e->ret) : NULL;
	uint32_t call, callee;

	if (!s || s->kind == SYM_CONST)
		return false;
	if (r.lo == r.hi)
		return true;
	call = fn_call_of(fn, e->ret);
	if (call == IR_NONE)
		return false;
	callee = fn->f->ins[call].sym;
	return (callee == IR_NONE || !fn->e->summaries[callee]) && r.hi < 0 && r.lo >= -4095 &&
	       (r.lo > -4095 || r.hi < -1);
}

/*
 * A failing callback (static, without callers in sight) that holds a count or registration on one failure and not on
 * another: who calls it sees an error code either way and cannot undo what only sometimes was done.
 */
static bool cannot_be_undone_above(struct fn *fn, const struct resource *r)
{
	enum family_kind k = r->family->kind;

	if (!fn->f->is_static || fn->e->n_callers[fn->index] || sym_from_global(fn->e->pool, r->key) ||
	    !r->family->leak_at_root || r->family->managed_with || (k != FAMILY_COUNT && k != FAMILY_REGISTERED) ||
	    r->taken.function != fn->index)
		return false;
	for (unsigned int i = 0; i < fn->exits.n; i++)
		if (fn->exits.v[i].class == EXIT_ERROR && !state_resource(&fn->exits.v[i].st, r->key, r->family))
			return true;
	return false;
}

/*
 * A function of other files' use that registers or enables what the caller named and fails: its caller, told of a
 * failure, has no reason to undo it. What hangs in a structure may be looked after with the structure.
 */
static bool left_to_strangers(struct fn *fn, const struct resource *r)
{
	enum family_kind k = r->family->kind;

	return !fn->f->is_static && !fn->e->n_callers[fn->index] && r->family->leak_at_root &&
	       !r->family->managed_with && (k == FAMILY_COUNT || k == FAMILY_REGISTERED) &&
	       !sym_from_global(fn->e->pool, r->key) && r->taken.function == fn->index;
}

static bool kept_in_static(struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	const struct ir_unit *u = fn->e->unit;
	bool kept = false;
	struct pmap_iter it;

	for (pmap_first(&it, &e->st.mem); pmap_next(&it);) {
		const struct obj *o = obj_at(fn->e->pool, mem_obj(it.key));

		if (sym_base(fn->e->pool, (uint32_t)it.value) != r->key || o->kind == OBJ_LOCAL)
			continue;
		if (o->kind != OBJ_GLOBAL || !u->globals[o->a].is_static)
			return false;
		kept = true;
	}
	return kept;
}

/* Only this file's functions could give back what hangs in a static variable of its own, and none of them ever gives
 * anything of the kind back. */
static bool nobody_gives_back(struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	if (fn->e->unit->n_left_out || r->mined || !leak_is_holding(fn, r) || !kept_in_static(fn, e, r))
		return false;
	for (uint32_t i = 0; i < fn->e->unit->n_functions; i++) {
		bool own = fn->e->unit->functions[i].in_main_file && !engine_harness(fn->e, i);
		const struct summary *s = own ? engine_summary(fn->e, i) : NULL;

		if (s && summary_gives_back(s, r->family))
			return false;
	}
	return true;
}

/* Is it known to have succeeded where the function is left at another place? Then it has been asked whether it did. */
static bool succeeded_at_other(struct fn *fn, const struct fn_exit *here, uint32_t result)
{
	for (unsigned int i = 0; i < fn->exits.n; i++)
		if (fn->exits.v[i].ins != here->ins && state_range(&fn->w, &fn->exits.v[i].st, result).lo >= 0)
			return true;
	return false;
}

/* pm_runtime_get_sync() and its like: the call failed, says this path or one of those that were merged into it, and
 * what it has taken all the same is held. */
static bool taken_by_failing_call(struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	struct pmap_iter it;

	if (r->taken.function != fn->index || r->again)
		return false;
	for (pmap_first(&it, &e->st.cons); pmap_next(&it);) {
		const struct sym *s = sym_at(fn->e->pool, (uint32_t)it.key);
		const struct range *v = (const struct range *)(uintptr_t)it.value;

		if (s->kind == SYM_FRESH && s->a == fn->index && s->b == r->acquire_ins && (uint32_t)s->k == 0 &&
		    v->lo < 0 && v->lo >= -4095 && (v->hi < 0 || succeeded_at_other(fn, e, (uint32_t)it.key)))
			return true;
	}
	return false;
}

/* Taken by a callee, whose result it is. */
static bool handed_over(struct fn *fn, const struct resource *r)
{
	const struct ir_unit *u = fn->e->unit;
	uint32_t callee = fn->f->ins[r->acquire_ins].sym;

	return leak_is_holding(fn, r) && callee != IR_NONE && u->types[u->functions[callee].type].kind == IR_T_PTR;
}

/*
 * Does the path undo what was taken before, and what is kept after a success as this is? Who would look after this one
 * would have to look after that, too.
 */
static bool forgotten_in_unwinding(struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	if ((r->taken.function != fn->index && !handed_over(fn, r)) || fn_in_loop(fn, r->acquire_ins) ||
	    !r->family->leak_at_root || r->family->kind == FAMILY_REFERENCE)
		return false;
	for (unsigned int i = 0; i < fn->exits.n; i++) {
		const struct fn_exit *kept = &fn->exits.v[i];
		struct pmap_iter it;

		if (kept->class != EXIT_SUCCESS_CLASS || !leak_holds(kept, r))
			continue;
		for (pmap_first(&it, &e->st.res); pmap_next(&it);) {
			const struct resource *x = (const struct resource *)(uintptr_t)it.value;

			/* With an object that ends goes what is only a state of it. */
			if (x->state == RES_RELEASED && x->acquire_ins < r->acquire_ins && !x->mined && !x->device &&
			    x->key != r->key && leak_holds(kept, x))
				return true;
		}
	}
	return false;
}

/* A guess is believed if a path that fails undoes it, too; or any path, if what undoes it drops a count. */
static bool is_witness(const struct resource *r, const struct sibling *s)
{
	return !r->mined || r->family->counted || s->exit->class == EXIT_ERROR;
}

/* Of what a path that fails leaves behind where the caller can reach it: is it this function's to give back, though no
 * other path shows it? */
static bool left_after_failure(struct fn *fn, const struct fn_exit *e, const struct resource *r, struct sibling *s,
			       enum confidence *sure)
{
	bool strangers = left_to_strangers(fn, r);

	*s = (struct sibling){.counterpart = !r->mined && leak_left_to_counterpart(fn, e, r)};
	if (r->family->kind != FAMILY_OWNED && leak_begins_lifecycle(fn)) {
		bool at_end = leak_undone_at_end(fn, r);

		s->counterpart |= at_end;
		if (at_end || (!r->mined && r->family->leak_at_root))
			return true;
	}
	if (r->mined || s->counterpart || nobody_gives_back(fn, e, r))
		return !r->mined;
	if ((strangers || cannot_be_undone_above(fn, r)) && !leak_left_for_end(fn, e, r)) {
		/* Who calls a function of other files' use may call another of them after it: one in four was right.
		 * And whoever finds it in the caller's object may end it there. */
		if (leak_published(fn, e, r) || leak_left_to_others(fn, e, r))
			*sure = CONF_LOW;
		return true;
	}
	/* Where paths have been merged, what was undone may be what this path had taken. */
	if (pmap_get(&e->st.blurred, r->acquire_ins + 1) && !handed_over(fn, r))
		*sure = CONF_LOW;
	s->unwound = forgotten_in_unwinding(fn, e, r);
	return s->unwound;
}

/* Is it a leak of this function, though somebody outside can reach it? `*s` is what bears witness to it. */
static bool left_in_reach(struct fn *fn, const struct fn_exit *e, const struct reach *reach, const struct resource *r,
			  struct sibling *s, enum confidence *sure)
{
	bool failing = e->class == EXIT_ERROR;

	*sure = CONF_MEDIUM;
	if (failing && s->exit && !leak_stored_since(fn, e, reach, r, s)) {
		if (s->exit->class == EXIT_ERROR && !r->mined)
			*sure = CONF_HIGH;
		return is_witness(r, s);
	}
	if (failing && left_after_failure(fn, e, r, s, sure))
		return true;
	if (e->class != EXIT_SUCCESS_CLASS && !r->mined && taken_by_failing_call(fn, e, r)) {
		*sure = CONF_MEDIUM;
		return true;
	}
	if (failing || r->mined || r->family->kind != FAMILY_COUNT)
		return false;
	return (returns_errno(fn) && leak_undone_at_other(fn, e, r, e->class) &&
		!leak_undone_at_other(fn, e, r, EXIT_ERROR)) ||
	       leak_breaks_off(fn, e, r, s);
}

/* Is it a leak, now that nobody outside can reach it? */
static bool left_out_of_reach(struct fn *fn, const struct fn_exit *e, const struct resource *r, const struct sibling *s)
{
	bool failing = e->class == EXIT_ERROR;

	/* Whose counterpart is seldom called (a reset line stays deasserted) is told only by a sibling. */
	if (r->family->kind == FAMILY_COUNT && !r->family->leak_at_root && !s->exit)
		return false;
	if (r->mined)
		return failing && s->exit && is_witness(r, s);
	return failing || (leak_is_holding(fn, r) && r->family->report_success);
}

static void judge(struct fn *fn, struct leaks *leaks, const struct fn_exit *e, const struct reach *reach,
		  const struct resource *r)
{
	struct sibling s = leak_sibling(fn, e, r);
	bool failing = e->class == EXIT_ERROR;
	enum confidence sure = r->mined ? CONF_MEDIUM : CONF_HIGH;
	bool seen;

	if (failing && (singled_out(fn, e) || leak_noted_in_flag(fn, e, r)))
		return;
	if (leak_counted_down(fn, e, r))
		return;
	/* One of many, taken in a loop: what undoes them is a loop as well, and which are undone cannot be told;
	 * nor what a callee that failed has left of them. */
	if ((fn_in_loop(fn, r->acquire_ins) || (r->looped && r->left)) && !leak_is_holding(fn, r) &&
	    r->family->kind != FAMILY_OWNED)
		return;
	if (r->doubt != 0 && !s.exit && !r->torn && !kept_by_nobody(fn, e, r) && !leak_refused(fn, e, r, &s))
		return;
	/* What is armed may stay so: only a path that fails beside one that disarms is wrong. */
	if (r->family->kind == FAMILY_ARMED &&
	    !(failing && ((s.exit && s.exit->class == EXIT_ERROR) || leak_undone_at_end(fn, r) ||
			  leak_left_to_counterpart(fn, e, r))))
		return;
	if (leak_undone_by_action(fn, e, r) || undone_by_destructor(fn, &e->st, r) || leak_goes_with_result(fn, e, r) ||
	    leak_goes_with_owned(fn, &e->st, r))
		return;
	seen = visible(fn, e, reach, r);
	if (seen ? left_in_reach(fn, e, reach, r, &s, &sure) : left_out_of_reach(fn, e, r, &s)) {
		enum by_callers by = seen && failing ? leak_undone_by_callers(fn, e, r) : BY_CALLERS_NO;

		/* What runs after a failure as well may end it there. */
		if (seen && failing && leak_undone_after_failure(fn, r))
			sure = CONF_LOW;
		if (by != BY_CALLERS_YES)
			leak_found(fn, leaks, e, r, by ? CONF_LOW : sure, &s, seen && failing);
	}
}

/* A function that never succeeds says so on purpose (others shall bind to the device, too). */
static bool always_fails(const struct fn *fn)
{
	if (fn->out_of_steps)
		return false;
	for (unsigned int i = 0; i < fn->exits.n; i++)
		if (fn->exits.v[i].class != EXIT_ERROR)
			return false;
	return true;
}

static void leak_exits(struct fn *fn)
{
	struct leaks leaks = {0};

	leak_note_returned(fn);
	if (always_fails(fn))
		return;
	for (unsigned int i = 0; !fn->harness && i < fn->exits.n; i++) {
		const struct fn_exit *e = &fn->exits.v[i];
		const struct reach *reach = NULL;
		struct pmap_iter it;

		for (pmap_first(&it, &e->st.res); pmap_next(&it);) {
			const struct resource *r = (const struct resource *)(uintptr_t)it.value;

			if (r->state != RES_OWNED || r->acquire_ins == IR_NONE || r->device || !r->family->leaks ||
			    !state_resource_live(&fn->w, &e->st, r))
				continue;
			if (!reach)
				reach = reach_compute(fn, &e->st, e->ret, e->class == EXIT_ERROR);
			judge(fn, &leaks, e, reach, r);
		}
	}
	leaks_tell(fn, &leaks);
}

const struct check check_leak = {.name = "leak", .exits = leak_exits};
