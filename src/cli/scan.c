/*
 * drvcheck scan: capture -> (parse -> lower -> analyse, in workers: pipeline.c) -> semantic patches -> store -> report.
 */
#include "cli/scan.h"

#include "cli/change.h"
#include "cli/commands.h"
#include "cli/index.h"
#include "cli/interrupt.h"
#include "cli/options.h"
#include "cli/patterns.h"
#include "cli/tree.h"
#include "cli/triage.h"
#include "cli/units.h"
#include "parse/parse.h"

#include <string.h>

/* Precompiled headers take a second to build: they pay when this many units share one. */
enum { PCH_MIN_UNITS = 8 };

struct command {
	struct scan_options o;
	char *root;	  /* NULL: no tree */
	char *names_root; /* root, else the current directory */
	struct knowledge knowledge;
	GPtrArray *change; /* --diff, --staged: struct changed_file; NULL: neither */
	struct units *units;
	struct parser *parser;
	struct store *store; /* NULL: this scan is not recorded */
	struct index *index; /* NULL: everything is analysed anew */
	struct arena *arena;
};

/* --diff and --staged put the changed files in the place of the paths; a changed file that nothing compiles is left
 * out. */
static char **changed_paths(struct command *c, GError **err)
{
	const struct scan_options *o = &c->o;
	GStrvBuilder *below = g_strv_builder_new(), *changed = g_strv_builder_new();
	char **paths;

	for (char **p = o->paths; p && *p; p++) {
		char *path = tree_resolve(c->root, *p);

		g_strv_builder_add(below, path);
		g_free(path);
	}
	paths = g_strv_builder_end(below);
	c->change = change_files(c->names_root, o->diff, paths, err);
	for (guint i = 0; c->change && i < c->change->len; i++)
		g_strv_builder_add(changed, ((struct changed_file *)c->change->pdata[i])->path);
	g_strfreev(paths);
	paths = g_strv_builder_end(changed);
	g_strv_builder_unref(below);
	g_strv_builder_unref(changed);
	return paths;
}

static gboolean select_units(struct command *c, GError **err)
{
	const struct scan_options *o = &c->o;
	char **paths = o->diff || o->staged ? changed_paths(c, err) : g_strdupv(o->paths);
	const struct units_options units = {c->root, o->compile_commands, paths, o->flags, o->jobs};

	if (c->change && c->change->len == 0)
		c->units = units_none();
	else if (!*err)
		c->units = units_select(&units, err);
	if (c->units && c->change)
		g_ptr_array_set_size(c->units->without, 0);
	g_strfreev(paths);
	return c->units != NULL;
}

/*
 * A scan of a change tells only a part of what is there: it is no run to keep. A tree that cannot be written to is no
 * reason to say nothing; a database that the user named is a promise.
 */
static gboolean open_store(struct command *c, GError **err)
{
	char *path = tree_database(c->o.db, c->root);
	GError *why = NULL;

	if (c->change && g_file_test(path, G_FILE_TEST_EXISTS))
		c->store = store_open_readonly(path, &why);
	else if (!c->change && !c->o.no_db)
		c->store = store_open(path, &why);
	if (c->store && !c->change && !c->o.fresh)
		c->index = index_new(c->store, c->parser, c->knowledge.hash);
	g_free(path);
	if (why && c->o.db) {
		g_propagate_error(err, why);
		return FALSE;
	}
	if (why)
		say("this scan is not recorded: %s", why->message);
	g_clear_error(&why);
	return TRUE;
}

static gboolean prepare(struct command *c, GError **err)
{
	const struct scan_options *o = &c->o;
	const struct parser_options parser = {.no_pch = o->no_pch};

	if (!knowledge_load(&c->knowledge, o->rules, err))
		return FALSE;
	c->root = tree_root(o->tree, o->paths ? o->paths[0] : NULL, err);
	if (!c->root && o->tree)
		return FALSE;
	c->names_root = c->root ? g_strdup(c->root) : g_get_current_dir();
	if (!select_units(c, err))
		return FALSE;
	c->parser = parser_new(&parser);
	parser_prepare(c->parser, c->units->entries, PCH_MIN_UNITS);
	return open_store(c, err);
}

static const struct changed_file *change_of(const struct command *c, const char *file)
{
	for (guint i = 0; c->change && i < c->change->len; i++) {
		const struct changed_file *f = c->change->pdata[i];

		if (strcmp(f->path, file) == 0)
			return f;
	}
	return NULL;
}

/* The units as they are now, or (`before`) those that were there before the change, as they were. */
static guint list_units(struct command *c, gboolean before, struct scan_unit **units)
{
	guint n = 0;

	*units = ARENA_ARRAY(c->arena, struct scan_unit, c->units->entries->len);
	for (guint i = 0; i < c->units->entries->len; i++) {
		const struct cdb_entry *e = c->units->entries->pdata[i];
		const struct changed_file *f = change_of(c, e->file);

		if (!before)
			(*units)[n++] = (struct scan_unit){e, f ? f->now : NULL};
		else if (f && f->before)
			(*units)[n++] = (struct scan_unit){e, f->before};
	}
	return n;
}

/* What the analyser could not stand is spared the semantic patches. Both lists are in the order of files. */
static guint keep_analysed(const struct command *c, struct scan_unit *units, guint n, const struct scan_result *result)
{
	const struct scan_setup names = {.names_root = c->names_root};
	guint kept = 0, failed = 0;

	for (guint i = 0; i < n; i++) {
		if (failed < result->n_failed &&
		    strcmp(result->failed[failed].file, scan_name(&names, units[i].entry->file)) == 0)
			failed++;
		else
			units[kept++] = units[i];
	}
	return kept;
}

/* One set of texts through everything that finds. */
static void find(struct command *c, const struct scan_setup *setup, gboolean before, struct scan_result *result)
{
	const struct scan_options *o = &c->o;
	struct patterns_setup patterns = {.kernel_tree = o->kernel_smpl ? c->root : NULL,
					  .names_root = c->names_root,
					  .index = before || o->kernel_smpl ? NULL : c->index,
					  .jobs = o->jobs,
					  .low = o->strict,
					  .verbose = o->verbose};
	char *directory = o->no_smpl ? NULL : tree_patches();
	struct scan_unit *units;
	guint n = list_units(c, before, &units);

	scan_units(setup, c->arena, units, n, result);
	patterns.directory = directory;
	if (directory && !result->interrupted)
		patterns_run(&patterns, units, keep_analysed(c, units, n, result), &result->findings);
	result->interrupted |= interrupt_seen();
	g_free(directory);
}

/* What the change brings in: found now and not found in what was there before. */
static void subtract_before(struct command *c, const struct scan_setup *setup, struct scan_result *result)
{
	struct finding_list fresh = {.arena = c->arena};
	struct scan_result before;

	find(c, setup, TRUE, &before);
	for (guint i = 0; i < before.n_failed; i++)
		say("%s: not comparable with what was there before: %s", before.failed[i].file, before.failed[i].why);
	finding_list_diff(&before.findings, &result->findings, &fresh, NULL, NULL);
	result->findings = fresh;
	result->interrupted |= before.interrupted;
	g_ptr_array_unref(before.analysed);
}

static void analyse(struct command *c, struct scan_result *result)
{
	const struct scan_options *o = &c->o;
	const struct scan_setup setup = {
		.names_root = c->names_root,
		.knowledge = &c->knowledge,
		.parser = c->parser,
		.index = c->index,
		.jobs = (guint)o->jobs,
		.timeout = (guint)o->unit_timeout,
		.memory = (size_t)o->unit_memory << 20,
		.verify = o->verify,
		.verbose = o->verbose,
		.quiet = o->quiet,
	};
	struct interrupt interrupt;

	interrupt_catch(&interrupt);
	find(c, &setup, FALSE, result);
	if (c->change && !result->interrupted)
		subtract_before(c, &setup, result);
	interrupt_release(&interrupt);
}

static int by_file(const void *a, const void *b)
{
	return strcmp(((const struct store_unit_status *)a)->file, ((const struct store_unit_status *)b)->file);
}

/* Files that nothing compiles are units too: asked for, not analysed. */
static void describe_run(struct command *c, const struct scan_result *result, double seconds, struct store_run *run)
{
	const struct scan_setup names = {.names_root = c->names_root};
	guint n = result->n_failed, missing = c->units->without->len;
	char *version = tree_version(c->root), *config = tree_config(c->root);

	*run = (struct store_run){.version = DRVCHECK_VERSION,
				  .tree = c->names_root,
				  .tree_version = arena_strdup(c->arena, version),
				  .config = arena_strdup(c->arena, config),
				  .units = c->units->entries->len + missing,
				  .analysed = result->analysed->len,
				  .seconds = seconds,
				  .n_failed = n + missing};
	run->failed = ARENA_ARRAY(c->arena, struct store_unit_status, n + missing);
	for (guint i = 0; i < n; i++)
		run->failed[i] = result->failed[i];
	for (guint i = 0; i < missing; i++)
		run->failed[n + i] = (struct store_unit_status){scan_name(&names, c->units->without->pdata[i]),
								"nothing compiles this file in this configuration"};
	qsort(run->failed, run->n_failed, sizeof(*run->failed), by_file);
	g_free(version);
	g_free(config);
}

/* Keeps the run and takes out what somebody has judged before. */
static int save(struct command *c, struct store_run *run, struct scan_result *result)
{
	GError *err = NULL;

	g_ptr_array_add(result->analysed, NULL);
	if (c->store && !c->change &&
	    !store_save_run(c->store, run, &result->findings, (char **)result->analysed->pdata, &err))
		return fault(err);
	if (!triage_apply(&result->findings, c->store, c->names_root, &err))
		return fault(err);
	return EXIT_CLEAN;
}

static int print_report(struct command *c, const struct store_run *run, const struct finding_list *findings)
{
	struct report_options opt = {.root = c->names_root, .terse = c->o.terse};
	FILE *out = output_open(c->o.output);

	if (!out || !output_color(c->o.color, out, &opt.color))
		return EXIT_FAULT;
	c->o.report->write(out, run, findings, &opt);
	return output_close(out, c->o.output) ? EXIT_CLEAN : EXIT_FAULT;
}

static void print_stats(const struct scan_stats *s)
{
	const struct engine_stats *e = &s->engine;

	say("%lu units from the index, all other numbers theirs included", s->units_recalled);
	say("%lu units with a precompiled header, %lu with compile errors; %lu instructions, %lu unknown",
	    s->units_with_pch, s->units_with_errors, s->instructions, s->unknown);
	say("%lu functions, %lu states (%lu merged, %lu dropped), %lu widenings, %lu functions out of steps, "
	    "%lu recursive calls cut",
	    e->functions, e->states, e->merged, e->dropped, e->widened, e->out_of_steps, e->recursion_cut);
	say("%lu calls known, %lu unknown", e->calls_known, e->calls_unknown);
}

/* What was not done is said after the report, where it is not overlooked. */
static void print_closing(const struct store_run *run, guint hidden, gboolean interrupted)
{
	for (guint i = 0; i < run->n_failed; i++)
		say("%s: not analysed: %s", run->failed[i].file, run->failed[i].why);
	if (hidden)
		say("%u finding%s of low confidence not shown (--strict shows them)", hidden, hidden == 1 ? "" : "s");
	if (interrupted)
		say("interrupted: there may be more to find");
	fprintf(stderr, "analysed %u of %u units; %u failed\n", run->analysed, run->units, run->n_failed);
}

static int exit_code(const struct command *c, const struct store_run *run, const struct scan_result *result)
{
	const struct finding_list *l = &result->findings;

	if (run->n_failed || result->interrupted)
		return EXIT_INCOMPLETE;
	for (guint i = 0; i < l->all.n; i++)
		if ((int)l->all.v[i].confidence >= c->o.fails_at)
			return EXIT_FINDINGS;
	return EXIT_CLEAN;
}

static int scan(struct command *c)
{
	struct scan_result result;
	struct store_run run;
	gint64 start = g_get_monotonic_time();
	GError *err = NULL;
	int saved, printed;
	guint hidden;

	if (!prepare(c, &err))
		return fault(err);
	analyse(c, &result);
	describe_run(c, &result, (double)(g_get_monotonic_time() - start) / G_USEC_PER_SEC, &run);
	saved = save(c, &run, &result);
	hidden = output_filter(&result.findings, c->o.shown);
	printed = print_report(c, &run, &result.findings);
	if (c->o.stats)
		print_stats(&result.stats);
	print_closing(&run, hidden, result.interrupted);
	g_ptr_array_unref(result.analysed);
	return saved || printed ? EXIT_FAULT : exit_code(c, &run, &result);
}

int cmd_scan(int argc, char **argv)
{
	struct command c = {.arena = arena_new()};
	int code = scan_options_parse(&c.o, argc, argv) ? scan(&c) : EXIT_FAULT;

	index_free(c.index);
	if (c.store)
		store_close(c.store);
	if (c.parser)
		parser_free(c.parser);
	units_free(c.units);
	if (c.change)
		g_ptr_array_unref(c.change);
	knowledge_clear(&c.knowledge);
	g_free(c.names_root);
	g_free(c.root);
	arena_free(c.arena);
	scan_options_clear(&c.o);
	return code;
}
