/*
 * The order at the end of a driver's life: while an interrupt handler, timer or work may still run, what it follows is
 * freed, or the work that it queues is stopped, for the last time as the code has it. Judged inside the functions that
 * the end runs, where one statement comes before the other.
 */
#include "check/checks.h"
#include "check/freed.h"
#include "engine/handlers.h"

#include <string.h>

/* A call that ends what is registered of a family, or keeps it from running. */
struct stop {
	struct origin at;
	const struct family *family;
};

struct ending {
	struct engine *e;
	const struct harness *harness;
	bool *begun; /* by function: the beginning calls it */
	bool *runs;  /* by function: the end calls it */
	struct handlers handlers;
	bool *writes;		 /* by function: it, or what it calls, writes to the device */
	VEC(struct stop) stops;	 /* in what the end runs */
	struct slots **followed; /* by function, once it has been asked for */
	bool **called;		 /* the same */
	bool *told;		 /* by function: something that it follows is freed too early; one is enough */
	bool *judged;		 /* by function: some end runs it */
};

/* ---- which comes first ---- */

/* Can `second` run after `first`, and never the other way round? */
static bool comes_before(struct engine *e, const struct ir_function *f, uint32_t first, uint32_t second)
{
	uint32_t a = ir_block_of(f, first), b = ir_block_of(f, second);

	if (a == IR_NONE || b == IR_NONE)
		return false;
	if (a == b)
		return first < second;
	return ir_leads_to(f, a, b, ARENA_ARRAY(e->arena, bool, f->n_blocks)) &&
	       !ir_leads_to(f, b, a, ARENA_ARRAY(e->arena, bool, f->n_blocks));
}

/* ---- what a call does ---- */

static void stops_by_rule(struct ending *n, struct origin at, const struct api *api)
{
	for (unsigned int k = 0; k < api->n_effects; k++)
		for (unsigned int i = 0; i < api->effects[k].n_families; i++)
			if (api->effects[k].kind == EFFECT_RELEASE || api->effects[k].kind == EFFECT_HALT)
				vec_push(n->e->arena, &n->stops, ((struct stop){at, api->effects[k].families[i]}));
}

static void find_stops(struct ending *n, uint32_t function)
{
	const struct ir_function *f = &n->e->unit->functions[function];

	for (uint32_t i = 0; i < f->n_ins; i++) {
		const struct ir_ins *call = &f->ins[i];
		const struct summary *sum = callee_summary(n->e, call);
		struct origin at = {function, i};

		if (call->op == IR_CALL && call->sym != IR_NONE && n->e->apis[call->sym])
			stops_by_rule(n, at, n->e->apis[call->sym]);
		for (unsigned int k = 0; sum && k < n->handlers.all.n; k++)
			if (summary_gives_back(sum, n->handlers.all.v[k].family))
				vec_push(n->e->arena, &n->stops, ((struct stop){at, n->handlers.all.v[k].family}));
	}
}

/* Is it this one that is stopped, as far as what both are given says? */
static bool may_be_of(struct engine *e, const struct ir_function *f, const struct ir_ins *call, const struct handler *h)
{
	bool another = false;

	for (uint32_t i = 0; h->record && i < call->n_args; i++) {
		const char *record = record_pointed_to(e->unit, f, call->args[i]);

		if (record && strcmp(record, h->record) == 0)
			return true;
		another |= record != NULL;
	}
	return !another;
}

/* ---- the device itself ---- */

static bool writes_device(struct engine *e, uint32_t function)
{
	const struct ir_unit *u = e->unit;
	bool *seen = ARENA_ARRAY(e->arena, bool, u->n_functions + 1);

	mark_called(u, function, seen);
	for (uint32_t i = 0; i < u->n_functions; i++)
		if (seen[i] && model_writes_device(e->model, u->functions[i].name))
			return true;
	return false;
}

static bool written_before(struct ending *n, const struct ir_function *f, uint32_t ins)
{
	for (uint32_t i = 0; i < f->n_ins; i++)
		if (f->ins[i].op == IR_CALL && f->ins[i].sym != IR_NONE && n->writes[f->ins[i].sym] &&
		    comes_before(n->e, f, i, ins))
			return true;
	return false;
}

/* The driver may have made its device quiet before: in the function, or where that is called. */
static bool may_be_quiet(struct ending *n, uint32_t function, uint32_t ins)
{
	const struct ir_unit *u = n->e->unit;

	if (written_before(n, &u->functions[function], ins))
		return true;
	for (uint32_t k = 0; k < u->n_functions; k++) {
		const struct ir_function *f = &u->functions[k];

		for (uint32_t i = 0; n->runs[k] && f->in_main_file && i < f->n_ins; i++)
			if (f->ins[i].op == IR_CALL && f->ins[i].sym == function && written_before(n, f, i))
				return true;
	}
	return false;
}

/* ---- telling ---- */

struct told {
	uint32_t function, ins;
	const char *rule;
	const struct family *family;
	const char *acquire, *release, *expression, *message, *at_text;
	struct finding_event before, after;
	bool has_after;
	enum confidence confidence;
};

static void tell(struct engine *e, const struct told *t)
{
	struct fn fn = {.e = e, .f = &e->unit->functions[t->function], .index = t->function};
	struct arena *a = arena_new();
	struct report rep = {.rule = t->rule,
			     .confidence = t->confidence,
			     .ins = t->ins,
			     .message = t->message,
			     .exit_kind = "order",
			     .at_text = t->at_text,
			     .resource = t->family->resource,
			     .acquire = t->acquire,
			     .release = t->release,
			     .expression = t->expression,
			     .since = IR_NONE,
			     .before = &t->before,
			     .n_before = 1,
			     .after = &t->after,
			     .n_after = t->has_after,
			     .sibling_ins = IR_NONE};

	world_init(&fn.w, a, e->pool, t->function);
	fn_report(&fn, &rep);
	arena_free(a);
}

/* ---- the judgement ---- */

/*
 * Where the handler's registration ends, if that is after `ins`: a later call of the function; IR_NONE with *late: not
 * before the managed resources go. FALSE: before, or nobody knows.
 */
static bool stops_later(struct ending *n, const struct handler *h, uint32_t function, uint32_t ins, uint32_t *stop)
{
	const struct ir_function *f = &n->e->unit->functions[function];

	*stop = IR_NONE;
	/* Slots are of several drivers, if the file has them; what the end itself calls stands by. */
	if (h->in_slot && (!n->begun[h->at.function] || n->runs[h->function]))
		return false;
	for (unsigned int i = 0; i < n->stops.n; i++) {
		const struct stop *s = &n->stops.v[i];

		if (s->family != h->family)
			continue;
		/* Another callback, which the framework calls on the way, looks after it; not if it is stopped here. */
		if (!n->runs[s->at.function] && h->managed)
			return false;
		if (!n->runs[s->at.function])
			continue;
		if (h->managed || (s->at.function == function && !comes_before(n->e, f, ins, s->at.ins)))
			return false;
		if (s->at.function == function && may_be_of(n->e, f, &f->ins[s->at.ins], h))
			*stop = s->at.ins;
	}
	return h->managed || *stop != IR_NONE;
}

static bool calls(struct ending *n, uint32_t caller, uint32_t callee)
{
	if (!n->called[caller]) {
		n->called[caller] = ARENA_ARRAY(n->e->arena, bool, n->e->unit->n_functions + 1);
		mark_called(n->e->unit, caller, n->called[caller]);
	}
	return n->called[caller][callee];
}

static bool follows(struct ending *n, uint32_t function, const struct slots *place)
{
	if (!n->followed[function]) {
		n->followed[function] = ARENA_NEW(n->e->arena, struct slots);
		places_followed(n->e, function, n->followed[function]);
	}
	return slots_meet(n->followed[function], place);
}

static void tell_freed(struct ending *n, uint32_t function, const struct freed *d, const struct handler *h,
		       uint32_t stop)
{
	struct arena *a = n->e->arena;
	const char *runs = n->e->unit->functions[h->function].name;
	struct told t = {.function = function,
			 .ins = d->ins,
			 .rule = h->managed ? "devm/order" : "free/use-after",
			 .family = h->family,
			 .acquire = h->api,
			 .release = h->family->release,
			 .expression = d->place.member ? d->place.member : "",
			 .confidence = !h->family->record && !h->in_slot && may_be_quiet(n, function, d->ins)
					       ? CONF_LOW
					       : CONF_MEDIUM,
			 .at_text = "freed here",
			 .before = event_at(n->e, "acquired", h->at, arena_printf(a, "%s() is made known here", runs)),
			 .has_after = stop != IR_NONE};

	if (t.has_after)
		t.after = event_at(n->e, "note", (struct origin){function, stop}, "it is stopped only here");
	t.message = arena_printf(a, "'%s' is freed by %s() while %s(), which uses it, may still run: %s",
				 d->place.member ? d->place.member : "memory", d->by, runs,
				 h->managed ? "it is stopped only when the managed resources are released"
					    : "it is stopped only afterwards");
	n->told[h->function] = true;
	tell(n->e, &t);
}

static void judge_freed(struct ending *n, uint32_t function, const struct freed *d)
{
	uint32_t stop;

	for (unsigned int i = 0; i < n->handlers.all.n; i++) {
		const struct handler *h = &n->handlers.all.v[i];

		/* What it frees itself is freed when it is done with. */
		if (!n->told[h->function] && stops_later(n, h, function, d->ins, &stop) &&
		    !calls(n, h->function, function) && follows(n, h->function, &d->place) &&
		    !writes_to(n->e, n->runs, &d->place)) {
			tell_freed(n, function, d, h, stop);
			return;
		}
	}
}

/* A timer or work that is waited for only after what its callback follows has been freed. */
static void judge_freed_early(struct ending *n, uint32_t function, const struct freed *d, const struct armed_member *m)
{
	const struct ir_function *f = &n->e->unit->functions[function];
	struct handler h = {.function = m->callback, .family = m->family, .api = m->api, .at = m->set_up};
	uint32_t stop = IR_NONE;

	if (!m->slots.n || !m->api || m->callback == IR_NONE || n->told[m->callback])
		return;
	for (unsigned int i = 0; i < m->waits.n; i++) {
		if (m->waits.v[i].at.function != function)
			continue;
		if (!comes_before(n->e, f, d->ins, m->waits.v[i].at.ins))
			return;
		stop = m->waits.v[i].at.ins;
	}
	for (unsigned int i = 0; i < m->halts.n; i++)
		if (m->halts.v[i].at.function == function && !comes_before(n->e, f, d->ins, m->halts.v[i].at.ins))
			return;
	if (stop != IR_NONE && follows(n, m->callback, &d->place) && !writes_to(n->e, n->runs, &d->place))
		tell_freed(n, function, d, &h, stop);
}

static bool arms(struct ending *n, uint32_t handler, const struct armed_member *m)
{
	for (unsigned int i = 0; i < m->arms.n; i++)
		if (calls(n, handler, m->arms.v[i].at.function))
			return true;
	return false;
}

/* Who arms it looks at a flag first, which the end sets. */
static bool asks_first(struct ending *n, uint32_t handler, const struct armed_member *m)
{
	for (unsigned int i = 0; i < m->arms.n; i++)
		if (calls(n, handler, m->arms.v[i].at.function) &&
		    !looks_at_flag(n->e, m->arms.v[i].at.function, n->runs, m))
			return false;
	return true;
}

/* Is what the call waits for waited for in the callee, which is judged itself? */
static bool waits_inside(struct ending *n, const struct armed_member *m, const struct armed_call *wait)
{
	uint32_t callee = n->e->unit->functions[wait->at.function].ins[wait->at.ins].sym;

	for (unsigned int i = 0; callee != IR_NONE && i < m->waits.n; i++)
		if (n->runs[m->waits.v[i].at.function] && calls(n, callee, m->waits.v[i].at.function))
			return true;
	return false;
}

static void judge_wait(struct ending *n, const struct armed_member *m, const struct armed_call *wait)
{
	struct arena *a = n->e->arena;
	uint32_t stop;

	for (unsigned int i = 0; i < n->handlers.all.n; i++) {
		const struct handler *h = &n->handlers.all.v[i];
		const char *runs = n->e->unit->functions[h->function].name;
		struct told t = {.function = wait->at.function,
				 .ins = wait->at.ins,
				 .rule = h->managed ? "devm/order" : "free/use-after",
				 .family = m->family,
				 .acquire = m->api,
				 .release = wait->api,
				 .expression = m->member ? m->member : "",
				 .confidence = CONF_MEDIUM,
				 .at_text = "stopped here"};
		bool again = false;

		if (wait->last || !arms(n, h->function, m) || (h->managed && waits_inside(n, m, wait)) ||
		    !stops_later(n, h, wait->at.function, wait->at.ins, &stop))
			continue;
		for (unsigned int k = 0; stop != IR_NONE && k < m->waits.n; k++)
			again |= m->waits.v[k].at.function == wait->at.function &&
				 comes_before(n->e, &n->e->unit->functions[wait->at.function], stop,
					      m->waits.v[k].at.ins);
		if (again || asks_first(n, h->function, m))
			continue;
		if (!h->in_slot && may_be_quiet(n, wait->at.function, wait->at.ins))
			t.confidence = CONF_LOW;
		t.before = event_at(n->e, "acquired", h->at, arena_printf(a, "%s() is made known here", runs));
		t.has_after = stop != IR_NONE;
		if (t.has_after)
			t.after = event_at(n->e, "note", (struct origin){wait->at.function, stop},
					   arena_printf(a, "%s() is stopped only here", runs));
		t.message = arena_printf(
			a, "%s%s%s%s is stopped by %s() while %s() may still start it again: that is stopped only %s",
			m->family->noun, m->member ? " '" : "", m->member ? m->member : "", m->member ? "'" : "",
			wait->api, runs, h->managed ? "when the managed resources are released" : "afterwards");
		tell(n->e, &t);
		return;
	}
}

static void judge_function(struct ending *n, uint32_t function)
{
	struct freed_list freed = {0};

	n->judged[function] = true;
	freed_find(n->e, &n->e->unit->functions[function], &freed);
	for (unsigned int i = 0; i < freed.all.n; i++) {
		judge_freed(n, function, &freed.all.v[i]);
		for (unsigned int k = 0; k < n->e->armed->all.n; k++)
			judge_freed_early(n, function, &freed.all.v[i], &n->e->armed->all.v[k]);
	}
	for (unsigned int i = 0; i < n->e->armed->all.n; i++) {
		const struct armed_member *m = &n->e->armed->all.v[i];

		for (unsigned int k = 0; m->slots.n && m->api && k < m->waits.n; k++)
			if (m->waits.v[k].at.function == function)
				judge_wait(n, m, &m->waits.v[k]);
	}
}

static void judge_end(struct ending *n)
{
	const struct ir_unit *u = n->e->unit;
	bool *own = ARENA_ARRAY(n->e->arena, bool, u->n_functions + 1);

	n->runs = ARENA_ARRAY(n->e->arena, bool, u->n_functions + 1);
	n->begun = ARENA_ARRAY(n->e->arena, bool, u->n_functions + 1);
	n->stops.n = 0;
	/* Another driver of the same kind in this file does not look after this one's handlers either. */
	for (unsigned int i = 0; i < n->e->opt.n_harnesses; i++) {
		const struct harness *h = &n->e->opt.harnesses[i];

		own[h->function] = true;
		if (strcmp(h->what, n->harness->what) != 0 || strcmp(h->begin_slot, n->harness->begin_slot) != 0)
			continue;
		mark_called(u, h->begin, own);
		mark_called(u, h->end, own);
	}
	mark_called(u, n->harness->begin, n->begun);
	mark_called(u, n->harness->end, n->runs);
	for (uint32_t k = 0; k < u->n_functions; k++)
		if (u->functions[k].in_main_file && u->functions[k].has_body && (n->runs[k] || !own[k]))
			find_stops(n, k);
	for (uint32_t k = 0; k < u->n_functions; k++)
		if (n->runs[k] && u->functions[k].in_main_file && u->functions[k].has_body)
			judge_function(n, k);
}

/* Who sets it up as well frees because something has failed, before anything was armed. */
static bool sets_up(const struct ending *n, const struct armed_member *m)
{
	return m->set_up.ins != IR_NONE && n->runs[m->set_up.function];
}

/* What frees first and waits afterwards is wrong whoever calls it: an end in another file, or a destructor. */
static void judge_others(struct ending *n)
{
	const struct ir_unit *u = n->e->unit;

	for (uint32_t k = 0; k < u->n_functions; k++) {
		struct freed_list freed = {0};

		if (n->judged[k] || !u->functions[k].in_main_file || !u->functions[k].has_body)
			continue;
		n->runs = ARENA_ARRAY(n->e->arena, bool, u->n_functions + 1);
		mark_called(u, k, n->runs);
		freed_find(n->e, &u->functions[k], &freed);
		for (unsigned int m = 0; m < n->e->armed->all.n; m++)
			for (unsigned int i = 0; i < freed.all.n && !sets_up(n, &n->e->armed->all.v[m]); i++)
				judge_freed_early(n, k, &freed.all.v[i], &n->e->armed->all.v[m]);
	}
}

static void order_unit(struct engine *e)
{
	struct ending n = {.e = e};

	handlers_find(e, &n.handlers);
	if (!n.handlers.all.n && !e->armed->all.n)
		return;
	n.followed = ARENA_ARRAY(e->arena, struct slots *, e->unit->n_functions + 1);
	n.writes = ARENA_ARRAY(e->arena, bool, e->unit->n_functions + 1);
	for (uint32_t i = 0; i < e->unit->n_functions; i++)
		n.writes[i] = e->n_callers[i] && writes_device(e, i);
	n.told = ARENA_ARRAY(e->arena, bool, e->unit->n_functions + 1);
	n.judged = ARENA_ARRAY(e->arena, bool, e->unit->n_functions + 1);
	n.called = ARENA_ARRAY(e->arena, bool *, e->unit->n_functions + 1);
	for (unsigned int i = 0; i < e->opt.n_harnesses; i++) {
		n.harness = &e->opt.harnesses[i];
		if (n.harness->end != IR_NONE && !n.harness->stays &&
		    (n.harness->detach || n.harness->module || strcmp(n.harness->rule, "leak/remove") == 0))
			judge_end(&n);
	}
	if (e->armed->all.n)
		judge_others(&n);
}

const struct check check_order = {.name = "order", .unit = order_unit};
