/*
 * Functions that the kernel calls in atomic context. They are made known in three ways: an ops table's initialiser, a
 * store into a member of such a struct at run time, and an argument of a call. A function of the unit that does one of
 * the latter two with its own parameter hands on what it is given.
 */
#include "lifecycle/lifecycle.h"

#include <string.h>

/* Slots say no more than that they may not sleep. */
enum { SLOT_PARTS = CONTEXT_LOCK | CONTEXT_BH };

/* Parameter `arg` of a function of the unit ends up as a callback. */
struct forwarded {
	uint32_t function, arg;
	unsigned int parts;
	const char *who;
};

struct finder {
	struct ir_unit *u;
	const struct protocols *protocols;
	const struct model *model;
	struct lifecycle *out;
	VEC(struct forwarded) forwarded;
	bool changed;
};

static const char *tag(const char *record)
{
	return g_str_has_prefix(record, "struct ") ? record + strlen("struct ") : record;
}

static void add(struct finder *f, uint32_t function, unsigned int parts, const char *who, struct ir_loc loc)
{
	if (function == IR_NONE || !f->u->functions[function].has_body)
		return;
	for (unsigned int i = 0; i < f->out->entries.n; i++)
		if (f->out->entries.v[i].function == function)
			return;
	vec_push(f->u->arena, &f->out->entries, ((struct atomic_entry){function, parts, who, loc}));
}

static void forward(struct finder *f, uint32_t function, uint32_t arg, unsigned int parts, const char *who)
{
	for (unsigned int i = 0; i < f->forwarded.n; i++)
		if (f->forwarded.v[i].function == function && f->forwarded.v[i].arg == arg)
			return;
	vec_push(f->u->arena, &f->forwarded, ((struct forwarded){function, arg, parts, who}));
	f->changed = true;
}

static const char *slot_text(struct finder *f, const struct protocol *p, const char *member)
{
	return arena_printf(f->u->arena, "%s of the %s", member, p->what);
}

static bool writes_member(const struct ir_unit *u, const char *name)
{
	for (uint32_t k = 0; k < u->n_functions; k++) {
		const struct ir_function *in = &u->functions[k];

		for (uint32_t i = 0; in->in_main_file && i < in->n_ins; i++) {
			const struct ir_ins *to = in->ins[i].op == IR_STORE ? &in->ins[in->ins[i].a[0]] : NULL;

			if (to && to->op == IR_FIELD && to->str && strcmp(to->str, name) == 0)
				return true;
		}
	}
	return false;
}

static bool forbids_sleeping(const struct finder *f, const struct protocol *p, const char *slot)
{
	return protocol_is_atomic(p, slot) && !(p->atomic_unless && writes_member(f->u, p->atomic_unless));
}

/* ---- tables ---- */

static void find_in_table(struct finder *f, const struct ir_global *g)
{
	for (uint32_t i = 0; i < g->n_inits; i++) {
		const struct ir_init *in = &g->inits[i];
		const struct protocol *p = in->kind == IR_INIT_FUNC && in->record && in->member
						   ? protocols_find(f->protocols, tag(in->record))
						   : NULL;

		if (p && forbids_sleeping(f, p, in->member))
			add(f, in->sym, SLOT_PARTS, slot_text(f, p, in->member), g->loc);
	}
}

/* ---- code ---- */

/* What the value is: a function, or a parameter that was never changed. */
static void give(struct finder *f, const struct ir_function *in, uint32_t index, uint32_t value, unsigned int parts,
		 const char *who, struct ir_loc loc)
{
	const struct ir_ins *v = &in->ins[value];

	while (v->op == IR_CAST)
		v = &in->ins[v->a[0]];
	if (v->op == IR_FUNC)
		add(f, v->sym, parts, who, loc);
	else if (v->op == IR_LOAD && in->ins[v->a[0]].op == IR_LOCAL && in->ins[v->a[0]].sym < in->n_params)
		forward(f, index, in->ins[v->a[0]].sym, parts, who);
}

static void find_in_store(struct finder *f, const struct ir_function *in, uint32_t index, const struct ir_ins *store)
{
	const struct ir_ins *to = &in->ins[store->a[0]];
	const struct ir_type *pointer, *record;
	const struct protocol *p;

	if (to->op != IR_FIELD || !to->str)
		return;
	pointer = &f->u->types[in->ins[to->a[0]].type];
	record = pointer->kind == IR_T_PTR && pointer->target != IR_NONE ? &f->u->types[pointer->target] : NULL;
	p = record && record->name ? protocols_find(f->protocols, tag(record->name)) : NULL;
	if (p && forbids_sleeping(f, p, to->str))
		give(f, in, index, store->a[1], SLOT_PARTS, slot_text(f, p, to->str), store->loc);
}

static void find_in_call(struct finder *f, const struct ir_function *in, uint32_t index, const struct ir_ins *call)
{
	const struct api *api;

	if (call->sym == IR_NONE)
		return;
	api = model_context(f->model, f->u->functions[call->sym].name);
	for (uint32_t i = 0; i < call->n_args && i < 32; i++)
		if (api && api->callbacks & 1u << i)
			give(f, in, index, call->args[i], api->callbacks_in ? api->callbacks_in : SLOT_PARTS,
			     arena_printf(f->u->arena, "an argument of %s()", call->macro ? call->macro : api->name),
			     call->loc);
	for (unsigned int i = 0; i < f->forwarded.n; i++) {
		struct forwarded *w = &f->forwarded.v[i];

		if (w->function == call->sym && w->arg < call->n_args)
			give(f, in, index, call->args[w->arg], w->parts, w->who, call->loc);
	}
}

static void find_in_code(struct finder *f, uint32_t index)
{
	const struct ir_function *in = &f->u->functions[index];

	for (uint32_t i = 0; i < in->n_ins; i++) {
		if (in->ins[i].op == IR_STORE)
			find_in_store(f, in, index, &in->ins[i]);
		else if (in->ins[i].op == IR_CALL)
			find_in_call(f, in, index, &in->ins[i]);
	}
}

void entries_find(struct ir_unit *u, const struct protocols *p, const struct model *m, struct lifecycle *out)
{
	struct finder f = {.u = u, .protocols = p, .model = m, .out = out};

	for (uint32_t i = 0; i < u->n_globals; i++)
		find_in_table(&f, &u->globals[i]);
	do {
		f.changed = false;
		for (uint32_t i = 0; i < u->n_functions; i++)
			if (u->functions[i].has_body)
				find_in_code(&f, i);
	} while (f.changed);
}
