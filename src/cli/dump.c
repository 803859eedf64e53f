/* drvcheck dump: one stage of one unit as stable text. */
#include "cli/ast.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "engine/engine.h"
#include "ir/ir.h"
#include "lifecycle/lifecycle.h"
#include "lower/lower.h"
#include "parse/parse.h"
#include "scan/knowledge.h"
#include "scan/tree.h"
#include "scan/units.h"

#include <string.h>

struct command {
	char *tree, *compile_commands, *stage, *function, *rules;
	gboolean no_pch;
	char **paths, **flags;
	/* made on the way */
	char *root, *names_root;
	struct units *units;
	struct parser *parser;
	struct knowledge knowledge;
	struct arena *arena;
};

static const struct ir_function *find_function(const struct ir_unit *u, const char *name)
{
	for (guint i = 0; i < u->n_functions; i++)
		if (strcmp(u->functions[i].name, name) == 0)
			return &u->functions[i];
	return NULL;
}

static int dump_ir(const struct command *c, struct ir_unit *u, bool with_cfg)
{
	const struct ir_function *f = c->function ? find_function(u, c->function) : NULL;

	if (c->function && !f) {
		say("%s has no function %s", u->path, c->function);
		return EXIT_FAULT;
	}
	ir_dump(stdout, u, f, with_cfg);
	return EXIT_CLEAN;
}

static int dump_ops(const struct ir_unit *u)
{
	for (guint i = 0; i < u->n_globals; i++) {
		const struct ir_global *g = &u->globals[i];

		for (guint k = 0; k < g->n_inits; k++) {
			const struct ir_init *in = &g->inits[k];

			if (in->kind == IR_INIT_FUNC)
				printf("%s\t%s.%s\t%s\n", g->name, in->record ? in->record : "?",
				       in->member ? in->member : "[]", u->functions[in->sym].name);
		}
	}
	return EXIT_CLEAN;
}

static int dump_lifecycle(const struct command *c, struct ir_unit *u)
{
	struct lifecycle l = {0};

	if (!c->knowledge.protocols) {
		say("the rules have no protocols");
		return EXIT_FAULT;
	}
	lifecycle_build(u, c->knowledge.protocols, c->knowledge.model, &l);
	lifecycle_dump(stdout, u, c->knowledge.protocols, &l);
	return EXIT_CLEAN;
}

static int dump_lowered(const struct command *c, const struct parse_result *parsed)
{
	const struct lower_options lower = {c->names_root, knowledge_wants_body, &c->knowledge,
					    parsed->missing != NULL};
	const struct cdb_entry *e = c->units->entries->pdata[0];
	struct ir_unit *u = lower_unit(c->arena, parsed->tu, e->file, &lower);
	const char *bad = ir_verify(u);

	if (bad) {
		say("malformed IR: %s", bad);
		return EXIT_FAULT;
	}
	if (strcmp(c->stage, "ops") == 0)
		return dump_ops(u);
	if (strcmp(c->stage, "lifecycle") == 0)
		return dump_lifecycle(c, u);
	if (strcmp(c->stage, "summary") != 0)
		return dump_ir(c, u, strcmp(c->stage, "cfg") == 0);
	engine_dump_summaries(stdout, u, c->knowledge.model, c->function);
	return EXIT_CLEAN;
}

static int dump(struct command *c)
{
	const struct parser_options opt = {.no_pch = c->no_pch};
	struct units_options units = {NULL, c->compile_commands, c->paths, c->flags, 1, NULL};
	struct parse_result parsed = {0};
	GError *err = NULL;
	int code;

	if (!knowledge_load(&c->knowledge, c->rules, &err))
		return fault(err);
	units.root = c->root = tree_root(c->tree, c->paths[0], &err);
	c->names_root = c->root ? g_strdup(c->root) : g_get_current_dir();
	c->units = err ? NULL : units_select(&units, &err);
	if (!c->units)
		return fault(err);
	if (c->units->entries->len != 1) {
		say("%s: %u units; dump takes one file that is compiled", c->paths[0], c->units->entries->len);
		return EXIT_FAULT;
	}
	c->parser = parser_new(&opt);
	if (!parser_parse(c->parser, c->units->entries->pdata[0], NULL, &parsed, &err))
		return fault(err);
	code = strcmp(c->stage, "ast") == 0 ? ast_dump(stdout, parsed.tu, c->function) : dump_lowered(c, &parsed);
	clang_disposeTranslationUnit(parsed.tu);
	g_free(parsed.missing);
	return output_close(stdout, NULL) ? code : EXIT_FAULT;
}

static void clear(struct command *c)
{
	char *strings[] = {c->tree, c->compile_commands, c->stage, c->function, c->rules, c->root, c->names_root};

	for (guint i = 0; i < G_N_ELEMENTS(strings); i++)
		g_free(strings[i]);
	if (c->parser)
		parser_free(c->parser);
	knowledge_clear(&c->knowledge);
	units_free(c->units);
	g_strfreev(c->paths);
	arena_free(c->arena);
}

int cmd_dump(int argc, char **argv)
{
	static const char *const stages[] = {"ast", "ir", "cfg", "summary", "ops", "lifecycle", NULL};
	struct command c = {.arena = arena_new()};
	const GOptionEntry entries[] = {
		{"stage", 's', 0, G_OPTION_ARG_STRING, &c.stage, "ast, ir, cfg, summary, ops or lifecycle", "STAGE"},
		{"function", 0, 0, G_OPTION_ARG_STRING, &c.function, "only this one", "F"},
		{"tree", 'C', 0, G_OPTION_ARG_FILENAME, &c.tree, "root of the kernel tree", "KERNEL"},
		{"compile-commands", 'p', 0, G_OPTION_ARG_FILENAME, &c.compile_commands,
		 "compile_commands.json or its directory", "DIR"},
		{"rules", 0, 0, G_OPTION_ARG_FILENAME, &c.rules, "directory with the rules", "DIR"},
		{"no-pch", 0, 0, G_OPTION_ARG_NONE, &c.no_pch, "parse without precompiled headers", NULL},
		{G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &c.paths, NULL, NULL},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};
	int code = EXIT_FAULT;

	c.flags = units_split_flags(&argc, argv);
	if (parse_options(&argc, &argv, entries, "FILE [-- COMPILER FLAG...]", "Prints one stage of the analysis.")) {
		if (!c.stage || !g_strv_contains(stages, c.stage))
			say("--stage takes ast, ir, cfg, summary, ops or lifecycle");
		else if (!c.paths || c.paths[1])
			say("dump takes one file");
		else
			code = dump(&c);
	}
	clear(&c);
	return code;
}
