/*
 * drvcheck scan: capture -> (parse -> lower -> analyse, in workers: pipeline.c) -> semantic patches -> store -> report.
 */
#include "scan/scan.h"

#include "cli/baseline.h"
#include "cli/commands.h"
#include "cli/fixes.h"
#include "cli/options.h"
#include "cli/output.h"
#include "cli/reports.h"
#include "cli/selection.h"
#include "cli/triage.h"
#include "parse/parse.h"
#include "scan/copies.h"
#include "scan/find.h"
#include "scan/index.h"
#include "scan/newonly.h"
#include "scan/tree.h"
#include "workers/deadline.h"
#include "workers/interrupt.h"

#include <string.h>

struct command {
	struct scan_options *o;
	struct deadline *deadline; /* NULL: none */
	char *root;		   /* NULL: no tree */
	char *names_root;	   /* root, else the current directory */
	struct knowledge knowledge;
	struct selection selection;
	struct parser *parser;
	char *patches, *repairs;   /* directories with semantic patches, NULL: none */
	struct finding_list found; /* for --fix-dir: all, before anything is taken out */
	struct store *store;	   /* NULL: this scan is not recorded */
	struct index *index;	   /* NULL: everything is analysed anew */
	struct memory *learned;	   /* NULL: not asked for */
	struct arena *arena;
};

static gboolean is_of_change(const struct command *c)
{
	return c->o->diff || c->o->staged;
}

/*
 * A scan of a change tells only a part of what is there: it is no run to keep. A tree that cannot be written to is no
 * reason to say nothing; a database that the user named is a promise.
 */
static gboolean open_store(struct command *c, GError **err)
{
	char *path = tree_database(c->o->db, c->root);
	GError *why = NULL;

	if (is_of_change(c) && g_file_test(path, G_FILE_TEST_EXISTS))
		c->store = store_open_readonly(path, &why);
	else if (!is_of_change(c) && !c->o->no_db)
		c->store = store_open(path, &why);
	g_free(path);
	if (why && c->o->db) {
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
	const struct scan_options *o = c->o;
	const struct parser_options parser = {.no_pch = o->no_pch};
	struct selection_setup selection = {.options = o, .stop = deadline_stop(c->deadline)};
	char *names_root;

	if (!knowledge_load(&c->knowledge, o->rules, err))
		return FALSE;
	c->root = tree_root(o->tree, o->paths ? o->paths[0] : NULL, err);
	if (!c->root && o->tree)
		return FALSE;
	c->names_root = c->root ? g_strdup(c->root) : g_get_current_dir();
	if (!knowledge_remember(&c->knowledge, o->summaries, c->root, err))
		return FALSE;
	if (!open_store(c, err))
		return FALSE;
	selection.root = c->root;
	selection.names_root = c->names_root;
	selection.store = c->store;
	if (!selection_make(&c->selection, &selection, err))
		return FALSE;
	names_root = c->names_root;
	c->names_root = selection_root(&c->selection, names_root);
	g_free(names_root);
	c->patches = o->no_smpl ? NULL : tree_patches("check");
	c->repairs = tree_patches("fix");
	c->parser = parser_new(&parser);
	/* Who waits for an answer cannot wait for headers that pay later. */
	if (!c->deadline)
		parser_prepare(c->parser, c->selection.units->entries, PARSER_WORTH_UNITS);
	if (o->learn)
		c->learned = memory_new();
	if (c->store && !is_of_change(c) && !o->fresh && !o->learn)
		c->index = index_new(c->store, c->parser, c->knowledge.hash);
	return TRUE;
}

/*
 * One set of texts through everything that finds; `before`: see selection_units(). The semantic patches look at no
 * header: a unit of which only those have changed is nothing to them.
 */
static guint find(struct command *c, const struct find_setup *setup, enum selection_part part, GHashTable *before,
		  struct scan_unit **units, struct scan_result *result)
{
	struct find_setup now = *setup;
	struct parse_text *texts = NULL;
	guint n = selection_units(&c->selection, c->arena, part, before, units), n_texts = 0;

	if (c->selection.change)
		texts = change_texts(c->selection.change, before != NULL, &n_texts);
	parser_replace(c->parser, texts, n_texts);
	if (part != SELECTION_TOUCHED)
		now.patterns.directory = NULL;
	if (before)
		now.patterns.index = NULL;
	find_all(&now, c->arena, *units, n, result);
	parser_replace(c->parser, NULL, 0);
	g_free(texts);
	return n;
}

/* What a part of the units has now, less what it had before the change if there is one. */
static void analyse_part(struct command *c, const struct find_setup *setup, enum selection_part part,
			 struct scan_result *total)
{
	struct scan_result now, before;
	struct scan_unit *units, *old;
	GHashTable *files;
	guint n = find(c, setup, part, NULL, &units, &now);

	if (c->selection.change && !now.interrupted) {
		output_filter(&now.findings, c->o->shown);
		files = newonly_files(&setup->scan, units, n, &now.findings);
		find(c, setup, part, files, &old, &before);
		newonly_subtract(&setup->scan, c->selection.change, files, &before, &now);
		g_ptr_array_unref(before.analysed);
		g_hash_table_unref(files);
	}
	newonly_add(c->arena, total, &now);
}

static struct find_setup setup_of(const struct command *c)
{
	const struct scan_options *o = c->o;

	return (struct find_setup){
		.scan = {.names_root = c->names_root,
			 .knowledge = &c->knowledge,
			 .parser = c->parser,
			 .index = c->index,
			 .learned = c->learned,
			 .jobs = (guint)o->jobs,
			 .timeout = (guint)o->unit_timeout,
			 .memory = (size_t)o->unit_memory << 20,
			 .deadline = c->deadline,
			 .verify = o->verify,
			 .verbose = o->verbose,
			 .quiet = o->quiet},
		.patterns = {.directory = c->patches,
			     .kernel_tree = o->kernel_smpl ? c->root : NULL,
			     .names_root = c->names_root,
			     .index = o->kernel_smpl ? NULL : c->index,
			     .deadline = c->deadline,
			     .jobs = o->jobs,
			     .low = o->strict,
			     .verbose = o->verbose},
	};
}

static void analyse(struct command *c, const struct find_setup *setup, struct scan_result *result)
{
	struct interrupt interrupt;

	*result = (struct scan_result){0};
	interrupt_catch(&interrupt);
	analyse_part(c, setup, SELECTION_TOUCHED, result);
	if (c->selection.change)
		analyse_part(c, setup, SELECTION_USERS, result);
	interrupt_release(&interrupt);
	/* What a patch must not add to is all that is there, judged, hidden or not. */
	c->found.arena = c->arena;
	for (guint i = 0; c->o->fix_dir && i < result->findings.all.n; i++)
		finding_list_add(&c->found, &result->findings.all.v[i]);
}

/* Patches for what is shown. */
static gboolean write_fixes(struct command *c, const struct find_setup *setup, const struct scan_result *result)
{
	const struct finding_list *wanted = &result->findings;
	const struct verify_setup verify = {.find = *setup, .root = c->root, .patches = c->repairs};
	struct fix *fixes = ARENA_ARRAY(c->arena, struct fix, wanted->all.n + 1);
	struct scan_unit *units;
	guint n = selection_units(&c->selection, c->arena, SELECTION_TOUCHED, NULL, &units), made = 0;
	struct interrupt interrupt;
	GError *err = NULL;

	interrupt_catch(&interrupt);
	verify_fixes(&verify, c->arena, units, n, &c->found, wanted, fixes);
	interrupt_release(&interrupt);
	for (guint i = 0; i < wanted->all.n; i++)
		made += fixes[i].diff != NULL;
	say("%u of %u findings have a verified patch: see %s/fixes.txt", made, wanted->all.n, c->o->fix_dir);
	if (!fixes_write(c->o->fix_dir, fixes, wanted->all.n, &err)) {
		fault(err);
		return FALSE;
	}
	return TRUE;
}

static int by_file(const void *a, const void *b)
{
	return strcmp(((const struct store_unit_status *)a)->file, ((const struct store_unit_status *)b)->file);
}

/* Files that nothing compiles are units too: asked for, not analysed. */
static void describe_run(struct command *c, const struct scan_result *result, double seconds, struct store_run *run)
{
	const struct scan_setup names = {.names_root = c->names_root};
	const struct units *units = c->selection.units;
	guint n = result->n_failed, missing = units->without->len;
	char *version = tree_version(c->root), *config = tree_config(c->root);

	*run = (struct store_run){.version = DRVCHECK_VERSION,
				  .tree = c->names_root,
				  .tree_version = arena_strdup(c->arena, version),
				  .config = arena_strdup(c->arena, config),
				  .units = units->entries->len + missing,
				  .analysed = result->analysed->len,
				  .seconds = seconds,
				  .n_failed = n + missing};
	run->failed = ARENA_ARRAY(c->arena, struct store_unit_status, n + missing);
	for (guint i = 0; i < n; i++)
		run->failed[i] = result->failed[i];
	for (guint i = 0; i < missing; i++)
		run->failed[n + i] = (struct store_unit_status){scan_name(&names, units->without->pdata[i]),
								"nothing compiles this file in this configuration"};
	qsort(run->failed, run->n_failed, sizeof(*run->failed), by_file);
	g_free(version);
	g_free(config);
}

static void copy_source(const struct command *c, struct copies *copies, const char *name)
{
	g_autofree char *path = g_canonicalize_filename(name, c->names_root);
	const struct changed_file *f = change_file(c->selection.change, path);

	if (!g_path_is_absolute(name))
		g_free(copies_add(copies, name, f ? f->now : NULL, path));
}

/* Files that the findings speak of, as the change has them: NULL when they are what is on disk. */
static struct copies *copy_sources(const struct command *c, const struct finding_list *l)
{
	const struct change *change = c->selection.change;
	struct copies *copies = change && change_is_apart(change) ? copies_new() : NULL;

	for (guint i = 0; copies && i < l->all.n; i++) {
		const struct finding *f = &l->all.v[i];

		copy_source(c, copies, f->file);
		for (guint k = 0; k < f->n_events; k++)
			copy_source(c, copies, f->events[k].file);
	}
	return copies;
}

/* Keeps the run and takes out what somebody has judged before. */
static int save(struct command *c, struct store_run *run, struct scan_result *result, const char *sources)
{
	GError *err = NULL;

	g_ptr_array_add(result->analysed, NULL);
	if (c->store && !is_of_change(c) &&
	    !store_save_run(c->store, run, &result->findings, (char **)result->analysed->pdata, &err))
		return fault(err);
	if (!triage_apply(&result->findings, c->store, c->names_root, sources, &err) ||
	    (c->o->baseline && !baseline_apply(&result->findings, c->o->baseline, &err)))
		return fault(err);
	return EXIT_CLEAN;
}

static int print_report(struct command *c, const struct store_run *run, const struct finding_list *findings,
			const char *sources)
{
	struct report_options opt = {.root = c->names_root,
				     .sources = sources,
				     .fixes = c->o->fix_dir,
				     .least = c->o->shown,
				     .terse = c->o->terse,
				     .store = c->store};
	FILE *out = output_open(c->o->output);

	if (!out || !output_color(c->o->color, out, &opt.color))
		return EXIT_FAULT;
	c->o->report->write(out, run, findings, &opt);
	if (!output_close(out, c->o->output) || !reports_write(c->o->reports, run, findings, &opt))
		return EXIT_FAULT;
	return EXIT_CLEAN;
}

/* What callbacks do that no protocol knows of is not followed: the most used ones are the next to be described. */
static void print_uncovered(const struct scan_stats *s)
{
	enum { MOST = 20 };
	GString *text = g_string_new(NULL);
	guint total = 0;

	for (guint i = 0; i < s->n_uncovered; i++) {
		total += s->uncovered[i].n;
		if (i < MOST)
			g_string_append_printf(text, "%s %s (%u)", i ? "," : ":", s->uncovered[i].slot,
					       s->uncovered[i].n);
	}
	say("%u callbacks in %u slots that no protocol covers%s%s", total, s->n_uncovered, text->str,
	    s->n_uncovered > MOST ? ", ..." : "");
	g_string_free(text, TRUE);
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
	print_uncovered(s);
}

/* What was not done is said after the report, where it is not overlooked. */
static void print_closing(const struct store_run *run, const struct scan_result *result, guint hidden)
{
	for (guint i = 0; i < result->n_partial; i++)
		say("%s: analysed %s", result->partial[i].file, result->partial[i].why);
	for (guint i = 0; i < run->n_failed; i++)
		say("%s: not analysed: %s", run->failed[i].file, run->failed[i].why);
	if (hidden)
		say("%u finding%s of low confidence not shown (--strict shows them)", hidden, hidden == 1 ? "" : "s");
	if (result->interrupted)
		say("interrupted: there may be more to find");
	fprintf(stderr, "analysed %u of %u units; %u failed\n", run->analysed, run->units, run->n_failed);
}

/* A file that is there is brought up to date: what it says of other functions stays. */
static gboolean save_learned(const struct command *c, GError **err)
{
	struct memory *older = memory_new();
	gboolean ok = !g_file_test(c->o->learn, G_FILE_TEST_EXISTS) || memory_load(older, c->o->learn, FALSE, err);

	memory_keep(c->learned, older);
	memory_free(older);
	return ok && memory_save(c->learned, c->o->learn, err);
}

static int scan(struct command *c, guint *failing)
{
	struct scan_result result;
	struct find_setup setup;
	struct store_run run;
	gint64 start = g_get_monotonic_time();
	struct copies *copies;
	GError *err = NULL;
	int saved, printed;
	gboolean written;
	guint hidden;

	if (!prepare(c, &err))
		return fault(err);
	setup = setup_of(c);
	analyse(c, &setup, &result);
	describe_run(c, &result, (double)(g_get_monotonic_time() - start) / G_USEC_PER_SEC, &run);
	copies = copy_sources(c, &result.findings);
	if (c->learned && !save_learned(c, &err))
		return fault(err);
	saved = save(c, &run, &result, copies ? copies_root(copies) : NULL);
	hidden = output_filter(&result.findings, c->o->shown);
	written = !c->o->fix_dir || write_fixes(c, &setup, &result); /* the report shows them */
	printed = print_report(c, &run, &result.findings, copies ? copies_root(copies) : NULL);
	copies_free(copies);
	if (c->o->stats)
		print_stats(&result.stats);
	print_closing(&run, &result, hidden);
	g_ptr_array_unref(result.analysed);
	*failing = output_failing(&result.findings, c->o->fails_at);
	if (saved || printed || !written)
		return EXIT_FAULT;
	if (result.interrupted || (run.n_failed && !c->o->partial_ok))
		return EXIT_INCOMPLETE;
	return *failing ? EXIT_FINDINGS : EXIT_CLEAN;
}

int scan_run(struct scan_options *o, guint *failing)
{
	struct command c = {.o = o, .deadline = deadline_new((guint)o->time_limit), .arena = arena_new()};
	int code;

	*failing = 0;
	code = scan(&c, failing);
	index_free(c.index);
	if (c.store)
		store_close(c.store);
	if (c.parser)
		parser_free(c.parser);
	selection_clear(&c.selection);
	knowledge_clear(&c.knowledge);
	g_free(c.patches);
	g_free(c.repairs);
	memory_free(c.learned);
	g_free(c.names_root);
	g_free(c.root);
	arena_free(c.arena);
	deadline_free(c.deadline);
	return code;
}

int cmd_scan(int argc, char **argv)
{
	struct scan_options o;
	guint failing;
	int code = scan_options_parse(&o, argc, argv) ? scan_run(&o, &failing) : EXIT_FAULT;

	scan_options_clear(&o);
	return code;
}
