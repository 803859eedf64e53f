#include "engine/handlers.h"

#include <string.h>

static uint32_t function_named(const struct ir_function *f, const struct ir_ins *call, const struct place *pl)
{
	uint32_t v;

	if (pl->root != PLACE_ARG || pl->deref || pl->field || (uint32_t)pl->arg >= call->n_args)
		return IR_NONE;
	for (v = call->args[pl->arg]; f->ins[v].op == IR_CAST;)
		v = f->ins[v].a[0];
	return f->ins[v].op == IR_FUNC ? f->ins[v].sym : IR_NONE;
}

static void registered(struct engine *e, struct handlers *out, uint32_t function, uint32_t ins, const struct api *api)
{
	const struct ir_function *f = &e->unit->functions[function];
	const struct ir_ins *call = &f->ins[ins];

	for (unsigned int i = 0; i < api->n_effects; i++) {
		const struct effect *x = &api->effects[i];
		uint32_t runs = x->kind == EFFECT_ARM ? function_named(f, call, &x->value) : IR_NONE;
		struct handler h = {.function = runs,
				    .family = x->family,
				    .api = model_display_name(e->model, api->name),
				    .at = {function, ins},
				    .managed = x->device.root != PLACE_NONE};

		if (runs == IR_NONE || !e->unit->functions[runs].has_body)
			continue;
		if (x->with.root == PLACE_ARG && (uint32_t)x->with.arg < call->n_args)
			h.record = record_pointed_to(e->unit, f, call->args[x->with.arg]);
		vec_push(e->arena, &out->all, h);
	}
}

void handlers_find(struct engine *e, struct handlers *out)
{
	const struct ir_unit *u = e->unit;

	for (uint32_t i = 0; i < u->n_functions; i++) {
		const struct ir_function *f = &u->functions[i];

		for (uint32_t k = 0; f->in_main_file && k < f->n_ins; k++)
			if (f->ins[k].op == IR_CALL && f->ins[k].sym != IR_NONE && e->apis[f->ins[k].sym])
				registered(e, out, i, k, e->apis[f->ins[k].sym]);
	}
}

/* Looks at what is behind the pointer, or gives it to somebody who may; comparing it is neither. */
static bool is_followed(const struct ir_function *f, uint32_t value)
{
	for (uint32_t i = value + 1; i < f->n_ins; i++) {
		const struct ir_ins *in = &f->ins[i];

		if ((in->op == IR_FIELD || in->op == IR_INDEX || in->op == IR_LOAD || in->op == IR_CAST) &&
		    in->a[0] == value)
			return true;
		if (in->op == IR_STORE && in->a[1] == value)
			return true;
		for (uint32_t k = 0; in->op == IR_CALL && k < in->n_args; k++)
			if (in->args[k] == value)
				return true;
		if (ir_ops[in->op].terminator)
			return false;
	}
	return false;
}

bool slots_meet(const struct slots *x, const struct slots *y)
{
	for (unsigned int i = 0; i < x->all.n; i++)
		for (unsigned int k = 0; k < y->all.n; k++) {
			const struct slot *a = &x->all.v[i], *b = &y->all.v[k];

			if (a->record && b->record && a->offset == b->offset && strcmp(a->record, b->record) == 0)
				return true;
		}
	return false;
}

static void add_place(struct engine *e, const struct slots *at, struct slots *out)
{
	struct slots one = {0};

	for (unsigned int i = 0; i < at->all.n; i++) {
		one.all.v = &at->all.v[i];
		one.all.n = 1;
		if (at->all.v[i].record && !slots_meet(&one, out))
			vec_push(e->arena, &out->all, at->all.v[i]);
	}
}

void places_followed(struct engine *e, uint32_t function, struct slots *out)
{
	const struct ir_unit *u = e->unit;
	bool *seen = ARENA_ARRAY(e->arena, bool, u->n_functions + 1);

	mark_called(u, function, seen);
	for (uint32_t k = 0; k < u->n_functions; k++) {
		const struct ir_function *f = &u->functions[k];

		for (uint32_t i = 0; seen[k] && f->in_main_file && i < f->n_ins; i++) {
			const struct ir_ins *in = &f->ins[i];
			struct slots at;

			if (in->op != IR_LOAD || f->ins[in->a[0]].op != IR_FIELD ||
			    u->types[in->type].kind != IR_T_PTR || !is_followed(f, i))
				continue;
			slots_of(e, f, in->a[0], 0, &at);
			add_place(e, &at, out);
		}
	}
}
