/* A release of the wrong kind gets the right name; of two releases one goes, or the first one forgets the pointer. */
#include "fix/repair.h"

#include <glib.h>
#include <string.h>

struct stmt *repair_call_at(const struct repair *r, const struct finding_event *e, unsigned int *token)
{
	const struct function *f = e ? stmt_function_at(r->source, e->line) : NULL;
	struct stmt *t;

	*token = repair_event_token(r, e);
	t = f && *token < r->source->n ? stmt_at(f, *token) : NULL;
	return t && t->kind == STMT_PLAIN && t->first == *token && token_is(r->source, t->first + 1, "(") ? t : NULL;
}

const char *repair_only_argument(const struct repair *r, const struct stmt *call)
{
	unsigned int open = call->first + 1, close = token_close(r->source, open);

	for (unsigned int i = open + 1; i < close; i++)
		if (token_is(r->source, i, ","))
			return NULL;
	return close == call->last - 1 && close > open + 1 ? source_slice(r->source, open + 1, close - 1) : NULL;
}

/* A function that releases such an object when its count has come to nothing, by the same wrong name; NULL. */
static const struct function *last_release(const struct repair *r, const struct stmt *call)
{
	const struct source *s = r->source;
	const char *held = repair_only_argument(r, call);

	for (unsigned int i = 1; held && i + 2 < s->n; i++) {
		const struct function *f;

		if (!token_same(s, i, call->first) || !token_is(s, i + 1, "(") || !token_is(s, i + 2, held) ||
		    i == call->first)
			continue;
		f = stmt_function_at(r->source, s->tokens[i].line);
		if (f && r->function && f->name != r->function->name &&
		    strstr(source_slice(s, f->name, f->name), "release"))
			return f;
	}
	return NULL;
}

/* Does the function do this as well? */
static bool does_too(const struct source *s, const struct function *f, const struct stmt *call)
{
	for (struct stmt *t = f->body; t; t = stmt_after(t))
		if (t->kind == STMT_PLAIN && token_same(s, t->first, call->first) && token_is(s, t->first + 1, "(") &&
		    token_same(s, stmt_last_word(s, t), stmt_last_word(s, call)))
			return true;
	return false;
}

/* What the last put does by itself, the lines before need not do any more. */
static void drop_done_twice(const struct repair *r, struct edits *e, const struct stmt *call)
{
	const struct function *f = last_release(r, call);

	for (const struct stmt *t = call->prev;
	     f && t && t->kind == STMT_PLAIN && token_is(r->source, t->first + 1, "("); t = t->prev)
		if (does_too(r->source, f, t))
			layout_take_out(r, e, t);
}

void repair_wrong_release(struct repair *r)
{
	struct edits name = {.arena = r->arena}, whole = {.arena = r->arena};
	const struct token *t;
	struct release right;
	unsigned int token;
	struct stmt *call = repair_call_at(r, finding_event_of_kind(r->finding, "used"), &token);

	if (!call || !*r->finding->release) {
		repair_give_up(r, "the wrong release is no statement of its own");
		return;
	}
	t = &r->source->tokens[token];
	if (r->function && release_find(r, r->finding, &right)) {
		edit_replace(&whole, t->start, r->source->tokens[call->last].end, right.call);
		drop_done_twice(r, &whole, call);
		repair_propose(r, &whole, arena_printf(r->arena, "release it with %s()", r->finding->release));
	}
	edit_replace(&name, t->start, t->end, r->finding->release);
	repair_propose(r, &name, arena_printf(r->arena, "release it with %s()", r->finding->release));
}

bool repair_accepts_null(const struct repair *r, const struct stmt *call)
{
	const struct api *api = model_api(r->request->model, source_slice(r->source, call->first, call->first));

	return api && api->null_ok & 1;
}

/* What was released is not there any more, and the second release accepts that. */
static void forget(struct repair *r, struct stmt *first, const struct stmt *second)
{
	const char *held = repair_only_argument(r, first);
	struct edits e = {.arena = r->arena};
	const char *lines[2] = {0};

	if (!held || strchr(held, '(') || *held == '&' || !repair_accepts_null(r, second))
		return;
	lines[0] = arena_printf(r->arena, "%s = NULL;", held);
	layout_behind(r, &e, first, lines);
	repair_propose(r, &e, "forget the pointer after the first release");
}

static void drop(struct repair *r, struct stmt *call, const char *which)
{
	struct edits e = {.arena = r->arena};

	if (!call->parent || call->parent->kind != STMT_BLOCK)
		return;
	layout_drop(r, &e, call);
	repair_propose(r, &e, which);
}

static unsigned int depth(const struct stmt *t)
{
	unsigned int n = 0;

	while ((t = t->parent))
		n++;
	return n;
}

static bool same_function(const struct stmt *a, const struct stmt *b)
{
	while (a->parent)
		a = a->parent;
	while (b->parent)
		b = b->parent;
	return a->first == b->first;
}

/*
 * Of two in one function the one that fewer paths come by goes: the other is for all. What another function releases it
 * may release for other callers too.
 */
void repair_double(struct repair *r)
{
	unsigned int token;
	struct stmt *first = repair_call_at(r, finding_event_of_kind(r->finding, "released"), &token);
	struct stmt *second = repair_call_at(r, finding_event_of_kind(r->finding, "used"), &token);

	if (first && second && first->first != second->first) {
		bool together = same_function(first, second);

		if (together && depth(first) > depth(second))
			drop(r, first, "drop the first release");
		if (together)
			drop(r, second, "drop the second release");
		forget(r, first, second);
	}
	repair_give_up(r, "the two releases are not two statements of this file");
}
