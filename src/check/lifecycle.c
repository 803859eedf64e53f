/*
 * What is left over when a pair of callbacks has run: the end of a harness (lifecycle/), where nothing may be owned.
 * What another callback, outside the pair, is seen to release is that one's business and not told.
 */
#include "check/checks.h"
#include "check/leak.h"
#include "engine/armed.h"

#include <string.h>

/* Is there a call, in what the pair's end calls, that releases something of the kind? */
static bool end_calls_release(struct fn *fn, const struct family *f)
{
	bool *called = ARENA_ARRAY(fn->w.arena, bool, fn->e->unit->n_functions);

	mark_ended_by(fn, fn->harness->end, called);
	return one_calls_release(fn, called, f);
}

/* Was the value read from a member of that name, perhaps by way of a local variable? */
static bool is_read_from(const struct ir_function *f, uint32_t value, const char *member)
{
	const struct ir_ins *in = &f->ins[value];

	while (in->op == IR_CAST)
		in = &f->ins[in->a[0]];
	if (in->op != IR_LOAD)
		return false;
	in = &f->ins[in->a[0]];
	if (in->op == IR_FIELD)
		return strcmp(in->str, member) == 0;
	for (uint32_t i = 0; in->op == IR_LOCAL && i < f->n_ins; i++) {
		const struct ir_ins *store = &f->ins[i], *from;

		if (store->op != IR_STORE || f->ins[store->a[0]].op != IR_LOCAL || f->ins[store->a[0]].sym != in->sym)
			continue;
		from = &f->ins[store->a[1]];
		if (from->op == IR_LOAD && f->ins[from->a[0]].op == IR_FIELD &&
		    strcmp(f->ins[from->a[0]].str, member) == 0)
			return true;
	}
	return false;
}

static bool releases_member(struct fn *fn, const struct ir_function *f, const struct family *family, const char *member)
{
	for (uint32_t i = 0; i < f->n_ins; i++)
		for (uint32_t k = 0; f->ins[i].op == IR_CALL && k < f->ins[i].n_args; k++)
			if (is_read_from(f, f->ins[i].args[k], member) && call_releases(fn, &f->ins[i], family))
				return true;
	return false;
}

/* Is there a call, in what the pair's end calls, that gets what a member of that name points to and releases such a
 * thing? The object it is a member of may have been found in a way that is not understood, or a condition was not. */
static bool end_releases_member(struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	const struct ir_unit *u = fn->e->unit;
	bool *called = ARENA_ARRAY(fn->w.arena, bool, u->n_functions);
	struct pmap_iter it;

	mark_ended_by(fn, fn->harness->end, called);
	for (pmap_first(&it, &e->st.mem); pmap_next(&it);) {
		struct member m = member_at(fn->e->pool, it.key);

		if (sym_base(fn->e->pool, (uint32_t)it.value) != r->key || !m.name)
			continue;
		for (uint32_t i = 0; i < u->n_functions; i++)
			if (called[i] && releases_member(fn, &u->functions[i], r->family, m.name))
				return true;
	}
	return false;
}

/* Is there one that releases something of the kind in any function of the file that the beginning does not call? */
static bool others_call_release(struct fn *fn, const struct family *f)
{
	const struct ir_unit *u = fn->e->unit;
	bool *begun = ARENA_ARRAY(fn->w.arena, bool, u->n_functions),
	     *others = ARENA_ARRAY(fn->w.arena, bool, u->n_functions);

	mark_called(u, fn->harness->begin, begun);
	for (uint32_t i = 0; i < u->n_functions; i++)
		others[i] = u->functions[i].in_main_file && !begun[i];
	return one_calls_release(fn, others, f);
}

/* Does the path keep it in an element of an array that nobody can follow? */
static bool kept_in_element(struct fn *fn, const struct state *st, const struct resource *r)
{
	struct pmap_iter it;

	for (pmap_first(&it, &st->mem); pmap_next(&it);)
		if (sym_base(fn->e->pool, (uint32_t)it.value) == r->key &&
		    obj_at(fn->e->pool, mem_obj(it.key))->kind == OBJ_ELEM)
			return true;
	return false;
}

/* Does some path of the pair's end release what stands at the same place? Then leaving it is a question of conditions.
 * Counts and registrations are told apart by what they are, memory by where it is kept. */
static bool end_may_release(struct fn *fn, const struct state *st, const struct resource *r)
{
	const struct summary *s = fn->harness->end == IR_NONE ? NULL : fn->e->summaries[fn->harness->end];
	bool memory = r->family->kind == FAMILY_OWNED && strcmp(r->family->resource, "memory") == 0;

	return s &&
	       ((!memory && summary_may_give_back(s, r->family)) || (s->inexact && end_calls_release(fn, r->family)) ||
		summary_releases_kept(fn, s, st, r) || kept_in_element(fn, st, r));
}

/* ---- telling ---- */

static const char *quoted(struct fn *fn, const struct resource *r)
{
	const char *what = resource_text(fn, r);

	return *what ? arena_printf(fn->w.arena, " ('%s')", what) : "";
}

/*
 * Who seems to forget everything at once has a way of giving it back that is not seen here (a destructor in another
 * file that the object carries along): then no single one of them is told with confidence.
 */
static bool forgets_everything(struct fn *fn, const struct fn_exit *e)
{
	enum { MANY = 4 };
	struct pmap_iter it;
	unsigned int n = 0;

	for (pmap_first(&it, &e->st.res); pmap_next(&it);) {
		const struct resource *r = (const struct resource *)(uintptr_t)it.value;

		n += r->state == RES_OWNED && r->family->kind == FAMILY_OWNED && !r->device && !r->mined &&
		     r->acquire_ins == fn->harness->begin_ins;
	}
	return n >= MANY;
}

/*
 * The same at the end, for things of one kind: five clocks are switched off together, by way of an array. Where nothing
 * that the end calls gives back such a thing, there is no such way.
 */
static bool forgets_all_of(struct fn *fn, const struct fn_exit *e, const struct family *f)
{
	enum { SEVERAL = 3 };
	struct pmap_iter it;
	unsigned int n = 0;

	for (pmap_first(&it, &e->st.res); pmap_next(&it);) {
		const struct resource *r = (const struct resource *)(uintptr_t)it.value;

		n += r->state == RES_OWNED && r->family == f && !r->device && r->acquire_ins == fn->harness->begin_ins;
	}
	return n >= SEVERAL && fn->harness->end != IR_NONE && end_calls_release(fn, f);
}

static void tell_failed_begin(struct fn *fn, struct leaks *leaks, const struct fn_exit *e, const struct resource *r)
{
	const struct harness *h = fn->harness;
	const struct sum_case *c = case_taken(fn, &e->st, h->begin_ins);
	struct report rep = {.rule = "leak/error-path",
			     /* What a guess says is given back is not seen in what begin calls. */
			     .confidence = r->spared || r->mined || forgets_everything(fn, e) ? CONF_LOW : CONF_MEDIUM,
			     .st = &e->st,
			     .res = r,
			     .ins = e->ins,
			     .elsewhere = true,
			     .at = {h->begin, c->exit_ins},
			     .in_case = c,
			     .exit_kind = "error",
			     .sibling_ins = IR_NONE,
			     .at_text = "fails here without releasing it"};

	if (r->left) {
		rep.at = (struct origin){r->left_in, r->left->exit_ins};
		rep.in_case = r->left;
	}
	rep.message = arena_printf(
		fn->w.arena, "%s from %s()%s is not released when %s() fails: no callback runs after a failed %s",
		r->family->noun, r->acquire, quoted(fn, r), fn->e->unit->functions[h->begin].name, h->begin_slot);
	leak_reported(fn, leaks, &rep);
}

/*
 * How sure. Where the end does give back such a thing on some path, or several of them at once, the one that is left
 * is mostly a condition that was not understood; and what a file takes in open, it may give back in many places.
 * Measured by judging findings.
 */
static enum confidence sureness(struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	const struct harness *h = fn->harness;
	bool memory = strcmp(r->family->resource, "memory") == 0;

	if (r->spared || forgets_all_of(fn, e, r->family) ||
	    (memory && h->end != IR_NONE && end_releases_member(fn, e, r)) ||
	    (!memory && h->end != IR_NONE && end_calls_release(fn, r->family)) ||
	    (strcmp(h->rule, "leak/remove") != 0 && others_call_release(fn, r->family)))
		return CONF_LOW;
	return CONF_MEDIUM;
}

static void tell_left_over(struct fn *fn, struct leaks *leaks, const struct fn_exit *e, const struct resource *r)
{
	const struct harness *h = fn->harness;
	const struct sum_case *c = h->end == IR_NONE ? NULL : case_taken(fn, &e->st, h->end_ins);
	struct report rep = {.rule = h->rule,
			     .confidence = sureness(fn, e, r),
			     .st = &e->st,
			     .res = r,
			     .ins = e->ins,
			     .elsewhere = true,
			     .at = r->taken,
			     .in_case = c,
			     .exit_kind = "end",
			     .sibling_ins = IR_NONE,
			     .at_text = "taken here"};

	if (c) {
		rep.at = (struct origin){h->end, c->exit_ins};
		rep.at_text = "ends here without releasing it";
	}
	rep.message =
		arena_printf(fn->w.arena, "%s from %s()%s, taken in %s, is still held %s: %s%s%s", r->family->noun,
			     r->acquire, quoted(fn, r), h->begin_slot, h->ends, h->end == IR_NONE ? "there is no " : "",
			     h->end == IR_NONE ? h->end_slot : fn->e->unit->functions[h->end].name,
			     h->end == IR_NONE ? "" : "() does not release it");
	leak_reported(fn, leaks, &rep);
}

/* ---- what runs again ---- */

static bool case_counts(const struct sum_case *c, const struct family *f, bool up)
{
	for (unsigned int i = 0; c && i < c->resources.n; i++)
		if (up ? c->resources.v[i].family == f && c->resources.v[i].delta > 0
		       : releases_one_of(&c->resources.v[i], f))
			return true;
	return false;
}

/* Where the slot calls the beginning again. */
static struct origin begun_again(const struct fn *fn)
{
	const struct ir_function *f = &fn->e->unit->functions[fn->harness->again];

	for (uint32_t i = 0; i < f->n_ins; i++)
		if (f->ins[i].op == IR_CALL && f->ins[i].sym == fn->harness->begin)
			return (struct origin){fn->harness->again, i};
	return (struct origin){fn->harness->again, 0};
}

/* The beginning counts up, and so does the slot that calls it again; the end counts down, but once. */
static void judge_again(struct fn *fn, struct leaks *leaks, const struct fn_exit *e, const struct resource *r)
{
	const struct harness *h = fn->harness;
	const struct ir_function *again = &fn->e->unit->functions[h->again];
	struct report rep = {.rule = h->rule,
			     .confidence = r->spared ? CONF_LOW : CONF_MEDIUM,
			     .st = &e->st,
			     .res = r,
			     .ins = e->ins,
			     .elsewhere = true,
			     .at = begun_again(fn),
			     .exit_kind = "again",
			     .sibling_ins = IR_NONE,
			     .at_text = "taken once more here"};

	if (r->family->kind != FAMILY_COUNT || r->device || e->class == EXIT_ERROR ||
	    !case_counts(case_taken(fn, &e->st, h->begin_ins), r->family, true) ||
	    !case_counts(case_taken(fn, &e->st, h->end_ins), r->family, false))
		return;
	rep.message = arena_printf(
		fn->w.arena, "%s() takes the %s%s once more, by calling %s(), while it is held: %s() gives back one",
		again->name, r->family->noun, quoted(fn, r), fn->e->unit->functions[h->begin].name,
		fn->e->unit->functions[h->end].name);
	leak_reported(fn, leaks, &rep);
}

static bool begin_has(const struct fn *fn, enum exit_class class)
{
	const struct summary *s = fn->e->summaries[fn->harness->begin];

	for (unsigned int i = 0; s && i < s->cases.n; i++)
		if (s->cases.v[i].class == class)
			return true;
	return false;
}

/*
 * A callback that always fails means it. And where it returns error codes, a positive value that its callees might
 * return, for all that is known of them, stands for an error code: the path with that one is told.
 */
static bool begin_failed(struct fn *fn, const struct fn_exit *e)
{
	const struct sum_case *c = case_taken(fn, &e->st, fn->harness->begin_ins);

	if (e->class != EXIT_ERROR || !c)
		return false;
	return begin_has(fn, EXIT_SUCCESS_CLASS) && (c->class == EXIT_ERROR || !begin_has(fn, EXIT_ERROR));
}

/* A function that gives managed resources of the kind back by hand takes them anew. */
static bool taken_anew(struct fn *fn, const struct resource *r)
{
	const struct ir_unit *u = fn->e->unit;

	/* Memory is too common for that. */
	for (uint32_t i = 0; r->family->kind != FAMILY_OWNED && i < u->n_functions; i++) {
		const struct api *api = fn->e->n_callers[i] ? fn->e->apis[i] : NULL;

		for (unsigned int k = 0; api && k < api->n_effects; k++)
			if (api->effects[k].kind == EFFECT_RELEASE && api->effects[k].device.root != PLACE_NONE)
				for (unsigned int f = 0; f < api->effects[k].n_families; f++)
					if (api->effects[k].families[f] == r->family)
						return true;
	}
	return false;
}

/* Where the driver has no callback for it, the kernel may look after this itself. */
static bool ends_by_itself(const struct harness *h, const struct family *f)
{
	for (unsigned int i = 0; h->end == IR_NONE && h->without_end && h->without_end[i]; i++)
		if (strcmp(h->without_end[i], f->name) == 0)
			return true;
	return false;
}

/* It was there only because a member was not set, and now that is: next time it is not done. */
bool done_once(struct fn *fn, const struct state *st)
{
	struct pmap_iter it;

	for (pmap_first(&it, &st->cons); pmap_next(&it);) {
		const struct sym *s = sym_at(fn->e->pool, (uint32_t)it.key);
		struct range now;
		uint32_t value;

		if (s->kind != SYM_INIT || !range_is_null(*(const struct range *)(uintptr_t)it.value))
			continue;
		value = (uint32_t)pmap_get(&st->mem, mem_key(s->a, s->k));
		now = value ? state_range(&fn->w, st, value) : range_any;
		if (now.not_zero || now.lo > 0 || now.hi < 0)
			return true;
	}
	return false;
}

/* A reference to what is static, the module itself: whoever keeps that does not want it to go. */
static bool meant_to_stay(const struct fn *fn, const struct resource *r)
{
	const struct sym *s = sym_at(fn->e->pool, r->key);

	return r->family->kind == FAMILY_REFERENCE && s->kind == SYM_ADDR &&
	       obj_at(fn->e->pool, s->a)->kind == OBJ_GLOBAL;
}

static void judge(struct fn *fn, struct leaks *leaks, const struct fn_exit *e, const struct reach *globals,
		  const struct resource *r)
{
	const struct harness *h = fn->harness;

	if (r->device) {
		if (!r->action && surely_taken(fn, r) && !taken_anew(fn, r) && !done_once(fn, &e->st) && !h->detach &&
		    !h->module && strcmp(h->rule, "leak/remove") != 0)
			tell_piling_up(fn, e, r, "open", arena_printf(fn->w.arena, "%s of %s", h->begin_slot, h->what));
		return;
	}
	/* When a module's init fails, its code goes: whatever could still call it must have been stopped. */
	if (r->looped || (!r->family->leak_at_root && !(h->module && e->class == EXIT_ERROR)) || leak_told(fn, r) ||
	    (!h->module && reach_has(globals, r->key)) || released_elsewhere(fn, &e->st, r) ||
	    undone_by_destructor(fn, &e->st, r) || leak_goes_with_owned(fn, &e->st, r))
		return;
	if (begin_failed(fn, e))
		tell_failed_begin(fn, leaks, e, r);
	else if (e->class != EXIT_ERROR && !fn->e->unit->n_left_out && !h->stays && !ends_by_itself(h, r->family) &&
		 !meant_to_stay(fn, r) && !end_may_release(fn, &e->st, r))
		tell_left_over(fn, leaks, e, r);
}

static bool begins_binding(const struct fn *fn)
{
	for (unsigned int i = 0; i < fn->e->opt.n_harnesses; i++)
		if (fn->e->opt.harnesses[i].begin == fn->index && fn->e->opt.harnesses[i].detach)
			return true;
	return false;
}

/* When probe fails its managed actions run: what one of them is for must not have been released by hand. The check of
 * releases sees it. */
static void run_actions_of_dead(struct fn *fn, const struct fn_exit *e)
{
	struct pmap res = e->st.res;
	struct pmap_iter it;

	for (pmap_first(&it, &res); pmap_next(&it);) {
		const struct resource *r = (const struct resource *)(uintptr_t)it.value;
		struct state then = e->st;

		if (r->action && r->device && r->state == RES_OWNED && r->with && state_dead(&e->st, r->with))
			call_action(fn, &then, r->action, r->with, r->acquire_ins, false);
	}
}

static void lifecycle_exits(struct fn *fn)
{
	struct leaks leaks = {0};

	for (unsigned int i = 0; begins_binding(fn) && i < fn->exits.n; i++)
		if (fn->exits.v[i].class == EXIT_ERROR)
			run_actions_of_dead(fn, &fn->exits.v[i]);

	for (unsigned int i = 0; fn->harness && i < fn->exits.n; i++) {
		const struct fn_exit *e = &fn->exits.v[i];
		const struct reach *globals = reach_from_globals(fn, &e->st);
		struct pmap_iter it;

		for (pmap_first(&it, &e->st.res); pmap_next(&it);) {
			const struct resource *r = (const struct resource *)(uintptr_t)it.value;

			if (r->state != RES_OWNED || r->acquire_ins != fn->harness->begin_ins || r->mined ||
			    !r->family->leaks || r->doubt != 0 || !state_resource_live(&fn->w, &e->st, r))
				continue;
			if (fn->harness->repeats)
				judge_again(fn, &leaks, e, r);
			else
				judge(fn, &leaks, e, globals, r);
		}
	}
	leaks_tell(fn, &leaks);
}

const struct check check_lifecycle = {.name = "lifecycle", .exits = lifecycle_exits};
