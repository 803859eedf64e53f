/* Allocations with flags for atomic context in a function that sleeps on every call, outside of any atomic section. */
#include "check/checks.h"
#include "engine/context.h"

/* Whoever calls the function must be able to sleep: it does so before anything is decided. */
static const struct sleep *always_sleeps(const struct fn *fn)
{
	for (unsigned int i = 0; i < fn->sleeps.n; i++) {
		const struct sleep *s = fn->sleeps.v[i];

		if (!s->inner && s->api->sleeps == SLEEPS_ALWAYS && !s->api->sleeps_where && !s->context && !s->pre.n &&
		    !s->path.n)
			return s;
	}
	return NULL;
}

static void tell(struct fn *fn, const struct strict_call *call, const struct sleep *s)
{
	const struct ir_loc *loc = &fn->f->ins[s->ins].loc;
	struct finding_event sleeps = {"note", fn->e->unit->files[loc->file], loc->line, loc->column,
				       arena_printf(fn->w.arena, "%s() may sleep here", s->name)};
	struct report r = {.rule = "alloc/context",
			   .confidence = CONF_LOW,
			   .ins = call->ins,
			   .message = arena_printf(
				   fn->w.arena, "%s() with flags for atomic context in a function that sleeps in %s()",
				   call->name, s->name),
			   .exit_kind = "strict",
			   .sibling_ins = IR_NONE,
			   .at_text = "allocated here",
			   .resource = "memory",
			   .acquire = call->name,
			   .before = &sleeps,
			   .n_before = 1};

	fn_report(fn, &r);
}

static void strict_exits(struct fn *fn)
{
	const struct sleep *s = fn->strict.n ? always_sleeps(fn) : NULL;

	for (unsigned int i = 0; s && !fn->out_of_steps && i < fn->strict.n; i++)
		if (!fn->strict.v[i].needed)
			tell(fn, &fn->strict.v[i], s);
}

const struct check check_strict = {.name = "strict", .exits = strict_exits};
