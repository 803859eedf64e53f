/*
 * What a file that is open can still reach. Ending a registration keeps new users out; who has the file open goes on
 * calling read, ioctl and, at last, release. Whatever these follow must live as long as the file, not as the device.
 * Who counts users, waits for them, or asks a flag that the end sets, has thought of it.
 */
#include "check/checks.h"
#include "check/freed.h"

#include <string.h>

struct slot_function {
	uint32_t function;
	uint32_t table; /* the global that it stands in */
};
struct slot_functions {
	VEC(struct slot_function) all;
};

/* Files of one kind, by the first call that registers such. */
struct files {
	struct engine *e;
	const struct family *family;
	const char *api;
	struct origin at;
	struct slot_functions slots;   /* what an open file calls */
	struct slot_functions openers; /* what opening it calls */
	bool *runs;		       /* by function: the end at hand calls it */
	const struct harness *harness;
	bool *told; /* by slot: something that it reaches goes too early; one is enough */
};

/* ---- which functions ---- */

static bool is_tag(const char *record, const char *tag)
{
	return record && g_str_has_prefix(record, "struct ") && strcmp(record + strlen("struct "), tag) == 0;
}

/* Is it one of the structs that hold the table of such files? */
static bool holds_table(const struct family *f, const char *record)
{
	for (unsigned int i = 0; f->open[i]; i++)
		if (is_tag(record, f->open[i]))
			return true;
	return false;
}

static uint32_t global_at(const struct ir_function *f, uint32_t value)
{
	while (f->ins[value].op == IR_CAST)
		value = f->ins[value].a[0];
	return f->ins[value].op == IR_GLOBAL ? f->ins[value].sym : IR_NONE;
}

static void mark_table(const struct ir_unit *u, uint32_t global, bool *tables)
{
	if (global != IR_NONE)
		tables[global] = true;
}

/* Tables that the function puts into such a struct, or hands to a call together with one. */
static void tables_in_code(const struct files *x, const struct ir_function *f, bool *tables)
{
	const struct ir_unit *u = x->e->unit;

	for (uint32_t i = 0; i < f->n_ins; i++) {
		const struct ir_ins *in = &f->ins[i];
		bool holder = false;

		if (in->op == IR_STORE && f->ins[in->a[0]].op == IR_FIELD &&
		    holds_table(x->family, record_pointed_to(u, f, f->ins[in->a[0]].a[0])))
			mark_table(u, global_at(f, in->a[1]), tables);
		for (uint32_t k = 0; in->op == IR_CALL && k < in->n_args; k++)
			holder |= holds_table(x->family, record_pointed_to(u, f, in->args[k]));
		for (uint32_t k = 0; holder && k < in->n_args; k++)
			mark_table(u, global_at(f, in->args[k]), tables);
	}
}

static bool *tables_of(const struct files *x)
{
	const struct ir_unit *u = x->e->unit;
	bool *tables = ARENA_ARRAY(x->e->arena, bool, u->n_globals + 1);

	for (uint32_t i = 0; i < u->n_globals; i++)
		for (uint32_t k = 0; k < u->globals[i].n_inits; k++)
			if (u->globals[i].inits[k].kind == IR_INIT_GLOBAL &&
			    holds_table(x->family, u->globals[i].inits[k].record))
				tables[u->globals[i].inits[k].sym] = true;
	for (uint32_t i = 0; i < u->n_functions; i++)
		if (u->functions[i].in_main_file)
			tables_in_code(x, &u->functions[i], tables);
	return tables;
}

static bool is_called_when_open(const struct family *f, const char *slot)
{
	bool listed = !f->open_slots;

	for (unsigned int i = 0; !listed && f->open_slots[i]; i++)
		listed = strcmp(f->open_slots[i], slot) == 0;
	return listed;
}

static void find_functions(struct files *x)
{
	const struct ir_unit *u = x->e->unit;
	const bool *tables = tables_of(x);

	for (uint32_t i = 0; i < u->n_globals; i++)
		for (uint32_t k = 0; tables[i] && k < u->globals[i].n_inits; k++) {
			const struct ir_init *in = &u->globals[i].inits[k];

			if (in->kind != IR_INIT_FUNC || !in->member || holds_table(x->family, in->record) ||
			    !u->functions[in->sym].has_body || !u->functions[in->sym].in_main_file)
				continue;
			if (strcmp(in->member, "open") == 0)
				vec_push(x->e->arena, &x->openers.all, ((struct slot_function){in->sym, i}));
			else if (is_called_when_open(x->family, in->member))
				vec_push(x->e->arena, &x->slots.all, ((struct slot_function){in->sym, i}));
		}
}

/* ---- who looks after open files ---- */

/* Where users are counted, or could be: a member of the record, or a global. */
static bool may_count(const struct files *x, const struct ir_function *f, uint32_t at, const char *record)
{
	const struct ir_ins *in = &f->ins[at];
	const char *lies_in = in->op == IR_FIELD ? record_pointed_to(x->e->unit, f, in->a[0]) : NULL;

	return in->op == IR_GLOBAL || (lies_in && record && strcmp(lies_in, record) == 0);
}

static bool notes_user(const struct files *x, const struct ir_function *f, const char *record)
{
	for (uint32_t i = 0; i < f->n_ins; i++) {
		const struct ir_ins *in = &f->ins[i];
		const struct api *api = engine_api(x->e, in);

		if (in->op == IR_STORE && may_count(x, f, in->a[0], record))
			return true;
		for (unsigned int k = 0; api && k < api->n_effects; k++)
			if (api->effects[k].kind == EFFECT_ACQUIRE && api->effects[k].family->kind == FAMILY_REFERENCE)
				return true;
		/* What a rule says nothing of but that it sleeps is a lock. */
		for (uint32_t k = 0; in->op == IR_CALL && (!api || api->n_effects) && k < in->n_args; k++)
			if (may_count(x, f, in->args[k], record))
				return true;
	}
	return false;
}

static bool users_are_noted(const struct files *x, uint32_t table, const char *record)
{
	const struct ir_unit *u = x->e->unit;
	bool *seen = ARENA_ARRAY(x->e->arena, bool, u->n_functions + 1);

	for (unsigned int i = 0; i < x->openers.all.n; i++)
		if (x->openers.all.v[i].table == table)
			mark_called(u, x->openers.all.v[i].function, seen);
	for (uint32_t k = 0; k < u->n_functions; k++)
		if (seen[k] && u->functions[k].in_main_file && notes_user(x, &u->functions[k], record))
			return true;
	return false;
}

static bool end_waits(const struct files *x)
{
	for (uint32_t k = 0; k < x->e->unit->n_functions; k++)
		if (x->runs[k] && x->e->apis[k] && x->e->apis[k]->waits)
			return true;
	return false;
}

/* The function, or one that it calls, looks at what the end writes: it need not come as far as the pointer. */
static bool asks_first(const struct files *x, uint32_t function)
{
	static const struct armed_member none;
	const struct ir_unit *u = x->e->unit;
	bool *seen = ARENA_ARRAY(x->e->arena, bool, u->n_functions + 1);

	mark_called(u, function, seen);
	for (uint32_t k = 0; k < u->n_functions; k++)
		if (seen[k] && u->functions[k].in_main_file && looks_at_flag(x->e, k, x->runs, &none))
			return true;
	return false;
}

/* ---- records that go as a whole ---- */

/* The record that the call frees at an argument; NULL: none. */
static const char *record_freed(const struct engine *e, const struct ir_function *f, const struct ir_ins *call)
{
	const struct api *api = engine_api(e, call);

	for (unsigned int i = 0; api && i < api->n_effects; i++) {
		const struct effect *x = &api->effects[i];

		if (x->kind == EFFECT_RELEASE && ends_with_release(x->families[0]) && x->at.root == PLACE_ARG &&
		    !x->at.deref && !x->at.field && (uint32_t)x->at.arg < call->n_args)
			return record_pointed_to(e->unit, f, call->args[x->at.arg]);
	}
	return NULL;
}

static bool frees_record(const struct engine *e, const bool *functions, const char *record)
{
	for (uint32_t k = 0; k < e->unit->n_functions; k++) {
		const struct ir_function *f = &e->unit->functions[k];

		for (uint32_t i = 0; functions[k] && f->in_main_file && i < f->n_ins; i++) {
			const char *freed = record_freed(e, f, &f->ins[i]);

			if (freed && strcmp(freed, record) == 0)
				return true;
		}
	}
	return false;
}

/* Does the function follow the file's own pointer to such a record? */
static bool reaches(const struct files *x, uint32_t function, const char *record)
{
	const struct ir_unit *u = x->e->unit;
	const struct ir_function *f = &u->functions[function];
	bool loads = false, uses = false;

	for (uint32_t i = 0; i < f->n_ins; i++) {
		const struct ir_ins *in = &f->ins[i];
		const char *at = in->op == IR_FIELD ? record_pointed_to(u, f, in->a[0]) : NULL;

		loads |= in->op == IR_LOAD && f->ins[in->a[0]].op == IR_FIELD &&
			 is_tag(record_pointed_to(u, f, f->ins[in->a[0]].a[0]), "file");
		uses |= at && strcmp(at, record) == 0;
	}
	return loads && uses;
}

/* A slot whose users nobody counts; NULL: there is none. */
static const struct slot_function *slot_that_reaches(const struct files *x, const char *record)
{
	bool *slots = ARENA_ARRAY(x->e->arena, bool, x->e->unit->n_functions + 1);

	for (unsigned int i = 0; i < x->slots.all.n; i++)
		mark_called(x->e->unit, x->slots.all.v[i].function, slots);
	/* The last user frees it. */
	if (frees_record(x->e, slots, record))
		return NULL;
	for (unsigned int i = 0; i < x->slots.all.n; i++) {
		const struct slot_function *slot = &x->slots.all.v[i];

		if (!x->told[slot->function] && reaches(x, slot->function, record) &&
		    !users_are_noted(x, slot->table, record))
			return slot;
	}
	return NULL;
}

/* ---- telling ---- */

static const char *message_of(const struct files *x, struct arena *a, const char *what, const char *by, uint32_t slot)
{
	const char *reaches = x->e->unit->functions[slot].name;

	if (!by)
		return arena_printf(a,
				    "a %s goes when the device is unbound, while a file that is still open reaches "
				    "it by %s()",
				    what, reaches);
	return arena_printf(a, "'%s' is freed by %s() %s, while a file that is still open reaches it by %s()", what, by,
			    x->harness->ends, reaches);
}

/* `by` NULL: by the driver core. */
static void tell(const struct files *x, struct origin at, const char *what, const char *by, uint32_t slot)
{
	struct engine *e = x->e;
	struct fn fn = {.e = e, .f = &e->unit->functions[at.function], .index = at.function};
	struct arena *a = arena_new();
	struct finding_event before =
		event_at(e, "acquired", x->at, arena_printf(e->arena, "made known here by %s()", x->api));
	struct report rep = {.rule = by ? "free/use-after" : "devm/lifetime",
			     .confidence = CONF_MEDIUM,
			     .ins = at.ins,
			     .exit_kind = "open",
			     .at_text = by ? "freed here" : "registered here",
			     .resource = x->family->resource,
			     .acquire = x->api,
			     .release = x->family->release,
			     .expression = what,
			     .since = IR_NONE,
			     .before = &before,
			     .n_before = by != NULL,
			     .sibling_ins = IR_NONE};

	x->told[slot] = true;
	world_init(&fn.w, a, e->pool, at.function);
	rep.message = message_of(x, a, what, by, slot);
	fn_report(&fn, &rep);
	arena_free(a);
}

/* ---- the judgement ---- */

static void judge_member(const struct files *x, uint32_t function, const struct freed *d)
{
	const char *record = d->place.all.n ? d->place.all.v[0].record : NULL;

	if (!record || !d->place.member || writes_to(x->e, x->runs, &d->place))
		return;
	for (unsigned int i = 0; i < x->slots.all.n; i++) {
		const struct slot_function *slot = &x->slots.all.v[i];
		struct slots followed = {0};

		places_followed(x->e, slot->function, &followed);
		if (x->told[slot->function] || !slots_meet(&followed, &d->place) || asks_first(x, slot->function) ||
		    users_are_noted(x, slot->table, record))
			continue;
		tell(x, (struct origin){function, d->ins}, d->place.member, d->by, slot->function);
		return;
	}
}

static void judge_record(const struct files *x, uint32_t function, uint32_t ins)
{
	const struct ir_function *f = &x->e->unit->functions[function];
	const char *record = record_freed(x->e, f, &f->ins[ins]);
	const struct slot_function *slot = record ? slot_that_reaches(x, record) : NULL;

	if (slot)
		tell(x, (struct origin){function, ins}, record,
		     model_display_name(x->e->model, x->e->unit->functions[f->ins[ins].sym].name), slot->function);
}

static void judge_end(struct files *x)
{
	const struct ir_unit *u = x->e->unit;

	x->runs = ARENA_ARRAY(x->e->arena, bool, u->n_functions + 1);
	mark_called(u, x->harness->end, x->runs);
	if (end_waits(x))
		return;
	for (uint32_t k = 0; k < u->n_functions; k++) {
		const struct ir_function *f = &u->functions[k];
		struct freed_list freed = {0};

		if (!x->runs[k] || !f->in_main_file || !f->has_body)
			continue;
		freed_find(x->e, f, &freed);
		for (unsigned int i = 0; i < freed.all.n; i++)
			judge_member(x, k, &freed.all.v[i]);
		for (uint32_t i = 0; i < f->n_ins; i++)
			judge_record(x, k, i);
	}
}

/* The record that is taken from memory which the device manages, if the value is one; NULL: it is not. */
static const char *managed_record(const struct engine *e, const struct ir_function *f, const struct ir_ins *in)
{
	const struct api *api = in->op == IR_CAST ? engine_api(e, &f->ins[in->a[0]]) : NULL;

	for (unsigned int i = 0; api && i < api->n_effects; i++)
		if (api->effects[i].kind == EFFECT_ACQUIRE && ends_with_release(api->effects[i].family) &&
		    api->effects[i].at.root == PLACE_RETURN && api->effects[i].device.root != PLACE_NONE)
			return record_pointed_to(e->unit, f, (uint32_t)(in - f->ins));
	return NULL;
}

static const struct family *opened_family(const struct api *api)
{
	for (unsigned int i = 0; api && i < api->n_effects; i++)
		if (api->effects[i].kind == EFFECT_ACQUIRE && api->effects[i].family->open)
			return api->effects[i].family;
	return NULL;
}

static bool gets_part_of(const struct files *x, const struct ir_function *f, const struct ir_ins *call,
			 const char *record)
{
	for (uint32_t i = 0; i < call->n_args; i++) {
		struct slots s;

		slots_of(x->e, f, call->args[i], 0, &s);
		for (unsigned int k = 0; k < s.all.n; k++)
			if (s.all.v[k].record && strcmp(s.all.v[k].record, record) == 0)
				return true;
	}
	return false;
}

/* Where a registration of the kind itself lies in the record, check/outlives.c looks after it. */
static bool registration_lies_in(const struct files *x, const char *record)
{
	const struct ir_unit *u = x->e->unit;

	for (uint32_t k = 0; k < u->n_functions; k++)
		for (uint32_t i = 0; u->functions[k].in_main_file && i < u->functions[k].n_ins; i++) {
			const struct ir_ins *call = &u->functions[k].ins[i];

			if (opened_family(engine_api(x->e, call)) == x->family &&
			    gets_part_of(x, &u->functions[k], call, record))
				return true;
		}
	return false;
}

static void judge_managed(const struct files *x, uint32_t function, uint32_t ins)
{
	const struct ir_function *f = &x->e->unit->functions[function];
	const char *record = managed_record(x->e, f, &f->ins[ins]);
	const struct slot_function *slot = record ? slot_that_reaches(x, record) : NULL;

	if (slot && !registration_lies_in(x, record))
		tell(x, x->at, record, NULL, slot->function);
}

/* Memory that is managed goes when any driver of the file is unbound. */
static void judge_all_managed(const struct files *x)
{
	const struct ir_unit *u = x->e->unit;

	for (uint32_t k = 0; k < u->n_functions; k++)
		for (uint32_t i = 0; u->functions[k].in_main_file && i < u->functions[k].n_ins; i++)
			judge_managed(x, k, i);
}

/* A module does not go while its files are open: only what can be unbound is judged. */
static void judge_files(struct files *x)
{
	x->told = ARENA_ARRAY(x->e->arena, bool, x->e->unit->n_functions + 1);
	find_functions(x);
	if (x->slots.all.n && x->family->outlives)
		judge_all_managed(x);
	for (unsigned int i = 0; x->slots.all.n && i < x->e->opt.n_harnesses; i++) {
		x->harness = &x->e->opt.harnesses[i];
		if (x->harness->end != IR_NONE && !x->harness->stays && !x->harness->module &&
		    (x->harness->detach || strcmp(x->harness->rule, "leak/remove") == 0))
			judge_end(x);
	}
}

static void open_unit(struct engine *e)
{
	const struct ir_unit *u = e->unit;
	bool *done = ARENA_ARRAY(e->arena, bool, model_n_families(e->model) + 1);

	for (uint32_t k = 0; k < u->n_functions; k++)
		for (uint32_t i = 0; u->functions[k].in_main_file && i < u->functions[k].n_ins; i++) {
			const struct api *api = engine_api(e, &u->functions[k].ins[i]);
			const struct family *f = opened_family(api);
			struct files x = {
				.e = e,
				.family = f,
				.api = api ? model_display_name(e->model, api->name) : "",
				.at = {k, i},
			};

			if (!f || done[f->index])
				continue;
			done[f->index] = true;
			judge_files(&x);
		}
}

const struct check check_open = {.name = "open", .unit = open_unit};
