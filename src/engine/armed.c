#include "engine/armed.h"

#include <string.h>

/* ---- which member a call names ---- */

static const char *record_behind(const struct ir_unit *u, uint32_t type)
{
	const struct ir_type *t = type == IR_NONE ? NULL : &u->types[type];

	t = t && t->kind == IR_T_PTR && t->target != IR_NONE ? &u->types[t->target] : NULL;
	return t && t->kind == IR_T_RECORD ? t->name : NULL;
}

const char *record_pointed_to(const struct ir_unit *u, const struct ir_function *f, uint32_t arg)
{
	const char *name = record_behind(u, f->ins[arg].type);

	while (!name && f->ins[arg].op == IR_CAST) {
		arg = f->ins[arg].a[0];
		name = record_behind(u, f->ins[arg].type);
	}
	return name;
}

/* Is this the record of what is armed itself, a struct work_struct? As a member's home it says nothing about which one.
 */
static const struct family *armed_family(const struct engine *e, const char *record)
{
	const char *tag = record && g_str_has_prefix(record, "struct ") ? record + strlen("struct ") : record;

	for (unsigned int i = 0; tag && i < model_n_families(e->model); i++) {
		const struct family *f = model_family_at(e->model, i);

		if (f->record && strcmp(f->record, tag) == 0)
			return f;
	}
	return NULL;
}

static void add_slot(struct engine *e, struct slots *out, const char *record, uint32_t global, int64_t offset)
{
	if (armed_family(e, record))
		return;
	vec_push(e->arena, &out->all, ((struct slot){record, global, offset}));
}

/* An array as the address of its first element. */
static bool is_decay(const struct ir_unit *u, const struct ir_function *f, const struct ir_ins *in)
{
	const struct ir_type *t = in->op == IR_CAST ? &u->types[f->ins[in->a[0]].type] : NULL;

	return t && t->kind == IR_T_PTR && t->target != IR_NONE && u->types[t->target].kind == IR_T_ARRAY;
}

void slots_of(struct engine *e, const struct ir_function *f, uint32_t arg, int64_t extra, struct slots *out)
{
	const struct ir_ins *in = &f->ins[arg];
	int64_t offset = extra;
	const char *record;

	memset(out, 0, sizeof(*out));
	record = record_pointed_to(e->unit, f, arg);
	if (extra && record)
		add_slot(e, out, record, IR_NONE, offset);
	while (in->op == IR_CAST && !record_behind(e->unit, in->type))
		in = &f->ins[in->a[0]];
	for (; in->op == IR_FIELD || in->op == IR_INDEX || is_decay(e->unit, f, in); in = &f->ins[in->a[0]]) {
		if (in->op != IR_FIELD)
			continue;
		offset += in->imm;
		out->member = out->member ? out->member : in->str;
		record = record_behind(e->unit, f->ins[in->a[0]].type);
		if (record)
			add_slot(e, out, record, IR_NONE, offset);
	}
	if (in->op == IR_GLOBAL) {
		add_slot(e, out, NULL, in->sym, offset);
		out->member = out->member ? out->member : e->unit->globals[in->sym].name;
	}
}

bool is_in_member(const struct ir_function *f, uint32_t address)
{
	while (f->ins[address].op == IR_INDEX || f->ins[address].op == IR_CAST)
		address = f->ins[address].a[0];
	return f->ins[address].op == IR_FIELD;
}

static bool same_slot(const struct slot *x, const struct slot *y)
{
	if (!x->record || !y->record)
		return x->record == y->record && x->global == y->global && x->offset == y->offset;
	return x->offset == y->offset && strcmp(x->record, y->record) == 0;
}

bool member_lies_in(const struct armed_member *m, const char *record)
{
	for (unsigned int i = 0; i < m->slots.n; i++)
		if (m->slots.v[i].record && strcmp(m->slots.v[i].record, record) == 0)
			return true;
	return false;
}

static bool has_slot(const struct armed_member *m, const struct slot *s)
{
	for (unsigned int i = 0; i < m->slots.n; i++)
		if (same_slot(&m->slots.v[i], s))
			return true;
	return false;
}

/* ---- what the calls do to it ---- */

struct gathering {
	struct engine *e;
	struct armed_members *to;
	uint32_t function, ins;
};

/* What one call says of a member. */
struct mention {
	const struct family *const *families;
	unsigned int n_families;
	enum effect_kind kind; /* ARM, RELEASE, HALT */
	const char *api;
	struct origin at;
	bool last;
};

static void absorb(struct arena *a, struct armed_member *into, const struct armed_member *other)
{
	for (unsigned int i = 0; i < other->arms.n; i++)
		vec_push(a, &into->arms, other->arms.v[i]);
	for (unsigned int i = 0; i < other->waits.n; i++)
		vec_push(a, &into->waits, other->waits.v[i]);
	for (unsigned int i = 0; i < other->halts.n; i++)
		vec_push(a, &into->halts, other->halts.v[i]);
	if (!into->api) {
		into->api = other->api;
		into->armed = other->armed;
		into->family = other->family;
	}
}

/* The member that all these slots are of: what were two so far become one. */
static struct armed_member *member_for(struct gathering *g, const struct slots *s, const struct family *f)
{
	struct armed_member *found = NULL;

	for (unsigned int i = 0; i < g->to->all.n; i++) {
		struct armed_member *m = &g->to->all.v[i];
		bool hit = false;

		for (unsigned int k = 0; k < s->all.n; k++)
			hit |= has_slot(m, &s->all.v[k]);
		if (!hit)
			continue;
		if (!found) {
			found = m;
			continue;
		}
		absorb(g->e->arena, found, m);
		for (unsigned int k = 0; k < m->slots.n; k++)
			vec_push(g->e->arena, &found->slots, m->slots.v[k]);
		memset(m, 0, sizeof(*m));
	}
	if (!found) {
		struct armed_member fresh = {.member = s->member,
					     .family = f,
					     .armed.ins = IR_NONE,
					     .set_up.ins = IR_NONE,
					     .callback = IR_NONE};

		vec_push(g->e->arena, &g->to->all, fresh);
		found = &g->to->all.v[g->to->all.n - 1];
	}
	for (unsigned int k = 0; k < s->all.n; k++)
		if (!has_slot(found, &s->all.v[k]))
			vec_push(g->e->arena, &found->slots, s->all.v[k]);
	return found;
}

static void add_call(struct arena *a, struct armed_calls *to, const struct mention *what)
{
	for (unsigned int i = 0; i < to->n; i++)
		if (to->v[i].at.function == what->at.function && to->v[i].at.ins == what->at.ins)
			return;
	vec_push(a, to, ((struct armed_call){what->at, what->api, what->last}));
}

static void mention(struct gathering *g, const struct slots *s, const struct mention *what)
{
	struct armed_member *m;

	if (!s->all.n) {
		for (unsigned int i = 0; what->kind == EFFECT_RELEASE && i < what->n_families; i++)
			g->to->unclear[what->families[i]->index] = true;
		return;
	}
	m = member_for(g, s, what->families[0]);
	if (what->kind == EFFECT_ARM) {
		add_call(g->e->arena, &m->arms, what);
		if (!m->api) {
			m->api = what->api;
			m->armed = what->at;
			m->family = what->families[0];
		}
	} else {
		add_call(g->e->arena, what->kind == EFFECT_RELEASE ? &m->waits : &m->halts, what);
	}
}

static bool all_armed(const struct family *const *families, unsigned int n)
{
	for (unsigned int i = 0; i < n; i++)
		if (families[i]->kind != FAMILY_ARMED)
			return false;
	return n > 0;
}

static void by_rule(struct gathering *g, const struct ir_function *f, const struct ir_ins *call, const struct api *api)
{
	for (unsigned int k = 0; k < api->n_effects; k++) {
		const struct effect *x = &api->effects[k];
		struct mention m = {.kind = x->kind,
				    .api = model_display_name(g->e->model, api->name),
				    .last = x->last,
				    .at = {g->function, g->ins}};
		struct slots s;

		if (x->kind != EFFECT_ARM && x->kind != EFFECT_RELEASE && x->kind != EFFECT_HALT)
			continue;
		m.families = x->kind == EFFECT_ARM ? (const struct family *const *)&x->family : x->families;
		m.n_families = x->kind == EFFECT_ARM ? 1 : x->n_families;
		if (!all_armed(m.families, m.n_families))
			continue;
		if (x->at.root == PLACE_ANY) {
			for (unsigned int i = 0; i < m.n_families; i++)
				g->to->unclear[m.families[i]->index] = true;
		} else if (x->at.root == PLACE_ARG && (uint32_t)x->at.arg < call->n_args && !x->at.deref &&
			   !x->at.field) {
			slots_of(g->e, f, call->args[x->at.arg], 0, &s);
			mention(g, &s, &m);
		}
	}
}

/* The callee does it to its argument, or to a member of what that points to. FALSE: its summary says nothing of it. */
static bool by_summary(struct gathering *g, const struct ir_function *f, const struct ir_ins *call,
		       const struct summary *sum)
{
	struct pool *p = g->e->pool;
	bool said = false;

	for (unsigned int i = 0; i < sum->cases.n; i++)
		for (unsigned int k = 0; k < sum->cases.v[i].resources.n; k++) {
			const struct sum_resource *r = &sum->cases.v[i].resources.v[k];
			const struct sym *base = sym_at(p, sym_base(p, r->key));
			struct mention m = {.families = r->families ? r->families : &r->family,
					    .n_families = r->families ? r->n_families : 1,
					    .kind = r->delta > 0 ? EFFECT_ARM : EFFECT_RELEASE,
					    .api = g->e->unit->functions[call->sym].name,
					    .at = {g->function, g->ins}};
			struct slots s;
			int64_t offset;

			if (!r->family || !all_armed(m.families, m.n_families) || base->kind != SYM_PARAM ||
			    base->a >= call->n_args)
				continue;
			sym_split(p, r->key, &offset);
			slots_of(g->e, f, call->args[base->a], r->key == sym_base(p, r->key) ? 0 : offset, &s);
			if (s.all.n)
				mention(g, &s, &m);
			said |= s.all.n > 0;
		}
	return said;
}

/*
 * A function of another file that is not known to do this gets the address of the member as what it is: it stops it
 * if that is what its name says, else it may arm it.
 */
static void by_name(struct gathering *g, const struct ir_function *f, const struct ir_ins *call)
{
	const struct ir_function *callee = &g->e->unit->functions[call->sym];
	bool stops = model_sounds_like_release(g->e->model, callee->name);

	for (uint32_t i = 0; i < call->n_args && callee->param_types && i < callee->n_params; i++) {
		const struct family *family = armed_family(g->e, record_behind(g->e->unit, callee->param_types[i]));
		struct mention m = {.families = &family,
				    .n_families = 1,
				    .kind = stops ? EFFECT_RELEASE : EFFECT_ARM,
				    .api = callee->name,
				    .at = {g->function, g->ins}};
		struct slots s;

		if (!family || model_borrows(g->e->model, callee->name))
			continue;
		slots_of(g->e, f, call->args[i], 0, &s);
		if (s.all.n)
			mention(g, &s, &m);
	}
}

static void gather_calls(struct gathering *g, const struct ir_function *f)
{
	for (uint32_t i = 0; i < f->n_ins; i++) {
		const struct ir_ins *call = &f->ins[i];
		const struct summary *sum;

		if (call->op != IR_CALL || call->sym == IR_NONE)
			continue;
		g->ins = i;
		if (g->e->apis[call->sym]) {
			by_rule(g, f, call, g->e->apis[call->sym]);
			continue;
		}
		sum = engine_summary(g->e, call->sym);
		if (!(sum && by_summary(g, f, call, sum)) && !g->e->unit->functions[call->sym].has_body)
			by_name(g, f, call);
	}
}

/* ---- what runs ---- */

/* The function pointer of a timer or work item stands within this many bytes of its start. */
enum { ARMED_BYTES = 96 };

static void set_up(struct gathering *g, const struct ir_function *f, uint32_t place, uint32_t value, int64_t *nearest)
{
	struct slots s;

	while (f->ins[value].op == IR_CAST)
		value = f->ins[value].a[0];
	if (f->ins[value].op != IR_FUNC || !g->e->unit->functions[f->ins[value].sym].in_main_file)
		return;
	slots_of(g->e, f, place, 0, &s);
	for (unsigned int i = 0; i < g->to->all.n; i++)
		for (unsigned int k = 0; k < s.all.n; k++)
			for (unsigned int j = 0; j < g->to->all.v[i].slots.n; j++) {
				struct slot at = s.all.v[k];
				int64_t distance = at.offset - g->to->all.v[i].slots.v[j].offset;

				at.offset -= distance;
				if (distance < 0 || distance >= nearest[i] ||
				    !same_slot(&at, &g->to->all.v[i].slots.v[j]))
					continue;
				nearest[i] = distance;
				g->to->all.v[i].callback = f->ins[value].sym;
				g->to->all.v[i].set_up = (struct origin){g->function, g->ins};
			}
}

static void gather_callbacks(struct gathering *g, const struct ir_function *f, int64_t *nearest)
{
	for (uint32_t i = 0; i < f->n_ins; i++) {
		const struct ir_ins *in = &f->ins[i];
		const struct api *api = in->op == IR_CALL && in->sym != IR_NONE ? g->e->apis[in->sym] : NULL;

		g->ins = i;
		if (in->op == IR_STORE)
			set_up(g, f, in->a[0], in->a[1], nearest);
		for (unsigned int k = 0; api && k < api->n_effects; k++) {
			const struct effect *x = &api->effects[k];

			if (x->kind == EFFECT_STORE && x->at.root == PLACE_ARG && x->value.root == PLACE_ARG &&
			    (uint32_t)x->at.arg < in->n_args && (uint32_t)x->value.arg < in->n_args)
				set_up(g, f, in->args[x->at.arg], in->args[x->value.arg], nearest);
		}
	}
}

void armed_members_find(struct engine *e)
{
	const struct ir_unit *u = e->unit;
	struct armed_members *to = ARENA_NEW(e->arena, struct armed_members);
	struct gathering g = {.e = e, .to = to};
	int64_t *nearest;

	e->armed = to;
	to->unclear = ARENA_ARRAY(e->arena, bool, model_n_families(e->model) + 1);
	for (uint32_t i = 0; i < u->n_functions; i++) {
		g.function = i;
		if (u->functions[i].in_main_file && u->functions[i].has_body)
			gather_calls(&g, &u->functions[i]);
	}
	nearest = ARENA_ARRAY(e->arena, int64_t, to->all.n + 1);
	for (unsigned int i = 0; i < to->all.n; i++)
		nearest[i] = ARMED_BYTES;
	for (uint32_t i = 0; to->all.n && i < u->n_functions; i++) {
		g.function = i;
		if (u->functions[i].in_main_file && u->functions[i].has_body)
			gather_callbacks(&g, &u->functions[i], nearest);
	}
}

static void mark(const struct ir_unit *u, uint32_t function, bool named, bool *seen)
{
	const struct ir_function *f;

	if (function == IR_NONE || seen[function])
		return;
	seen[function] = true;
	f = &u->functions[function];
	for (uint32_t i = 0; i < f->n_ins; i++)
		if ((f->ins[i].op == IR_CALL || (named && f->ins[i].op == IR_FUNC)) && f->ins[i].sym != IR_NONE)
			mark(u, f->ins[i].sym, named, seen);
}

void mark_called(const struct ir_unit *u, uint32_t function, bool *seen)
{
	mark(u, function, false, seen);
}

void mark_reached(const struct ir_unit *u, uint32_t function, bool *seen)
{
	mark(u, function, true, seen);
}
