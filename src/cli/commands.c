#include "cli/commands.h"

#include <string.h>

int fault(GError *err)
{
	say("%s", err ? err->message : "unknown fault");
	g_clear_error(&err);
	return EXIT_FAULT;
}

static const GOptionEntry *option_of(const GOptionEntry *entries, char letter)
{
	for (; entries->long_name; entries++)
		if (entries->short_name == letter)
			return entries;
	return NULL;
}

/* Where in "-j4" or "-vj4" the value begins; NULL: it holds none. */
static char *attached_value(char *argument, const GOptionEntry *entries)
{
	if (argument[0] != '-' || argument[1] == '-')
		return NULL;
	for (char *letter = argument + 1; *letter; letter++) {
		const GOptionEntry *e = option_of(entries, *letter);

		if (!e)
			return NULL;
		if (e->arg != G_OPTION_ARG_NONE)
			return letter[1] ? letter + 1 : NULL;
	}
	return NULL;
}

/* GOption knows `-j 4` only. The strings that are made are put into `made`. */
static GPtrArray *detach_values(int argc, char **argv, const GOptionEntry *entries, GPtrArray *made)
{
	GPtrArray *all = g_ptr_array_new();
	gboolean options = TRUE;

	for (int i = 0; i < argc; i++) {
		char *value = i && options ? attached_value(argv[i], entries) : NULL;

		options = options && strcmp(argv[i], "--") != 0;
		if (value) {
			g_ptr_array_add(made, g_strndup(argv[i], (gsize)(value - argv[i])));
			g_ptr_array_add(all, made->pdata[made->len - 1]);
			g_ptr_array_add(all, value + (*value == '='));
		} else {
			g_ptr_array_add(all, argv[i]);
		}
	}
	g_ptr_array_add(all, NULL);
	return all;
}

/* g_option_context_parse() that takes `-j4` and `-j=4` too. Leaves the arguments that are no options in argv. */
static gboolean parse_context(GOptionContext *c, const GOptionEntry *entries, int *argc, char **argv, GError **err)
{
	GPtrArray *made = g_ptr_array_new_with_free_func(g_free);
	GPtrArray *all = detach_values(*argc, argv, entries, made);
	char **rest = (char **)all->pdata;
	int n = (int)all->len - 1;
	gboolean ok = g_option_context_parse(c, &n, &rest, err);

	/* What is left over are arguments; those were not taken apart. */
	if (ok)
		memcpy(argv, rest, (gsize)n * sizeof(*argv));
	if (ok) {
		argv[n] = NULL;
		*argc = n;
	}
	g_ptr_array_unref(all);
	g_ptr_array_unref(made);
	return ok;
}

gboolean parse_options(int *argc, char ***argv, const GOptionEntry *entries, const char *arguments, const char *summary)
{
	GOptionContext *c = g_option_context_new(arguments);
	GError *err = NULL;
	gboolean ok;

	g_option_context_set_summary(c, summary);
	g_option_context_add_main_entries(c, entries, NULL);
	ok = parse_context(c, entries, argc, *argv, &err);
	g_option_context_free(c);
	if (!ok)
		fault(err);
	return ok;
}
