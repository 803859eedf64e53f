#include "report/mail.h"

#include "report/formats.h"

#include <string.h>

enum { WIDTH = 72 };

void mail_wrap(GString *s, const char *indent, const char *text)
{
	size_t column = 0;

	while (*text) {
		size_t n = strcspn(text, " \n");

		if (column && column + 1 + n > WIDTH) {
			g_string_append_c(s, '\n');
			column = 0;
		}
		if (n) {
			g_string_append(s, column ? " " : indent);
			g_string_append_len(s, text, n);
			column += n + (column ? 1 : strlen(indent));
		}
		text += n;
		text += strspn(text, " \n");
	}
	g_string_append_c(s, '\n');
}

/* Kernel subjects start with the path's words below drivers/, without the file's suffix. */
static void append_prefix(GString *s, const char *file)
{
	g_auto(GStrv) words = g_strsplit(file, "/", -1);
	unsigned int n = g_strv_length(words), first = n > 1 && !strcmp(words[0], "drivers");

	for (unsigned int i = first; i < n; i++) {
		char *dot = i + 1 == n ? strrchr(words[i], '.') : NULL;

		if (dot)
			*dot = '\0';
		g_string_append_printf(s, "%s: ", words[i]);
	}
}

char *mail_subject(const struct finding *f)
{
	GString *s = g_string_new(NULL);

	append_prefix(s, f->file);
	if (*f->function)
		g_string_append_printf(s, "%s(): ", f->function);
	g_string_append(s, report_rule_title(f->rule));
	return g_string_free(s, FALSE);
}

static void append_problem(GString *s, const struct finding *f)
{
	g_autofree char *text = NULL;

	text = *f->function ? g_strdup_printf("%s() in %s, line %u: %s.", f->function, f->file, f->line, f->message)
			    : g_strdup_printf("%s, line %u: %s.", f->file, f->line, f->message);
	mail_wrap(s, "", text);
}

static const char *without_indent(const char *line)
{
	return line + strspn(line, " \t");
}

/* A step that happens in another file says so; the others are told by their line alone. */
static void append_step(GString *s, const struct finding *f, uint32_t i, struct source_cache *sources)
{
	const struct finding_event *e = &f->events[i];
	const char *line = source_line(sources, e->file, e->line);
	g_autofree char *text = NULL;

	if (strcmp(e->file, f->file))
		text = g_strdup_printf("%u. %s, line %u: %s", i + 1, e->file, e->line, e->message);
	else
		text = g_strdup_printf("%u. line %u: %s", i + 1, e->line, e->message);
	mail_wrap(s, "  ", text);
	if (line)
		g_string_append_printf(s, "         %s\n", without_indent(line));
}

static void append_path(GString *s, const struct finding *f, struct source_cache *sources)
{
	if (!f->n_events)
		return;
	g_string_append(s, "\nHow it is reached:\n\n");
	for (uint32_t i = 0; i < f->n_events; i++)
		append_step(s, f, i, sources);
}

static void append_effect(GString *s, const struct finding *f)
{
	const struct finding_rule *r = finding_rule(f->rule);

	if (!r)
		return;
	g_string_append(s, "\nWhat it means:\n\n");
	mail_wrap(s, "", r->help);
}

static void append_method(GString *s, const struct finding *f, const struct store_run *run)
{
	const char *release = run->tree_version && *run->tree_version ? run->tree_version : "(version not known)";
	g_autofree char *text = g_strdup_printf(
		"Found in Linux %s by drvcheck %s, a static analyzer that follows the paths through the source (rule "
		"%s, confidence %s).",
		release, run->version, f->rule, confidence_name(f->confidence));

	g_string_append_c(s, '\n');
	mail_wrap(s, "", text);
	g_string_append(s, "Not build-tested, not run-tested: found by reading the source alone.\n");
}

char *mail_body(const struct finding *f, const struct store_run *run, struct source_cache *sources)
{
	GString *s = g_string_new(NULL);

	append_problem(s, f);
	append_path(s, f, sources);
	append_effect(s, f);
	append_method(s, f, run);
	return g_string_free(s, FALSE);
}
