/*
 * A path comes by a release that is not for it: it has not taken what is released, or has got an error pointer. It
 * enters the ladder one step later, or the release asks first, or goes.
 */
#include "fix/ladder.h"
#include "fix/path.h"

#include <glib.h>
#include <string.h>

/* The statement of the label's block that `t` is or lies in, when nothing but labels is before it; NULL. */
static struct stmt *first_below(struct stmt *label, const struct stmt *t)
{
	struct stmt *first = label;

	while (first && first->kind == STMT_LABEL)
		first = first->next;
	return first && stmt_holds(first, t) ? first : NULL;
}

/* Only one call: what it is called for is skipped with it. */
static bool is_rung_of(const struct stmt *rung, const struct stmt *release)
{
	return rung == release || (rung->kind == STMT_IF && !rung->other &&
				   (rung->body == release ||
				    (rung->body->kind == STMT_BLOCK && rung->body->body == release && !release->next)));
}

static void go_to(struct repair *r, struct edits *e, const struct stmt *jump, const char *name)
{
	const struct token *word = &r->source->tokens[jump->first + 1];

	edit_replace(e, word->start, word->end, name);
}

/* `ret = -EIO; goto out;`, or the latter alone, becomes a return: there is nothing to undo. */
static void leave_at_once(struct repair *r, struct edits *e, struct stmt *jump, const struct stmt *end)
{
	const struct source *s = r->source;
	const struct stmt *set = jump->prev;
	const char *lines[] = {layout_raw(r, end), NULL};

	if (end->last == end->first + 2 && set && set->kind == STMT_PLAIN && set->last > set->first + 2 &&
	    token_same(s, set->first, end->first + 1) && token_is(s, set->first + 1, "=")) {
		lines[0] = arena_printf(r->arena, "return %s;", source_slice(s, set->first + 2, set->last - 1));
		layout_drop(r, e, set);
	}
	layout_replace(r, e, jump, lines);
}

/* A label for what comes behind the rung, named by the call that stands there. */
static const char *label_behind(struct repair *r, struct edits *e, const struct stmt *label, const struct stmt *next)
{
	const struct source *s = r->source;
	const char *name;

	if (next->kind != STMT_PLAIN || s->tokens[next->first].kind != TOKEN_WORD || !token_is(s, next->first + 1, "("))
		return NULL;
	name = ladder_rung_name(r, label, source_slice(s, next->first, next->first),
				release_argument(s, next->first, 0));
	edit_insert(e, s->tokens[next->first].start - (s->tokens[next->first].column - 1),
		    arena_printf(r->arena, "%s:\n", name));
	return name;
}

/* Is the release of this rung found not to be the path's, too? */
static bool is_told(const struct repair *r, const struct stmt *rung)
{
	const struct finding_list *all = r->request->all;

	for (unsigned int i = 0; all && i < all->all.n; i++) {
		const struct finding *f = &all->all.v[i];

		if (strcmp(f->rule, r->finding->rule) == 0 && strcmp(f->function, r->finding->function) == 0 &&
		    strcmp(f->file, r->finding->file) == 0 && rung->kind == STMT_PLAIN &&
		    f->line == r->source->tokens[rung->first].line)
			return true;
	}
	return false;
}

/* What comes after this rung: the next one, its label, or the return. */
static struct stmt *behind_told(const struct repair *r, struct stmt *next)
{
	struct stmt *rung = next;

	while (rung && rung->kind == STMT_LABEL)
		rung = rung->next;
	return rung && is_told(r, rung) ? rung->next : NULL;
}

/* Nobody comes by the rung any more, or only from above. */
static void drop_unused(struct repair *r, struct edits *e, const struct stmt *label, const struct stmt *rung,
			const struct stmt *jump)
{
	if (path_others_go_to(r, label, jump))
		return;
	layout_drop(r, e, label);
	if (label->prev && label->prev->kind >= STMT_RETURN)
		layout_drop(r, e, rung);
}

static void leave_at(struct repair *r, struct stmt *jump, const struct stmt *label, const struct stmt *rung,
		     struct stmt *next)
{
	struct edits e = {.arena = r->arena};
	const char *name;

	drop_unused(r, &e, label, rung, jump);
	if (next->kind == STMT_RETURN) {
		leave_at_once(r, &e, jump, next);
		repair_propose(r, &e, "return at once");
		return;
	}
	name = next->kind == STMT_LABEL ? ladder_name(r, next) : label_behind(r, &e, label, next);
	if (!name)
		return;
	go_to(r, &e, jump, name);
	repair_propose(r, &e, arena_printf(r->arena, "leave through the label %s, behind the release", name));
}

/* The jump goes past the first rung that it comes to, and past the next one if that is as wrong. */
static void skip_rung(struct repair *r, struct stmt *jump, const struct stmt *release)
{
	struct stmt *label, *rung, *next, *further;

	if (!jump || jump->kind != STMT_GOTO)
		return;
	label = stmt_label(r->function, r->source, jump->first + 1);
	rung = label && label->first > jump->first ? first_below(label, release) : NULL;
	next = rung && is_rung_of(rung, release) ? rung->next : NULL;
	/* A flag may tell of what was taken; an error pointer is none. */
	if (!next || (rung->kind == STMT_IF && strcmp(r->finding->rule, "free/err-ptr") != 0))
		return;
	further = behind_told(r, next);
	if (further)
		leave_at(r, jump, label, rung, further);
	leave_at(r, jump, label, rung, next);
}

/* Those that the path tells of first; a call's outcome is not told as a branch: then whatever leads there. */
static void skip_rungs(struct repair *r, const struct stmt *release)
{
	const struct path p = {.r = r};
	const struct finding *f = r->finding;

	for (uint32_t i = f->n_events; i-- > 0;) {
		unsigned int token = repair_event_token(r, &f->events[i]);
		struct stmt *t = strcmp(f->events[i].kind, "branch") == 0 ? path_tested_at(&p, token) : NULL;

		if (!t || t->kind != STMT_IF || t->last >= release->first)
			continue;
		skip_rung(r, stmt_jump_of(t->body), release);
		skip_rung(r, stmt_jump_of(t->other), release);
	}
	for (struct stmt *t = r->function->body; t && t->first < release->first; t = stmt_after(t))
		skip_rung(r, t, release);
}

/* The name by which the rules know such a test. */
static const char *name_of(const struct repair *r, enum intrinsic wanted)
{
	unsigned int n;
	const struct api *const *all = model_apis(r->request->model, &n);

	for (unsigned int i = 0; i < n; i++)
		if (all[i]->intrinsic == wanted)
			return all[i]->name;
	return NULL;
}

/* The statement above asks just that: its arm takes the release, too. */
static bool join_asking(struct repair *r, struct stmt *release, const char *test)
{
	const struct source *s = r->source;
	struct stmt *above = release->prev, *last;
	const char *lines[] = {source_slice(s, release->first, release->last), NULL};
	struct edits e = {.arena = r->arena};

	if (!above || above->kind != STMT_IF || above->other ||
	    strcmp(source_slice(s, above->first + 2, above->close - 1), test) != 0)
		return false;
	last = above->body->kind == STMT_BLOCK ? stmt_last(above->body) : above->body;
	if (!last || last->kind >= STMT_RETURN)
		return false;
	layout_drop(r, &e, release);
	layout_behind(r, &e, last, lines);
	repair_propose(r, &e, "release it only if it is no error pointer");
	return true;
}

/* `if (p) put(p)` and `put(p)` both ask whether it is an error pointer. */
static void ask_first(struct repair *r, struct stmt *release)
{
	const struct source *s = r->source;
	const char *held = repair_only_argument(r, release);
	struct stmt *outer = release->parent->kind == STMT_IF ? release->parent : NULL;
	bool asks = outer && held && strcmp(source_slice(s, outer->first + 2, outer->close - 1), held) == 0;
	const char *test = name_of(r, asks ? INTRINSIC_IS_ERR_OR_NULL : INTRINSIC_IS_ERR);
	const char *lines[3] = {0};
	struct edits e = {.arena = r->arena};

	if (!held || !test || strchr(held, '('))
		return;
	test = arena_printf(r->arena, "!%s(%s)", test, held);
	if (join_asking(r, release, test))
		return;
	lines[0] = arena_printf(r->arena, "if (%s)", test);
	lines[1] = arena_printf(r->arena, "\t%s", source_slice(s, release->first, release->last));
	if (asks)
		edit_replace(&e, s->tokens[outer->first + 2].start, s->tokens[outer->close - 1].end, test);
	else
		layout_replace(r, &e, release, lines);
	repair_propose(r, &e, "release it only if it is no error pointer");
}

void repair_not_owned(struct repair *r)
{
	unsigned int token;
	struct stmt *release = repair_call_at(r, finding_event_of_kind(r->finding, "used"), &token);

	if (!release || !r->function || !stmt_holds(r->function->body, release)) {
		repair_give_up(r, "the release is no statement of its own");
		return;
	}
	release = stmt_at(r->function, token);
	skip_rungs(r, release);
	if (strcmp(r->finding->rule, "free/err-ptr") == 0)
		ask_first(r, release);
	repair_give_up(r, "the path enters no ladder that it could enter one step later");
}
