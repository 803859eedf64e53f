/* drvcheck fix ID...: the findings' files are analysed again as they are now, and what can be repaired is printed. */
#include "cli/commands.h"
#include "cli/fixes.h"
#include "cli/lookup.h"
#include "cli/output.h"
#include "parse/parse.h"
#include "scan/tree.h"
#include "scan/units.h"
#include "workers/interrupt.h"

#include <string.h>

enum { UNIT_TIMEOUT_S = 60, UNIT_MEMORY_MB = 3072, PCH_MIN_UNITS = 1 };

struct command {
	char *tree, *compile_commands, *db, *output, *rules, *summaries;
	int jobs;
	gboolean no_smpl;
	char **flags;
	char *root, *names_root, *checks, *patches;
	struct arena *arena;
	struct store *store;
	struct knowledge knowledge;
	struct units *units;
	struct parser *parser;
	struct finding_list asked; /* as the store tells them */
};

static gboolean load_findings(struct command *c, char **names, GError **err)
{
	g_autofree char *db = NULL;

	c->root = tree_root(c->tree, NULL, err);
	if (!c->root && c->tree)
		return FALSE;
	c->names_root = c->root ? g_strdup(c->root) : g_get_current_dir();
	db = tree_database(c->db, c->root);
	c->store = store_open_readonly(db, err);
	c->asked.arena = c->arena;
	for (; c->store && *names; names++) {
		struct finding f;

		if (!lookup_finding(c->store, c->arena, *names, &f, err))
			return FALSE;
		finding_list_add(&c->asked, &f);
	}
	return c->store != NULL;
}

static gboolean select_units(struct command *c, GError **err)
{
	GStrvBuilder *b = g_strv_builder_new();
	g_auto(GStrv) paths = NULL;
	struct units_options opt = {
		.root = c->root, .database = c->compile_commands, .flags = c->flags, .jobs = c->jobs};

	for (unsigned int i = 0; i < c->asked.all.n; i++) {
		g_autofree char *path = g_build_filename(c->names_root, c->asked.all.v[i].file, NULL);

		g_strv_builder_add(b, path);
	}
	paths = g_strv_builder_end(b);
	opt.paths = paths;
	g_strv_builder_unref(b);
	c->units = units_select(&opt, err);
	return c->units != NULL;
}

static gboolean prepare(struct command *c, char **names, GError **err)
{
	const struct parser_options parser = {0};

	/* The findings come from a scan that knew what is remembered of other files' functions. */
	if (!load_findings(c, names, err) || !knowledge_load(&c->knowledge, c->rules, err) ||
	    !knowledge_remember(&c->knowledge, c->summaries, c->root, err) || !select_units(c, err))
		return FALSE;
	c->parser = parser_new(&parser);
	parser_prepare(c->parser, c->units->entries, PCH_MIN_UNITS);
	c->checks = c->no_smpl ? NULL : tree_patches("check");
	c->patches = tree_patches("fix");
	return TRUE;
}

static struct verify_setup setup_of(const struct command *c)
{
	return (struct verify_setup){
		.find = {.scan = {.names_root = c->names_root,
				  .knowledge = &c->knowledge,
				  .parser = c->parser,
				  .jobs = (guint)c->jobs,
				  .timeout = UNIT_TIMEOUT_S,
				  .memory = (size_t)UNIT_MEMORY_MB << 20,
				  .quiet = TRUE},
			 .patterns =
				 {.directory = c->checks, .names_root = c->names_root, .jobs = c->jobs, .low = TRUE}},
		.root = c->root,
		.patches = c->patches,
	};
}

/* The findings that were asked for, as they are now; one that is gone is told and left out. */
static void find_again(struct command *c, const struct finding_list *found, struct finding_list *now)
{
	for (unsigned int i = 0; i < c->asked.all.n; i++) {
		const struct finding *f = &c->asked.all.v[i];
		unsigned int k = 0;

		while (k < found->all.n && strcmp(found->all.v[k].fingerprint, f->fingerprint) != 0)
			k++;
		if (k < found->all.n)
			finding_list_add(now, &found->all.v[k]);
		else
			say("%s:%u: %s: not there any more", f->file, f->line, f->rule);
	}
}

static gboolean print(const struct command *c, const struct fix *fixes, guint n, guint *withheld)
{
	FILE *out = output_open(c->output);

	*withheld = 0;
	for (guint i = 0; out && i < n; i++) {
		const struct finding *f = fixes[i].finding;
		g_autofree char *text = fixes[i].diff ? fix_text(&fixes[i]) : NULL;

		if (text)
			fprintf(out, "%s\n", text);
		else
			say("%s:%u: %s: no patch: %s", f->file, f->line, f->rule, fixes[i].why);
		*withheld += text == NULL;
	}
	return out && output_close(out, c->output);
}

static int fix(struct command *c, char **names)
{
	struct finding_list now = {.arena = c->arena};
	struct verify_setup setup;
	struct scan_result result;
	struct scan_unit *units;
	struct interrupt interrupt;
	struct fix *fixes;
	GError *err = NULL;
	guint n, withheld;

	if (!prepare(c, names, &err))
		return fault(err);
	n = c->units->entries->len;
	units = ARENA_ARRAY(c->arena, struct scan_unit, n + 1);
	for (guint i = 0; i < n; i++)
		units[i] = (struct scan_unit){.entry = c->units->entries->pdata[i]};
	setup = setup_of(c);
	interrupt_catch(&interrupt);
	find_all(&setup.find, c->arena, units, n, &result);
	for (guint i = 0; i < result.n_failed; i++)
		say("%s: not analysed: %s", result.failed[i].file, result.failed[i].why);
	find_again(c, &result.findings, &now);
	fixes = ARENA_ARRAY(c->arena, struct fix, now.all.n + 1);
	verify_fixes(&setup, c->arena, units, n, &result.findings, &now, fixes);
	interrupt_release(&interrupt);
	g_ptr_array_unref(result.analysed);
	if (!print(c, fixes, now.all.n, &withheld))
		return EXIT_FAULT;
	return result.n_failed ? EXIT_INCOMPLETE : withheld ? EXIT_FINDINGS : EXIT_CLEAN;
}

static void clear(struct command *c)
{
	char *strings[] = {c->tree, c->compile_commands, c->db,	    c->output,	c->rules,
			   c->root, c->names_root,	 c->checks, c->patches, c->summaries};

	for (size_t i = 0; i < G_N_ELEMENTS(strings); i++)
		g_free(strings[i]);
	if (c->store)
		store_close(c->store);
	if (c->parser)
		parser_free(c->parser);
	units_free(c->units);
	knowledge_clear(&c->knowledge);
	arena_free(c->arena);
}

int cmd_fix(int argc, char **argv)
{
	struct command c = {.arena = arena_new(), .jobs = (int)g_get_num_processors()};
	const GOptionEntry entries[] = {
		{"tree", 'C', 0, G_OPTION_ARG_FILENAME, &c.tree, "root of the kernel tree", "KERNEL"},
		{"compile-commands", 'p', 0, G_OPTION_ARG_FILENAME, &c.compile_commands,
		 "compile_commands.json or its directory", "DIR"},
		{"jobs", 'j', 0, G_OPTION_ARG_INT, &c.jobs, "worker processes (default: one per processor)", "N"},
		{"db", 0, 0, G_OPTION_ARG_FILENAME, &c.db, "database", "FILE"},
		{"output", 'o', 0, G_OPTION_ARG_FILENAME, &c.output, "write the patches there", "FILE"},
		{"rules", 0, 0, G_OPTION_ARG_FILENAME, &c.rules, "directory with the rules", "DIR"},
		{"summaries", 0, 0, G_OPTION_ARG_FILENAME, &c.summaries,
		 "what functions of other files do, as for the scan", "FILE"},
		{"no-smpl", 0, 0, G_OPTION_ARG_NONE, &c.no_smpl, "verify without the semantic patches", NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};
	int code = EXIT_FAULT;

	c.flags = units_split_flags(&argc, argv);
	if (parse_options(&argc, &argv, entries, "ID... [-- COMPILER FLAG...]",
			  "Prints patches for findings, each verified by analysing the patched source.")) {
		if (argc < 2)
			say("fix takes the id or fingerprint of a finding");
		else if (c.jobs < 1 || c.jobs > 1024)
			say("-j takes a number of processes from 1 to 1024");
		else
			code = fix(&c, argv + 1);
	}
	clear(&c);
	return code;
}
