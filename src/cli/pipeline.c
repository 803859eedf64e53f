/*
 * From compile command to findings: in a worker the way of one unit, in the parent what the workers send back.
 *
 * A unit's result is a struct unit_cost followed by the findings' own binary form.
 */
#define _GNU_SOURCE /* asprintf */
#include "cli/scan.h"

#include "cli/jobs.h"
#include "cli/progress.h"
#include "ir/ir.h"
#include "lifecycle/lifecycle.h"
#include "lower/lower.h"
#include "parse/parse.h"

#include <stdlib.h>
#include <string.h>

#ifdef NDEBUG
enum { ALWAYS_VERIFY = 0 };
#else
enum { ALWAYS_VERIFY = 1 };
#endif

struct unit_cost {
	unsigned long instructions, unknown;
	guint n_errors;
	gboolean used_pch;
	struct engine_stats engine;
};

struct scan {
	const struct scan_setup *setup;
	const struct scan_unit *units;
	guint n;
	struct arena *arena;
	struct scan_result *out;
	const char **why; /* per unit; NULL: analysed */
	bool *heard;
	guint n_heard, n_failed;
	struct progress progress;
};

static void *pack(const struct unit_cost *cost, const struct finding_list *l, size_t *size)
{
	size_t n;
	char *findings = finding_list_write(l, &n), *blob = malloc(sizeof(*cost) + n);

	if (!blob)
		g_error("out of memory");
	memcpy(blob, cost, sizeof(*cost));
	memcpy(blob + sizeof(*cost), findings, n);
	free(findings);
	*size = sizeof(*cost) + n;
	return blob;
}

/* After each pass, when asked to or in a debug build: what is wrong with the unit's IR, malloc'd, NULL if nothing. */
static char *malformed(const struct scan_setup *s, struct ir_unit *u)
{
	const char *fault = ALWAYS_VERIFY || s->verify ? ir_verify(u) : NULL;
	char *text = NULL;

	if (fault && asprintf(&text, "malformed IR: %s", fault) < 0)
		g_error("out of memory");
	return text;
}

/* Parses and lowers; clang's tree is gone when this returns. NULL with *why set when the unit cannot be analysed. */
static struct ir_unit *read_unit(const struct scan_setup *s, struct arena *a, const struct scan_unit *unit,
				 struct unit_cost *cost, char **why)
{
	const struct lower_options lower = {s->names_root, knowledge_wants_body, s->knowledge};
	struct parse_result parsed = {0};
	GError *err = NULL;
	struct ir_unit *u;

	if (!parser_parse(s->parser, unit->entry, unit->contents, &parsed, &err)) {
		*why = strdup(err->message);
		g_error_free(err);
		return NULL;
	}
	cost->used_pch = parsed.used_pch;
	cost->n_errors = parsed.n_errors;
	u = lower_unit(a, parsed.tu, unit->entry->file, &lower);
	clang_disposeTranslationUnit(parsed.tu);
	*why = malformed(s, u);
	return *why ? NULL : u;
}

/* The whole way of a unit: parse -> lower -> harnesses -> engine -> findings. Runs in a worker. */
static void *analyse_unit(void *ctx, guint index, size_t *size, char **why)
{
	const struct scan *scan = ctx;
	const struct scan_setup *s = scan->setup;
	struct engine_options engine = s->engine;
	struct unit_cost cost = {0};
	struct lifecycle lifecycle = {0};
	struct arena *a = arena_new();
	struct finding_list findings = {.arena = a};
	struct ir_unit *u = read_unit(s, a, &scan->units[index], &cost, why);
	void *blob = NULL;

	if (u) {
		for (guint i = 0; i < u->n_functions; i++)
			cost.instructions += u->functions[i].n_ins;
		cost.unknown = u->n_unknown;
		if (s->knowledge->protocols)
			lifecycle_build(u, s->knowledge->protocols, &lifecycle);
		*why = malformed(s, u);
	}
	if (u && !*why) {
		engine.harnesses = lifecycle.harnesses.v;
		engine.n_harnesses = lifecycle.harnesses.n;
		engine_run(a, u, s->knowledge->model, &engine, &findings, &cost.engine);
		blob = pack(&cost, &findings, size);
	}
	arena_free(a);
	return blob;
}

static void add_cost(struct scan_stats *s, const struct unit_cost *c)
{
	s->units_with_pch += c->used_pch != 0;
	s->units_with_errors += c->n_errors != 0;
	s->instructions += c->instructions;
	s->unknown += c->unknown;
	s->engine.functions += c->engine.functions;
	s->engine.states += c->engine.states;
	s->engine.merged += c->engine.merged;
	s->engine.dropped += c->engine.dropped;
	s->engine.widened += c->engine.widened;
	s->engine.out_of_steps += c->engine.out_of_steps;
	s->engine.recursion_cut += c->engine.recursion_cut;
	s->engine.calls_known += c->engine.calls_known;
	s->engine.calls_unknown += c->engine.calls_unknown;
}

static const char *take_result(struct scan *scan, const void *blob, size_t size)
{
	struct unit_cost cost;

	if (size < sizeof(cost) ||
	    !finding_list_read(&scan->out->findings, (const char *)blob + sizeof(cost), size - sizeof(cost)))
		return "the worker's result is damaged";
	memcpy(&cost, blob, sizeof(cost));
	add_cost(&scan->out->stats, &cost);
	return NULL;
}

static void unit_done(void *ctx, guint index, const void *blob, size_t size, const char *why)
{
	struct scan *scan = ctx;

	if (!why)
		why = take_result(scan, blob, size);
	scan->heard[index] = true;
	scan->n_heard++;
	if (why) {
		scan->why[index] = arena_strdup(scan->arena, why);
		scan->n_failed++;
	}
	progress_step(&scan->progress, scan->n_heard, scan->n_failed,
		      scan_name(scan->setup, scan->units[index].entry->file));
}

const char *scan_name(const struct scan_setup *s, const char *file)
{
	size_t n = s->names_root ? strlen(s->names_root) : 0;

	return n && strncmp(file, s->names_root, n) == 0 && file[n] == '/' ? file + n + 1 : file;
}

/* Arrival order ends here: from now on everything is in the order of files. */
static void sort_out(struct scan *scan)
{
	struct scan_result *out = scan->out;

	out->failed = ARENA_ARRAY(scan->arena, struct store_unit_status, scan->n);
	for (guint i = 0; i < scan->n; i++) {
		const char *name = arena_strdup(scan->arena, scan_name(scan->setup, scan->units[i].entry->file));

		if (!scan->heard[i])
			scan->why[i] = "not reached: the scan was interrupted";
		if (scan->why[i])
			out->failed[out->n_failed++] = (struct store_unit_status){name, scan->why[i]};
		else
			g_ptr_array_add(out->analysed, (gpointer)name);
	}
	finding_list_finish(&out->findings);
}

void scan_units(const struct scan_setup *s, struct arena *a, const struct scan_unit *units, guint n,
		struct scan_result *out)
{
	const struct jobs_options jobs = {s->jobs, s->timeout, s->memory, s->verbose};
	const struct jobs_ops ops = {analyse_unit, unit_done};
	struct scan scan = {.setup = s, .units = units, .n = n, .arena = a, .out = out};

	*out = (struct scan_result){.findings = {.arena = a}, .analysed = g_ptr_array_new()};
	scan.why = ARENA_ARRAY(a, const char *, n);
	scan.heard = ARENA_ARRAY(a, bool, n);
	if (!s->quiet)
		progress_start(&scan.progress, n);
	out->interrupted = n && !jobs_run(&jobs, &ops, &scan, n);
	progress_end(&scan.progress);
	sort_out(&scan);
}
