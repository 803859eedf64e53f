/* Which ways to repair are tried for which rule. */
#include "fix/repair.h"

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
	{"", repair_by_patch},
};

void repair_propose_text(struct repair *r, const char *text, const char *how)
{
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
