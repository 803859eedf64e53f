/*
 * What is embedded in a record and made known to user space can be open when its device goes: ending the registration
 * keeps new users out, and those that are there go on using the record. So its memory must not go with the device.
 */
#include "check/checks.h"
#include "engine/handlers.h"

#include <string.h>

struct registration {
	struct engine *e;
	const struct family *family;
	const char *api;
	struct origin at;
	struct slots place;
};

static bool lies_in(const struct registration *r, const char *record)
{
	for (unsigned int i = 0; record && i < r->place.all.n; i++)
		if (r->place.all.v[i].record && strcmp(r->place.all.v[i].record, record) == 0)
			return true;
	return false;
}

/* ---- who looks after its users ---- */

/* Counts of users and flags that say that it is open are kept in the record, or a reference is taken. */
static bool notes_user(const struct registration *r, uint32_t function)
{
	const struct ir_function *f = &r->e->unit->functions[function];

	for (uint32_t i = 0; i < f->n_ins; i++) {
		const struct ir_ins *in = &f->ins[i];
		const struct api *api = engine_api(r->e, in);

		if (in->op == IR_STORE && f->ins[in->a[0]].op == IR_FIELD &&
		    lies_in(r, record_pointed_to(r->e->unit, f, f->ins[in->a[0]].a[0])))
			return true;
		for (unsigned int k = 0; api && k < api->n_effects; k++)
			if (api->effects[k].kind == EFFECT_ACQUIRE && api->effects[k].family->kind == FAMILY_REFERENCE)
				return true;
		for (uint32_t k = 0; in->op == IR_CALL && k < in->n_args; k++)
			if (f->ins[in->args[k]].op == IR_FIELD &&
			    lies_in(r, record_pointed_to(r->e->unit, f, f->ins[in->args[k]].a[0])))
				return true;
	}
	return false;
}

static bool users_are_noted(const struct registration *r)
{
	const struct engine *e = r->e;
	bool *seen = ARENA_ARRAY(e->arena, bool, e->unit->n_functions + 1);

	for (unsigned int i = 0; i < e->opt.n_harnesses; i++)
		if (!e->opt.harnesses[i].detach && !e->opt.harnesses[i].module &&
		    strcmp(e->opt.harnesses[i].rule, "leak/remove") != 0)
			mark_called(e->unit, e->opt.harnesses[i].begin, seen);
	for (uint32_t k = 0; k < e->unit->n_functions; k++)
		if (seen[k] && e->unit->functions[k].in_main_file && notes_user(r, k))
			return true;
	for (uint32_t k = 0; k < e->unit->n_functions; k++)
		for (unsigned int i = 0; e->n_callers[k] && e->apis[k] && i < e->apis[k]->n_effects; i++)
			if (e->apis[k]->effects[i].kind == EFFECT_HALT &&
			    e->apis[k]->effects[i].families[0] == r->family)
				return true;
	return false;
}

static bool has_tag(const char *record, const char *tag)
{
	return record && g_str_has_prefix(record, "struct ") && strcmp(record + strlen("struct "), tag) == 0;
}

/* Does the function go from a pointer in such a struct to the record? */
static bool goes_there(const struct registration *r, const struct ir_function *f)
{
	const struct ir_unit *u = r->e->unit;
	bool loads = false, casts = false;

	for (uint32_t i = 0; i < f->n_ins; i++) {
		const struct ir_ins *in = &f->ins[i];

		loads |= in->op == IR_LOAD && f->ins[in->a[0]].op == IR_FIELD && u->types[in->type].kind == IR_T_PTR &&
			 has_tag(record_pointed_to(u, f, f->ins[in->a[0]].a[0]), r->family->through);
		casts |= in->op == IR_CAST && lies_in(r, record_pointed_to(u, f, i));
	}
	return loads && casts;
}

static bool is_reached(const struct registration *r)
{
	const struct ir_unit *u = r->e->unit;

	for (uint32_t k = 0; r->family->through && k < u->n_functions; k++)
		if (u->functions[k].in_main_file && goes_there(r, &u->functions[k]))
			return true;
	return !r->family->through;
}

/* ---- telling ---- */

static void tell(const struct registration *r, const char *rule, struct origin at, const char *record,
		 const char *at_text)
{
	struct engine *e = r->e;
	struct fn fn = {.e = e, .f = &e->unit->functions[at.function], .index = at.function};
	struct arena *a = arena_new();
	const struct ir_loc *loc = &e->unit->functions[r->at.function].ins[r->at.ins].loc;
	struct finding_event before = {"acquired", e->unit->files[loc->file], loc->line, loc->column,
				       arena_printf(a, "registered here by %s()", r->api)};
	bool here = at.function == r->at.function && at.ins == r->at.ins;
	struct report rep = {.rule = rule,
			     .confidence = CONF_MEDIUM,
			     .ins = at.ins,
			     .exit_kind = "open",
			     .at_text = at_text,
			     .resource = r->family->resource,
			     .acquire = r->api,
			     .release = r->family->release,
			     .expression = r->place.member ? r->place.member : "",
			     .since = IR_NONE,
			     .before = &before,
			     .n_before = !here,
			     .sibling_ins = IR_NONE};

	world_init(&fn.w, a, e->pool, at.function);
	rep.message = arena_printf(a, "the %s%s%s%s lies in a %s that %s: a file that is open then still uses it",
				   r->family->noun, r->place.member ? " '" : "", r->place.member ? r->place.member : "",
				   r->place.member ? "'" : "", record,
				   here ? "goes when the device is unbound" : "is freed here");
	fn_report(&fn, &rep);
	arena_free(a);
}

/* ---- the judgement ---- */

/* Some function takes such a record from memory that the device manages. */
static const char *managed_record(const struct registration *r)
{
	const struct ir_unit *u = r->e->unit;

	for (uint32_t k = 0; k < u->n_functions; k++) {
		const struct ir_function *f = &u->functions[k];

		for (uint32_t i = 0; f->in_main_file && i < f->n_ins; i++) {
			const struct ir_ins *to = &f->ins[i];
			const struct api *api = to->op == IR_CAST ? engine_api(r->e, &f->ins[to->a[0]]) : NULL;

			for (unsigned int x = 0; api && x < api->n_effects; x++)
				if (api->effects[x].kind == EFFECT_ACQUIRE &&
				    ends_with_release(api->effects[x].family) &&
				    api->effects[x].at.root == PLACE_RETURN &&
				    api->effects[x].device.root != PLACE_NONE && lies_in(r, record_pointed_to(u, f, i)))
					return record_pointed_to(u, f, i);
		}
	}
	return NULL;
}

static bool judge_frees(const struct registration *r, uint32_t function)
{
	const struct ir_unit *u = r->e->unit;
	const struct ir_function *f = &u->functions[function];

	for (uint32_t i = 0; i < f->n_ins; i++) {
		const struct api *api = engine_api(r->e, &f->ins[i]);

		for (unsigned int x = 0; api && x < api->n_effects; x++) {
			const struct effect *effect = &api->effects[x];
			const char *record;

			if (effect->kind != EFFECT_RELEASE || !ends_with_release(effect->families[0]) ||
			    effect->at.root != PLACE_ARG || effect->at.deref || effect->at.field ||
			    (uint32_t)effect->at.arg >= f->ins[i].n_args)
				continue;
			record = record_pointed_to(u, f, f->ins[i].args[effect->at.arg]);
			if (!lies_in(r, record))
				continue;
			tell(r, "free/use-after", (struct origin){function, i}, record, "freed here");
			return true;
		}
	}
	return false;
}

static void judge(const struct registration *r)
{
	const struct engine *e = r->e;
	const char *record;

	if (!r->place.all.n || !r->place.all.v[0].record || users_are_noted(r) || !is_reached(r))
		return;
	record = managed_record(r);
	if (record) {
		tell(r, "devm/lifetime", r->at, record, "registered here");
		return;
	}
	for (unsigned int i = 0; i < e->opt.n_harnesses; i++) {
		const struct harness *h = &e->opt.harnesses[i];
		bool *seen = ARENA_ARRAY(e->arena, bool, e->unit->n_functions + 1);

		if (h->module || h->stays || h->end == IR_NONE || !(h->detach || strcmp(h->rule, "leak/remove") == 0))
			continue;
		mark_called(e->unit, h->end, seen);
		for (uint32_t k = 0; k < e->unit->n_functions; k++)
			if (seen[k] && e->unit->functions[k].in_main_file && judge_frees(r, k))
				return;
	}
}

static void judge_call(struct engine *e, uint32_t function, uint32_t ins, const struct api *api)
{
	const struct ir_function *f = &e->unit->functions[function];

	for (unsigned int i = 0; i < api->n_effects; i++) {
		const struct effect *x = &api->effects[i];
		struct registration r = {.e = e,
					 .family = x->family,
					 .api = model_display_name(e->model, api->name),
					 .at = {function, ins}};

		if (x->kind != EFFECT_ACQUIRE || !x->family->outlives || x->at.root != PLACE_ARG ||
		    (uint32_t)x->at.arg >= f->ins[ins].n_args)
			continue;
		slots_of(e, f, f->ins[ins].args[x->at.arg], 0, &r.place);
		judge(&r);
	}
}

static void outlives_unit(struct engine *e)
{
	const struct ir_unit *u = e->unit;

	for (uint32_t k = 0; k < u->n_functions; k++)
		for (uint32_t i = 0; u->functions[k].in_main_file && i < u->functions[k].n_ins; i++)
			if (engine_api(e, &u->functions[k].ins[i]))
				judge_call(e, k, i, engine_api(e, &u->functions[k].ins[i]));
}

const struct check check_outlives = {.name = "outlives", .unit = outlives_unit};
