#include "cli/output.h"

#include "base/say.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { NEVER_FAILS = CONF_HIGH + 1 };

FILE *output_open(const char *path)
{
	FILE *f;

	if (!path || strcmp(path, "-") == 0)
		return stdout;
	f = fopen(path, "w");
	if (!f)
		say("%s: cannot be written: %s", path, g_strerror(errno));
	return f;
}

gboolean output_close(FILE *f, const char *path)
{
	gboolean bad = ferror(f) | (f == stdout ? fflush(f) : fclose(f));

	if (bad)
		say("%s: could not be written completely: %s", path ? path : "standard output", g_strerror(errno));
	return !bad;
}

gboolean output_color(const char *when, FILE *out, bool *color)
{
	const char *no = g_getenv("NO_COLOR");

	if (!when || strcmp(when, "auto") == 0) {
		*color = isatty(fileno(out)) && !(no && *no);
	} else if (strcmp(when, "always") == 0 || strcmp(when, "never") == 0) {
		*color = when[0] == 'a';
	} else {
		say("--color takes auto, always or never, not '%s'", when);
		return FALSE;
	}
	return TRUE;
}

const struct report_format *output_format(const char *name)
{
	const struct report_format *f = report_format(name ? name : "text");
	GString *names;

	if (f)
		return f;
	names = g_string_new(NULL);
	for (f = report_formats; f->name; f++)
		g_string_append_printf(names, " %s", f->name);
	say("there is no format '%s'; there are%s", name, names->str);
	g_string_free(names, TRUE);
	return NULL;
}

guint output_filter(struct finding_list *l, enum confidence least)
{
	guint kept = 0, n = l->all.n;

	for (guint i = 0; i < n; i++)
		if (l->all.v[i].confidence >= least)
			l->all.v[kept++] = l->all.v[i];
	l->all.n = kept;
	return n - kept;
}

gboolean output_gate(const char *what, gboolean strict, enum confidence *shown, int *fails_at)
{
	enum confidence c;

	*shown = strict ? CONF_LOW : CONF_MEDIUM;
	*fails_at = (int)*shown;
	if (!what)
		return TRUE;
	if (strcmp(what, "never") == 0) {
		*fails_at = NEVER_FAILS;
	} else if (confidence_parse(what, &c)) {
		*fails_at = (int)c;
		*shown = MIN(*shown, c); /* what fails is shown */
	} else {
		say("--fail-on takes high, medium, low or never, not '%s'", what);
		return FALSE;
	}
	return TRUE;
}

guint output_failing(const struct finding_list *l, int fails_at)
{
	guint n = 0;

	for (guint i = 0; i < l->all.n; i++)
		n += (int)l->all.v[i].confidence >= fails_at;
	return n;
}
