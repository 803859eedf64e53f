/*
 * Calls that can fail and whose result nobody looks at, though they take what the driver counts on having: an interface
 * that is registered, a clock that runs, memory that a function of the same file allocates.
 *
 * Without the interface the driver is of no use, and what takes it down later takes down what is not there: the count
 * of a clock that did not start to run. Nine of eleven such findings were right. Whether a helper's work was done can
 * often be seen otherwise (it counts its successes, the caller looks at what it has set): nine of thirteen, told
 * quietly.
 */
#include "check/checks.h"

/* What the call takes when it succeeds, and not when it fails; NULL: nothing. */
static const struct family *taken_by_rule(const struct api *api)
{
	if (api->fails != FAILS_ERRNO)
		return NULL;
	for (unsigned int i = 0; i < api->n_effects; i++) {
		const struct effect *e = &api->effects[i];

		if (e->kind == EFFECT_ACQUIRE && e->when == WHEN_SUCCESS && e->at.root == PLACE_ARG)
			return e->family;
	}
	return NULL;
}

static bool case_takes(const struct sum_case *c, const struct family *f)
{
	for (unsigned int i = 0; i < c->resources.n; i++)
		if (c->resources.v[i].delta > 0 && c->resources.v[i].family == f)
			return true;
	return false;
}

/* What the function takes on every way to success and on no way to failure. */
static const struct family *taken_by_body(const struct summary *s)
{
	const struct sum_case *ok = NULL;

	for (unsigned int i = 0; i < s->cases.n && !ok; i++)
		if (s->cases.v[i].class == EXIT_SUCCESS_CLASS)
			ok = &s->cases.v[i];
	for (unsigned int k = 0; ok && k < ok->resources.n; k++) {
		const struct family *f = ok->resources.v[k].family;
		bool fits = ok->resources.v[k].delta > 0, fails = false;

		for (unsigned int i = 0; fits && i < s->cases.n; i++) {
			fails |= s->cases.v[i].class == EXIT_ERROR;
			fits = s->cases.v[i].class == EXIT_ERROR ? !case_takes(&s->cases.v[i], f)
								 : case_takes(&s->cases.v[i], f);
		}
		if (fits && fails)
			return f;
	}
	return NULL;
}

static void tell(struct fn *fn, uint32_t ins, const struct family *f, enum confidence c)
{
	const char *name = call_name(fn, fn->f->ins[ins].sym);
	struct report r = {.rule = "check/unchecked",
			   .confidence = c,
			   .ins = ins,
			   .message = arena_printf(fn->w.arena, "%s() may fail, but nobody looks at its result%s%s",
						   name, f ? ": then there is no " : "", f ? f->noun : ""),
			   .exit_kind = "ignored",
			   .sibling_ins = IR_NONE,
			   .at_text = "called here",
			   .resource = f ? f->resource : "other",
			   .acquire = name};

	fn_report(fn, &r);
}

static const struct family *taken_by(struct fn *fn, uint32_t callee)
{
	const struct summary *s;

	if (fn->e->apis[callee])
		return taken_by_rule(fn->e->apis[callee]);
	s = fn->e->unit->functions[callee].has_body ? engine_summary(fn->e, callee) : NULL;
	return s ? taken_by_body(s) : NULL;
}

/* Only a function that reports failures of its own could report this one. */
static bool reports_failure(const struct fn *fn)
{
	for (unsigned int i = 0; i < fn->exits.n; i++)
		if (fn->exits.v[i].class == EXIT_ERROR)
			return true;
	return false;
}

static void judge(struct fn *fn, uint32_t ins)
{
	uint32_t callee = fn->f->ins[ins].sym;
	const struct api *api = fn->e->apis[callee];
	const struct family *f = taken_by(fn, callee);

	/* What is seldom undone is as seldom missed. */
	if ((api && api->may_ignore) || (f && f->kind == FAMILY_COUNT && !f->leak_at_root))
		return;
	if (f || (api && api->must_check))
		tell(fn, ins, f, api ? CONF_MEDIUM : CONF_LOW);
}

static void ignored_exits(struct fn *fn)
{
	if (fn->harness || !reports_failure(fn))
		return;
	for (uint32_t i = 0; i < fn->f->n_ins; i++)
		if (fn->f->ins[i].op == IR_CALL && fn->f->ins[i].sym != IR_NONE && !fn->used[i])
			judge(fn, i);
}

const struct check check_ignored = {.name = "ignored", .exits = ignored_exits};
