/*
 * Text in the form that editors and CI know from gcc: `file:line:col: warning: message [rule]`, the path as notes, and
 * under each the source line with a caret when the tree is at hand. Terse: the first line only.
 */
#include "report/formats.h"
#include "report/source.h"

#include <string.h>

struct palette {
	const char *place, *warning, *note, *caret, *off;
};

static const struct palette coloured = {"\033[1m", "\033[1;35m", "\033[1;36m", "\033[1;32m", "\033[0m"};
static const struct palette plain = {"", "", "", "", ""};

struct text_writer {
	FILE *out;
	const struct palette *paint;
	struct source_cache *sources;
};

static void write_place(const struct text_writer *w, const char *file, unsigned int line, unsigned int column)
{
	fprintf(w->out, "%s%s:", w->paint->place, file);
	if (line)
		fprintf(w->out, "%u:", line);
	if (line && column)
		fprintf(w->out, "%u:", column);
	fprintf(w->out, "%s ", w->paint->off);
}

/* The caret sits under its character because the white space before it is that of the line, tabs included. */
static void write_source(const struct text_writer *w, const char *file, unsigned int line, unsigned int column)
{
	const char *text = source_line(w->sources, file, line);

	if (!text)
		return;
	fprintf(w->out, "%6u | %s\n", line, text);
	if (!column || column > strlen(text) + 1)
		return;
	fputs("       | ", w->out);
	for (unsigned int i = 0; i + 1 < column; i++)
		if ((text[i] & 0xc0) != 0x80) /* one blank a character, not a byte */
			fputc(text[i] == '\t' ? '\t' : ' ', w->out);
	fprintf(w->out, "%s^%s\n", w->paint->caret, w->paint->off);
}

static void write_event(const struct text_writer *w, const struct finding_event *e)
{
	write_place(w, e->file, e->line, e->column);
	fprintf(w->out, "%snote:%s %s\n", w->paint->note, w->paint->off, e->message);
	write_source(w, e->file, e->line, e->column);
}

static void write_finding(const struct text_writer *w, const struct finding *f, bool terse)
{
	write_place(w, f->file, f->line, f->column);
	fprintf(w->out, "%swarning:%s %s [%s]\n", w->paint->warning, w->paint->off, f->message, f->rule);
	if (terse)
		return;
	write_source(w, f->file, f->line, f->column);
	for (uint32_t i = 0; i < f->n_events; i++)
		write_event(w, &f->events[i]);
}

void write_text(FILE *out, const struct store_run *run, const struct finding_list *l, const struct report_options *opt)
{
	struct text_writer w = {
		.out = out,
		.paint = opt->color ? &coloured : &plain,
		.sources = source_cache_of(opt),
	};

	for (unsigned int i = 0; i < l->all.n; i++)
		write_finding(&w, &l->all.v[i], opt->terse);
	source_cache_free(w.sources);
}
