#include "fix/edit.h"

#include <glib.h>

void edit_replace(struct edits *e, unsigned int start, unsigned int end, const char *text)
{
	vec_push(e->arena, &e->all, ((struct edit){start, end, text}));
}

void edit_insert(struct edits *e, unsigned int at, const char *text)
{
	edit_replace(e, at, at, text);
}

/* Sorted by place; insertion sort keeps the order of equals, and the lists are short. */
static struct edit *sorted(const struct edits *e)
{
	struct edit *v = ARENA_ARRAY(e->arena, struct edit, e->all.n + 1);

	for (unsigned int i = 0; i < e->all.n; i++) {
		unsigned int j = i;

		for (; j && v[j - 1].start > e->all.v[i].start; j--)
			v[j] = v[j - 1];
		v[j] = e->all.v[i];
	}
	return v;
}

char *edits_apply(const struct edits *e, const char *text)
{
	const struct edit *v = sorted(e);
	GString *out = g_string_new(NULL);
	unsigned int at = 0;
	char *result = NULL;
	unsigned int i;

	for (i = 0; i < e->all.n && v[i].start >= at; i++) {
		g_string_append_len(out, text + at, v[i].start - at);
		g_string_append(out, v[i].text);
		at = v[i].end;
	}
	if (i == e->all.n) {
		g_string_append(out, text + at);
		result = arena_strdup(e->arena, out->str);
	}
	g_string_free(out, TRUE);
	return result;
}
