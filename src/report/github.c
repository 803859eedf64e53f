/*
 * GitHub workflow commands: lines in a job's log that become annotations on the pull request. GitHub shows ten of each
 * level a step and drops the rest without a word, so the surest come first, and those beyond ten are plain lines of the
 * log.
 */
#include "report/formats.h"

#include <string.h>

enum { SHOWN_PER_LEVEL = 10 };

static const char *const levels[] = {[CONF_LOW] = "notice", [CONF_MEDIUM] = "warning", [CONF_HIGH] = "error"};

/* A newline or a percent sign would end the command or be read as an escape; in a property a comma and a colon too. */
static void write_escaped(FILE *out, const char *s, const char *special)
{
	for (; *s; s++) {
		if (strchr(special, *s))
			fprintf(out, "%%%02X", (unsigned char)*s);
		else
			fputc(*s, out);
	}
}

static void write_property(FILE *out, const char *s)
{
	write_escaped(out, s, "%\r\n:,");
}

static void write_data(FILE *out, const char *s)
{
	write_escaped(out, s, "%\r\n");
}

static void write_command(FILE *out, const struct finding *f)
{
	fprintf(out, "::%s file=", levels[f->confidence]);
	write_property(out, f->file);
	fprintf(out, ",line=%u", MAX(f->line, 1));
	if (f->column)
		fprintf(out, ",col=%u", f->column);
	fputs(",title=", out);
	write_property(out, f->rule);
	fputs("::", out);
	write_data(out, f->message);
	for (uint32_t i = 0; i < f->n_events; i++) {
		const struct finding_event *e = &f->events[i];

		fprintf(out, "%%0A%u. ", i + 1);
		write_data(out, e->file);
		fprintf(out, ":%u: ", e->line);
		write_data(out, e->message);
	}
	fputc('\n', out);
}

void write_github(FILE *out, const struct store_run *run, const struct finding_list *l,
		  const struct report_options *opt)
{
	const struct finding **sorted = report_worst_first(l);
	unsigned int shown[CONF_HIGH + 1] = {0};

	for (unsigned int i = 0; i < l->all.n; i++) {
		const struct finding *f = sorted[i];

		if (shown[f->confidence]++ < SHOWN_PER_LEVEL)
			write_command(out, f);
		else
			fprintf(out, "%s:%u:%u: %s [%s]\n", f->file, f->line, f->column, f->message, f->rule);
	}
	g_free(sorted);
}
