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

/* What happens in another file says so; the rest is told by its line alone. */
static void append_event(GString *s, const struct finding *f, const char *mark, const struct finding_event *e,
			 struct source_cache *sources)
{
	const char *line = source_line(sources, e->file, e->line);
	g_autofree char *text = NULL;

	if (strcmp(e->file, f->file))
		text = g_strdup_printf("%s %s, line %u: %s", mark, e->file, e->line, e->message);
	else
		text = g_strdup_printf("%s line %u: %s", mark, e->line, e->message);
	mail_wrap(s, "  ", text);
	if (line)
		g_string_append_printf(s, "         %s\n", without_indent(line));
}

/* What is told behind the place where it goes wrong happens on other paths, or to other things. */
static uint32_t end_of_path(const struct finding *f)
{
	for (uint32_t i = f->n_events; i-- > 0;)
		if (!strcmp(f->events[i].kind, "leaves") || !strcmp(f->events[i].kind, "used"))
			return i + 1;
	return f->n_events;
}

static void append_path(GString *s, const struct finding *f, struct source_cache *sources)
{
	uint32_t end = end_of_path(f);

	if (!f->n_events)
		return;
	g_string_append(s, "\nHow it is reached:\n\n");
	for (uint32_t i = 0; i < end; i++) {
		g_autofree char *number = g_strdup_printf("%u.", i + 1);

		append_event(s, f, number, &f->events[i], sources);
	}
	if (end < f->n_events)
		g_string_append(s, "\nTo compare:\n\n");
	for (uint32_t i = end; i < f->n_events; i++)
		append_event(s, f, "-", &f->events[i], sources);
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

void mail_append_patch(GString *s, const char *patch)
{
	g_string_append_c(s, '\n');
	mail_wrap(s, "",
		  "This change would mend it. drvcheck has analysed the source with it: it applies and compiles, this "
		  "problem is gone, and no other has come. It was neither built into a kernel nor run.");
	g_string_append_printf(s, "\n%s", patch);
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
