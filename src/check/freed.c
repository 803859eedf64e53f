/* Which members of which records a function frees what they point to, by itself or by what it calls. */
#include "check/freed.h"

#include <string.h>

const struct summary *callee_summary(struct engine *e, const struct ir_ins *call)
{
	return call->op == IR_CALL && call->sym != IR_NONE && !e->apis[call->sym] ? engine_summary(e, call->sym) : NULL;
}

static const char *callee_name(struct engine *e, const struct ir_function *f, uint32_t ins)
{
	return model_display_name(e->model, e->unit->functions[f->ins[ins].sym].name);
}

/* What the unit calls the member there. */
static const char *member_name(const struct ir_unit *u, const struct slot *s)
{
	for (uint32_t k = 0; k < u->n_functions; k++) {
		const struct ir_function *f = &u->functions[k];

		for (uint32_t i = 0; s->record && i < f->n_ins; i++) {
			const char *record = f->ins[i].op == IR_FIELD && f->ins[i].imm == s->offset
						     ? record_pointed_to(u, f, f->ins[i].a[0])
						     : NULL;

			if (record && strcmp(record, s->record) == 0)
				return f->ins[i].str;
		}
	}
	return NULL;
}

static void add_freed(struct engine *e, const struct freed *d, struct freed_list *out)
{
	for (unsigned int i = 0; i < out->all.n; i++)
		if (out->all.v[i].ins == d->ins && slots_meet(&out->all.v[i].place, &d->place))
			return;
	if (d->place.all.n)
		vec_push(e->arena, &out->all, *d);
}

static void freed_argument(struct engine *e, const struct ir_function *f, uint32_t ins, uint32_t arg,
			   struct freed_list *out)
{
	struct freed d = {.ins = ins, .by = callee_name(e, f, ins)};

	while (f->ins[arg].op == IR_CAST)
		arg = f->ins[arg].a[0];
	if (f->ins[arg].op != IR_LOAD || !is_in_member(f, f->ins[arg].a[0]))
		return;
	slots_of(e, f, f->ins[arg].a[0], 0, &d.place);
	add_freed(e, &d, out);
}

/* The callee frees its argument, or what stands in a member of what that points to. */
static void freed_by_callee(struct engine *e, const struct ir_function *f, uint32_t ins, const struct sum_resource *r,
			    struct freed_list *out)
{
	const struct ir_ins *call = &f->ins[ins];
	const struct sym *key = sym_at(e->pool, r->key), *base;
	struct freed d = {.ins = ins, .by = callee_name(e, f, ins)};
	const char *record;

	/* A function of another file may have cleared the pointer. */
	if (r->delta >= 0 || (r->inner && key->kind == SYM_INIT) ||
	    !ends_with_release(r->families ? r->families[0] : r->family))
		return;
	if (key->kind == SYM_PARAM && key->a < call->n_args)
		freed_argument(e, f, ins, call->args[key->a], out);
	if (key->kind != SYM_INIT || obj_at(e->pool, key->a)->kind != OBJ_PTR)
		return;
	base = sym_at(e->pool, obj_at(e->pool, key->a)->a);
	record = base->kind == SYM_PARAM && base->a < call->n_args ? record_pointed_to(e->unit, f, call->args[base->a])
								   : NULL;
	if (!record)
		return;
	vec_push(e->arena, &d.place.all, ((struct slot){record, IR_NONE, key->k}));
	d.place.member = member_name(e->unit, &d.place.all.v[0]);
	add_freed(e, &d, out);
}

void freed_find(struct engine *e, const struct ir_function *f, struct freed_list *out)
{
	for (uint32_t i = 0; i < f->n_ins; i++) {
		const struct ir_ins *call = &f->ins[i];
		const struct api *api = engine_api(e, call);
		const struct summary *sum = callee_summary(e, call);

		for (unsigned int k = 0; api && k < api->n_effects; k++)
			if (api->effects[k].kind == EFFECT_RELEASE && ends_with_release(api->effects[k].families[0]) &&
			    api->effects[k].at.root == PLACE_ARG && !api->effects[k].at.deref &&
			    !api->effects[k].at.field && (uint32_t)api->effects[k].at.arg < call->n_args)
				freed_argument(e, f, i, call->args[api->effects[k].at.arg], out);
		for (unsigned int c = 0; sum && c < sum->cases.n; c++)
			for (unsigned int k = 0; k < sum->cases.v[c].resources.n; k++)
				freed_by_callee(e, f, i, &sum->cases.v[c].resources.v[k], out);
	}
}

bool writes_to(struct engine *e, const bool *functions, const struct slots *place)
{
	const struct ir_unit *u = e->unit;

	for (uint32_t k = 0; k < u->n_functions; k++) {
		const struct ir_function *f = &u->functions[k];

		for (uint32_t i = 0; functions[k] && f->in_main_file && i < f->n_ins; i++) {
			struct slots s;

			if (f->ins[i].op != IR_STORE || !is_in_member(f, f->ins[i].a[0]))
				continue;
			slots_of(e, f, f->ins[i].a[0], 0, &s);
			if (slots_meet(&s, place))
				return true;
		}
	}
	return false;
}
