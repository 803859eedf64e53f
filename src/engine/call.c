/* Calls: by rule, by summary, or by what the declaration says. */
#include "engine/context.h"

const char *call_name(const struct fn *fn, uint32_t callee)
{
	return callee == IR_NONE ? "" : model_display_name(fn->e->model, fn->e->unit->functions[callee].name);
}

static const struct ir_type *parameter_target(const struct fn *fn, uint32_t callee, uint32_t arg)
{
	const struct ir_unit *u = fn->e->unit;
	const struct ir_function *f = callee == IR_NONE ? NULL : &u->functions[callee];
	uint32_t t = f && f->param_types && arg < f->n_params ? f->param_types[arg] : IR_NONE;

	if (t == IR_NONE || u->types[t].kind != IR_T_PTR || u->types[t].target == IR_NONE)
		return NULL;
	return &u->types[u->types[t].target];
}

/* Callees fill structs, but hardly ever exchange a pointer to something that the caller owns. */
static void forget_members(struct fn *fn, struct state *st, uint32_t obj, uint32_t epoch)
{
	struct pmap before = st->mem;
	struct pmap_iter it;

	state_reset_object(&fn->w, st, obj, epoch);
	for (pmap_first(&it, &before); pmap_next(&it);)
		if (mem_obj(it.key) == obj && state_is_key(&fn->w, st, (uint32_t)it.value))
			pmap_put(fn->w.arena, &st->mem, it.key, it.value);
}

/* A variable whose address is passed may be written; so may the zeroed memory that a driver hands out for filling. */
static void may_write(struct fn *fn, struct state *st, const struct call *c, uint32_t arg, bool borrows)
{
	int64_t offset;
	uint32_t v = c->args[arg], obj = sym_split(fn->e->pool, v, &offset);
	uint32_t epoch = 2 + ((c->ins << 6 | (st->epoch & 63)) & 0x7fffffff);

	if (obj_at(fn->e->pool, obj)->kind == OBJ_LOCAL) {
		if (offset == 0 && !borrows)
			forget_members(fn, st, obj, epoch);
		else
			state_store(&fn->w, st, v, fn_fresh(fn, st, c->ins, 1000 + arg, range_any));
	} else if (!borrows && pmap_get(&st->objs, obj) == EPOCH_ZERO) {
		pmap_put(fn->w.arena, &st->objs, obj, epoch);
	}
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
		rule_apply(fn, st, &c, out);
		return;
	}
	if (c.callee != IR_NONE && e->unit->functions[c.callee].is_noreturn)
		return;
	if (c.callee != IR_NONE)
		sum = engine_summary(e, c.callee);
	if (usable(sum)) {
		e->stats->calls_known++;
		known = sum->takes_or_releases;
		summary_apply(fn, st, &c, sum, out);
	} else {
		if (c.callee == IR_NONE || !model_borrows(e->model, call_name(fn, c.callee)))
			e->stats->calls_unknown++;
		else
			e->stats->calls_known++;
		call_unknown(fn, &o.st, &c);
		o.ret = fn_fresh(fn, st, c.ins, 0, c.ret_range);
		vec_push(fn->w.arena, &out->all, o);
	}
	mine_call(fn, &c, out, known);
}

void call_execute(struct fn *fn, const struct state *st, const struct call *c, struct outcomes *out)
{
	const struct api *context = c->callee == IR_NONE ? NULL : fn->e->contexts[c->callee];

	execute(fn, st, c, out);
	for (unsigned int i = 0; context && context->tests_count && i < out->all.n; i++)
		out->all.v[i].st.counted = true;
}

void call_action(struct fn *fn, struct state *st, uint32_t callee_value, uint32_t arg, uint32_t ins, bool defer)
{
	const struct sym *f = sym_at(fn->e->pool, callee_value);
	struct outcomes out = {0};
	struct state scratch = *st;
	struct call c = {.ins = ins, .args = &arg, .n_args = 1, .ret_range = range_any, .ret_void = true};
	struct pmap_iter it;

	if (f->kind != SYM_ADDR || obj_at(fn->e->pool, f->a)->kind != OBJ_FUNC) {
		escape(fn, st, arg, true, 0);
		return;
	}
	c.callee = obj_at(fn->e->pool, f->a)->a;
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
