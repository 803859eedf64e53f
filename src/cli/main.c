/* The command table. */
#include "cli/commands.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

struct command {
	const char *name, *what;
	int (*run)(int argc, char **argv);
};

static const struct command commands[] = {
	{"capture", "write a tree's compile commands without compiling", cmd_capture},
	{"scan", "analyse files, directories or a whole kernel tree", cmd_scan},
	{"report", "print a stored run in another format", cmd_report},
	{"diff", "compare two runs or databases: new, gone, same", cmd_diff},
	{"merge", "put together the runs of several databases", cmd_merge},
	{"triage", "record what was decided about findings", cmd_triage},
	{"hook", "let git check each commit or push", cmd_hook},
	{"fix", "print patches for findings, each verified by analysing the patched source", cmd_fix},
	{"query", "run SQL on the database", cmd_query},
	{"explain", "say what a rule means, with examples and how to fix it", cmd_explain},
	{"rules", "list the rules, or show what is believed of a function", cmd_rules},
	{"dump", "print one stage of the analysis as text", cmd_dump},
	{NULL, NULL, NULL},
};

static void print_usage(FILE *out)
{
	fputs("usage: drvcheck COMMAND [OPTION...] [ARGUMENT...]\n\n", out);
	for (const struct command *c = commands; c->name; c++)
		fprintf(out, "  %-10s %s\n", c->name, c->what);
	fputs("\n`drvcheck COMMAND --help` lists a command's options.\n"
	      "Exit: 0 clean, 1 findings, 2 wrong usage or our own fault, 3 some units could not be analysed.\n",
	      out);
}

/* GOption builds its usage line from the program name. */
static void set_program_name(const char *command)
{
	char *name = g_strdup_printf("drvcheck %s", command);

	g_set_prgname(name);
	g_free(name);
}

int main(int argc, char **argv)
{
	setlocale(LC_CTYPE, "");
	if (argc < 2) {
		print_usage(stderr);
		return EXIT_FAULT;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
		print_usage(stdout);
		return EXIT_CLEAN;
	}
	if (strcmp(argv[1], "--version") == 0) {
		puts("drvcheck " DRVCHECK_VERSION);
		return EXIT_CLEAN;
	}
	for (const struct command *c = commands; c->name; c++) {
		if (strcmp(argv[1], c->name) == 0) {
			set_program_name(c->name);
			return c->run(argc - 1, argv + 1);
		}
	}
	say("there is no command '%s'; `drvcheck --help` lists them", argv[1]);
	return EXIT_FAULT;
}
