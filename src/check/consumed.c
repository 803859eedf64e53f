/*
 * Arguments that a function releases on one failing path and leaves alone on another. Its caller, who sees an error
 * code either way, cannot know whether anything is left to release. What is handed on from call to call (a socket
 * buffer) is consumed on every path by a function that consumes it at all, and one that returns nothing has no other
 * choice.
 */
#include "check/checks.h"
#include "check/leak.h"

#include <errno.h>

/* By the callback that dropping the last reference runs, or by a call because it has failed: neither shows what this
 * function means to do with it. */
static bool released_by_the_way(const struct fn *fn, const struct resource *r)
{
	const struct api *direct = engine_api(fn->e, &fn->f->ins[r->release_ins]), *api = direct ? direct : r->rule;

	for (unsigned int i = 0; api && i < api->n_effects; i++)
		if (api->effects[i].kind == EFFECT_RELEASE &&
		    (api->effects[i].when == WHEN_FAILURE || api->effects[i].families[0]->kind == FAMILY_REFERENCE))
			return true;
	return false;
}

/* Does the callee that released it give another of its kind in exchange? Then what comes later is said of that one. */
static bool exchanged(struct fn *fn, const struct resource *r)
{
	uint32_t callee = fn->f->ins[r->release_ins].op == IR_CALL ? fn->f->ins[r->release_ins].sym : IR_NONE;
	const struct summary *s = callee == IR_NONE || fn->e->apis[callee] ? NULL : engine_summary(fn->e, callee);

	for (unsigned int i = 0; s && i < s->cases.n; i++) {
		const struct sum_case *c = &s->cases.v[i];
		bool gives = false, takes = false;

		for (unsigned int k = 0; k < c->resources.n; k++) {
			gives |= releases_one_of(&c->resources.v[k], r->family);
			takes |= c->resources.v[k].delta > 0 && c->resources.v[k].family == r->family;
		}
		if (gives && takes)
			return true;
	}
	return false;
}

/* Released by hand on this path, having come as the argument. */
static bool releases(const struct fn *fn, const struct fn_exit *e, const struct resource *r, uint32_t argument)
{
	const struct resource *there = state_resource(&e->st, argument, r->family);

	return there && there->state == RES_RELEASED && there->acquire_ins == IR_NONE &&
	       there->release_ins != IR_NONE && !released_by_the_way(fn, there);
}

static bool has_resource(const struct state *st, uint32_t argument)
{
	struct pmap_iter it;

	for (pmap_first(&it, &st->res); pmap_next(&it);)
		if (((const struct resource *)(uintptr_t)it.value)->key == argument)
			return true;
	return false;
}

/* Where others find it. */
static bool is_stored(struct fn *fn, const struct state *st, uint32_t argument)
{
	struct pmap_iter it;

	for (pmap_first(&it, &st->mem); pmap_next(&it);)
		if (sym_base(fn->e->pool, (uint32_t)it.value) == argument &&
		    obj_at(fn->e->pool, mem_obj(it.key))->kind != OBJ_LOCAL)
			return true;
	return false;
}

/* The path has neither released it, nor handed it to anybody, nor put it anywhere, nor does it return it. */
static bool leaves_alone(struct fn *fn, const struct fn_exit *e, uint32_t argument)
{
	struct range r = state_range(&fn->w, &e->st, argument);

	return r.hi > 0 && !has_resource(&e->st, argument) && !pmap_get(&e->st.given, argument) &&
	       !is_stored(fn, &e->st, argument) && !(e->ret && sym_base(fn->e->pool, e->ret) == argument);
}

/* "Come again later", with the same thing. */
static bool asks_again(struct fn *fn, const struct fn_exit *e)
{
	struct range r = e->ret ? state_range(&fn->w, &e->st, e->ret) : range_any;

	return r.lo == r.hi && (r.lo == -EAGAIN || r.lo == -EBUSY);
}

/* Has a call's answer led the path to its end? A callee that is known has gone one of its ways. */
static bool answer_decided(const struct fn *fn, const struct fn_exit *e)
{
	const struct step *t = e->st.trace;

	return t && (t->kind == STEP_CALL || asks_for_result(fn->e->pool, t->cond));
}

/* Of what is not meant to be handed on, neither of 2 was right: the caller has it. Nor was one of 7 where no call's
 * answer led the path there, but what the function was given: such tests are made for what cannot be. */
static enum confidence sureness(const struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	return r->family->handed_on && answer_decided(fn, e) ? CONF_MEDIUM : CONF_LOW;
}

static void tell(struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	const char *what = resource_text(fn, r);
	struct report rep = {.rule = "leak/error-path",
			     .confidence = sureness(fn, e, r),
			     .st = &e->st,
			     .ins = e->ins,
			     .exit_kind = "argument",
			     .sibling_ins = r->release_ins,
			     .since = IR_NONE,
			     .at_text = "leaves here without releasing it",
			     .resource = r->family->resource,
			     .release = r->release,
			     .expression = what};

	rep.message =
		arena_printf(fn->w.arena, "%s '%s' is not released on this path, as it is (%s) on others that %s",
			     r->family->noun, what, r->release, e->class == EXIT_ERROR ? "fail" : "do not hand it on");
	fn_report(fn, &rep);
}

/* A way out of a void function that alone leaves the argument: the others release it or hand it on. */
static bool alone(struct fn *fn, const struct fn_exit *e, uint32_t argument)
{
	for (unsigned int i = 0; i < fn->exits.n; i++)
		if (fn->exits.v[i].ins != e->ins && leaves_alone(fn, &fn->exits.v[i], argument))
			return false;
	return true;
}

static void judge(struct fn *fn, const struct fn_exit *witness, const struct resource *r)
{
	for (unsigned int i = 0; i < fn->exits.n; i++) {
		const struct fn_exit *e = &fn->exits.v[i];

		if (e->class != witness->class || e->ins == witness->ins || !leaves_alone(fn, e, r->key) ||
		    asks_again(fn, e) || (e->class == EXIT_VOID && !alone(fn, e, r->key)))
			continue;
		tell(fn, e, r);
		return;
	}
}

static void consumed_exits(struct fn *fn)
{
	for (unsigned int i = 0; !fn->harness && i < fn->exits.n; i++) {
		const struct fn_exit *e = &fn->exits.v[i];
		struct pmap_iter it;

		for (pmap_first(&it, &e->st.res); e->class != EXIT_SUCCESS_CLASS && pmap_next(&it);) {
			const struct resource *r = (const struct resource *)(uintptr_t)it.value;
			const struct sym *s = sym_at(fn->e->pool, r->key);

			if (s->kind == SYM_PARAM && s->b == fn->index && r->family->kind == FAMILY_OWNED &&
			    (e->class == EXIT_ERROR || r->family->handed_on) && releases(fn, e, r, r->key) &&
			    !exchanged(fn, r))
				judge(fn, e, r);
		}
	}
}

const struct check check_consumed = {.name = "consumed", .exits = consumed_exits};
