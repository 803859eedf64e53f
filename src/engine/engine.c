#include "engine/engine.h"

#include "engine/aftermath.h"
#include "engine/armed.h"
#include "engine/context.h"
#include "engine/portable.h"

#include <string.h>

enum { DEFAULT_DISJUNCTS = 12, DEFAULT_STEPS = 4000 };

static void run_checks(struct fn *fn)
{
	for (unsigned int i = 0; engine_checks[i]; i++)
		if (engine_checks[i]->exits)
			engine_checks[i]->exits(fn);
}

const struct harness *engine_harness(const struct engine *e, uint32_t function)
{
	for (unsigned int i = 0; i < e->opt.n_harnesses; i++)
		if (e->opt.harnesses[i].function == function)
			return &e->opt.harnesses[i];
	return NULL;
}

static struct summary *analyse(struct engine *e, uint32_t function, const uint32_t *bound)
{
	struct arena *scratch = arena_new();
	struct fn fn = {.e = e, .f = &e->unit->functions[function], .index = function, .bound = bound};
	struct summary *s;
	unsigned long merged = e->stats->merged;

	e->stats->functions++;
	world_init(&fn.w, scratch, e->pool, function);
	fn.harness = engine_harness(e, function);
	mine_pairs(&fn);
	fn_explore(&fn);
	s = fn.out_of_steps && !bound ? second_look_broken_off(e, function) : NULL;
	if (s) {
		arena_free(scratch);
		return s;
	}
	s = summary_build(&fn);
	e->merged[function] |= e->stats->merged > merged;
	if (!bound) {
		/* Checks ask what other functions do, and those may call this one. */
		e->summaries[function] = s;
		run_checks(&fn);
		context_entries(&fn);
	}
	arena_free(scratch);
	return s;
}

struct summary *engine_analyse_bound(struct engine *e, uint32_t function, const uint32_t *to)
{
	return analyse(e, function, to);
}

/*
 * Does every way through it that was followed to its end fail? Then more likely one that succeeds was not understood,
 * and nothing is better than that.
 */
static bool only_fails(const struct summary *s)
{
	for (unsigned int i = 0; i < s->cases.n; i++)
		if (s->cases.v[i].class != EXIT_ERROR)
			return false;
	return true;
}

static const struct summary *recall(struct engine *e, uint32_t function)
{
	const struct engine_memory *m = &e->opt.memory;
	const char *name = e->unit->functions[function].name;
	size_t n = 0;
	const void *bytes;

	if (e->asked[function] || !m->recall || model_borrows(e->model, name))
		return NULL;
	e->asked[function] = true;
	bytes = m->recall(m->ctx, e->unit, name, &n);
	if (bytes)
		e->summaries[function] = summary_read(e, function, bytes, n);
	if (e->summaries[function] && only_fails(e->summaries[function]))
		e->summaries[function]->cases.n = 0;
	return e->summaries[function];
}

const struct api *engine_api(const struct engine *e, const struct ir_ins *call)
{
	return call->op == IR_CALL && call->sym != IR_NONE ? e->apis[call->sym] : NULL;
}

/* Callees first: a function is analysed when somebody asks for it. A cycle is cut where it closes. */
const struct summary *engine_summary(struct engine *e, uint32_t function)
{
	if (e->summaries[function])
		return e->summaries[function];
	if (!e->unit->functions[function].has_body)
		return recall(e, function);
	if (e->visiting[function]) {
		e->stats->recursion_cut++;
		return NULL;
	}
	e->visiting[function] = true;
	e->summaries[function] = analyse(e, function, NULL);
	return e->summaries[function];
}

static bool unit_calls(const struct engine *e, const char *name)
{
	for (uint32_t i = 0; i < e->unit->n_functions; i++)
		if (e->n_callers[i] && strcmp(e->unit->functions[i].name, name) == 0)
			return true;
	return false;
}

static bool unit_calls_any(const struct engine *e, const char *const *names)
{
	for (; *names; names++)
		if (unit_calls(e, *names))
			return true;
	return false;
}

/* Some calls sleep only as long as nobody has arranged otherwise, which can be seen where all the arranging is done. */
static void drop_arranged(struct engine *e)
{
	for (uint32_t i = 0; i < e->unit->n_functions; i++) {
		const struct api *api = e->contexts[i];

		if (api && ((api->sleeps_unless && unit_calls(e, api->sleeps_unless)) ||
			    (api->sleeps_where && !unit_calls_any(e, api->sleeps_where))))
			e->contexts[i] = NULL;
	}
}

static void count_callers(struct engine *e)
{
	e->n_callers = ARENA_ARRAY(e->arena, uint32_t, e->unit->n_functions + 1);
	for (uint32_t i = 0; i < e->unit->n_functions; i++) {
		const struct ir_function *f = &e->unit->functions[i];

		for (uint32_t k = 0; k < f->n_ins && !engine_harness(e, i) && !ir_is_alias(f); k++)
			if (f->ins[k].op == IR_CALL && f->ins[k].sym != IR_NONE)
				e->n_callers[f->ins[k].sym]++;
	}
}

/* A driver's own function that happens to be called like one that the rules know. */
static bool is_own(const struct ir_function *f)
{
	return f->is_static && f->in_main_file && f->has_body;
}

void engine_prepare(struct engine *e, struct arena *a, const struct ir_unit *u, const struct model *m,
		    const struct engine_options *opt)
{
	e->arena = a;
	e->unit = u;
	e->model = m;
	if (opt)
		e->opt = *opt;
	if (!e->opt.max_disjuncts)
		e->opt.max_disjuncts = DEFAULT_DISJUNCTS;
	if (!e->opt.max_steps)
		e->opt.max_steps = DEFAULT_STEPS;
	e->pool = pool_new(a);
	reports_begin(e);
	e->apis = ARENA_ARRAY(a, const struct api *, u->n_functions + 1);
	e->contexts = ARENA_ARRAY(a, const struct api *, u->n_functions + 1);
	e->summaries = ARENA_ARRAY(a, struct summary *, u->n_functions + 1);
	e->visiting = ARENA_ARRAY(a, bool, u->n_functions + 1);
	e->merged = ARENA_ARRAY(a, bool, u->n_functions + 1);
	e->pure = ARENA_ARRAY(a, uint8_t, u->n_functions + 1);
	e->asked = ARENA_ARRAY(a, bool, u->n_functions + 1);
	for (uint32_t i = 0; i < u->n_functions; i++) {
		if (is_own(&u->functions[i]))
			continue;
		e->apis[i] = model_api(m, u->functions[i].name);
		e->contexts[i] = model_context(m, u->functions[i].name);
	}
	count_callers(e);
	drop_arranged(e);
}

void engine_finish(struct engine *e)
{
	reports_end(e);
	if (e->writers)
		g_hash_table_destroy(e->writers);
}

/* Passes on what others may want to know of the unit's functions. */
static void teach(struct engine *e)
{
	GByteArray *bytes = g_byte_array_new();
	bool offsets;

	for (uint32_t i = 0; e->opt.memory.learn && i < e->unit->n_functions; i++) {
		const struct ir_function *f = &e->unit->functions[i];

		if (!f->has_body || !f->in_main_file || f->is_static || e->apis[i] || !e->summaries[i] ||
		    !e->summaries[i]->cases.n || engine_harness(e, i))
			continue;
		g_byte_array_set_size(bytes, 0);
		if (summary_write(e, e->summaries[i], bytes, &offsets))
			e->opt.memory.learn(e->opt.memory.ctx, f->name, offsets, bytes->data, bytes->len);
	}
	g_byte_array_unref(bytes);
	aftermath_teach(e);
}

static void run(struct engine *e)
{
	for (uint32_t i = 0; i < e->unit->n_functions; i++)
		if (e->unit->functions[i].has_body && e->unit->functions[i].in_main_file)
			engine_summary(e, i);
}

void engine_stats_add(struct engine_stats *to, const struct engine_stats *part)
{
	to->functions += part->functions;
	to->states += part->states;
	to->merged += part->merged;
	to->dropped += part->dropped;
	to->widened += part->widened;
	to->out_of_steps += part->out_of_steps;
	to->recursion_cut += part->recursion_cut;
	to->calls_known += part->calls_known;
	to->calls_unknown += part->calls_unknown;
}

void engine_run(struct arena *a, const struct ir_unit *u, const struct model *m, const struct engine_options *opt,
		struct finding_list *out, struct engine_stats *stats)
{
	struct engine_stats own = {0};
	struct engine e = {.out = out, .stats = stats ? stats : &own};

	engine_prepare(&e, a, u, m, opt);
	run(&e);
	second_look(&e);
	reports_settle(&e);
	armed_members_find(&e);
	/* They tell what nobody in the unit does. */
	for (unsigned int i = 0; !u->n_left_out && engine_checks[i]; i++)
		if (engine_checks[i]->unit)
			engine_checks[i]->unit(&e);
	teach(&e);
	engine_finish(&e);
}
