/* What callers do after a failure, as text, and back. */
#include "engine/aftermath.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* NULL: it means nothing outside the unit. */
static const char *text_of(struct engine *e, const struct after *x)
{
	switch (x->kind) {
	case AFTER_CALLS:
		if (x->function != IR_NONE && e->unit->functions[x->function].is_static)
			return NULL;
		return x->arg < 0 ? x->name : arena_printf(e->arena, "%s %d=%d", x->name, x->arg, x->of);
	case AFTER_RELEASES:
		return arena_printf(e->arena, "*%s %" PRId64 "%s%s", x->name, x->member.offset,
				    x->member.name ? " " : "", x->member.name ? x->member.name : "");
	case AFTER_CALLERS:
		return arena_printf(e->arena, ">%s", x->name);
	default:
		return "-";
	}
}

char *aftermath_write(struct engine *e, const struct aftermath *m)
{
	GPtrArray *lines = g_ptr_array_new();
	GString *out = g_string_new(NULL);

	g_string_append_printf(out, "%u\n", m->n_callers);
	for (unsigned int i = 0; i < m->all.n; i++) {
		const char *line = text_of(e, &m->all.v[i]);

		if (line)
			g_ptr_array_add(lines, (gpointer)line);
	}
	g_ptr_array_sort(lines, by_text);
	for (guint i = 0; i < lines->len; i++)
		g_string_append_printf(out, "%s\n", (const char *)lines->pdata[i]);
	g_ptr_array_unref(lines);
	return g_string_free(out, FALSE);
}

static uint32_t function_named(const struct engine *e, const char *name)
{
	for (uint32_t i = 0; i < e->unit->n_functions; i++)
		if (!e->unit->functions[i].is_static && strcmp(e->unit->functions[i].name, name) == 0)
			return i;
	return IR_NONE;
}

/* "NAME", or "NAME 0=1". */
static void read_call(struct engine *e, const char *line, struct after *x)
{
	const char *blank = strchr(line, ' ');

	x->kind = AFTER_CALLS;
	x->name = blank ? arena_strndup(e->arena, line, (size_t)(blank - line)) : arena_strdup(e->arena, line);
	x->function = function_named(e, x->name);
	if (blank && sscanf(blank, "%d=%d", &x->arg, &x->of) != 2)
		x->arg = x->of = -1;
}

/* "NAME 16", or "NAME 16 MEMBER". */
static void read_release(struct engine *e, const char *line, struct after *x)
{
	g_auto(GStrv) words = g_strsplit(line, " ", 3);
	guint n = g_strv_length(words);

	x->kind = AFTER_RELEASES;
	x->name = arena_strdup(e->arena, n ? words[0] : "");
	x->member.offset = n > 1 ? g_ascii_strtoll(words[1], NULL, 10) : 0;
	x->member.name = n > 2 ? arena_strdup(e->arena, words[2]) : NULL;
}

static struct after read_line(struct engine *e, const char *line)
{
	struct after x = {.kind = AFTER_GOES_ON, .name = "", .function = IR_NONE, .arg = -1, .of = -1};

	if (*line == '>') {
		x.kind = AFTER_CALLERS;
		x.name = arena_strdup(e->arena, line + 1);
	} else if (*line == '*') {
		read_release(e, line + 1, &x);
	} else if (*line != '-') {
		read_call(e, line, &x);
	}
	return x;
}

const struct aftermath *aftermath_read(struct engine *e, const char *text)
{
	struct aftermath *m = ARENA_NEW(e->arena, struct aftermath);
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

	for (char **l = lines; *l; l++)
		if (l == lines)
			m->n_callers = (unsigned int)strtoul(*l, NULL, 10);
		else if (**l)
			vec_push(e->arena, &m->all, read_line(e, *l));
	return m;
}
