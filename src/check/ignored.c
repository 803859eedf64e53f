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

/* An argument says that the effect does not come. */
static bool ruled_out(const struct ir_function *f, const struct ir_ins *call, const struct effect *e)
{
	const struct ir_ins *arg =
		e->bits && (uint32_t)e->bits_arg < call->n_args ? &f->ins[call->args[e->bits_arg]] : NULL;

	return arg && arg->op == IR_CONST && !effect_comes_with(e, arg->imm);
}

/* What the call takes when it succeeds, and not when it fails; NULL: nothing. */
static const struct family *taken_by_rule(const struct fn *fn, const struct ir_ins *call, const struct api *api)
{
	if (api->fails != FAILS_ERRNO)
		return NULL;
	for (unsigned int i = 0; i < api->n_effects; i++) {
		const struct effect *e = &api->effects[i];

		if (e->kind == EFFECT_ACQUIRE && e->when == WHEN_SUCCESS && e->at.root == PLACE_ARG &&
		    !ruled_out(fn->f, call, e))
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

static const struct family *taken_by(struct fn *fn, const struct ir_ins *call)
{
	uint32_t callee = call->sym;
	const struct summary *s;

	if (fn->e->apis[callee])
		return taken_by_rule(fn, call, fn->e->apis[callee]);
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

/* Has the path come into the block by the branch that alone leads there, at `from` by that `way`? */
static bool took(const struct fn_exit *e, uint32_t from, uint32_t way)
{
	for (const struct step *t = e->st.trace; t; t = t->before)
		if (t->kind == STEP_BRANCH && t->ins == from && t->way == way)
			return true;
	return false;
}

/* Do all paths fail that come by the call? It puts back what was there before, and nothing is left to be done. */
static bool on_failure_only(const struct fn *fn, uint32_t ins)
{
	const struct ir_function *f = fn->f;
	uint32_t b = ir_block_of(f, ins), from;
	bool any = false;

	while (f->blocks[b].n_pred == 1 && f->blocks[f->blocks[b].pred[0]].n_succ == 1)
		b = f->blocks[b].pred[0];
	if (f->blocks[b].n_pred != 1)
		return false;
	from = f->blocks[b].pred[0];
	for (unsigned int i = 0; i < fn->exits.n; i++) {
		const struct fn_exit *e = &fn->exits.v[i];

		if (!took(e, f->blocks[from].first + f->blocks[from].n - 1, f->blocks[from].succ[0] != b))
			continue;
		if (e->class != EXIT_ERROR)
			return false;
		any = true;
	}
	return any;
}

static void judge(struct fn *fn, uint32_t ins)
{
	uint32_t callee = fn->f->ins[ins].sym;
	const struct api *api = fn->e->apis[callee];
	const struct family *f = taken_by(fn, &fn->f->ins[ins]);

	/* What is seldom undone is as seldom missed. */
	if ((api && api->may_ignore) || (f && f->kind == FAMILY_COUNT && !f->leak_at_root))
		return;
	if (f || (api && api->must_check))
		tell(fn, ins, f, api && !on_failure_only(fn, ins) ? CONF_MEDIUM : CONF_LOW);
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
