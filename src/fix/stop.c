/*
 * What may still run when its object is gone is stopped before: by a call that waits in place of one that does not; by
 * what stops it already, if that only comes too late; by a call that nobody has thought of.
 */
#include "fix/repair.h"

#include <string.h>

enum { MAX_CALLS = 3 };

/* ---- a call that stops it ---- */

/* Does the function call the other one, or one that does, as far as the file tells? */
static bool comes_to(const struct repair *r, const struct function *from, const struct function *to, int depth)
{
	const struct source *s = r->source;

	for (unsigned int i = from->body->first; i < from->body->last; i++) {
		const struct function *next;

		if (s->tokens[i].kind != TOKEN_WORD || !token_is(s, i + 1, "("))
			continue;
		if (token_same(s, i, to->name))
			return true;
		next = depth ? stmt_function_named(r->source, source_slice(s, i, i)) : NULL;
		if (next && next->name != from->name && comes_to(r, next, to, depth - 1))
			return true;
	}
	return false;
}

/*
 * Is this function run by what is armed? It would wait for itself. The handler stands in the call that sets up a member
 * of that name.
 */
static bool waits_for_itself(struct repair *r, const struct function *f, unsigned int member)
{
	const struct source *s = r->source;

	for (unsigned int i = 1; member < s->n && i + 2 < s->n; i++) {
		const struct function *handler;

		if (!token_same(s, i, member) || !token_is(s, i + 1, ",") || s->tokens[i + 2].kind != TOKEN_WORD)
			continue;
		handler = stmt_function_named(r->source, source_slice(s, i + 2, i + 2));
		if (handler && (handler->name == f->name || comes_to(r, handler, f, MAX_CALLS)))
			return true;
	}
	return false;
}

/* The last word of a call's arguments: the member that it stops. */
static unsigned int member_of(const struct source *words)
{
	unsigned int member = words->n;

	for (unsigned int i = 1; i < words->n; i++)
		if (words->tokens[i].kind == TOKEN_WORD && (token_is(words, i + 1, ")") || token_is(words, i + 1, ",")))
			member = i;
	return member;
}

/* The token of this word in the file; source->n: there is none. */
static unsigned int find_word(const struct source *s, const char *word)
{
	unsigned int i = 0;

	while (i < s->n && !token_is(s, i, word))
		i++;
	return i;
}

/*
 * The function stops it later: that call comes earlier, and is the only one. Where it is freed only under a condition,
 * `freed` becomes the statement around that the call has to come before.
 */
static struct stmt *stopped_later(const struct repair *r, struct stmt **freed)
{
	for (struct stmt *outer = *freed; outer; outer = outer->parent)
		for (struct stmt *t = outer->next; t; t = t->next)
			if (t->kind == STMT_PLAIN && token_is(r->source, t->first, r->finding->release) &&
			    token_is(r->source, t->first + 1, "(")) {
				*freed = outer;
				return t;
			}
	return NULL;
}

/* Where this function arms it as well, its result may say whether it did, and paths that did not may come by. */
static bool is_armed_here(const struct repair *r)
{
	for (uint32_t i = 0; i < r->finding->n_events; i++) {
		unsigned int token = repair_event_token(r, &r->finding->events[i]);

		if ((strcmp(r->finding->events[i].kind, "acquired") == 0 ||
		     strcmp(r->finding->events[i].kind, "called") == 0) &&
		    token < r->source->n && token > r->function->body->first && token < r->function->body->last)
			return true;
	}
	return false;
}

static const char *call_to_stop(struct repair *r, const struct stmt *freed)
{
	const char *call = repair_counterpart_call(r);
	const struct source *words = call ? source_read(r->arena, call) : NULL;
	unsigned int member = call ? member_of(words) : 0;
	const char *name = call && member < words->n ? source_slice(words, member, member) : "";

	if (!call)
		return NULL;
	if (source_mentions(r->source, freed->first, freed->last, name) || is_armed_here(r)) {
		repair_give_up(r, "paths that have not armed it come by there as well");
		return NULL;
	}
	if (waits_for_itself(r, r->function, find_word(r->source, name))) {
		repair_give_up(r, "it is freed by what is armed, which would wait for itself");
		return NULL;
	}
	return call;
}

static bool halts(const struct repair *r, unsigned int call)
{
	const struct api *api = model_api(r->request->model, source_slice(r->source, call, call));

	for (unsigned int i = 0; api && i < api->n_effects; i++)
		if (api->effects[i].kind == EFFECT_HALT)
			return true;
	return false;
}

/* The same call, by a name that does not wait, in the block before it. */
static struct stmt *stopped_weakly(const struct repair *r, const struct stmt *freed, const char *call)
{
	for (struct stmt *t = freed->prev; t; t = t->prev) {
		const char *text = source_slice(r->source, t->first, t->last), *open = strchr(text, '(');

		if (t->kind == STMT_PLAIN && open && token_is(r->source, t->first + 1, "(") && halts(r, t->first) &&
		    strcmp(open, strchr(call, '(')) == 0)
			return t;
	}
	return NULL;
}

static void stop_before(struct repair *r)
{
	unsigned int token;
	struct stmt *freed = repair_call_at(r, finding_event_of_kind(r->finding, "used"), &token), *later, *weak;
	const char *lines[2] = {0};
	struct edits e = {.arena = r->arena};

	if (!freed || !r->function || !stmt_holds(r->function->body, freed) ||
	    token_is(r->source, token, r->finding->acquire)) {
		repair_give_up(r, "what frees it is no statement of this file before which it could be stopped");
		return;
	}
	later = stopped_later(r, &freed);
	lines[0] = later ? source_slice(r->source, later->first, later->last) : call_to_stop(r, freed);
	if (!lines[0])
		return;
	weak = later ? NULL : stopped_weakly(r, freed, lines[0]);
	if (later)
		layout_take_out(r, &e, later);
	if (weak)
		layout_replace(r, &e, weak, lines);
	else
		layout_before(r, &e, freed, lines);
	repair_propose(r, &e, arena_printf(r->arena, "stop it with %s() first", r->finding->release));
}

/* ---- a call that waits ---- */

/* What stops it, and does not wait for a callback that runs, is there: it gets the name of what waits. */
static bool wait_for_it(struct repair *r, const struct finding_event *e)
{
	unsigned int token;
	const struct stmt *call = repair_call_at(r, e, &token);
	const struct function *f = call ? stmt_function_at(r->source, e->line) : NULL;
	const struct token *name;
	struct edits edits = {.arena = r->arena};

	if (!f || !halts(r, token))
		return false;
	name = &r->source->tokens[token];
	if (waits_for_itself(r, f, stmt_last_word(r->source, call))) {
		repair_give_up(r, "it is stopped by what it runs, which would wait for itself");
		return true;
	}
	edit_replace(&edits, name->start, name->end, r->finding->release);
	repair_propose(r, &edits, arena_printf(r->arena, "stop it with %s(), which waits", r->finding->release));
	return true;
}

/* ---- what comes too early comes later ---- */

/* The statement of the block that the other one is or lies in; NULL. */
static struct stmt *part_of(const struct stmt *block, struct stmt *t)
{
	while (t && t->parent != block)
		t = t->parent;
	return t;
}

/* Is the way from the first one to the second, a later one of its block, straight, and does it mean the same there? */
static bool can_move(const struct repair *r, const struct stmt *t, const struct stmt *behind)
{
	for (const struct stmt *passed = t->next; passed; passed = passed->next) {
		if (stmt_breaks_flow(passed) || stmt_changes_arguments(r->source, passed, t))
			return false;
		if (passed == behind)
			return true;
	}
	return false;
}

/* A call, or one behind an `if`, as lines to put elsewhere; false: it is something else. */
static bool as_lines(const struct repair *r, const struct stmt *t, const char **lines)
{
	const struct stmt *inner = t;

	if (t->kind == STMT_IF && !t->other) {
		inner = t->body->kind == STMT_BLOCK && t->body->body && !t->body->body->next ? t->body->body : t->body;
		*lines++ = arena_printf(r->arena, "if (%s)", source_slice(r->source, t->first + 2, t->close - 1));
	}
	if (inner->kind != STMT_PLAIN)
		return false;
	lines[0] = arena_printf(r->arena, "%s%s", inner == t ? "" : "\t",
				source_slice(r->source, inner->first, inner->last));
	return true;
}

/* What is told by the note ends it, and stands in the same function: what comes too early moves behind that. */
static void come_later(struct repair *r)
{
	unsigned int early = repair_event_token(r, finding_event_of_kind(r->finding, "used"));
	unsigned int late = repair_event_token(r, finding_event_of_kind(r->finding, "note"));
	struct stmt *t = early < r->source->n ? stmt_at(r->function, early) : NULL;
	struct stmt *behind = late < r->source->n ? stmt_at(r->function, late) : NULL, *other = NULL;
	struct edits e = {.arena = r->arena};
	const char *lines[3] = {0};

	while (t && behind && !(other = part_of(t->parent, behind)))
		t = t->parent;
	if (!t || !other || other == t || !can_move(r, t, other) || !as_lines(r, t, lines))
		return;
	layout_take_out(r, &e, t);
	layout_behind(r, &e, other, lines);
	repair_propose(r, &e, "do it when what may still start it, or use it, has been stopped");
}

/* Best what changes least. */
void repair_running(struct repair *r)
{
	if (wait_for_it(r, finding_event_of_kind(r->finding, "used")) ||
	    wait_for_it(r, finding_event_of_kind(r->finding, "note")))
		return;
	if (strcmp(r->finding->exit_kind, "order") == 0)
		come_later(r);
	stop_before(r);
}
