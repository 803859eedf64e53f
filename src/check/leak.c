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

/* The call that may have kept it got no more than the object that it hangs in, and failed: it kept nothing. */
static bool kept_by_nobody(struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	const struct sym *doubt = sym_at(fn->e->pool, r->doubt);
	struct range v = state_range(&fn->w, &e->st, r->doubt);

	return r->deep && !r->mined && e->class == EXIT_ERROR && doubt->kind == SYM_FRESH && doubt->a == fn->index &&
	       doubt->b < fn->f->n_ins && fn->f->ins[doubt->b].op == IR_CALL &&
	       (range_is_error(v) || (v.not_zero && e->ret == r->doubt));
}

static bool only_tests(const struct api *rule)
{
	for (unsigned int i = 0; i < rule->n_effects; i++)
		if (rule->effects[i].kind == EFFECT_RELEASE && rule->effects[i].when == WHEN_FAILURE)
			return true;
	return false;
}

/* Does the kernel call it to begin something, so that after a failure nobody else can know what it took? */
static bool begins_lifecycle(const struct fn *fn)
{
	for (unsigned int i = 0; i < fn->e->opt.n_harnesses; i++)
		if (fn->e->opt.harnesses[i].begin == fn->index && !fn->e->opt.harnesses[i].ends_anyway)
			return fn->e->n_callers[fn->index] == 0;
	return false;
}

static const struct resource *undone_at(struct fn *fn, const struct fn_exit *here, const struct resource *r,
					const struct fn_exit *there)
{
	const struct resource *other = state_resource(&there->st, r->key, r->family);

	if (!other || other->acquire_ins != r->acquire_ins || other->state != RES_RELEASED ||
	    other->release_ins == IR_NONE || other->release_ins == r->acquire_ins)
		return NULL;
	/* It undid what that round of a loop had taken, which says nothing of the rounds before. */
	if (r->again && !other->again && !begins_lifecycle(fn))
		return NULL;
	/* A test says that it was never there, and nothing of who has to give it back after a success. */
	if (here->class != EXIT_ERROR && other->rule && only_tests(other->rule))
		return NULL;
	return comparable(fn, here, r, there, other) ? other : NULL;
}

/* A path of the same function on which the same acquisition was undone; one that fails is the better witness. */
static struct sibling find_sibling(struct fn *fn, const struct fn_exit *here, const struct resource *r)
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

bool leak_undone_at_other(struct fn *fn, const struct fn_exit *here, const struct resource *r, enum exit_class class)
{
	for (unsigned int i = 0; i < fn->exits.n; i++)
		if (fn->exits.v[i].class == class && undone_at(fn, here, r, &fn->exits.v[i]))
			return true;
	return false;
}

/* Is the resource named by what taking it returned? Then losing that value is losing the resource. */
static bool is_holding(struct fn *fn, const struct resource *r)
{
	const struct sym *s = sym_at(fn->e->pool, r->key);

	return (r->family->kind == FAMILY_OWNED || r->family->kind == FAMILY_REFERENCE) && s->kind == SYM_FRESH &&
	       s->a == fn->index && s->b == r->acquire_ins;
}

/* A pointer read from the object is returned (a device's driver data): the reference goes with it. */
static bool goes_with_result(const struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	return e->ret && r->family->kind == FAMILY_REFERENCE && fn->e->unit->types[fn->f->type].kind == IR_T_PTR &&
	       e->class == EXIT_SUCCESS_CLASS && sym_derives(fn->e->pool, e->ret, r->key);
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
	if (is_holding(fn, r))
		return false;
	/* An object that came from a call without a rule can be had again by the same call. */
	if (s->kind == SYM_FRESH && s->a == fn->index && s->b < fn->f->n_ins) {
		const struct ir_ins *in = &fn->f->ins[s->b];

		return in->op != IR_CALL || in->sym == IR_NONE || !fn->e->apis[in->sym];
	}
	return s->kind != SYM_ADDR;
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
static bool undone_at_end(struct fn *fn, const struct resource *r)
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
	uint32_t callee;

	if (!s || s->kind == SYM_CONST)
		return false;
	if (r.lo == r.hi)
		return true;
	if (s->kind != SYM_FRESH || s->a != fn->index || s->b >= fn->f->n_ins || fn->f->ins[s->b].op != IR_CALL)
		return false;
	callee = fn->f->ins[s->b].sym;
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
	    !r->family->leak_at_root || r->family->managed_with || (k != FAMILY_COUNT && k != FAMILY_REGISTERED))
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
	if (fn->e->unit->n_left_out || r->mined || !is_holding(fn, r) || !kept_in_static(fn, e, r))
		return false;
	for (uint32_t i = 0; i < fn->e->unit->n_functions; i++) {
		const struct summary *s = fn->e->unit->functions[i].in_main_file ? engine_summary(fn->e, i) : NULL;

		if (s && summary_gives_back(s, r->family))
			return false;
	}
	return true;
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
static bool left_to_counterpart(struct fn *fn, const struct fn_exit *e, const struct resource *r)
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

/* Will a managed action release one of its kind when the device goes, as it does after a failed probe? */
static bool undone_by_action(struct fn *fn, const struct fn_exit *e, const struct resource *r)
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

/* pm_runtime_get_sync() and its like: the call failed, says this path, and what it has taken all the same is held. */
static bool taken_by_failing_call(struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	struct pmap_iter it;

	if (r->taken.function != fn->index || r->again)
		return false;
	for (pmap_first(&it, &e->st.cons); pmap_next(&it);) {
		const struct sym *s = sym_at(fn->e->pool, (uint32_t)it.key);
		const struct range *v = (const struct range *)(uintptr_t)it.value;

		if (s->kind == SYM_FRESH && s->a == fn->index && s->b == r->acquire_ins && (uint32_t)s->k == 0 &&
		    v->hi < 0 && v->lo >= -4095)
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
static bool stored_since(struct fn *fn, const struct fn_exit *e, const struct reach *reach, const struct resource *r,
			 const struct sibling *s)
{
	return is_holding(fn, r) && reach_has(reach, r->key) && !begins_lifecycle(fn) &&
	       !stored_there(fn, e, r, s->exit) &&
	       !reach_has(reach_compute(fn, &s->exit->st, s->exit->ret, false), r->key);
}

static bool holds(const struct fn_exit *e, const struct resource *r)
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
			    !holds(here, r))
				return false;
		}
	}
	return true;
}

/*
 * Does the path undo what was taken before, and what is kept after a success as this is? Who would look after this one
 * would have to look after that, too.
 */
static bool forgotten_in_unwinding(struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	if (r->taken.function != fn->index || fn_in_loop(fn, r->acquire_ins) || !r->family->leak_at_root ||
	    r->family->kind == FAMILY_REFERENCE)
		return false;
	for (unsigned int i = 0; i < fn->exits.n; i++) {
		const struct fn_exit *kept = &fn->exits.v[i];
		struct pmap_iter it;

		if (kept->class != EXIT_SUCCESS_CLASS || !holds(kept, r))
			continue;
		for (pmap_first(&it, &e->st.res); pmap_next(&it);) {
			const struct resource *x = (const struct resource *)(uintptr_t)it.value;

			/* With an object that ends goes what is only a state of it. */
			if (x->state == RES_RELEASED && x->acquire_ins < r->acquire_ins && !x->mined && !x->device &&
			    x->key != r->key && holds(kept, x))
				return true;
		}
	}
	return false;
}

/*
 * The callback that undoes what this one does runs after its failures as well (suspend, after a failed resume), and
 * finds all that it gives back after a success: giving it back here as well would be once too often.
 */
static bool left_for_end(struct fn *fn, const struct fn_exit *e, const struct resource *r)
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
static bool counted_down_by_other_name(const struct fn *fn, const struct fn_exit *e, const struct resource *r)
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
static bool noted_in_flag(struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	struct pool *p = fn->e->pool;
	bool succeeds = false;
	struct pmap_iter it;
	int64_t flag;

	for (unsigned int i = 0; i < fn->exits.n && !succeeds; i++)
		succeeds = fn->exits.v[i].ins == e->ins && fn->exits.v[i].class == EXIT_SUCCESS_CLASS &&
			   holds(&fn->exits.v[i], r);
	for (pmap_first(&it, &e->st.mem); succeeds && pmap_next(&it);)
		if (sym_is_const(p, (uint32_t)it.value, &flag) && flag == 1 &&
		    sym_from_caller(p, sym_addr(p, mem_obj(it.key), mem_offset(it.key))))
			return true;
	return false;
}

static void judge(struct fn *fn, struct leaks *leaks, const struct fn_exit *e, const struct reach *reach,
		  const struct resource *r)
{
	struct sibling none = {0}, s = find_sibling(fn, e, r);
	bool failing = e->class == EXIT_ERROR;

	if (failing && (singled_out(fn, e) || noted_in_flag(fn, e, r)))
		return;
	if (counted_down_by_other_name(fn, e, r))
		return;
	/* One of many, taken in a loop: what undoes them is a loop as well, and which are undone cannot be told. */
	if (fn_in_loop(fn, r->acquire_ins) && !is_holding(fn, r) && r->family->kind != FAMILY_OWNED)
		return;
	if (r->doubt != 0 && !s.exit && !kept_by_nobody(fn, e, r))
		return;
	/* What is armed may stay so: only a path that fails beside one that disarms is wrong. */
	if (r->family->kind == FAMILY_ARMED && !(failing && ((s.exit && s.exit->class == EXIT_ERROR) ||
							     undone_at_end(fn, r) || left_to_counterpart(fn, e, r))))
		return;
	if (undone_by_action(fn, e, r) || undone_by_destructor(fn, &e->st, r) || goes_with_result(fn, e, r))
		return;
	if (!visible(fn, e, reach, r)) {
		/* Whose counterpart is seldom called (a reset line stays deasserted) is told only by a sibling. */
		if (r->family->kind == FAMILY_COUNT && !r->family->leak_at_root && !s.exit)
			return;
		if (r->mined ? failing && s.exit && s.exit->class == EXIT_ERROR
			     : failing || (is_holding(fn, r) && r->family->report_success))
			leak_found(fn, leaks, e, r, r->mined ? CONF_MEDIUM : CONF_HIGH, &s);
	} else if (failing && s.exit && !stored_since(fn, e, reach, r, &s)) {
		if (!r->mined || s.exit->class == EXIT_ERROR)
			leak_found(fn, leaks, e, r, r->mined || s.exit->class != EXIT_ERROR ? CONF_MEDIUM : CONF_HIGH,
				   &s);
	} else if (failing && r->family->kind != FAMILY_OWNED && begins_lifecycle(fn) &&
		   ((!r->mined && r->family->leak_at_root) || undone_at_end(fn, r))) {
		leak_found(fn, leaks, e, r, CONF_MEDIUM, &none);
	} else if (failing && !r->mined &&
		   (nobody_gives_back(fn, e, r) ||
		    ((cannot_be_undone_above(fn, r) || left_to_strangers(fn, r)) && !left_for_end(fn, e, r)))) {
		leak_found(fn, leaks, e, r, CONF_MEDIUM, &none);
	} else if (failing && !r->mined && left_to_counterpart(fn, e, r)) {
		none.counterpart = true;
		leak_found(fn, leaks, e, r, CONF_MEDIUM, &none);
	} else if (failing && !r->mined && forgotten_in_unwinding(fn, e, r)) {
		leak_found(fn, leaks, e, r, CONF_MEDIUM, &none);
	} else if (e->class != EXIT_SUCCESS_CLASS && !r->mined && taken_by_failing_call(fn, e, r)) {
		leak_found(fn, leaks, e, r, CONF_MEDIUM, &none);
	} else if (!failing && !r->mined && r->family->kind == FAMILY_COUNT && returns_errno(fn) &&
		   leak_undone_at_other(fn, e, r, e->class) && !leak_undone_at_other(fn, e, r, EXIT_ERROR)) {
		leak_found(fn, leaks, e, r, CONF_MEDIUM, &s);
	}
}

/* A function that never succeeds says so on purpose (others shall bind to the device, too). */
static bool always_fails(const struct fn *fn)
{
	for (unsigned int i = 0; i < fn->exits.n; i++)
		if (fn->exits.v[i].class != EXIT_ERROR)
			return false;
	return true;
}

static void leak_exits(struct fn *fn)
{
	struct leaks leaks = {0};

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
