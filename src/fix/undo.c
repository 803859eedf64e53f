#include "fix/undo.h"

#include <string.h>

static bool is_call(const struct source *s, unsigned int i)
{
	return s->tokens[i].kind == TOKEN_WORD && token_is(s, i + 1, "(");
}

bool undo_of(const struct repair *r, unsigned int take, unsigned int undo)
{
	const struct source *s = r->source;
	const struct model *m = r->request->model;
	const struct effect *taken;
	const char *name, *other;

	if (!is_call(s, take) || !is_call(s, undo))
		return false;
	name = source_slice(s, take, take);
	other = source_slice(s, undo, undo);
	taken = api_acquires(model_api(m, name));
	return model_is_pair(m, name, other) || (taken && api_releases(model_api(m, other), taken->family));
}

bool undo_in(const struct repair *r, const struct stmt *t, unsigned int from, unsigned int to)
{
	for (unsigned int i = from; t->kind == STMT_PLAIN && i < to; i++)
		if (undo_of(r, i, t->first))
			return true;
	return false;
}
