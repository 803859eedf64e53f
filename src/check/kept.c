/*
 * What the beginning of a pair puts on a list, or into an array, and the end never looks at: memory that a port, a ring
 * or a channel takes in a loop of probe. On a path such memory is out of sight once it is kept so; what can be said is
 * that no function of the file but those of the beginning frees such a thing, and that nothing the end calls comes near
 * the place, or hands the object to somebody who might.
 */
#include "check/checks.h"
#include "check/freed.h"

#include <string.h>

struct kept {
	struct origin taken, at; /* where it is taken, and where it is put */
	const char *api;	 /* by which it is taken */
	const struct family *family;
	const char *record; /* what it is; NULL: bytes */
	struct slots place; /* the list's head, or the array */
};

struct keeping {
	struct engine *e;
	const struct harness *harness;
	bool *begun; /* by function: the beginning calls it, and nobody else can; or it is another driver's */
	bool *ended; /* by function: the end reaches it; NULL: there is no end */
};

static uint32_t uncast(const struct ir_function *f, uint32_t value)
{
	while (f->ins[value].op == IR_CAST)
		value = f->ins[value].a[0];
	return value;
}

/* ---- what is taken ---- */

/* Memory that the call returns, the caller's own. */
static const struct effect *taken_by(const struct engine *e, const struct ir_ins *call)
{
	const struct api *api = engine_api(e, call);

	for (unsigned int i = 0; api && i < api->n_effects; i++) {
		const struct effect *x = &api->effects[i];

		if (x->kind == EFFECT_ACQUIRE && x->at.root == PLACE_RETURN && x->family->kind == FAMILY_OWNED &&
		    x->family->dead_after_release && x->device.root == PLACE_NONE &&
		    strcmp(x->family->resource, "memory") == 0)
			return x;
	}
	return NULL;
}

/* The call that took what the value is: itself, or the only thing that is ever stored to the variable it is read from.
 */
static uint32_t taking_call(const struct engine *e, const struct ir_function *f, uint32_t value)
{
	const struct ir_ins *in = &f->ins[uncast(f, value)];
	uint32_t found = IR_NONE, local;

	if (taken_by(e, in))
		return (uint32_t)(in - f->ins);
	if (in->op != IR_LOAD || f->ins[in->a[0]].op != IR_LOCAL)
		return IR_NONE;
	local = f->ins[in->a[0]].sym;
	for (uint32_t i = 0; i < f->n_ins; i++) {
		const struct ir_ins *store = &f->ins[i];

		if (store->op != IR_STORE || f->ins[store->a[0]].op != IR_LOCAL || f->ins[store->a[0]].sym != local)
			continue;
		if (found != IR_NONE || !taken_by(e, &f->ins[uncast(f, store->a[1])]))
			return IR_NONE;
		found = uncast(f, store->a[1]);
	}
	return found;
}

/* Fills in what is taken; FALSE: the value is none of the caller's own memory. */
static bool describe(const struct keeping *k, uint32_t function, uint32_t value, struct kept *out)
{
	const struct ir_function *f = engine_function(k->e, function);
	uint32_t call = taking_call(k->e, f, value);

	if (call == IR_NONE)
		return false;
	out->taken = (struct origin){function, call};
	out->api = model_display_name(k->e->model, k->e->unit->functions[f->ins[call].sym].name);
	out->family = taken_by(k->e, &f->ins[call])->family;
	out->record = record_pointed_to(k->e->unit, f, value);
	return true;
}

/* ---- where it is kept ---- */

/* The call keeps a part of what is taken, and gets the place of another object: list_add(). */
static bool put_on_list(const struct keeping *k, uint32_t function, uint32_t ins, struct kept *out)
{
	const struct ir_function *f = engine_function(k->e, function);
	const struct ir_ins *call = &f->ins[ins];
	const struct api *api = engine_api(k->e, call);

	for (unsigned int i = 0; api && i < api->n_effects; i++) {
		const struct place *at = &api->effects[i].at;
		uint32_t part;

		if (api->effects[i].kind != EFFECT_KEEP || at->root != PLACE_ARG || at->deref || at->field ||
		    (uint32_t)at->arg >= call->n_args)
			continue;
		part = uncast(f, call->args[at->arg]);
		while (f->ins[part].op == IR_FIELD)
			part = uncast(f, f->ins[part].a[0]);
		if (part == uncast(f, call->args[at->arg]) || !describe(k, function, part, out) || !out->record)
			continue;
		for (uint32_t a = 0; a < call->n_args && !out->place.all.n; a++)
			if (a != (uint32_t)at->arg)
				slots_of(k->e, f, call->args[a], 0, &out->place);
		return out->place.all.n > 0;
	}
	return false;
}

static bool lies_in_loop(const struct engine *e, const struct ir_function *f, uint32_t ins)
{
	uint32_t block = ir_block_of(f, ins);

	return block != IR_NONE && ir_leads_to(f, block, block, ARENA_ARRAY(e->arena, bool, f->n_blocks));
}

/* An element of an array that is a member, filled round by round. What stands alone, the paths judge. */
static bool put_into_array(const struct keeping *k, uint32_t function, uint32_t ins, struct kept *out)
{
	const struct ir_function *f = engine_function(k->e, function);
	const struct ir_ins *store = &f->ins[ins];

	if (store->op != IR_STORE || f->ins[store->a[0]].op != IR_INDEX || !is_in_member(f, store->a[0]) ||
	    !describe(k, function, store->a[1], out) || !lies_in_loop(k->e, f, out->taken.ins))
		return false;
	slots_of(k->e, f, store->a[0], 0, &out->place);
	return out->place.all.n > 0;
}

/* ---- who looks after it ---- */

static bool frees_memory(const struct engine *e, const struct ir_ins *call)
{
	const struct api *api = engine_api(e, call);

	for (unsigned int i = 0; api && i < api->n_effects; i++)
		for (unsigned int n = 0; n < api->effects[i].n_families; n++)
			if (api->effects[i].kind == EFFECT_RELEASE && ends_with_release(api->effects[i].families[n]))
				return true;
	return false;
}

static bool frees_record(const struct engine *e, const struct ir_function *f, const char *record)
{
	for (uint32_t i = 0; record && i < f->n_ins; i++)
		for (uint32_t a = 0; frees_memory(e, &f->ins[i]) && a < f->ins[i].n_args; a++) {
			const char *freed = record_pointed_to(e->unit, f, f->ins[i].args[a]);

			if (freed && strcmp(freed, record) == 0)
				return true;
		}
	return false;
}

static bool same_global(const struct slots *x, const struct slots *y)
{
	for (unsigned int i = 0; i < x->all.n; i++)
		for (unsigned int n = 0; n < y->all.n; n++)
			if (!x->all.v[i].record && !y->all.v[n].record && x->all.v[i].global == y->all.v[n].global)
				return true;
	return false;
}

/* The function names the place, and it, or what it calls, frees something. */
static bool empties(const struct keeping *k, uint32_t function, const struct slots *place)
{
	const struct ir_unit *u = k->e->unit;
	const struct ir_function *f = &u->functions[function];
	bool *seen = ARENA_ARRAY(k->e->arena, bool, u->n_functions + 1);
	bool named = false;

	for (uint32_t i = 0; !named && i < f->n_ins; i++) {
		struct slots s;

		if (f->ins[i].op != IR_FIELD && f->ins[i].op != IR_GLOBAL)
			continue;
		slots_of(k->e, f, i, 0, &s);
		named = slots_meet(&s, place) || same_global(&s, place);
	}
	mark_called(u, function, seen);
	for (uint32_t n = 0; named && n < u->n_functions; n++)
		for (uint32_t i = 0; seen[n] && i < u->functions[n].n_ins; i++)
			if (frees_memory(k->e, &u->functions[n].ins[i]))
				return true;
	return false;
}

/* Nobody knows what the call does, or it gives back such things that it finds by itself. */
static bool is_unknown(const struct keeping *k, const struct ir_ins *call, const struct family *family)
{
	const struct ir_unit *u = k->e->unit;
	const struct summary *s;

	if (call->op != IR_CALL || !call->n_args)
		return false;
	if (call->sym == IR_NONE)
		return true;
	if (u->functions[call->sym].has_body || k->e->apis[call->sym] ||
	    model_borrows(k->e->model, u->functions[call->sym].name))
		return false;
	s = engine_summary(k->e, call->sym);
	return !s || summary_gives_back(s, family);
}

static bool calls_unknown(const struct keeping *k, const struct ir_function *f, const struct family *family)
{
	for (uint32_t i = 0; i < f->n_ins; i++)
		if (is_unknown(k, &f->ins[i], family))
			return true;
	return false;
}

/* Somebody else gets the object itself. */
static bool handed_over(const struct keeping *k, const struct kept *x)
{
	const struct ir_unit *u = k->e->unit;

	for (uint32_t n = 0; n < u->n_functions; n++)
		for (uint32_t i = 0; x->record && k->begun[n] && i < u->functions[n].n_ins; i++) {
			const struct ir_ins *in = &u->functions[n].ins[i];

			for (uint32_t a = 0; is_unknown(k, in, x->family) && a < in->n_args; a++) {
				const char *record = record_pointed_to(u, &u->functions[n], in->args[a]);

				if (record && strcmp(record, x->record) == 0)
					return true;
			}
		}
	return false;
}

static bool looked_after(const struct keeping *k, const struct kept *x)
{
	const struct ir_unit *u = k->e->unit;

	for (uint32_t n = 0; n < u->n_functions; n++) {
		const struct ir_function *f = &u->functions[n];

		if (!f->in_main_file || !f->has_body)
			continue;
		if (k->ended && k->ended[n] && calls_unknown(k, f, x->family))
			return true;
		if (!k->begun[n] && (frees_record(k->e, f, x->record) || empties(k, n, &x->place)))
			return true;
	}
	return handed_over(k, x);
}

/* ---- telling ---- */

static void tell(const struct keeping *k, const struct kept *x)
{
	const struct harness *h = k->harness;
	uint32_t end = h->end == IR_NONE ? x->taken.function : h->end;
	struct origin at = h->end == IR_NONE ? x->taken : (struct origin){end, engine_function(k->e, end)->n_ins - 1};
	struct fn fn = {.e = k->e, .f = engine_function(k->e, end), .index = end};
	struct arena *a = arena_new();
	struct finding_event before[] = {
		event_at(k->e, "acquired", x->taken, arena_printf(a, "taken here by %s()", x->api)),
		event_at(k->e, "note", x->at, "and kept here"),
	};
	struct resource r = {.family = x->family,
			     .state = RES_OWNED,
			     .acquire_ins = IR_NONE,
			     .release_ins = IR_NONE,
			     .lost_ins = IR_NONE,
			     .taken = x->taken,
			     .acquire = x->api,
			     .release = x->family->release};
	struct report rep = {.rule = h->rule,
			     .confidence = CONF_MEDIUM,
			     .res = &r,
			     .ins = at.ins,
			     .expression = x->place.member ? x->place.member : "",
			     .before = before,
			     .n_before = 2,
			     .sibling_ins = IR_NONE,
			     .exit_kind = "kept",
			     .at_text = h->end == IR_NONE ? "taken here" : "ends here without releasing it"};

	world_init(&fn.w, a, k->e->pool, end);
	rep.message = arena_printf(
		a, "%s from %s(), taken in %s and put into '%s', is still held %s: %s%s%s", x->family->noun, x->api,
		h->begin_slot, rep.expression, h->ends, h->end == IR_NONE ? "there is no " : "",
		h->end == IR_NONE ? h->end_slot : fn.f->name, h->end == IR_NONE ? "" : "() does not look at that");
	if (!leak_told(&fn, &r))
		fn_report(&fn, &rep);
	arena_free(a);
}

/* ---- the judgement ---- */

static void judge_function(const struct keeping *k, uint32_t function)
{
	const struct ir_function *f = engine_function(k->e, function);

	for (uint32_t i = 0; i < f->n_ins; i++) {
		struct kept x = {0};

		if ((put_on_list(k, function, i, &x) || put_into_array(k, function, i, &x)) && !looked_after(k, &x))
			tell(k, &x);
	}
}

/* What anybody else may call as well is not the beginning's own. */
static void find_begun(struct keeping *k)
{
	const struct ir_unit *u = k->e->unit;
	const struct harness *h = k->harness;

	k->begun = ARENA_ARRAY(k->e->arena, bool, u->n_functions + 1);
	mark_called(u, h->begin, k->begun);
	for (uint32_t n = 0; n < u->n_functions; n++)
		if (n != h->begin && u->functions[n].address_taken)
			k->begun[n] = false;
	/* Another driver of the same kind in this file does not look after this one's either. */
	for (unsigned int i = 0; i < k->e->opt.n_harnesses; i++) {
		const struct harness *other = &k->e->opt.harnesses[i];

		if (strcmp(other->what, h->what) != 0 || strcmp(other->begin_slot, h->begin_slot) != 0)
			continue;
		mark_called(u, other->begin, k->begun);
		mark_called(u, other->end, k->begun);
	}
	for (uint32_t n = 0; k->ended && n < u->n_functions; n++)
		if (n != h->begin && k->ended[n])
			k->begun[n] = false;
}

static void kept_unit(struct engine *e)
{
	const struct ir_unit *u = e->unit;

	for (unsigned int i = 0; !u->n_left_out && i < e->opt.n_harnesses; i++) {
		struct keeping k = {.e = e, .harness = &e->opt.harnesses[i]};
		bool *own;

		if (k.harness->begin == IR_NONE || k.harness->stays || k.harness->repeats)
			continue;
		if (k.harness->end != IR_NONE) {
			k.ended = ARENA_ARRAY(e->arena, bool, u->n_functions + 1);
			mark_reached(u, k.harness->end, k.ended);
		}
		find_begun(&k);
		own = ARENA_ARRAY(e->arena, bool, u->n_functions + 1);
		mark_called(u, k.harness->begin, own);
		for (uint32_t n = 0; n < u->n_functions; n++)
			if (own[n] && u->functions[n].in_main_file && u->functions[n].has_body)
				judge_function(&k, n);
	}
}

const struct check check_kept = {.name = "kept", .unit = kept_unit};
