/*
 * drvcheck explain RULE: the page of a rule, from explain/ in the directory with the rules. The pages are Markdown; on
 * a terminal they are shown as they are, only with the code indented instead of fenced.
 */
#include "cli/commands.h"
#include "finding/finding.h"
#include "scan/tree.h"

#include <stdio.h>
#include <string.h>

/* The page's file: "leak/error-path" is in leak-error-path.md. */
static char *page_path(const char *rules, const char *rule)
{
	g_autofree char *name = g_strdup_printf("%s.md", rule);

	g_strdelimit(name, "/", '-');
	return g_build_filename(rules, "explain", name, NULL);
}

static void print_line(const char *line, bool *code)
{
	if (g_str_has_prefix(line, "```")) {
		*code = !*code;
		return;
	}
	if (*code && *line)
		printf("    %s\n", line);
	else if (g_str_has_prefix(line, "## "))
		printf("%s:\n", line + strlen("## "));
	else
		printf("%s\n", line);
}

static void print_silence(const char *rule)
{
	printf("\nHow to silence:\n\n"
	       "    /* drvcheck: ignore %s */       on the line, or on the one above\n"
	       "    drvcheck triage ID --as false-positive --why \"...\"   or: intentional\n",
	       rule);
}

static int explain(const char *rules, const struct finding_rule *rule)
{
	g_autofree char *path = page_path(rules, rule->id), *text = NULL;
	g_auto(GStrv) lines = NULL;
	GError *err = NULL;
	bool code = false;

	if (!g_file_get_contents(path, &text, NULL, &err))
		return fault(err);
	lines = g_strsplit(g_strchomp(text), "\n", -1);
	printf("%s: %s\n", rule->id, rule->title);
	/* The first line is the rule's name again. */
	for (char **l = lines + (lines[0] != NULL); *l; l++)
		print_line(*l, &code);
	print_silence(rule->id);
	return EXIT_CLEAN;
}

static int list_rules(void)
{
	for (const struct finding_rule *r = finding_rules; r->id; r++)
		printf("%-22s %s\n", r->id, r->title);
	return EXIT_CLEAN;
}

int cmd_explain(int argc, char **argv)
{
	g_autofree char *given = NULL, *rules = NULL;
	const GOptionEntry entries[] = {
		{"rules", 0, 0, G_OPTION_ARG_FILENAME, &given, "take the rules from DIR", "DIR"}, {0}};
	const struct finding_rule *rule;
	GError *err = NULL;

	if (!parse_options(&argc, &argv, entries, "[RULE]",
			   "Explains a rule: what it means, examples, how to fix and how to silence it. Without RULE: "
			   "lists the rules."))
		return EXIT_FAULT;
	if (argc < 2)
		return list_rules();
	rule = finding_rule(argv[1]);
	if (!rule || argc > 2) {
		say(rule ? "one rule at a time" : "no rule %s: 'drvcheck explain' lists them", argv[1]);
		return EXIT_FAULT;
	}
	rules = tree_rules(given, &err);
	return rules ? explain(rules, rule) : fault(err);
}
