/*
 * A finding with the path that leads to it, told from the state's trace.
 *
 * What a function leaves in its callers' reach when it fails is taken back when all functions are done, if each caller
 * in the unit was seen to give it back after that failure, or passes the failure on to callers who do: a repair there
 * would give back twice. A caller by a table of the file's own makes it less sure.
 */
#include "engine/fn.h"
#include "engine/phrase.h"

#include <string.h>

enum { MAX_EVENTS = 24 };

struct finding_event event_at(const struct engine *e, const char *kind, struct origin at, const char *message)
{
	const struct ir_loc *loc = &e->unit->functions[at.function].ins[at.ins].loc;

	return (struct finding_event){kind, e->unit->files[loc->file], loc->line, loc->column, message};
}

struct events {
	struct fn *fn;
	struct finding_event v[MAX_EVENTS];
	uint32_t n;
};

static void add_event(struct events *ev, const char *kind, struct origin at, const char *message)
{
	struct finding_event e = event_at(ev->fn->e, kind, at, message);

	if (ev->n < MAX_EVENTS && e.line)
		ev->v[ev->n++] = e;
}

static void event(struct events *ev, const char *kind, uint32_t ins, const char *message)
{
	add_event(ev, kind, (struct origin){ev->fn->index, ins}, message);
}

/* Taken or released by a call: where the call stands, and where it is done in the end if that is in a callee. */
static void deed(struct events *ev, const char *kind, const char *verb, uint32_t ins, struct origin at, const char *api)
{
	struct arena *a = ev->fn->w.arena;
	const struct ir_function *f = &ev->fn->e->unit->functions[at.function];

	if (at.ins != IR_NONE && at.function != ev->fn->index && f->in_main_file) {
		add_event(ev, kind, at, arena_printf(a, "%s here by %s() in %s()", verb, api, f->name));
		event(ev, "called", ins, arena_printf(a, "%s() is called here", f->name));
	} else {
		event(ev, kind, ins, arena_printf(a, "%s here by %s()", verb, api));
	}
}

static const char *name_of(struct fn *fn, uint32_t sym)
{
	uint32_t call = fn_call_of(fn, sym);
	const char *t = pool_text(fn->e->pool, fn->w.arena, sym);

	if (t)
		return arena_printf(fn->w.arena, "'%s'", t);
	if (call != IR_NONE && fn->f->ins[call].sym != IR_NONE)
		return arena_printf(fn->w.arena, "the result of %s()", call_name(fn, fn->f->ins[call].sym));
	return NULL;
}

/* What taking the branch says of the value tested: "'ts' is NULL", "'ret' is negative". NULL: nothing short. */
static const char *outcome_text(struct fn *fn, uint32_t cond, bool truth)
{
	struct sym c = *sym_at(fn->e->pool, cond);
	const char *name, *op;
	int64_t k = 0;

	if (c.kind == SYM_OP && c.op == IR_LNOT)
		return outcome_text(fn, c.a, !truth);
	if (c.kind == SYM_OP && c.op >= SYM_OP_IS_ERR) {
		name = name_of(fn, c.a);
		return name ? arena_printf(fn->w.arena, "%s is %san error pointer%s", name, truth ? "" : "not ",
					   c.op == SYM_OP_IS_ERR ? "" : " or NULL")
			    : NULL;
	}
	if (c.kind == SYM_OP && c.op >= IR_EQ && c.op <= IR_GE && sym_is_const(fn->e->pool, c.b, &k)) {
		static const char *const words[][2] = {{"is", "is not"}, {"is not", "is"}, {"<", ">="},
						       {"<=", ">"},	 {">", "<="},	   {">=", "<"}};

		name = name_of(fn, c.a);
		op = words[c.op - IR_EQ][!truth];
		return name ? arena_printf(fn->w.arena, "%s %s %lld", name, op, (long long)k) : NULL;
	}
	name = c.kind == SYM_OP ? NULL : name_of(fn, cond);
	return name ? arena_printf(fn->w.arena, "%s is %s0", name, truth ? "not " : "") : NULL;
}

const char *step_text(struct fn *fn, uint32_t function, const struct step *s)
{
	const struct ir_unit *u = fn->e->unit;
	const struct ir_function *f = &u->functions[function];
	const char *t = s->kind == STEP_BRANCH ? outcome_text(fn, s->cond, s->way == 0) : NULL;

	if (t)
		return arena_printf(fn->w.arena, "here %s", t);
	return s->kind == STEP_SWITCH ? phrase_case(fn->w.arena, u, f, s->ins, s->way)
				      : phrase_branch(fn->w.arena, u, f, s->ins, s->way == 0);
}

/* The branches inside a callee whose summary was applied, oldest first. */
static void branches_in(struct events *ev, uint32_t function, const struct sum_case *c)
{
	for (unsigned int i = c->path.n; i-- > 0;)
		add_event(ev, "branch", (struct origin){function, c->path.v[i].ins},
			  step_text(ev->fn, function, &c->path.v[i]));
}

/* Branch steps from the acquisition on, oldest first; only the newest that fit. */
static void branches(struct events *ev, const struct step *s, uint32_t acquire_ins)
{
	const struct step *way[12];
	unsigned int n = 0;

	for (; s && n < 12; s = s->before) {
		if (s->kind == STEP_CALL && s->ins == acquire_ins)
			break;
		if (s->kind != STEP_CALL)
			way[n++] = s;
	}
	while (n--)
		event(ev, "branch", way[n]->ins, step_text(ev->fn, ev->fn->index, way[n]));
}

const char *resource_text(struct fn *fn, const struct resource *r)
{
	/* A guessed effect of a call without arguments is named by the call alone: its key is a number. */
	bool named = r->key && !(r->mined && sym_at(fn->e->pool, r->key)->kind == SYM_CONST);
	const char *t = named ? pool_text(fn->e->pool, fn->w.arena, r->key) : NULL;

	return t ? t : "";
}

void reports_begin(struct engine *e)
{
	e->reported = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	e->told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	e->returned = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	memset(&e->tentative, 0, sizeof(e->tentative));
	memset(&e->tellers, 0, sizeof(e->tellers));
}

void reports_end(struct engine *e)
{
	g_hash_table_destroy(e->reported);
	g_hash_table_destroy(e->told);
	g_hash_table_destroy(e->returned);
}

static bool seen(struct fn *fn, const char *rule, struct origin a, struct origin b)
{
	return !g_hash_table_add(fn->e->reported,
				 g_strdup_printf("%s %u %u %u %u", rule, a.function, a.ins, b.function, b.ins));
}

static char *told_key(const struct resource *r)
{
	return g_strdup_printf("%u %u", r->taken.function, r->taken.ins);
}

bool leak_told(struct fn *fn, const struct resource *r)
{
	char *key = told_key(r);
	bool told = g_hash_table_contains(fn->e->told, key);

	g_free(key);
	return told;
}

static const char *left_key(struct arena *a, uint32_t callee, const struct resource *r)
{
	return arena_printf(a, "%u %u %u %u", callee, r->taken.function, r->taken.ins, r->family->index);
}

void report_returned(struct fn *fn, const struct resource *r)
{
	uint32_t callee = fn->f->ins[r->acquire_ins].sym;

	g_hash_table_add(fn->e->returned, g_strdup_printf("%s by %u", left_key(fn->w.arena, r->left_in, r), fn->index));
	if (callee != IR_NONE)
		g_hash_table_add(fn->e->returned,
				 g_strdup_printf("%s by %u", left_key(fn->w.arena, callee, r), fn->index));
}

/* Does every caller give it back, or pass the failure on to callers who do? */
static bool callers_return(const struct engine *e, const char *left, uint32_t function, unsigned int depth)
{
	enum { DEEP = 4 };
	const struct ir_unit *u = e->unit;
	bool any = false;

	for (uint32_t i = 0; depth < DEEP && i < u->n_functions; i++) {
		char *key;

		if (!u->functions[i].in_main_file || i == function || !ir_calls(&u->functions[i], function))
			continue;
		key = g_strdup_printf("%s by %u", left, i);
		any = g_hash_table_contains(e->returned, key) || callers_return(e, left, i, depth + 1);
		g_free(key);
		if (!any)
			return false;
	}
	return any;
}

void reports_settle(struct engine *e)
{
	struct finding_list *l = e->out;
	unsigned int kept = 0, next = 0;

	for (unsigned int i = 0; i < l->all.n; i++) {
		const struct tentative *t =
			next < e->tentative.n && e->tentative.v[next].finding == i ? &e->tentative.v[next++] : NULL;

		if (!t || !callers_return(e, t->left, t->function, 0))
			l->all.v[kept++] = l->all.v[i];
	}
	l->all.n = kept;
}

static void events_of(struct events *ev, const struct report *r)
{
	const struct resource *res = r->res;

	if (res && res->acquire_ins != IR_NONE)
		deed(ev, "acquired", "taken", res->acquire_ins, res->taken, res->acquire);
	for (uint32_t i = 0; i < r->n_before && ev->n < MAX_EVENTS; i++)
		ev->v[ev->n++] = r->before[i];
	if (r->st)
		branches(ev, r->st->trace, res ? res->acquire_ins : r->n_before ? r->since : IR_NONE);
	if (res && res->lost_ins != IR_NONE && res->lost_ins != r->ins)
		event(ev, "note", res->lost_ins, "the pointer to it is overwritten here");
	if (res && res->state == RES_RELEASED && res->release_ins != IR_NONE)
		deed(ev, "released", "released", res->release_ins, res->released, res->release);
	if (r->in_case)
		branches_in(ev, r->at.function, r->in_case);
	add_event(ev, strncmp(r->rule, "leak/", 5) == 0 ? "leaves" : "used", r->at, r->at_text);
	for (uint32_t i = 0; i < r->n_after && ev->n < MAX_EVENTS; i++)
		ev->v[ev->n++] = r->after[i];
	if (r->sibling_ins != IR_NONE)
		event(ev, "sibling", r->sibling_ins, "another path does release it here");
}

static void add_finding(struct fn *fn, const struct finding *f)
{
	finding_list_add(fn->e->out, f);
	vec_push(fn->e->arena, &fn->e->tellers, fn->index);
}

static const char *text_or_none(const char *text)
{
	return text ? text : "";
}

static void tell(struct fn *fn, const struct report *r, const struct ir_function *place, const struct ir_loc *loc,
		 struct events *ev)
{
	struct finding f = {.rule = r->rule,
			    .confidence = r->confidence,
			    .file = fn->e->unit->files[loc->file],
			    .line = loc->line,
			    .column = loc->column,
			    .function = place->name,
			    .message = r->message,
			    .exit_kind = r->exit_kind ? r->exit_kind : "",
			    .resource = r->res ? r->res->family->resource : text_or_none(r->resource),
			    .acquire = text_or_none(r->res ? r->res->acquire : r->acquire),
			    .release = text_or_none(r->res ? r->res->release : r->release),
			    .group = text_or_none(r->group),
			    .rank = r->rank,
			    .expression =
				    r->res && !r->expression ? resource_text(fn, r->res) : text_or_none(r->expression)};

	events_of(ev, r);
	f.events = ev->v;
	f.n_events = ev->n;
	add_finding(fn, &f);
}

/* Does the path need that a call fails which only fails when it is misused? */
static bool needs_misuse(const struct fn *fn, const struct state *st)
{
	struct pmap_iter it;

	for (pmap_first(&it, &st->cons); pmap_next(&it);) {
		uint32_t call = fn_call_of(fn, (uint32_t)it.key);
		const struct api *api = call == IR_NONE ? NULL : engine_api(fn->e, &fn->f->ins[call]);

		if (api && api->fails_misused && ((const struct range *)(uintptr_t)it.value)->hi < 0)
			return true;
	}
	return false;
}

/* Does the path need what a macro warns of as impossible? */
static bool needs_impossible(const struct fn *fn, const struct state *st)
{
	for (const struct step *t = st->trace; t; t = t->before) {
		const char *macro = t->kind == STEP_BRANCH && t->way == 0 ? fn->f->ins[t->ins].macro : NULL;

		if (macro && model_sounds_like_warning(fn->e->model, macro))
			return true;
	}
	return false;
}

void fn_report(struct fn *fn, const struct report *given)
{
	struct report copy = *given, *r = &copy;
	const struct ir_function *place;
	const struct ir_loc *loc;
	struct events ev = {.fn = fn};

	if (fn->bound)
		return;
	if (!r->elsewhere)
		r->at = (struct origin){fn->index, r->ins};
	place = &fn->e->unit->functions[r->at.function];
	loc = &place->ins[r->at.ins].loc;
	if (!place->in_main_file || seen(fn, r->rule, r->res ? r->res->taken : r->at, r->at))
		return;
	if (r->st && (needs_impossible(fn, r->st) || needs_misuse(fn, r->st)))
		r->confidence = CONF_LOW;
	if (r->res && strncmp(r->rule, "leak/", 5) == 0)
		g_hash_table_add(fn->e->told, told_key(r->res));
	tell(fn, r, place, loc, &ev);
	if (r->res && r->in_reach)
		vec_push(fn->e->arena, &fn->e->tentative,
			 ((struct tentative){fn->e->out->all.n - 1, fn->index,
					     left_key(fn->e->arena, fn->index, r->res)}));
}

static const char *range_text(struct arena *a, struct range r)
{
	const char *lo = r.lo == INT64_MIN ? "" : arena_printf(a, "%lld", (long long)r.lo);
	const char *hi = r.hi == INT64_MAX ? "" : arena_printf(a, "%lld", (long long)r.hi);

	if (r.lo == r.hi)
		return lo;
	return arena_printf(a, "%s..%s%s", lo, hi, r.not_zero && r.lo < 0 && r.hi > 0 ? " not 0" : "");
}

void report_probe(struct fn *fn, const struct state *st, uint32_t ins, uint32_t value)
{
	const struct ir_loc *loc = &fn->f->ins[ins].loc;
	const char *what = value ? range_text(fn->w.arena, state_range(&fn->w, st, value)) : "reached";
	struct finding f = {.rule = "engine/probe",
			    .confidence = CONF_HIGH,
			    .file = fn->e->unit->files[loc->file],
			    .line = loc->line,
			    .column = loc->column,
			    .function = fn->f->name,
			    .resource = what,
			    .acquire = "",
			    .release = "",
			    .expression = "",
			    .exit_kind = "",
			    .message = arena_printf(fn->w.arena, "probe: %s", what)};

	add_finding(fn, &f);
}
