/*
 * What the unit arms and never waits for: a timer, work or tasklet of some record, whose memory or code goes while its
 * callback may still run. A function that only stops it, without waiting for a callback that runs, is no help.
 *
 * This is the judgement over all functions of the unit; what one path leaves armed is check/armed.c's.
 */
#include "check/checks.h"
#include "check/freed.h"

#include <string.h>

struct teardown {
	struct engine *e;
	bool *final;   /* by function: runs when a device, module or object goes */
	bool *reached; /* scratch */
};

static bool reaches(struct teardown *t, uint32_t from, uint32_t to)
{
	if (from == IR_NONE)
		return false;
	memset(t->reached, 0, t->e->unit->n_functions * sizeof(*t->reached));
	mark_reached(t->e->unit, from, t->reached);
	return t->reached[to];
}

static bool ends_for_good(const struct harness *h)
{
	return h->detach || h->module || strcmp(h->rule, "leak/remove") == 0;
}

static void find_final(struct teardown *t)
{
	const struct ir_unit *u = t->e->unit;

	for (unsigned int i = 0; i < t->e->opt.n_harnesses; i++)
		if (ends_for_good(&t->e->opt.harnesses[i]))
			mark_reached(u, t->e->opt.harnesses[i].end, t->final);
	for (uint32_t i = 0; i < u->n_functions; i++)
		t->final[i] |= model_sounds_final(t->e->model, u->functions[i].name);
	for (unsigned int i = 0; i < t->e->opt.n_harnesses; i++)
		if (!ends_for_good(&t->e->opt.harnesses[i]) && t->e->opt.harnesses[i].end != IR_NONE)
			t->final[t->e->opt.harnesses[i].end] = false;
}

static bool is_global(const struct armed_member *m)
{
	for (unsigned int i = 0; i < m->slots.n; i++)
		if (!m->slots.v[i].record)
			return true;
	return false;
}

/*
 * Armed by somebody and waited for by nobody, as far as the unit can tell. It must be set up here: else its owner is in
 * another file. What is stopped here may be armed elsewhere.
 */
static bool left_running(const struct teardown *t, const struct armed_member *m)
{
	return m->slots.n && m->family->record && !m->waits.n && (m->api || m->halts.n) &&
	       (m->set_up.ins != IR_NONE || is_global(m)) && !t->e->armed->unclear[m->family->index];
}

/* ---- who else may stop it ---- */

static bool gets_home(struct teardown *t, const struct ir_function *f, const struct ir_ins *call,
		      const struct armed_member *m)
{
	for (uint32_t i = 0; i < call->n_args; i++) {
		const char *record = record_pointed_to(t->e->unit, f, call->args[i]);

		if (record && member_lies_in(m, record))
			return true;
	}
	return false;
}

/* Does the function, or what it calls, hand the record that the member lies in to somebody who is not known? */
static bool handed_on(struct teardown *t, uint32_t function, const struct armed_member *m)
{
	const struct ir_unit *u = t->e->unit;

	memset(t->reached, 0, u->n_functions * sizeof(*t->reached));
	mark_reached(u, function, t->reached);
	for (uint32_t k = 0; k < u->n_functions; k++) {
		const struct ir_function *f = &u->functions[k];

		for (uint32_t i = 0; t->reached[k] && f->in_main_file && i < f->n_ins; i++) {
			const struct ir_ins *in = &f->ins[i];

			if (in->op == IR_CALL &&
			    (in->sym == IR_NONE ||
			     (!t->e->apis[in->sym] && !model_borrows(t->e->model, u->functions[in->sym].name) &&
			      !engine_summary(t->e, in->sym))) &&
			    gets_home(t, f, in, m))
				return true;
		}
	}
	return false;
}

/* ---- telling ---- */

static bool told_already(struct teardown *t, const struct armed_member *m)
{
	for (unsigned int i = 0; i < m->slots.n; i++) {
		char *key = armed_key(m->family, m->slots.v[i].offset);
		bool told = g_hash_table_contains(t->e->told, key);

		g_free(key);
		if (told)
			return true;
	}
	return false;
}

/* The stop without waiting that is nearest to the end: in a function that runs then, if there is one. */
static const struct armed_call *last_halt(const struct teardown *t, const struct armed_member *m)
{
	const struct armed_call *last = NULL;

	for (unsigned int i = 0; i < m->halts.n; i++)
		if (!last || (t->final[m->halts.v[i].at.function] && !t->final[last->at.function]))
			last = &m->halts.v[i];
	return last;
}

static struct report tell_of(struct teardown *t, struct arena *a, const struct armed_member *m, struct resource *r,
			     struct finding_event *before)
{
	struct origin armed = m->api ? m->armed : m->set_up;

	*r = (struct resource){.family = m->family,
			       .state = RES_OWNED,
			       .acquire_ins = IR_NONE,
			       .release_ins = IR_NONE,
			       .lost_ins = IR_NONE,
			       .taken = armed,
			       .acquire = m->api ? m->api : "",
			       .release = m->family->release};
	before[0] = event_at(t->e, "acquired", armed,
			     m->api ? arena_printf(a, "armed here by %s()", m->api) : "set up here");
	return (struct report){.rule = "free/use-after",
			       .confidence = CONF_MEDIUM,
			       .res = r,
			       .expression = m->member ? m->member : "",
			       .before = before,
			       .n_before = 1,
			       .sibling_ins = IR_NONE,
			       .exit_kind = "running"};
}

/* It ends where only other files call it, which may have stopped before what nothing in this one stops. */
static bool ends_for_strangers(const struct teardown *t, struct origin at)
{
	return !engine_function(t->e, at.function)->is_static && !t->e->n_callers[at.function];
}

/* `when`: its memory or code goes, at the instruction `at`. */
static void tell(struct teardown *t, const struct armed_member *m, struct origin at, const char *when,
		 const char *at_text)
{
	struct fn fn = {.e = t->e, .f = engine_function(t->e, at.function), .index = at.function};
	struct arena *a = arena_new();
	const struct armed_call *halt = last_halt(t, m);
	struct finding_event before[2];
	struct resource r;
	struct report rep = tell_of(t, a, m, &r, before);

	world_init(&fn.w, a, t->e->pool, at.function);
	rep.ins = at.ins;
	rep.at_text = at_text;
	if (!halt && ends_for_strangers(t, at))
		rep.confidence = CONF_LOW;
	if (halt && (halt->at.function != at.function || halt->at.ins != at.ins))
		before[rep.n_before++] =
			event_at(t->e, "note", halt->at,
				 arena_printf(a, "%s() does not wait for a callback that runs", halt->api));
	rep.message = arena_printf(a, "the %s%s%s%s may still run %s: %s", m->family->noun, m->member ? " '" : "",
				   m->member ? m->member : "", m->member ? "'" : "", when,
				   halt ? arena_printf(a, "%s() does not wait for it", halt->api)
					: "nothing in this file stops it");
	fn_report(&fn, &rep);
	arena_free(a);
}

/* ---- the ends ---- */

/* What the callee frees at an argument of the call: the record's name, or NULL. */
static const char *record_freed(struct teardown *t, const struct ir_function *f, const struct ir_ins *call,
				const struct family **family)
{
	const struct api *api = engine_api(t->e, call);

	for (unsigned int k = 0; api && k < api->n_effects; k++) {
		const struct effect *x = &api->effects[k];

		if (x->kind == EFFECT_RELEASE && x->families[0]->kind == FAMILY_OWNED &&
		    x->families[0]->dead_after_release && x->at.root == PLACE_ARG && !x->at.deref && !x->at.field &&
		    (uint32_t)x->at.arg < call->n_args) {
			*family = x->families[0];
			return record_pointed_to(t->e->unit, f, call->args[x->at.arg]);
		}
	}
	return NULL;
}

/* Who takes memory of the kind as well frees it because something has failed, before anything was armed. */
static bool allocates(struct teardown *t, const struct ir_function *f, const struct family *family)
{
	for (uint32_t i = 0; i < f->n_ins; i++) {
		const struct ir_ins *call = &f->ins[i];
		const struct api *api = engine_api(t->e, call);

		for (unsigned int k = 0; api && k < api->n_effects; k++)
			if (api->effects[k].kind == EFFECT_ACQUIRE && api->effects[k].at.root == PLACE_RETURN &&
			    api->effects[k].family == family)
				return true;
	}
	return false;
}

/* ---- destructors ---- */

static bool is_last_user(const struct family *f)
{
	return f->kind == FAMILY_REFERENCE || f->kind == FAMILY_OWNED;
}

static bool lies_at(struct teardown *t, const struct ir_function *f, uint32_t arg, const struct armed_member *m)
{
	struct slots s;

	slots_of(t->e, f, arg, 0, &s);
	for (unsigned int i = 0; i < s.all.n; i++)
		if (s.all.v[i].record && member_lies_in(m, s.all.v[i].record))
			return true;
	return false;
}

/* Does the call give up a part of the record, as its user, by a rule or as its callee's summary says? */
static bool gives_up(struct teardown *t, const struct ir_function *f, const struct ir_ins *call,
		     const struct armed_member *m)
{
	const struct api *api = engine_api(t->e, call);
	const struct summary *sum = callee_summary(t->e, call);

	for (unsigned int k = 0; api && k < api->n_effects; k++) {
		const struct effect *x = &api->effects[k];

		if (x->kind == EFFECT_RELEASE && x->at.root == PLACE_ARG && (uint32_t)x->at.arg < call->n_args &&
		    is_last_user(x->families[0]) && lies_at(t, f, call->args[x->at.arg], m))
			return true;
	}
	for (unsigned int c = 0; sum && c < sum->cases.n; c++)
		for (unsigned int k = 0; k < sum->cases.v[c].resources.n; k++) {
			const struct sum_resource *r = &sum->cases.v[c].resources.v[k];
			const struct sym *base = sym_at(t->e->pool, sym_base(t->e->pool, r->key));

			if (r->delta < 0 && r->family && is_last_user(r->family) && base->kind == SYM_PARAM &&
			    base->a < call->n_args && lies_at(t, f, call->args[base->a], m))
				return true;
		}
	return false;
}

/*
 * Nobody calls it by its name: it runs when the last reference goes. What is forgotten is to be mended where the
 * driver gives up its own, if one of the functions that run at the end does so. *at is there then.
 */
static bool find_last_put(struct teardown *t, const struct armed_member *m, uint32_t destructor, struct origin *at)
{
	const struct ir_unit *u = t->e->unit;

	if (t->e->n_callers[destructor] || !u->functions[destructor].address_taken)
		return false;
	for (uint32_t k = 0; k < u->n_functions; k++) {
		const struct ir_function *f = &u->functions[k];

		if (!t->final[k] || k == destructor || !f->in_main_file || engine_harness(t->e, k))
			continue;
		for (uint32_t i = 0; i < f->n_ins; i++)
			if (gives_up(t, f, &f->ins[i], m)) {
				*at = (struct origin){k, i};
				return true;
			}
	}
	return false;
}

static void tell_freed(struct teardown *t, const struct armed_member *m, struct origin freed)
{
	struct origin put;

	if (find_last_put(t, m, freed.function, &put) && !handed_on(t, put.function, m))
		tell(t, m, put, "when its memory is freed", "given up here, with which it is freed");
	else
		tell(t, m, freed, "when its memory is freed", "freed here");
}

/* TRUE: some function frees what the member lies in. */
static bool judge_frees(struct teardown *t, const struct armed_member *m, uint32_t function)
{
	const struct ir_function *f = engine_function(t->e, function);
	bool freed = false;

	for (uint32_t i = 0; i < f->n_ins; i++) {
		const struct family *family = NULL;
		const char *record = record_freed(t, f, &f->ins[i], &family);

		if (!record || !member_lies_in(m, record))
			continue;
		freed = true;
		if (t->final[function] && !allocates(t, f, family) && !reaches(t, m->callback, function) &&
		    !handed_on(t, function, m))
			tell_freed(t, m, (struct origin){function, i});
	}
	return freed;
}

static struct origin end_of(const struct teardown *t, uint32_t function)
{
	return (struct origin){function, engine_function(t->e, function)->n_ins - 1};
}

/* A function that stops other members of the same record and kind for good has forgotten this one. */
static bool judge_siblings(struct teardown *t, const struct armed_member *m)
{
	for (unsigned int i = 0; i < t->e->armed->all.n; i++) {
		const struct armed_member *other = &t->e->armed->all.v[i];

		if (!other->slots.n || !other->slots.v[0].record || other->family != m->family ||
		    !member_lies_in(m, other->slots.v[0].record))
			continue;
		for (unsigned int k = 0; k < other->waits.n; k++)
			if (t->final[other->waits.v[k].at.function] &&
			    !handed_on(t, other->waits.v[k].at.function, m)) {
				tell(t, m, other->waits.v[k].at, "when this returns", "another one is stopped here");
				return true;
			}
	}
	return false;
}

/* A driver that can be unbound and has nothing to say at that: what its probe sets up has no other end. */
static bool ends_in_silence(const struct harness *h)
{
	return h->end == IR_NONE && h->detach;
}

/* What probe sets up in memory that nobody frees by hand goes when the device is unbound, or the module unloaded. */
static void judge_ends(struct teardown *t, const struct armed_member *m)
{
	for (unsigned int i = 0; i < t->e->opt.n_harnesses; i++) {
		const struct harness *h = &t->e->opt.harnesses[i];

		if (h->stays || (h->end == IR_NONE && !ends_in_silence(h)) || h->begin == IR_NONE ||
		    !(h->module ? is_global(m) : h->detach) || m->set_up.ins == IR_NONE ||
		    !(h->module || reaches(t, h->begin, m->set_up.function)) ||
		    (h->end != IR_NONE && handed_on(t, h->end, m)))
			continue;
		if (h->end == IR_NONE)
			tell(t, m, m->set_up, "when the device is gone", "set up here");
		else
			tell(t, m, end_of(t, h->end), h->module ? "when the module is gone" : "when the device is gone",
			     "ends here");
		return;
	}
}

static void judge(struct teardown *t, const struct armed_member *m)
{
	const struct ir_unit *u = t->e->unit;
	const struct armed_call *halt = last_halt(t, m);
	bool freed = false;

	for (uint32_t i = 0; i < u->n_functions; i++)
		if (u->functions[i].in_main_file && u->functions[i].has_body && !engine_harness(t->e, i))
			freed |= judge_frees(t, m, i);
	if (freed)
		return;
	if (halt && t->final[halt->at.function])
		tell(t, m, halt->at, "when this returns", "stopped here without waiting");
	else if (m->api && !judge_siblings(t, m))
		judge_ends(t, m);
}

static void teardown_unit(struct engine *e)
{
	struct teardown t = {.e = e};

	if (!e->armed->all.n)
		return;
	t.final = ARENA_ARRAY(e->arena, bool, e->unit->n_functions + 1);
	t.reached = ARENA_ARRAY(e->arena, bool, e->unit->n_functions + 1);
	find_final(&t);
	for (unsigned int i = 0; i < e->armed->all.n; i++)
		if (left_running(&t, &e->armed->all.v[i]) && !told_already(&t, &e->armed->all.v[i]))
			judge(&t, &e->armed->all.v[i]);
}

const struct check check_teardown = {.name = "teardown", .unit = teardown_unit};
