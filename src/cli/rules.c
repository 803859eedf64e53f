/* drvcheck rules: what is known of which API; --why FUNCTION: all of it, and where it stands. */
#include "cli/commands.h"
#include "engine/engine.h"
#include "model/model.h"
#include "scan/knowledge.h"
#include "scan/tree.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char *const fails_text[] = {
	[FAILS_UNKNOWN] = "not known",
	[FAILS_NEVER] = "it cannot fail",
	[FAILS_NULL] = "it returns NULL",
	[FAILS_ERRPTR] = "it returns an ERR_PTR",
	[FAILS_NULL_OR_ERRPTR] = "it returns NULL or an ERR_PTR",
	[FAILS_ERRNO] = "it returns a negative errno",
	[FAILS_NONZERO] = "it returns anything but 0",
	[FAILS_ZERO] = "it returns 0",
};

static const char *const effect_text[] = {
	[EFFECT_ACQUIRE] = "acquires",
	[EFFECT_RELEASE] = "releases",
	[EFFECT_KEEP] = "keeps (ownership leaves the caller)",
	[EFFECT_FILL] = "fills in",
	[EFFECT_STORE] = "stores",
	[EFFECT_DEFER] = "defers",
	[EFFECT_REVOKE] = "takes back what was deferred",
	[EFFECT_CALL] = "calls",
	[EFFECT_OWN] = "comes to own a member of",
	[EFFECT_ARM] = "arms",
	[EFFECT_HALT] = "stops without waiting",
	[EFFECT_ASK] = "tells whether there is",
};

static const char *const when_text[] = {
	[WHEN_SUCCESS] = "on success", [WHEN_FAILURE] = "on failure", [WHEN_ALWAYS] = "always"};

static const char *const sleeps_text[] = {[SLEEPS_UNKNOWN] = "not known",
					  [SLEEPS_NEVER] = "never",
					  [SLEEPS_ALWAYS] = "may sleep",
					  [SLEEPS_GFP] = "if the allocation flags allow it",
					  [SLEEPS_UNLESS_INTERRUPT] = "may sleep outside of interrupts",
					  [SLEEPS_IRQS_OFF] = "interrupts must be on"};

static void print_place(const char *before, const struct place *p)
{
	if (p->root == PLACE_NONE)
		return;
	fputs(before, stdout);
	if (p->root == PLACE_RETURN) {
		fputs("what it returns", stdout);
		return;
	}
	printf("%sargument %d", p->deref ? "what is stored at " : "", p->arg + 1);
	if (p->field)
		printf("->%s", p->field);
}

static void print_effect(const struct effect *e)
{
	printf("  %s", effect_text[e->kind]);
	if (e->family)
		printf(" %s (%s)", e->family->noun, e->family->name);
	for (guint i = 0; i < e->n_families; i++)
		printf("%s%s (%s)", i ? " or " : " ", e->families[i]->noun, e->families[i]->name);
	print_place(": ", &e->at);
	print_place(", value ", &e->value);
	print_place(", with ", &e->with);
	print_place(", managed by ", &e->device);
	if (e->bits)
		printf(", if argument %d has %s bit of %#" PRIx64, e->bits_arg + 1, e->without_bits ? "no" : "a",
		       (uint64_t)e->bits);
	printf(", %s%s\n", when_text[e->when], e->last ? ", the last reference" : "");
}

static void print_arguments(const char *what, uint32_t mask)
{
	for (int i = 0; i < 32; i++)
		if (mask & 1u << i)
			printf("  argument %d may be %s\n", i + 1, what);
}

static void print_allocation(const struct api *api)
{
	if (api->gfp_arg >= 0)
		printf("  allocation flags: argument %d\n", api->gfp_arg + 1);
	if (api->size_arg >= 0)
		printf("  bytes: argument %d\n", api->size_arg + 1);
	if (api->count_arg >= 0)
		printf("  times: argument %d\n", api->count_arg + 1);
	if (api->zeroed)
		puts("  fresh memory is zero");
}

static void print_context(const struct api *api)
{
	if (api->sleeps != SLEEPS_UNKNOWN)
		printf("  sleeps: %s\n", sleeps_text[api->sleeps]);
	if (api->enter)
		puts("  enters atomic context");
	if (api->leave)
		puts("  leaves atomic context");
	if (api->tests_context)
		puts("  asks whether it may sleep");
	if (api->tests_count)
		puts("  drops a count and tells whether that was the last");
	if (api->waits)
		puts("  waits for others");
	for (int i = 0; i < 32; i++)
		if (api->callbacks & 1u << i)
			printf("  argument %d is called in atomic context\n", i + 1);
}

static void print_api(const struct api *api)
{
	printf("%s:%u\n", api->file, api->line);
	printf("  when it fails: %s\n", fails_text[api->fails]);
	if (api->may_be_null)
		puts("  NULL is a legal success");
	if (api->returns_positive)
		puts("  success may be greater than 0");
	if (api->must_check)
		puts("  whoever calls it must look at its result");
	for (guint i = 0; i < api->n_effects; i++)
		print_effect(&api->effects[i]);
	print_arguments("NULL", api->null_ok);
	print_arguments("an ERR_PTR", api->err_ok);
	print_context(api);
	print_allocation(api);
	if (api->intrinsic != INTRINSIC_NONE)
		puts("  the analyser computes its result by itself");
}

/* In the form of engine/aftermath.h. */
static void print_aftermath(const char *text)
{
	g_auto(GStrv) lines = g_strsplit(text ? text : "", "\n", -1);

	if (!text)
		return;
	printf("  when it fails, %s caller%s of it do%s:\n", *lines, strcmp(*lines, "1") == 0 ? "" : "s",
	       strcmp(*lines, "1") == 0 ? "es" : "");
	for (char **l = lines + 1; *l; l++)
		if (**l == '>')
			printf("    what the callers of %s do\n", *l + 1);
		else if (**l == '*')
			printf("    release %s\n", *l + 1);
		else if (**l == '-')
			puts("    as if nothing had failed");
		else if (**l)
			printf("    %s()\n", *l);
}

static void print_learned(const struct knowledge *k, const char *name)
{
	const char *directory;
	const void *bytes;
	gsize size;

	for (guint i = 0; (bytes = memory_entry(k->memory, name, i, &directory, &size)); i++) {
		printf("  learned from its source in %s/:\n", directory);
		if (!engine_dump_remembered(stdout, k->model, name, bytes, size))
			puts("  written by another version of drvcheck, not used");
	}
	print_aftermath(memory_aftermath(k->memory, name));
}

static int why(const struct knowledge *k, const char *name)
{
	const struct model *m = k->model;
	const struct api *api = model_api(m, name);

	printf("%s: ", model_display_name(m, name));
	if (api) {
		print_api(api);
		return EXIT_CLEAN;
	}
	puts("no rule names it");
	if (model_context(m, name))
		print_context(model_context(m, name));
	if (model_borrows(m, name))
		puts("  by its name it only looks at what it is given");
	if (model_sounds_like_release(m, name))
		puts("  by its name it releases what it is given");
	puts("  its body decides where there is one, then what was learned from it; otherwise const pointers stay with "
	     "the caller and others may escape");
	print_learned(k, name);
	return EXIT_CLEAN;
}

static int list(const struct model *m)
{
	guint n;
	const struct api *const *all = model_apis(m, &n);

	for (guint i = 0; i < n; i++) {
		const struct api *a = all[i];

		printf("%s\t%s:%u", a->name, a->file, a->line);
		for (guint k = 0; k < a->n_effects; k++)
			if (a->effects[k].family)
				printf("\t%s %s", effect_text[a->effects[k].kind], a->effects[k].family->name);
		putchar('\n');
	}
	return EXIT_CLEAN;
}

int cmd_rules(int argc, char **argv)
{
	char *function = NULL, *given = NULL, *summaries = NULL, *tree = NULL, *root = NULL;
	const GOptionEntry entries[] = {
		{"why", 0, 0, G_OPTION_ARG_STRING, &function, "what is believed of this function, and from where",
		 "FUNCTION"},
		{"tree", 'C', 0, G_OPTION_ARG_FILENAME, &tree, "kernel tree whose functions are meant", "KERNEL"},
		{"summaries", 0, 0, G_OPTION_ARG_FILENAME, &summaries, "what functions do, as for scan", "FILE"},
		{"rules", 0, 0, G_OPTION_ARG_FILENAME, &given, "directory with the rules", "DIR"},
		{NULL, 0, 0, 0, NULL, NULL, NULL},
	};
	struct knowledge k = {0};
	GError *err = NULL;
	int code = EXIT_FAULT;

	if (parse_options(&argc, &argv, entries, NULL, "Lists the functions that rules know.")) {
		root = tree_root(tree, NULL, &err);
		if (err || !knowledge_load(&k, given, &err) || !knowledge_remember(&k, summaries, root, &err))
			code = fault(err);
		else
			code = function ? why(&k, function) : list(k.model);
	}
	knowledge_clear(&k);
	g_free(root);
	g_free(tree);
	g_free(summaries);
	g_free(given);
	g_free(function);
	return code;
}
