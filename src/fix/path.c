#include "fix/path.h"

#include "fix/ladder.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_JUMPS = 6 };

static const struct finding_event *leaves(const struct finding *f)
{
	return finding_event_of_kind(f, "leaves");
}

static bool same_place(const struct finding *a, const struct finding *b)
{
	return a->line == b->line && a->column == b->column && !strcmp(a->file, b->file) && !strcmp(a->rule, b->rule);
}

static bool is_another(const struct finding *a, const struct finding *own)
{
	return a != own && strcmp(a->fingerprint, own->fingerprint) != 0 && same_place(a, own);
}

static int later_first(const void *a, const void *b)
{
	unsigned int x = ((const struct release *)a)->acquired, y = ((const struct release *)b)->acquired;

	return (x < y) - (x > y);
}

/* The arguments of a call, parentheses included. */
static const char *arguments_of(const char *call)
{
	const char *open = strchr(call, '(');

	return open ? open : call;
}

static void add_release(struct path *p, const struct finding *f)
{
	struct release more;

	if (!release_find(p->r, f, &more))
		return;
	for (unsigned int k = 0; k < p->together.n; k++)
		if (strcmp(p->together.v[k].call, more.call) == 0)
			return;
	vec_push(p->r->arena, &p->together, more);
	p->all |= more.acquired > p->release.acquired &&
		  strcmp(arguments_of(more.call), arguments_of(p->release.call)) == 0;
}

void path_find_releases(struct path *p)
{
	const struct finding *own = p->r->finding;
	const struct finding_list *all = p->r->request->all;

	vec_push(p->r->arena, &p->together, p->release);
	for (unsigned int i = 0; i < own->n_parts; i++)
		if (is_another(&own->parts[i], own))
			add_release(p, &own->parts[i]);
	for (unsigned int i = 0; all && i < all->all.n; i++)
		if (is_another(&all->all.v[i], own))
			add_release(p, &all->all.v[i]);
	qsort(p->together.v, p->together.n, sizeof(p->release), later_first);
}

static void add_jump(struct path *p, struct stmt *t)
{
	for (unsigned int i = 0; i < p->jumps.n; i++)
		if (p->jumps.v[i] == t)
			return;
	if (t && p->jumps.n < MAX_JUMPS)
		vec_push(p->r->arena, &p->jumps, t);
}

bool path_is_nested(const struct path *p, const struct stmt *t)
{
	return t->parent && t->parent != p->r->function->body;
}

struct stmt *path_tested_at(const struct path *p, unsigned int token)
{
	struct stmt *t = token < p->r->source->n ? stmt_at(p->r->function, token) : NULL;

	while (t && !((t->kind == STMT_IF || t->kind == STMT_LOOP) && token <= t->close))
		t = t->parent;
	return t;
}

/* `if (!p)`, `if (IS_ERR(p))`: whoever gets in there has not got it. */
static bool says_missing(const struct path *p, const struct stmt *t, const char *held)
{
	const struct source *s = p->r->source;
	const char *asked = source_slice(s, t->first + 2, t->close - 1);
	const struct api *api = token_is(s, t->first + 3, "(")
					? model_api(p->r->request->model, source_slice(s, t->first + 2, t->first + 2))
					: NULL;

	if (*asked == '!')
		return strcmp(asked + 1, held) == 0;
	return api && (api->intrinsic == INTRINSIC_IS_ERR || api->intrinsic == INTRINSIC_IS_ERR_OR_NULL) &&
	       strcmp(source_slice(s, t->first + 4, t->close - 2), held) == 0;
}

/* `return 0;` is no way of one that fails. */
static bool goes_well(const struct path *p, const struct stmt *t)
{
	return t && t->kind == STMT_RETURN && t->last == t->first + 2 && token_is(p->r->source, t->first + 1, "0") &&
	       strcmp(p->r->finding->exit_kind, "error") == 0;
}

static void add_branches(struct path *p)
{
	const struct finding *f = p->r->finding;
	unsigned int acquired = repair_acquire_token(p->r, f);
	const char *held = release_expression(p->r, f);

	for (uint32_t i = f->n_events; i-- > 0;) {
		const struct finding_event *e = &f->events[i];
		unsigned int token = repair_event_token(p->r, e);
		struct stmt *t;

		if (strcmp(e->kind, "branch") != 0)
			continue;
		t = path_tested_at(p, token);
		if (!t || t->kind != STMT_IF || (acquired < p->r->source->n && t->last < acquired))
			continue;
		if ((!held || !says_missing(p, t, held)) && !goes_well(p, stmt_jump_of(t->body)))
			add_jump(p, stmt_jump_of(t->body));
		if (!goes_well(p, stmt_jump_of(t->other)))
			add_jump(p, stmt_jump_of(t->other));
	}
}

struct stmt *path_taken_by(const struct path *p)
{
	unsigned int token = repair_acquire_token(p->r, p->r->finding);

	return token < p->r->source->n ? stmt_at(p->r->function, token) : NULL;
}

/* From here on a goto to the old label has the resource: behind the acquisition and the test of its result. */
unsigned int path_held_from(const struct path *p)
{
	struct stmt *t = path_taken_by(p);

	if (!t)
		return p->r->source->n;
	if (t->kind != STMT_IF && t->next && t->next->kind == STMT_IF)
		t = t->next;
	return t->last;
}

/* The finding does not tell all branches: whatever holds the resource and jumps to where the end is come by. */
static void add_gotos(struct path *p)
{
	unsigned int from = path_held_from(p);

	for (struct stmt *t = p->r->function->body; t; t = stmt_after(t)) {
		const struct stmt *label = t->kind == STMT_GOTO && t->first > from
						   ? stmt_label(p->r->function, p->r->source, t->first + 1)
						   : NULL;

		if (label && label->first > t->first && label->first < p->end->first)
			add_jump(p, t);
	}
}

void path_find_jumps(struct path *p)
{
	const struct finding_event *e = leaves(p->r->finding);
	unsigned int token = repair_event_token(p->r, e);

	p->end = token < p->r->source->n ? stmt_at(p->r->function, token) : NULL;
	if (p->end && p->end->kind == STMT_RETURN && path_is_nested(p, p->end))
		add_jump(p, p->end);
	add_branches(p);
	if (p->end && ladder_label_before(p->end))
		add_gotos(p);
}

/* A value that can be had after the release as well as before: no calls but of error-code helpers, and not the object.
 */
bool path_value_is_simple(const struct path *p, const struct stmt *jump)
{
	const struct source *s = p->r->source;

	for (unsigned int i = jump->first + 1; i < jump->last; i++) {
		const struct api *api;
		g_autofree char *name = NULL;

		if (!token_is(s, i, "(") || s->tokens[i - 1].kind != TOKEN_WORD || i - 1 == jump->first)
			continue;
		name = g_strndup(s->text + s->tokens[i - 1].start, s->tokens[i - 1].end - s->tokens[i - 1].start);
		api = model_api(p->r->request->model, name);
		if (!api || api->intrinsic == INTRINSIC_NONE)
			return false;
	}
	return true;
}

const char **path_lines(const struct path *p)
{
	return ARENA_ARRAY(p->r->arena, const char *, 2 * p->together.n + 10);
}

unsigned int path_release_lines(struct path *p, bool together, const struct stmt *where, const char **lines)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < p->together.n; i++) {
		const struct release *rel = &p->together.v[i];
		bool own = strcmp(rel->call, p->release.call) == 0;

		/* What is lost at the same end need not be there yet where this path turns off. */
		if (!own && ((!together && !p->all) ||
			     (where && rel->acquired < p->r->source->n && rel->acquired > where->first)))
			continue;
		if (rel->guard)
			lines[n++] = arena_printf(p->r->arena, "if (%s)", rel->guard);
		lines[n++] = rel->guard ? arena_printf(p->r->arena, "\t%s", rel->call) : rel->call;
	}
	return n;
}

bool path_others_go_to(const struct repair *r, const struct stmt *label, const struct stmt *jump)
{
	for (struct stmt *t = r->function->body; t; t = stmt_after(t))
		if (t->kind == STMT_GOTO && t != jump && token_same(r->source, t->first + 1, label->first))
			return true;
	return false;
}

struct stmt *path_own_label(const struct path *p)
{
	return p->release.at ? ladder_label_of(p->r, p->release.at) : NULL;
}

struct stmt *path_first_label(const struct path *p)
{
	struct stmt *own = path_own_label(p), *first = own;

	for (unsigned int i = 0; i < p->together.n; i++) {
		struct stmt *at = p->together.v[i].at, *label = at ? ladder_label_of(p->r, at) : NULL;

		if (own && label && label->first < first->first && label->parent == own->parent)
			first = label;
	}
	return first;
}

/* Is it a local int of the function? */
static bool is_local_int(const struct path *p, const char *name)
{
	const struct source *s = p->r->source;

	for (struct stmt *t = p->r->function->body->body; t; t = t->next)
		if (t->kind == STMT_PLAIN && token_is(s, t->first, "int") &&
		    source_mentions(s, t->first, t->last, name))
			return true;
	return false;
}

/* Does the function ask for it by itself: `if (ret)`, `if (ret < 0)`, `if (!ret)`? What holds a length is not. */
static bool is_asked(const struct path *p, const char *name)
{
	const struct source *s = p->r->source;

	for (struct stmt *t = p->r->function->body; t; t = stmt_after(t))
		if (t->kind == STMT_IF && (token_is(s, t->first + 2, name) ||
					   (token_is(s, t->first + 2, "!") && token_is(s, t->first + 3, name))))
			return true;
	return false;
}

/* The int that the function returns somewhere, else one that is given the result of a call; NULL. */
const char *path_status_besides(const struct path *p, const struct stmt *but)
{
	const struct source *s = p->r->source;
	const char *assigned = NULL;

	for (struct stmt *t = p->r->function->body; t; t = stmt_after(t)) {
		unsigned int word = t->kind == STMT_RETURN ? t->first + 1 : t->first;
		const char *name;

		if (s->tokens[word].kind != TOKEN_WORD)
			continue;
		name = source_slice(s, word, word);
		if (but && source_mentions(s, but->first, but->last, name))
			continue;
		if (t->kind == STMT_RETURN && t->last == t->first + 2 && is_local_int(p, name))
			return name;
		if (t->kind == STMT_PLAIN && !assigned && token_is(s, word + 1, "=") &&
		    source_mentions_sign(s, word + 2, t->last, "(") && is_local_int(p, name) && is_asked(p, name))
			assigned = name;
	}
	return assigned;
}

const char *path_status_variable(const struct path *p)
{
	return path_status_besides(p, NULL);
}

/* Is what `return` says needed for the release, or made by what must still be there? */
bool path_value_uses_it(const struct path *p, const struct stmt *jump)
{
	const char *held = release_expression(p->r, p->r->finding);
	const char *said =
		jump->last > jump->first + 1 ? source_slice(p->r->source, jump->first + 1, jump->last - 1) : "";

	return held && strstr(said, held);
}

/*
 * Does the resource have this name here? What stands before the acquisition is only come by with what an earlier round
 * of a loop took, and that has other indices. Behind a loop that is never left early only the last round's is known.
 */
bool path_is_named_at(const struct path *p, const struct stmt *t)
{
	struct stmt *taker = path_taken_by(p), *loop = stmt_loop_of(taker);

	if (!taker)
		return true;
	return t->first > repair_acquire_token(p->r, p->r->finding) &&
	       (!loop || stmt_holds(loop, t) || stmt_has_break(loop));
}

/* Does a label behind the acquisition let paths in that have never come by it, or where it failed? What is there then
 * may be anything. */
bool path_is_joined(const struct path *p, const struct stmt *t)
{
	const struct source *s = p->r->source;
	const struct stmt *taker = path_taken_by(p);

	for (struct stmt *jump = p->r->function->body; taker && jump && jump->first < path_held_from(p);
	     jump = stmt_after(jump)) {
		const struct stmt *label =
			jump->kind == STMT_GOTO ? stmt_label(p->r->function, s, jump->first + 1) : NULL;

		if (label && label->first > taker->last && label->first < t->first)
			return true;
	}
	return false;
}
