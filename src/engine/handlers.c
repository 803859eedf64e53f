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

/* ---- slots ---- */

/* A function of the file that stands in a slot of such a struct. */
struct slot_function {
	const char *record;
	uint32_t function;
};
struct slot_functions {
	VEC(struct slot_function) all;
};

static void add_slot_function(struct engine *e, const char *record, uint32_t function, struct slot_functions *out)
{
	if (!record || !e->unit->functions[function].has_body || !e->unit->functions[function].in_main_file)
		return;
	for (unsigned int i = 0; i < out->all.n; i++)
		if (out->all.v[i].function == function && strcmp(out->all.v[i].record, record) == 0)
			return;
	vec_push(e->arena, &out->all, ((struct slot_function){record, function}));
}

static void slot_functions_find(struct engine *e, struct slot_functions *out)
{
	const struct ir_unit *u = e->unit;

	for (uint32_t i = 0; i < u->n_globals; i++)
		for (uint32_t k = 0; k < u->globals[i].n_inits; k++)
			if (u->globals[i].inits[k].kind == IR_INIT_FUNC)
				add_slot_function(e, u->globals[i].inits[k].record, u->globals[i].inits[k].sym, out);
	for (uint32_t i = 0; i < u->n_functions; i++) {
		const struct ir_function *f = &u->functions[i];

		for (uint32_t k = 0; f->in_main_file && k < f->n_ins; k++) {
			uint32_t v = f->ins[k].op == IR_STORE ? f->ins[k].a[1] : IR_NONE;

			while (v != IR_NONE && f->ins[v].op == IR_CAST)
				v = f->ins[v].a[0];
			if (v != IR_NONE && f->ins[v].op == IR_FUNC && f->ins[f->ins[k].a[0]].op == IR_FIELD)
				add_slot_function(e, record_pointed_to(u, f, f->ins[f->ins[k].a[0]].a[0]),
						  f->ins[v].sym, out);
		}
	}
}

static bool serves(const struct family *f, const char *record)
{
	const char *tag = g_str_has_prefix(record, "struct ") ? record + strlen("struct ") : record;

	for (unsigned int i = 0; f->serves[i]; i++)
		if (strcmp(f->serves[i], tag) == 0)
			return true;
	return false;
}

/* What is registered is called by its users from then on. */
static void put_to_use(struct engine *e, struct handlers *out, const struct slot_functions *slots, struct origin at,
		       const struct api *api)
{
	for (unsigned int i = 0; i < api->n_effects; i++) {
		const struct effect *x = &api->effects[i];

		for (unsigned int k = 0; x->kind == EFFECT_ACQUIRE && x->family->serves && k < slots->all.n; k++)
			if (serves(x->family, slots->all.v[k].record))
				vec_push(e->arena, &out->all,
					 ((struct handler){.function = slots->all.v[k].function,
							   .family = x->family,
							   .api = model_display_name(e->model, api->name),
							   .at = at,
							   .in_slot = true,
							   .managed = x->device.root != PLACE_NONE}));
	}
}

void handlers_find(struct engine *e, struct handlers *out)
{
	const struct ir_unit *u = e->unit;
	struct slot_functions slots = {0};

	slot_functions_find(e, &slots);
	for (uint32_t i = 0; i < u->n_functions; i++) {
		const struct ir_function *f = &u->functions[i];

		for (uint32_t k = 0; f->in_main_file && k < f->n_ins; k++)
			if (f->ins[k].op == IR_CALL && f->ins[k].sym != IR_NONE && e->apis[f->ins[k].sym]) {
				registered(e, out, i, k, e->apis[f->ins[k].sym]);
				put_to_use(e, out, &slots, (struct origin){i, k}, e->apis[f->ins[k].sym]);
			}
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

/* A pointer, or a number that is made one. */
static bool holds_pointer(const struct ir_unit *u, const struct ir_function *f, uint32_t value)
{
	const struct ir_type *t = &u->types[f->ins[value].type];

	for (uint32_t i = value + 1; t->kind == IR_T_INT && t->size == 8 && i < f->n_ins; i++)
		if (f->ins[i].op == IR_CAST && f->ins[i].a[0] == value && u->types[f->ins[i].type].kind == IR_T_PTR)
			return true;
	return t->kind == IR_T_PTR;
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

			if (in->op != IR_LOAD || !is_in_member(f, in->a[0]) || !holds_pointer(u, f, i) ||
			    !is_followed(f, i))
				continue;
			slots_of(e, f, in->a[0], 0, &at);
			add_place(e, &at, out);
		}
	}
}

static bool is_member(const struct slots *s, const struct armed_member *m)
{
	for (unsigned int i = 0; i < s->all.n; i++)
		for (unsigned int k = 0; k < m->slots.n; k++)
			if (s->all.v[i].record && m->slots.v[k].record && s->all.v[i].offset == m->slots.v[k].offset &&
			    strcmp(s->all.v[i].record, m->slots.v[k].record) == 0)
				return true;
	return false;
}

/* What a rule knows and says nothing of but that it sleeps is a lock. */
static bool is_lock(const struct engine *e, const struct ir_ins *in)
{
	const struct api *api = in->op == IR_CALL && in->sym != IR_NONE ? e->apis[in->sym] : NULL;

	return api && !api->n_effects && api->intrinsic == INTRINSIC_NONE;
}

/* Loads from the place, or stores to it; a call that gets its address may do either: test_bit(), set_bit(). */
static bool touches(struct engine *e, const struct ir_function *f, enum ir_op op, const struct slots *place)
{
	for (uint32_t i = 0; i < f->n_ins; i++) {
		const struct ir_ins *in = &f->ins[i];

		for (uint32_t k = 0; !is_lock(e, in) && k < (in->op == IR_CALL ? in->n_args : in->op == op); k++) {
			uint32_t at = in->op == IR_CALL ? in->args[k] : in->a[0];
			struct slots s;

			while (f->ins[at].op == IR_CAST)
				at = f->ins[at].a[0];
			if (f->ins[at].op != IR_FIELD)
				continue;
			slots_of(e, f, at, 0, &s);
			if (slots_meet(&s, place))
				return true;
		}
	}
	return false;
}

bool looks_at_flag(struct engine *e, uint32_t function, const bool *writers, const struct armed_member *m)
{
	const struct ir_unit *u = e->unit;
	const struct ir_function *f = &u->functions[function];

	for (uint32_t i = 0; i < f->n_ins; i++) {
		struct slots s;

		if (f->ins[i].op != IR_FIELD)
			continue;
		slots_of(e, f, i, 0, &s);
		if (is_member(&s, m) || !touches(e, f, IR_LOAD, &s))
			continue;
		for (uint32_t k = 0; k < u->n_functions; k++)
			if (writers[k] && u->functions[k].in_main_file && touches(e, &u->functions[k], IR_STORE, &s))
				return true;
	}
	return false;
}
