/* Which ways to repair are tried for which rule. */
#include "fix/repair.h"

#include <glib.h>
#include <string.h>

struct way {
	const char *rules; /* an id, or the beginning of ids */
	void (*repair)(struct repair *r);
};

/* Tried in this order; what comes first is preferred. */
static const struct way ways[] = {
	{"leak/error-path", repair_jumps},
	{"leak/early-return", repair_jumps},
	{"leak/loop", repair_jumps},
	{"leak/overwrite", repair_jumps},
	{"leak/remove", repair_counterpart},
	{"leak/remove", repair_managed},
	{"devm/candidate", repair_managed},
	{"leak/open-release", repair_counterpart},
	{"free/mismatch", repair_wrong_release},
	{"free/double", repair_double},
	{"free/use-after", repair_use_after},
	{"free/unowned", repair_not_owned},
	{"free/err-ptr", repair_not_owned},
	{"free/managed", repair_by_hand},
	{"check/unchecked", repair_unchecked},
	{"devm/order", repair_order},
	{"", repair_by_patch},
};

/* Is this run of line ends, with the lines around it, in the text as it was? */
static bool was_there(const char *before, const char *text, const char *run, const char *end)
{
	const char *from = run, *to = end + strcspn(end, "\n");
	g_autofree char *around = NULL;

	while (from > text && from[-1] != '\n')
		from--;
	around = g_strndup(from, (gsize)(to - from));
	return strstr(before, around) != NULL;
}

/* Without the second blank line where what stood between two has gone. */
static const char *without_gaps(const struct repair *r, const char *text)
{
	GString *out = g_string_new(NULL);
	const char *at = text, *run, *result;

	while ((run = strstr(at, "\n\n\n"))) {
		const char *end = run + strspn(run, "\n");

		g_string_append_len(out, at, was_there(r->source->text, text, run, end) ? end - at : run + 2 - at);
		at = end;
	}
	g_string_append(out, at);
	result = arena_strdup(r->arena, out->str);
	g_string_free(out, TRUE);
	return result;
}

void repair_propose_text(struct repair *r, const char *given, const char *how)
{
	const char *text = without_gaps(r, given);

	if (strcmp(text, r->source->text) == 0)
		return;
	for (unsigned int i = 0; i < r->out->all.n; i++)
		if (strcmp(r->out->all.v[i].text, text) == 0)
			return;
	vec_push(r->arena, &r->out->all, ((struct fix_candidate){text, how}));
}

void repair_propose(struct repair *r, const struct edits *e, const char *how)
{
	const char *text = edits_apply(e, r->source->text);

	if (text)
		repair_propose_text(r, text, how);
}

bool repair_comment_says(const struct repair *r, const struct stmt *t, const char *const *words)
{
	const struct source *s = r->source;
	unsigned int from = t->first ? s->tokens[t->first - 1].end : 0, to = s->tokens[t->first].start;
	g_autofree char *between = g_strndup(s->text + from, to - from), *low = g_ascii_strdown(between, -1);

	for (; strstr(low, "/*") && *words; words++)
		if (strstr(low, *words))
			return true;
	return false;
}

void repair_give_up(struct repair *r, const char *why)
{
	if (!r->out->why)
		r->out->why = why;
}

void fix_propose(const struct fix_request *request, struct fix_candidates *out)
{
	struct repair r = {.arena = out->arena, .request = request, .finding = request->finding, .out = out};

	r.source = source_read(r.arena, request->text);
	r.function = stmt_function_at(r.source, request->finding->line);
	out->why = NULL;
	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++)
		if (strncmp(request->finding->rule, ways[i].rules, strlen(ways[i].rules)) == 0)
			ways[i].repair(&r);
	repair_give_up(&r, "there is no mechanical repair for this rule");
}
