#include "engine/aftermath.h"

#include "engine/armed.h"
#include "engine/failed.h"

#include <stdlib.h>
#include <string.h>

/* A call of a function, or (ins IR_NONE) a table in which it stands, so that it is called by those who call `slot`. */
struct site {
	uint32_t callee; /* IR_NONE: whatever stands in the slot */
	const char *slot;
	struct origin at;
};

struct functions {
	VEC(uint32_t) all;
};

struct aftermaths {
	VEC(struct site) sites;
	const struct aftermath **of; /* by function */
	bool *known, *visiting;
	struct functions **opened; /* by function: it, and what it calls */
};

/* ---- who calls what ---- */

static const char *slot_at(struct engine *e, const struct ir_function *f, uint32_t address)
{
	const struct ir_ins *in = &f->ins[address];
	const char *member = in->op == IR_FIELD ? in->str : NULL, *record = NULL;

	/* Members of a record without a name are those of the one around it, as in tables. */
	for (; in->op == IR_FIELD && (!record || strchr(record, '?')); in = &f->ins[in->a[0]])
		record = record_pointed_to(e->unit, f, in->a[0]);
	return member && record ? arena_printf(e->arena, "%s.%s", record, member) : NULL;
}

/* The slot that the called pointer was read from, perhaps by way of a local variable. */
static const char *slot_called(struct engine *e, const struct ir_function *f, uint32_t pointer)
{
	const struct ir_ins *in = &f->ins[pointer];
	const char *slot = NULL;

	while (in->op == IR_CAST)
		in = &f->ins[in->a[0]];
	if (in->op != IR_LOAD)
		return NULL;
	if (f->ins[in->a[0]].op != IR_LOCAL)
		return slot_at(e, f, in->a[0]);
	for (uint32_t i = 0; i < f->n_ins; i++) {
		const struct ir_ins *store = &f->ins[i];

		if (store->op != IR_STORE || f->ins[store->a[0]].op != IR_LOCAL ||
		    f->ins[store->a[0]].sym != f->ins[in->a[0]].sym)
			continue;
		if (slot || f->ins[store->a[1]].op != IR_LOAD)
			return NULL;
		slot = slot_at(e, f, f->ins[store->a[1]].a[0]);
	}
	return slot;
}

static uint32_t function_stored(const struct ir_function *f, const struct ir_ins *store)
{
	const struct ir_ins *in = store->op == IR_STORE ? &f->ins[store->a[1]] : NULL;

	while (in && in->op == IR_CAST)
		in = &f->ins[in->a[0]];
	return in && in->op == IR_FUNC ? in->sym : IR_NONE;
}

/* Could a failure of it leave something to its callers, as far as its declaration tells? */
static bool is_of_interest(const struct engine *e, uint32_t function)
{
	const struct ir_function *f = &e->unit->functions[function];

	return !e->apis[function] && failed_can(e->unit, f->type) && !model_borrows(e->model, f->name) &&
	       (f->in_main_file || !f->has_body);
}

static void add_site(struct engine *e, uint32_t callee, const char *slot, struct origin at)
{
	if (callee == IR_NONE ? slot != NULL : is_of_interest(e, callee))
		vec_push(e->arena, &e->aftermaths->sites, ((struct site){callee, slot, at}));
}

static void find_sites_in(struct engine *e, uint32_t function)
{
	const struct ir_function *f = &e->unit->functions[function];

	for (uint32_t i = 0; i < f->n_ins; i++) {
		const struct ir_ins *in = &f->ins[i];
		uint32_t stored = function_stored(f, in);
		const char *slot = stored == IR_NONE ? NULL : slot_at(e, f, in->a[0]);

		if (in->op == IR_CALL && in->sym != IR_NONE)
			add_site(e, in->sym, NULL, (struct origin){function, i});
		else if (in->op == IR_CALL && failed_can(e->unit, in->type))
			add_site(e, IR_NONE, slot_called(e, f, in->a[0]), (struct origin){function, i});
		if (slot)
			add_site(e, stored, slot, (struct origin){function, IR_NONE});
	}
}

static void find_tables(struct engine *e)
{
	for (uint32_t i = 0; i < e->unit->n_globals; i++)
		for (uint32_t k = 0; k < e->unit->globals[i].n_inits; k++) {
			const struct ir_init *x = &e->unit->globals[i].inits[k];

			if (x->kind == IR_INIT_FUNC && x->record && x->member)
				add_site(e, x->sym, arena_printf(e->arena, "%s.%s", x->record, x->member),
					 (struct origin){IR_NONE, IR_NONE});
		}
}

static int by_callee(const void *a, const void *b)
{
	const struct site *x = a, *y = b;

	if (x->callee != y->callee)
		return x->callee < y->callee ? -1 : 1;
	if (x->callee == IR_NONE && strcmp(x->slot, y->slot) != 0)
		return strcmp(x->slot, y->slot);
	if (x->at.function != y->at.function)
		return x->at.function < y->at.function ? -1 : 1;
	return x->at.ins < y->at.ins ? -1 : x->at.ins > y->at.ins;
}

static struct aftermaths *aftermaths(struct engine *e)
{
	struct aftermaths *all = e->aftermaths;

	if (all)
		return all;
	all = e->aftermaths = ARENA_NEW(e->arena, struct aftermaths);
	all->of = ARENA_ARRAY(e->arena, const struct aftermath *, e->unit->n_functions + 1);
	all->known = ARENA_ARRAY(e->arena, bool, e->unit->n_functions + 1);
	all->visiting = ARENA_ARRAY(e->arena, bool, e->unit->n_functions + 1);
	all->opened = ARENA_ARRAY(e->arena, struct functions *, e->unit->n_functions + 1);
	for (uint32_t i = 0; i < e->unit->n_functions; i++)
		if (e->unit->functions[i].in_main_file && e->unit->functions[i].has_body && !engine_harness(e, i))
			find_sites_in(e, i);
	find_tables(e);
	if (all->sites.n)
		qsort(all->sites.v, all->sites.n, sizeof(*all->sites.v), by_callee);
	return all;
}

/* ---- what they do ---- */

static bool is_same(const struct after *x, const struct after *y)
{
	return x->kind == y->kind && x->arg == y->arg && x->of == y->of && strcmp(x->name, y->name) == 0 &&
	       x->member.offset == y->member.offset && g_strcmp0(x->member.name, y->member.name) == 0;
}

static bool has(const struct aftermath *m, const struct after *x)
{
	for (unsigned int i = 0; i < m->all.n; i++)
		if (is_same(&m->all.v[i], x))
			return true;
	return false;
}

static struct after of_kind(enum after_kind kind, const char *name)
{
	return (struct after){.kind = kind, .name = name, .function = IR_NONE, .arg = -1, .of = -1};
}

static void add(struct engine *e, struct aftermath *m, struct after x)
{
	if (!has(m, &x))
		vec_push(e->arena, &m->all, x);
}

static void add_call(struct engine *e, struct aftermath *m, uint32_t function, int arg, int of)
{
	const char *name = e->unit->functions[function].name;
	const struct api *api = e->apis[function];
	bool releases = !api && model_sounds_like_release(e->model, name);

	for (unsigned int i = 0; api && i < api->n_effects; i++)
		releases |= api->effects[i].kind == EFFECT_RELEASE;
	if (releases)
		add(e, m,
		    (struct after){.kind = AFTER_CALLS, .name = name, .function = function, .arg = arg, .of = of});
}

/* `by` is a function with a rule, or else a family. */
static void add_released(struct engine *e, struct aftermath *m, const char *by, struct member at)
{
	struct after x = of_kind(AFTER_RELEASES, by);

	x.member = at;
	add(e, m, x);
}

/* By the function's own body: what others follow through members of their own is not the caller's to know. */
static void add_released_by(struct engine *e, struct aftermath *m, uint32_t function)
{
	const struct summary *s = e->apis[function] ? NULL : engine_summary(e, function);

	for (unsigned int i = 0; s && i < s->cases.n; i++)
		for (unsigned int k = 0; k < s->cases.v[i].resources.n; k++) {
			const struct sum_resource *r = &s->cases.v[i].resources.v[k];
			struct member at;

			if (r->delta >= 0 || r->inner || !last_member(e->pool, r->key, &at))
				continue;
			add_released(e, m, r->rule ? r->rule->name : r->family->name, at);
		}
}

/* What is given to the call was read from the member of an object, or from an array there, or is that member. */
static bool member_given(const struct ir_function *f, uint32_t value, struct member *at)
{
	const struct ir_ins *in = &f->ins[value];

	while (in->op == IR_CAST)
		in = &f->ins[in->a[0]];
	if (in->op == IR_LOAD)
		in = &f->ins[in->a[0]];
	while (in->op == IR_INDEX)
		in = &f->ins[in->a[0]];
	*at = (struct member){0, in->op == IR_FIELD ? in->str : NULL};
	for (; in->op == IR_FIELD; in = &f->ins[in->a[0]])
		at->offset += in->imm;
	return at->name != NULL;
}

static void add_released_at(struct engine *e, struct aftermath *m, struct origin call)
{
	const struct ir_function *f = &e->unit->functions[call.function];
	const struct ir_ins *in = &f->ins[call.ins];
	const struct api *api = e->apis[in->sym];
	struct member at;

	for (unsigned int i = 0; i < api->n_effects; i++) {
		const struct effect *x = &api->effects[i];

		if (x->kind == EFFECT_RELEASE && x->at.root == PLACE_ARG && !x->at.deref && !x->at.field &&
		    (uint32_t)x->at.arg < in->n_args && member_given(f, in->args[x->at.arg], &at))
			add_released(e, m, api->name, at);
	}
}

static const struct functions *opened(struct engine *e, uint32_t function)
{
	struct functions **known = &e->aftermaths->opened[function];
	bool *called;

	if (*known)
		return *known;
	*known = ARENA_NEW(e->arena, struct functions);
	called = g_new0(bool, e->unit->n_functions);
	mark_called(e->unit, function, called);
	for (uint32_t i = 0; i < e->unit->n_functions; i++)
		if (called[i])
			vec_push(e->arena, &(*known)->all, i);
	g_free(called);
	return *known;
}

/* The members that its code names where it gives things back. */
static void add_released_in(struct engine *e, struct aftermath *m, uint32_t function)
{
	const struct ir_function *f = &e->unit->functions[function];

	for (uint32_t i = 0; i < f->n_ins; i++)
		if (f->ins[i].op == IR_CALL && f->ins[i].sym != IR_NONE && e->apis[f->ins[i].sym])
			add_released_at(e, m, (struct origin){function, i});
}

/* What is called and, if that can be seen, what it calls, under whatever conditions. Rules of APIs count only where
 * they are called with what the failed function was, or with what a member holds: else nobody knows with what. */
static void add_opened(struct engine *e, struct aftermath *m, uint32_t function)
{
	const struct functions *called = opened(e, function);

	add_released_by(e, m, function);
	for (unsigned int i = 0; i < called->all.n; i++) {
		if (e->apis[called->all.v[i]])
			continue;
		add_call(e, m, called->all.v[i], -1, -1);
		add_released_in(e, m, called->all.v[i]);
	}
}

static bool runs_before(struct arena *a, const struct ir_function *f, uint32_t x, uint32_t y)
{
	uint32_t from = ir_block_of(f, x), to = ir_block_of(f, y);

	if (from == IR_NONE || to == IR_NONE || from == to)
		return from == to && x < y;
	return ir_leads_to(f, from, to, ARENA_ARRAY(a, bool, f->n_blocks));
}

/* A function that has been stored as the end of some object runs when whoever has failed lets go of it. */
static void add_destructors(struct engine *e, struct aftermath *m, struct origin call, struct arena *scratch)
{
	const struct ir_function *f = &e->unit->functions[call.function];

	for (uint32_t i = 0; i < f->n_ins; i++) {
		uint32_t stored = function_stored(f, &f->ins[i]);

		if (stored != IR_NONE && f->ins[f->ins[i].a[0]].op == IR_FIELD &&
		    model_sounds_final(e->model, f->ins[f->ins[i].a[0]].str) && runs_before(scratch, f, i, call.ins))
			add_opened(e, m, stored);
	}
}

static const struct aftermath *local_aftermath(struct engine *e, uint32_t function);

/* The caller fails as well: what its own callers do is done, too. */
static void add_callers(struct engine *e, struct aftermath *m, uint32_t caller)
{
	const struct ir_function *f = &e->unit->functions[caller];
	const struct aftermath *theirs = f->is_static ? local_aftermath(e, caller) : NULL;

	if (!f->is_static)
		add(e, m, of_kind(AFTER_CALLERS, f->name));
	for (unsigned int i = 0; theirs && i < theirs->all.n; i++)
		add(e, m, theirs->all.v[i]);
}

static void after_failure_at(struct engine *e, const struct site *s, struct aftermath *m)
{
	struct arena *scratch = arena_new();
	struct failed_ways ways;

	if (s->at.ins == IR_NONE) {
		add(e, m, of_kind(AFTER_CALLERS, s->slot));
	} else if (failed_follow(e, s->at.function, s->at.ins, scratch, &ways) && ways.ends) {
		for (unsigned int i = 0; i < ways.calls.n; i++) {
			const struct failed_call *c = &ways.calls.v[i];

			if (c->ins != IR_NONE)
				add_released_at(e, m, (struct origin){s->at.function, c->ins});
			else if (e->apis[c->callee])
				add_call(e, m, c->callee, c->arg, c->of);
			else
				add_opened(e, m, c->callee);
		}
		if (ways.passed_on) {
			add_destructors(e, m, s->at, scratch);
			add_callers(e, m, s->at.function);
		}
		if (ways.goes_on)
			add(e, m, of_kind(AFTER_GOES_ON, ""));
	}
	arena_free(scratch);
}

static bool is_for(const struct site *s, uint32_t function, const char *slot)
{
	return s->callee == function && (function != IR_NONE || strcmp(s->slot, slot) == 0);
}

/* What all of them do, from the sites `first` to `end`. */
static struct aftermath *common(struct engine *e, unsigned int first, unsigned int end)
{
	struct aftermath *m = ARENA_NEW(e->arena, struct aftermath);

	after_failure_at(e, &e->aftermaths->sites.v[first], m);
	for (unsigned int i = first + 1; m->all.n && i < end; i++) {
		struct aftermath one = {0};
		unsigned int kept = 0;

		after_failure_at(e, &e->aftermaths->sites.v[i], &one);
		for (unsigned int k = 0; k < m->all.n; k++)
			if (has(&one, &m->all.v[k]))
				m->all.v[kept++] = m->all.v[k];
		m->all.n = kept;
	}
	m->n_callers = end - first;
	return m;
}

/* By callers in this unit. NULL: there are none. */
static const struct aftermath *by_own_callers(struct engine *e, uint32_t function, const char *slot)
{
	const struct aftermaths *all = aftermaths(e);
	unsigned int first = 0, end;

	while (first < all->sites.n && !is_for(&all->sites.v[first], function, slot))
		first++;
	for (end = first; end < all->sites.n && is_for(&all->sites.v[end], function, slot);)
		end++;
	return first == end ? NULL : common(e, first, end);
}

static const struct aftermath *local_aftermath(struct engine *e, uint32_t function)
{
	struct aftermaths *all = aftermaths(e);

	if (all->known[function] || all->visiting[function])
		return all->of[function];
	all->visiting[function] = true;
	all->of[function] = by_own_callers(e, function, NULL);
	all->visiting[function] = false;
	all->known[function] = true;
	return all->of[function];
}

/* ---- for others, and from them ---- */

static const struct aftermath *remembered(struct engine *e, const char *name)
{
	const struct engine_memory *m = &e->opt.memory;
	const char *text = m->aftermath ? m->aftermath(m->ctx, name) : NULL;

	return text ? aftermath_read(e, text) : NULL;
}

const struct aftermath *aftermath_of(struct engine *e, uint32_t function)
{
	const struct ir_function *f = &e->unit->functions[function];

	return f->is_static ? local_aftermath(e, function) : remembered(e, f->name);
}

const struct aftermath *aftermath_named(struct engine *e, const char *name)
{
	const struct aftermath *m = remembered(e, name);

	return m || !strchr(name, '.') ? m : by_own_callers(e, IR_NONE, name);
}

void aftermath_teach(struct engine *e)
{
	const struct aftermaths *all = e->opt.memory.learn_aftermath ? aftermaths(e) : NULL;

	for (unsigned int i = 0, end; all && i < all->sites.n; i = end) {
		const struct site *s = &all->sites.v[i];
		char *text;

		for (end = i + 1; end < all->sites.n && is_for(&all->sites.v[end], s->callee, s->slot);)
			end++;
		if (s->callee != IR_NONE && e->unit->functions[s->callee].is_static)
			continue;
		text = aftermath_write(e, common(e, i, end));
		e->opt.memory.learn_aftermath(
			e->opt.memory.ctx, s->callee == IR_NONE ? s->slot : e->unit->functions[s->callee].name, text);
		g_free(text);
	}
}
