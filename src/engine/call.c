/* Calls: by rule, by summary, or by what the declaration says. */
#include "engine/context.h"

const char *call_name(const struct fn *fn, uint32_t callee)
{
	return callee == IR_NONE ? "" : model_display_name(fn->e->model, fn->e->unit->functions[callee].name);
}

/* An unknown function whose name says that it releases may release anything that hangs on its arguments. */
static void may_release(struct fn *fn, struct state *st, uint32_t arg)
{
	struct pmap_iter it;

	for (pmap_first(&it, &st->res); pmap_next(&it);) {
		struct resource r = *(const struct resource *)(uintptr_t)it.value;

		if (r.state != RES_OWNED || !sym_derives(fn->e->pool, r.key, sym_base(fn->e->pool, arg)))
			continue;
		if (r.mined)
			continue;
		r.state = RES_ESCAPED;
		state_set_resource(&fn->w, st, r);
	}
}

void call_unknown(struct fn *fn, struct state *st, const struct call *c)
{
	uint32_t ret = fn_fresh(fn, st, c->ins, 0, c->ret_range);
	const char *name = call_name(fn, c->callee);
	bool borrows = c->callee != IR_NONE && model_borrows(fn->e->model, name);
	bool releases = c->callee != IR_NONE && !borrows && model_sounds_like_release(fn->e->model, name);

	for (uint32_t i = 0; i < c->n_args; i++) {
		const struct ir_type *target = parameter_target(fn, c->callee, i);

		if (sym_at(fn->e->pool, c->args[i])->kind == SYM_CONST || (target && target->is_const))
			continue;
		/* A number handed on (a bus address written to a register, an id) may be remembered by whoever reads
		 * it. */
		if (!borrows || !target)
			escape(fn, st, c->args[i], releases, ret);
		if (releases)
			may_release(fn, st, c->args[i]);
		may_write(fn, st, c, i, borrows);
	}
}

static bool usable(const struct summary *s)
{
	return s && s->cases.n;
}

static void execute(struct fn *fn, const struct state *st, const struct call *call, struct outcomes *out)
{
	struct engine *e = fn->e;
	struct call c = *call;
	const struct summary *sum = NULL;
	struct outcome o = {*st, 0};
	bool known = false;

	c.api = c.callee == IR_NONE ? NULL : e->apis[c.callee];
	context_call(fn, st, &c);
	if (c.api) {
		e->stats->calls_known++;
		check_handed(fn, &o.st, &c);
		rule_apply(fn, &o.st, &c, out);
		return;
	}
	if (c.callee != IR_NONE && e->unit->functions[c.callee].is_noreturn)
		return;
	if (c.callee != IR_NONE)
		sum = bound_summary(fn, &c);
	if (c.callee != IR_NONE && !usable(sum))
		sum = engine_summary(e, c.callee);
	if (usable(sum)) {
		e->stats->calls_known++;
		known = sum->takes_or_releases || summary_does_nothing(sum);
		summary_apply(fn, st, &c, sum, out);
	} else {
		if (c.callee == IR_NONE || !model_borrows(e->model, call_name(fn, c.callee)))
			e->stats->calls_unknown++;
		else
			e->stats->calls_known++;
		check_handed(fn, &o.st, &c);
		call_unknown(fn, &o.st, &c);
		o.ret = fn_fresh(fn, st, c.ins, 0, c.ret_range);
		vec_push(fn->w.arena, &out->all, o);
	}
	mine_call(fn, &c, out, known);
}

void call_execute(struct fn *fn, const struct state *st, const struct call *c, struct outcomes *out)
{
	const struct api *context = c->callee == IR_NONE ? NULL : fn->e->contexts[c->callee];

	struct state before = *st;

	fill_buffers(fn, &before, c);
	resource_again(fn, &before, c->ins);
	if (context && context->waits)
		others_run(fn, &before, c->ins);
	execute(fn, &before, c, out);
	for (unsigned int i = 0; context && context->tests_count && i < out->all.n; i++) {
		out->all.v[i].st.counted = true;
		for (uint32_t k = 0; k < c->n_args; k++)
			if (sym_at(fn->e->pool, c->args[k])->kind != SYM_CONST)
				count_dropped(fn, &out->all.v[i].st, c->args[k]);
	}
}

uint32_t fn_call_of(const struct fn *fn, uint32_t value)
{
	const struct sym *s = sym_at(fn->e->pool, value);
	bool call = s->kind == SYM_FRESH && s->a == fn->index && s->b < fn->f->n_ins && fn->f->ins[s->b].op == IR_CALL;

	return call ? s->b : IR_NONE;
}

void call_action(struct fn *fn, struct state *st, uint32_t callee_value, uint32_t arg, uint32_t ins, bool defer)
{
	struct outcomes out = {0};
	struct state scratch = *st;
	struct call c = {.ins = ins, .args = &arg, .n_args = 1, .ret_range = range_any, .ret_void = true};
	struct pmap_iter it;

	if (!sym_is_function(fn->e->pool, callee_value, &c.callee)) {
		escape(fn, st, arg, true, 0);
		return;
	}
	call_execute(fn, &scratch, &c, &out);
	if (!out.all.n)
		return;
	if (!defer) {
		*st = out.all.v[0].st;
		return;
	}
	/* What the action will release is no longer this function's business. */
	for (pmap_first(&it, &st->res); pmap_next(&it);) {
		struct resource r = *(const struct resource *)(uintptr_t)it.value;
		const struct resource *then = NULL;

		for (unsigned int i = 0; i < out.all.n && (!then || then->state == RES_OWNED); i++)
			then = state_resource(&out.all.v[i].st, r.key, r.family);
		if (r.state != RES_OWNED || !then || then->state == RES_OWNED)
			continue;
		r.state = RES_ESCAPED;
		state_set_resource(&fn->w, st, r);
	}
	may_release(fn, st, arg);
}
