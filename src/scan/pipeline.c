/*
 * From units to findings: what the index still holds is taken from there, the rest is handed to workers (unit.c), and
 * what comes back is put together in the order of files.
 */
#include "scan/scan.h"

#include "scan/index.h"
#include "scan/unit.h"
#include "workers/deadline.h"
#include "workers/jobs.h"
#include "workers/progress.h"

#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

struct scan {
	const struct scan_setup *setup;
	const struct scan_unit *units;
	guint n;
	struct arena *arena;
	struct scan_result *out;
	guint *todo; /* units that the index does not hold */
	guint n_todo;
	const char **left_out; /* per unit; NULL: nothing */
	bool *heard;
	guint n_heard, n_failed;
	GHashTable *uncovered; /* slot -> how often */
	struct progress progress;
};

/* Runs in a worker. */
static void *work(void *ctx, guint job, size_t *size, char **why)
{
	const struct scan *scan = ctx;

	return unit_analyse(scan->setup, &scan->units[scan->todo[job]], size, why);
}

static void add_cost(struct scan_stats *s, const struct unit_cost *c)
{
	s->units_with_pch += c->used_pch != 0;
	s->units_with_errors += c->n_errors != 0;
	s->instructions += c->instructions;
	s->unknown += c->unknown;
	engine_stats_add(&s->engine, &c->engine);
}

static void count_slots(GHashTable *slots, const char *lines)
{
	char **each = g_strsplit(lines, "\n", 0);

	for (char **s = each; *s; s++) {
		guint n = GPOINTER_TO_UINT(g_hash_table_lookup(slots, *s)) + 1;

		if (**s)
			g_hash_table_insert(slots, g_strdup(*s), GUINT_TO_POINTER(n));
	}
	g_strfreev(each);
}

static int by_count(const void *a, const void *b)
{
	const struct slot_count *x = a, *y = b;

	return x->n != y->n ? (x->n < y->n ? 1 : -1) : strcmp(x->slot, y->slot);
}

static void list_slots(struct scan *scan)
{
	struct scan_stats *stats = &scan->out->stats;
	GHashTableIter it;
	gpointer slot, n;

	stats->uncovered = ARENA_ARRAY(scan->arena, struct slot_count, g_hash_table_size(scan->uncovered) + 1);
	g_hash_table_iter_init(&it, scan->uncovered);
	while (g_hash_table_iter_next(&it, &slot, &n))
		stats->uncovered[stats->n_uncovered++] =
			(struct slot_count){arena_strdup(scan->arena, slot), GPOINTER_TO_UINT(n)};
	qsort(stats->uncovered, stats->n_uncovered, sizeof(*stats->uncovered), by_count);
}

static struct index_key key_of(const struct scan *scan, guint unit)
{
	const struct cdb_entry *e = scan->units[unit].entry;
	XXH64_state_t *h = XXH64_createState();
	struct index_key k = {.kind = "unit", .file = e->file};

	XXH64_reset(h, 0);
	XXH64_update(h, e->directory, strlen(e->directory) + 1);
	for (char **a = e->argv; *a; a++)
		XXH64_update(h, *a, strlen(*a) + 1);
	k.command = XXH64_digest(h);
	XXH64_freeState(h);
	return k;
}

static void teach(const struct scan *scan, guint unit, const struct unit_result *r)
{
	char *directory = g_path_get_dirname(scan_name(scan->setup, scan->units[unit].entry->file));

	unit_teach(r, scan->setup->learned, directory);
	g_free(directory);
}

static const char *take_result(struct scan *scan, guint unit, const void *blob, size_t size, struct unit_result *r)
{
	struct finding_list *own = scan->units[unit].findings;

	if (!unit_unpack(blob, size, r) || !finding_list_read(own ? own : &scan->out->findings, r->findings, r->size))
		return "the worker's result is damaged";
	if (scan->setup->learned)
		teach(scan, unit, r);
	add_cost(&scan->out->stats, &r->cost);
	count_slots(scan->uncovered, r->uncovered);
	scan->out->n_errors[unit] = r->cost.n_errors;
	if (*r->left_out)
		scan->left_out[unit] = arena_strdup(scan->arena, r->left_out);
	return NULL;
}

static void note(struct scan *scan, guint unit, const char *why)
{
	scan->heard[unit] = true;
	scan->n_heard++;
	if (why) {
		scan->out->why[unit] = arena_strdup(scan->arena, why);
		scan->n_failed++;
	}
}

/* A text that is not what is on disk is nothing to remember. */
static bool is_indexed(const struct scan *scan, guint unit)
{
	return scan->setup->index && !scan->units[unit].contents;
}

static void unit_done(void *ctx, guint job, const void *blob, size_t size, const char *why)
{
	struct scan *scan = ctx;
	guint unit = scan->todo[job];
	struct unit_result r;

	if (!why)
		why = take_result(scan, unit, blob, size, &r);
	/* Nothing tells the index that a header has appeared. */
	if (!why && !*r.left_out && is_indexed(scan, unit)) {
		struct index_key k = key_of(scan, unit);

		index_put(scan->setup->index, &k, r.deps, r.pch, blob, size);
	}
	note(scan, unit, why);
	progress_step(&scan->progress, scan->n_heard, scan->n_failed,
		      scan_name(scan->setup, scan->units[unit].entry->file));
}

static void tick(void *ctx)
{
	struct scan *scan = ctx;

	if (scan->setup->index)
		index_tick(scan->setup->index);
}

/* Takes what the index holds; what is left goes to todo. */
static void recall(struct scan *scan)
{
	for (guint i = 0; i < scan->n; i++) {
		struct index_key k = key_of(scan, i);
		struct unit_result r;
		gsize size;
		void *blob = is_indexed(scan, i) ? index_get(scan->setup->index, &k, &size) : NULL;

		if (blob && !take_result(scan, i, blob, size, &r)) {
			note(scan, i, NULL);
			scan->out->stats.units_recalled++;
		} else {
			scan->todo[scan->n_todo++] = i;
		}
		g_free(blob);
	}
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
	out->partial = ARENA_ARRAY(scan->arena, struct store_unit_status, scan->n);
	for (guint i = 0; i < scan->n; i++) {
		const char *name = arena_strdup(scan->arena, scan_name(scan->setup, scan->units[i].entry->file));

		if (!scan->heard[i])
			scan->out->why[i] = out->interrupted ? "not reached: the scan was interrupted"
							     : "not reached: the time limit is over";
		if (scan->out->why[i])
			out->failed[out->n_failed++] = (struct store_unit_status){name, scan->out->why[i]};
		else
			g_ptr_array_add(out->analysed, (gpointer)name);
		if (!scan->out->why[i] && scan->left_out[i])
			out->partial[out->n_partial++] = (struct store_unit_status){name, scan->left_out[i]};
		if (scan->units[i].findings)
			finding_list_finish(scan->units[i].findings);
	}
	finding_list_finish(&out->findings);
}

void scan_units(const struct scan_setup *s, struct arena *a, const struct scan_unit *units, guint n,
		struct scan_result *out)
{
	const struct jobs_options jobs = {s->jobs, s->timeout, s->memory, s->verbose, deadline_stop(s->deadline)};
	const struct jobs_ops ops = {work, unit_done, tick};
	struct scan scan = {.setup = s, .units = units, .n = n, .arena = a, .out = out};

	*out = (struct scan_result){.findings = {.arena = a}, .analysed = g_ptr_array_new()};
	out->n_errors = ARENA_ARRAY(a, guint, n);
	out->why = ARENA_ARRAY(a, const char *, n);
	scan.left_out = ARENA_ARRAY(a, const char *, n);
	scan.heard = ARENA_ARRAY(a, bool, n);
	scan.todo = ARENA_ARRAY(a, guint, n);
	scan.uncovered = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	recall(&scan);
	if (!s->quiet && scan.n_todo)
		progress_start(&scan.progress, n, scan.n_heard);
	out->interrupted = scan.n_todo && !jobs_run(&jobs, &ops, &scan, scan.n_todo) && !deadline_is_over(s->deadline);
	progress_end(&scan.progress);
	sort_out(&scan);
	list_slots(&scan);
	g_hash_table_destroy(scan.uncovered);
}
