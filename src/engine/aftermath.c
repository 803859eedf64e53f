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

static bool is_harness(const struct engine *e, uint32_t function)
{
	for (unsigned int i = 0; i < e->opt.n_harnesses; i++)
		if (e->opt.harnesses[i].function == function)
			return true;
	return false;
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
		if (e->unit->functions[i].in_main_file && e->unit->functions[i].has_body && !is_harness(e, i))
			find_sites_in(e, i);
	find_tables(e);
	if (all->sites.n)
		qsort(all->sites.v, all->sites.n, sizeof(*all->sites.v), by_callee);
	return all;
}

/* ---- what they do ---- */

static bool is_same(const struct after *x, const struct after *y)
{
	return x->kind == y->kind && x->arg == y->arg && x->of == y->of && strcmp(x->name, y->name) == 0;
}

static bool has(const struct aftermath *m, const struct after *x)
{
	for (unsigned int i = 0; i < m->all.n; i++)
		if (is_same(&m->all.v[i], x))
			return true;
	return false;
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
		add(e, m, (struct after){AFTER_CALLS, name, function, arg, of});
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

/* What is called and, if that can be seen, what it calls, under whatever conditions. Rules of APIs count only where
 * they are called with what the failed function was: further down nobody knows with what. */
static void add_opened(struct engine *e, struct aftermath *m, uint32_t function)
{
	const struct functions *called = opened(e, function);

	for (unsigned int i = 0; i < called->all.n; i++)
		if (!e->apis[called->all.v[i]])
			add_call(e, m, called->all.v[i], -1, -1);
}

/* A function that is stored as the end of some object runs when whoever has failed lets go of it. */
static void add_destructors(struct engine *e, struct aftermath *m, uint32_t caller)
{
	const struct ir_function *f = &e->unit->functions[caller];

	for (uint32_t i = 0; i < f->n_ins; i++) {
		uint32_t stored = function_stored(f, &f->ins[i]);

		if (stored != IR_NONE && f->ins[f->ins[i].a[0]].op == IR_FIELD &&
		    model_sounds_final(e->model, f->ins[f->ins[i].a[0]].str))
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
		add(e, m, (struct after){AFTER_CALLERS, f->name, IR_NONE, -1, -1});
	for (unsigned int i = 0; theirs && i < theirs->all.n; i++)
		add(e, m, theirs->all.v[i]);
}

static void after_failure_at(struct engine *e, const struct site *s, struct aftermath *m)
{
	struct arena *scratch = arena_new();
	struct failed_ways ways;

	if (s->at.ins == IR_NONE) {
		add(e, m, (struct after){AFTER_CALLERS, s->slot, IR_NONE, -1, -1});
	} else if (failed_follow(e, s->at.function, s->at.ins, scratch, &ways) && ways.ends) {
		for (unsigned int i = 0; i < ways.calls.n; i++) {
			const struct failed_call *c = &ways.calls.v[i];

			if (e->apis[c->callee])
				add_call(e, m, c->callee, c->arg, c->of);
			else
				add_opened(e, m, c->callee);
		}
		if (ways.passed_on) {
			add_destructors(e, m, s->at.function);
			add_callers(e, m, s->at.function);
		}
		if (ways.goes_on)
			add(e, m, (struct after){AFTER_GOES_ON, "", IR_NONE, -1, -1});
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

/* ---- as text ---- */

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* NULL: it means nothing outside the unit. */
static const char *text_of(struct engine *e, const struct after *x)
{
	switch (x->kind) {
	case AFTER_CALLS:
		if (x->function != IR_NONE && e->unit->functions[x->function].is_static)
			return NULL;
		return x->arg < 0 ? x->name : arena_printf(e->arena, "%s %d=%d", x->name, x->arg, x->of);
	case AFTER_CALLERS:
		return arena_printf(e->arena, ">%s", x->name);
	default:
		return "-";
	}
}

static char *write_text(struct engine *e, const struct aftermath *m)
{
	GPtrArray *lines = g_ptr_array_new();
	GString *out = g_string_new(NULL);

	g_string_append_printf(out, "%u\n", m->n_callers);
	for (unsigned int i = 0; i < m->all.n; i++) {
		const char *line = text_of(e, &m->all.v[i]);

		if (line)
			g_ptr_array_add(lines, (gpointer)line);
	}
	g_ptr_array_sort(lines, by_text);
	for (guint i = 0; i < lines->len; i++)
		g_string_append_printf(out, "%s\n", (const char *)lines->pdata[i]);
	g_ptr_array_unref(lines);
	return g_string_free(out, FALSE);
}

static uint32_t function_named(const struct engine *e, const char *name)
{
	for (uint32_t i = 0; i < e->unit->n_functions; i++)
		if (!e->unit->functions[i].is_static && strcmp(e->unit->functions[i].name, name) == 0)
			return i;
	return IR_NONE;
}

static struct after read_line(struct engine *e, const char *line)
{
	struct after x = {AFTER_CALLS, "", IR_NONE, -1, -1};
	const char *blank = strchr(line, ' ');

	if (*line == '-')
		return (struct after){AFTER_GOES_ON, "", IR_NONE, -1, -1};
	if (*line == '>')
		return (struct after){AFTER_CALLERS, arena_strdup(e->arena, line + 1), IR_NONE, -1, -1};
	x.name = blank ? arena_strndup(e->arena, line, (size_t)(blank - line)) : arena_strdup(e->arena, line);
	x.function = function_named(e, x.name);
	if (blank && sscanf(blank, "%d=%d", &x.arg, &x.of) != 2)
		x.arg = x.of = -1;
	return x;
}

static const struct aftermath *read_text(struct engine *e, const char *text)
{
	struct aftermath *m = ARENA_NEW(e->arena, struct aftermath);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (char **l = lines; *l; l++)
		if (l == lines)
			m->n_callers = (unsigned int)strtoul(*l, NULL, 10);
		else if (**l)
			vec_push(e->arena, &m->all, read_line(e, *l));
	return m;
}

static const struct aftermath *remembered(struct engine *e, const char *name)
{
	const struct engine_memory *m = &e->opt.memory;
	const char *text = m->aftermath ? m->aftermath(m->ctx, name) : NULL;

	return text ? read_text(e, text) : NULL;
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
		text = write_text(e, common(e, i, end));
		e->opt.memory.learn_aftermath(
			e->opt.memory.ctx, s->callee == IR_NONE ? s->slot : e->unit->functions[s->callee].name, text);
		g_free(text);
	}
}
