/*
 * What is used when it is gone. The release moves behind the last use; a pointer that others find is cleared, where
 * they ask for it. What is still armed is stopped before the memory goes: stop.c.
 */
#include "fix/path.h"

#include <glib.h>
#include <string.h>

/* ---- the release comes later ---- */

/* What only hands it on is for more than that. */
static bool is_for_releasing(const struct repair *r, const struct stmt *call)
{
	const char *name = source_slice(r->source, call->first, call->first);
	const struct api *api = model_api(r->request->model, name);

	for (unsigned int i = 0; api && i < api->n_effects; i++)
		if (api->effects[i].kind == EFFECT_RELEASE)
			return true;
	return model_sounds_like_release(r->request->model, name);
}

/* The statement of the finding's function that releases it, by itself or in what it calls; NULL. */
static struct stmt *releasing(const struct repair *r)
{
	bool seen = false;

	for (uint32_t i = 0; i < r->finding->n_events; i++) {
		const struct finding_event *e = &r->finding->events[i];
		unsigned int token;
		struct stmt *t;

		seen |= strcmp(e->kind, "released") == 0;
		if (!seen || (strcmp(e->kind, "released") != 0 && strcmp(e->kind, "called") != 0))
			continue;
		t = repair_call_at(r, e, &token);
		if (t && stmt_holds(r->function->body, t))
			return t->parent->kind == STMT_BLOCK && is_for_releasing(r, t) ? t : NULL;
	}
	return NULL;
}

/* The statement of the same block, behind this one, that the other is or lies in; NULL. */
static struct stmt *later_in_block(const struct stmt *t, const struct stmt *inner)
{
	for (struct stmt *next = t->next; next; next = next->next)
		if (stmt_holds(next, inner))
			return next;
	return NULL;
}

/* The word by which uses name what the call releases: the variable of "&p->dev", the member of "p->buf"; source->n. */
static unsigned int word_of(const struct source *s, const struct stmt *call)
{
	unsigned int word = s->n;
	bool inside = token_is(s, call->first + 2, "&");

	for (unsigned int i = call->first + 2; i < call->last && !token_is(s, i, ",") && !token_is(s, i, ")"); i++) {
		if (s->tokens[i].kind == TOKEN_WORD)
			word = i;
		if (inside && word < s->n)
			break;
	}
	return word;
}

static bool mentions(const struct source *s, const struct stmt *t, unsigned int word)
{
	for (unsigned int i = t->first; i <= t->last; i++)
		if (s->tokens[i].kind == TOKEN_WORD && token_same(s, i, word))
			return true;
	return false;
}

/* Does the statement release what the other one names? */
static bool ends_what_it_needs(const struct repair *r, const struct stmt *t, const struct stmt *release)
{
	const struct source *s = r->source;
	const char *held =
		t->kind == STMT_PLAIN && s->tokens[t->first].kind == TOKEN_WORD && token_is(s, t->first + 1, "(")
			? repair_only_argument(r, t)
			: NULL;

	return held && is_for_releasing(r, t) && source_mentions(s, release->first + 2, release->last, held);
}

/* The last statement in one run with the release that names what it releases; NULL when it may not go past the use. */
static struct stmt *last_use(const struct repair *r, const struct stmt *release, const struct stmt *use)
{
	unsigned int word = word_of(r->source, release);
	struct stmt *last = NULL;

	for (struct stmt *t = release->next; t && !stmt_breaks_flow(t); t = t->next) {
		if (stmt_changes_arguments(r->source, t, release) || ends_what_it_needs(r, t, release))
			break;
		if (t == use || (last && word < r->source->n && mentions(r->source, t, word)))
			last = t;
	}
	return last;
}

static void move_behind(struct repair *r, struct stmt *release, struct stmt *use)
{
	const char *lines[] = {source_slice(r->source, release->first, release->last), NULL};
	struct edits e = {.arena = r->arena};

	layout_take_out(r, &e, release);
	layout_behind(r, &e, use, lines);
	repair_propose(r, &e, "release it behind its last use");
}

/* `return p->id;`: what it says is remembered first. */
static void move_into_return(struct repair *r, struct stmt *release, struct stmt *leave)
{
	const struct path p = {.r = r};
	const char *status = path_status_variable(&p), *lines[4] = {0};
	struct edits e = {.arena = r->arena};

	if (!status && path_returns_int(&p))
		status = path_declare_status(&p, &e);
	if (!status || leave->last == leave->first + 1)
		return;
	for (const struct stmt *t = release->next; t != leave; t = t->next)
		if (stmt_breaks_flow(t) || stmt_changes_arguments(r->source, t, release))
			return;
	lines[0] =
		arena_printf(r->arena, "%s = %s;", status, source_slice(r->source, leave->first + 1, leave->last - 1));
	lines[1] = source_slice(r->source, release->first, release->last);
	lines[2] = arena_printf(r->arena, "return %s;", status);
	layout_take_out(r, &e, release);
	layout_replace(r, &e, leave, lines);
	repair_propose(r, &e, "release it behind its last use");
}

static void release_later(struct repair *r)
{
	unsigned int token = repair_event_token(r, finding_event_of_kind(r->finding, "used"));
	struct stmt *release = releasing(r), *use, *last;

	use = release && token < r->source->n ? stmt_at(r->function, token) : NULL;
	use = use ? later_in_block(release, use) : NULL;
	last = use ? last_use(r, release, use) : NULL;
	if (last) {
		move_behind(r, release, last);
		if (last != use)
			move_behind(r, release, use);
	} else if (use && use->kind == STMT_RETURN) {
		move_into_return(r, release, use);
	}
	repair_give_up(r, "the release and the use are no two statements of one block, with a straight way between");
}

/* ---- the pointer is cleared ---- */

/* Is the member, with its record, asked for at this token: `if (p->buf)`, `!p->buf`, `p->buf &&`, or `!= NULL`? */
static bool is_asked(const struct source *s, unsigned int member)
{
	static const char *const after[] = {")", "&&", "||", "==", "!=", "?"};
	unsigned int root = member;

	for (size_t i = 0; i < G_N_ELEMENTS(after); i++)
		if (token_is(s, member + 1, after[i])) {
			while (root > 2 && (token_is(s, root - 1, "->") || token_is(s, root - 1, ".")))
				root -= 2;
			return token_is(s, member + 1, "?") || token_is(s, root - 1, "!") ||
			       token_is(s, root - 1, "&&") || token_is(s, root - 1, "||") ||
			       (root > 1 && token_is(s, root - 1, "(") &&
				(token_is(s, root - 2, "if") || token_is(s, root - 2, "while")));
		}
	return false;
}

/* Does another function of the file ask whether such a member is there? */
static bool others_ask(const struct repair *r, unsigned int member)
{
	const struct source *s = r->source;
	const struct function *own = stmt_function_at(r->source, s->tokens[member].line);

	for (unsigned int i = 1; i + 1 < s->n; i++) {
		bool inside = own && i >= own->body->first && i <= own->body->last;

		if (!inside && s->tokens[i].kind == TOKEN_WORD && token_same(s, i, member) &&
		    (token_is(s, i - 1, "->") || token_is(s, i - 1, ".")) && is_asked(s, i))
			return true;
	}
	return false;
}

/* "p->buf" of `p->buf = held;`, the last such statement before the release: its '='; source->n: there is none. */
static unsigned int stored_at(const struct repair *r, const struct stmt *release, const char *held)
{
	const struct source *s = r->source;
	const struct function *f = stmt_function_at(r->source, s->tokens[release->first].line);
	unsigned int at = s->n;

	for (struct stmt *t = f ? f->body : NULL; t && t->first < release->first; t = stmt_after(t))
		if (t->kind == STMT_PLAIN && t->last > t->first + 4 && token_is(s, t->last - 1, held) &&
		    token_is(s, t->last - 2, "=") && token_is(s, t->last - 4, "->") &&
		    !source_mentions_sign(s, t->first, t->last, "("))
			at = t->last - 2;
	return at;
}

/* The last token of the pointer that stays: the release's own argument, or where its variable was stored before. */
static unsigned int left_pointer(const struct repair *r, const struct stmt *release, const char **text)
{
	const struct source *s = r->source;
	unsigned int word = word_of(s, release), at;
	const struct stmt *t;

	*text = repair_only_argument(r, release);
	if (!*text || **text == '&' || strchr(*text, '(') || word >= s->n)
		return s->n;
	if (token_is(s, word - 1, "->") || token_is(s, word - 1, "."))
		return word;
	at = stored_at(r, release, *text);
	if (at >= s->n)
		return s->n;
	t = stmt_at(stmt_function_at(r->source, s->tokens[at].line), at);
	*text = source_slice(s, t->first, at - 1);
	return at - 1;
}

static void clear_pointer(struct repair *r)
{
	unsigned int token, member;
	struct stmt *release = repair_call_at(r, finding_event_of_kind(r->finding, "released"), &token);
	const char *held = NULL, *lines[2] = {0};
	struct edits e = {.arena = r->arena};

	member = release ? left_pointer(r, release, &held) : r->source->n;
	if (member >= r->source->n) {
		repair_give_up(r, "the release does not name the pointer that is left");
		return;
	}
	if (!others_ask(r, member)) {
		repair_give_up(r, "whoever follows the pointer later does not ask whether it is there");
		return;
	}
	lines[0] = arena_printf(r->arena, "%s = NULL;", held);
	layout_behind(r, &e, release, lines);
	repair_propose(r, &e, "clear the pointer, which others ask for");
}

void repair_use_after(struct repair *r)
{
	const char *kind = r->finding->exit_kind;

	if (!r->function)
		repair_give_up(r, "the layout of the function is not understood");
	else if (strcmp(kind, "use") == 0)
		release_later(r);
	else if (strcmp(kind, "dangling") == 0)
		clear_pointer(r);
	else
		repair_running(r);
}
