/*
 * A path that leaves without releasing: each jump on it (the return that the finding names, the gotos and returns
 * behind its branches) is tried with each way to release. The best: a label of the unwind ladder that releases already.
 * Then a new label, or a release before the jump.
 */
#include "fix/ladder.h"
#include "fix/path.h"
#include "fix/undo.h"

#include <glib.h>
#include <string.h>

/* Is the jump behind `ret = take(); if (ret)`, so that take() has failed? Then the statement that takes; else NULL. */
static const struct stmt *failed_before(const struct source *s, const struct stmt *jump)
{
	const struct stmt *t = jump->parent, *set;
	unsigned int first;

	while (t && t->kind != STMT_IF)
		t = t->parent;
	set = t ? t->prev : NULL;
	if (!set || set->kind != STMT_PLAIN || !token_is(s, set->first + 1, "=") || jump->first >= t->last + 1 ||
	    (t->other && stmt_holds(t->other, jump)))
		return NULL;
	first = t->first + 2;
	if (!token_same(s, first, set->first))
		return NULL;
	return t->close == first + 1 || token_is(s, first + 1, "<") || token_is(s, first + 1, "!=") ? set : NULL;
}

/* Would what has failed be undone on the way from the label? */
static bool undoes_what_failed(const struct repair *r, const struct stmt *jump, const struct stmt *label)
{
	const struct stmt *set = failed_before(r->source, jump);

	for (const struct stmt *t = set ? label : NULL; t && t->kind < STMT_RETURN; t = t->next)
		if (undo_in(r, t, set->first, set->last))
			return true;
	return false;
}

/* `return X` or `goto old` becomes a way to the label. */
static void go_to(struct path *p, struct stmt *jump, const struct stmt *label)
{
	struct repair *r = p->r;
	struct edits e = {.arena = r->arena};
	const char *name = ladder_name(r, label), *whole[2] = {0};
	const struct stmt *old;
	const char *const *lines = whole;

	if (label->first < jump->first || (jump->kind == STMT_RETURN && !path_value_is_simple(p, jump)) ||
	    undoes_what_failed(r, jump, label))
		return;
	if (jump->kind == STMT_RETURN)
		lines = ladder_leave(r, jump, label);
	else if (jump->kind == STMT_GOTO && !token_same(r->source, jump->first + 1, label->first))
		whole[0] = arena_printf(r->arena, "goto %s;", name);
	else
		return;
	if (!lines || !lines[0])
		return;
	old = jump->kind == STMT_GOTO ? stmt_label(r->function, r->source, jump->first + 1) : NULL;
	if (old && !path_others_go_to(r, old, jump))
		layout_drop(r, &e, old);
	layout_replace(r, &e, jump, lines);
	repair_propose(r, &e, arena_printf(r->arena, "leave through the label %s, which releases it", name));
}

/* Do two statements of one block stand in different cases of a switch? */
static bool is_other_case(const struct stmt *a, const struct stmt *b)
{
	for (a = a->next; a && a->first <= b->first; a = a->next)
		if (a->kind == STMT_CASE && (a->prev->kind >= STMT_RETURN || stmt_jump_of(a->prev)))
			return true;
	return false;
}

/* Is this one only come by where the acquisition, which stands before it, is not? The other arm, another case. */
static bool is_alternative(struct stmt *taker, struct stmt *t)
{
	for (struct stmt *a = taker; a; a = a->parent)
		for (struct stmt *b = t; b; b = b->parent) {
			if (a == b || a->parent != b->parent)
				continue;
			return (a->parent && a->parent->kind == STMT_IF) || is_other_case(a, b);
		}
	return false;
}

/* Does the goto lead to this label with the resource in hand? */
static bool brings_it(const struct path *p, struct stmt *t, const struct stmt *label)
{
	return t->kind == STMT_GOTO && t->first > path_held_from(p) && t->first < label->first &&
	       token_same(p->r->source, t->first + 1, label->first) && !is_alternative(path_taken_by(p), t);
}

/* All that go where this one goes, and hold it, go to the label instead. */
static void go_to_together(struct path *p, struct stmt *jump, struct stmt *label)
{
	struct repair *r = p->r;
	struct edits e = {.arena = r->arena};
	const struct stmt *old = jump->kind == STMT_GOTO ? stmt_label(r->function, r->source, jump->first + 1) : NULL;
	const char *name = ladder_name(r, label);
	unsigned int n_others = 0;

	if (!old || old->first < jump->first || label->first < jump->first)
		return;
	for (struct stmt *t = r->function->body; t; t = stmt_after(t)) {
		const struct token *word = &r->source->tokens[t->first + 1];

		if (brings_it(p, t, old) && !undoes_what_failed(r, t, label))
			edit_replace(&e, word->start, word->end, name);
		else if (t->kind == STMT_GOTO && token_same(r->source, t->first + 1, old->first))
			n_others++;
	}
	if (e.all.n < 2)
		return;
	if (!n_others)
		layout_drop(r, &e, old);
	repair_propose(r, &e, arena_printf(r->arena, "leave through the label %s, which releases it", name));
}

static void go_to_ladder(struct path *p, struct stmt *jump)
{
	struct stmt *own = path_own_label(p), *first = path_first_label(p);

	/* Who goes there already is not helped by what is above it. */
	if (!own || (jump->kind == STMT_GOTO && token_same(p->r->source, jump->first + 1, own->first)))
		return;
	go_to_together(p, jump, first);
	go_to(p, jump, first);
	go_to(p, jump, own);
	for (struct stmt *l = ladder_label_before(own); l; l = ladder_label_before(l))
		go_to(p, jump, l);
}

/* What releases it is not known, but may stand one step further up in the ladder: by other words, or in a callee. */
static void enter_earlier(struct path *p)
{
	for (unsigned int i = 0; i < p->jumps.n; i++) {
		struct stmt *jump = p->jumps.v[i], *label;

		label = jump->kind == STMT_GOTO ? stmt_label(p->r->function, p->r->source, jump->first + 1) : NULL;
		label = label && ladder_stands_apart(label) ? ladder_label_before(label) : NULL;
		if (!label)
			continue;
		go_to_together(p, jump, label);
		go_to(p, jump, label);
	}
}

/* Do the statements before this one in its block release it already? Twice can't be right, whatever the path says. */
static bool is_released_above(const struct path *p, const struct stmt *t)
{
	while ((t = t->prev))
		if (strcmp(source_slice(p->r->source, t->first, t->last), p->release.call) == 0)
			return true;
	return false;
}

void jump_release_before(struct path *p, struct stmt *jump, bool together)
{
	struct repair *r = p->r;
	struct edits e = {.arena = r->arena};
	const char **lines = path_lines(p), *status;
	unsigned int n = 0;

	if (!path_is_named_at(p, jump) || is_released_above(p, jump))
		return;
	if (jump->kind == STMT_RETURN && !path_value_is_simple(p, jump))
		return;
	if (jump->kind == STMT_RETURN && path_value_uses_it(p, jump)) {
		status = path_status_variable(p);
		if (!status)
			return;
		lines[n++] = arena_printf(r->arena, "%s = %s;", status,
					  source_slice(r->source, jump->first + 1, jump->last - 1));
		n += path_release_lines(p, together, jump, lines + n);
		lines[n++] = arena_printf(r->arena, "return %s;", status);
		layout_replace(r, &e, jump, lines);
	} else {
		path_release_lines(p, together, jump, lines);
		layout_before(r, &e, jump, lines);
	}
	repair_propose(r, &e, "release it before leaving");
}

/* What is released must still be there: not behind the release of what holds it. Tried upwards in the jump's block. */
static void release_earlier(struct path *p, struct stmt *jump)
{
	struct repair *r = p->r;

	if (!path_is_named_at(p, jump) || is_released_above(p, jump))
		return;
	for (struct stmt *t = jump->prev; t && path_is_nested(p, t) && t->kind == STMT_PLAIN; t = t->prev) {
		const char **lines = path_lines(p);
		struct edits e = {.arena = r->arena};

		path_release_lines(p, false, NULL, lines);
		layout_before(r, &e, t, lines);
		repair_propose(r, &e, "release it before leaving");
	}
}

/* Who goes there has it: the label stays, and the release comes behind it. */
static void release_behind_label(struct path *p, struct stmt *label)
{
	struct edits e = {.arena = p->r->arena};
	unsigned int taken = repair_acquire_token(p->r, p->r->finding);
	const char **lines = path_lines(p);
	struct stmt *t = label->next;

	/* What was taken later goes first. */
	while (t && t->next && taken < p->r->source->n && undo_in(p->r, t, taken + 1, label->first))
		t = t->next;
	if (!t)
		return;
	path_release_lines(p, false, NULL, lines);
	if (t == label->next)
		layout_before(p->r, &e, t, lines);
	else
		layout_behind(p->r, &e, t->prev, lines);
	repair_propose(p->r, &e, arena_printf(p->r->arena, "release it behind the label %s", ladder_name(p->r, label)));
}

/* A rung of its own in front of the label where those jump that hold it. */
static void add_rung(struct path *p, const struct stmt *jump)
{
	struct repair *r = p->r;
	struct edits e = {.arena = r->arena};
	struct stmt *label = jump->kind == STMT_GOTO ? stmt_label(r->function, r->source, jump->first + 1) : NULL;
	const char *name, *indent, **lines = path_lines(p);
	bool all = true;

	if (!label || label->first < jump->first || !ladder_stands_apart(label))
		return;
	name = ladder_new_name(r, label, p->release.call);
	for (struct stmt *t = r->function->body; t; t = stmt_after(t)) {
		const struct token *word = &r->source->tokens[t->first + 1];

		if (brings_it(p, t, label))
			edit_replace(&e, word->start, word->end, name);
		else if (t->kind == STMT_GOTO && token_same(r->source, t->first + 1, label->first))
			all = false;
	}
	if (!e.all.n)
		return;
	if (all && label->prev && label->prev->kind >= STMT_RETURN) {
		release_behind_label(p, label);
		return;
	}
	indent = source_indent(r->source, label->first);
	path_release_lines(p, false, NULL, lines);
	edit_insert(&e, r->source->tokens[label->first].start,
		    arena_printf(r->arena, "%s:\n\t%s\n%s", name, layout_lines(r, "\t", lines), indent));
	repair_propose(r, &e, arena_printf(r->arena, "release it at a label %s of its own", name));
}

/* Each round takes one: given back before the next round begins, at each place where that is. */
static void release_each_round(struct path *p)
{
	struct repair *r = p->r;
	struct edits e = {.arena = r->arena};
	const char **lines = path_lines(p);
	struct stmt *loop = stmt_loop_of(path_taken_by(p)), *last;

	/* What one round fails to take, the rounds before have taken to keep. */
	if (strcmp(r->finding->rule, "leak/loop") != 0 && strcmp(r->finding->exit_kind, "error") == 0)
		return;
	if (!loop || !loop->body || (p->end && p->end->kind == STMT_RETURN && stmt_holds(loop, p->end)))
		return;
	for (struct stmt *t = loop->body; t && stmt_holds(loop, t); t = stmt_after(t))
		if (t->kind == STMT_CONTINUE)
			jump_release_before(p, t, false);
	last = loop->body->kind == STMT_BLOCK ? stmt_last(loop->body) : loop->body;
	if (!last || last->kind >= STMT_RETURN || is_released_above(p, last))
		return;
	path_release_lines(p, false, NULL, lines);
	layout_behind(r, &e, last, lines);
	repair_propose(r, &e, "release it before the next round");
}

/* Where the last pointer is overwritten, by anything but the acquisition itself or what is got with its help. */
static void release_before_overwriting(struct path *p)
{
	struct repair *r = p->r;
	struct edits e = {.arena = r->arena};
	const char **lines = path_lines(p), *held = release_expression(r, r->finding);

	if (!p->end || p->end->kind != STMT_PLAIN || strcmp(r->finding->exit_kind, "overwrite") != 0 || !held)
		return;
	for (unsigned int i = p->end->first; i < p->end->last; i++)
		if (token_is(r->source, i, "=") && strstr(source_slice(r->source, i, p->end->last), held))
			return;
	path_release_lines(p, false, NULL, lines);
	layout_before(r, &e, p->end, lines);
	repair_propose(r, &e, "release it before the pointer is overwritten");
}

/* Does the comment before it say that it is left on purpose? */
static bool is_meant(const struct repair *r, const struct stmt *t)
{
	static const char *const gone[] = {"free", "release", NULL}, *const not[] = {"don't", "do not", "never", NULL};
	static const char *const leak[] = {"leak", NULL};

	return repair_comment_says(r, t, leak) || (repair_comment_says(r, t, not) && repair_comment_says(r, t, gone));
}

/* Everything that could be done about the path with this release. */
static void propose_all(struct path *p)
{
	path_find_releases(p);
	tail_end_ladder(p);
	for (unsigned int i = 0; i < p->jumps.n; i++) {
		struct stmt *jump = p->jumps.v[i];

		if (path_is_joined(p, jump))
			continue;
		go_to_ladder(p, jump);
		add_rung(p, jump);
		jump_release_before(p, jump, true);
		jump_release_before(p, jump, false);
		release_earlier(p, jump);
		if (jump->kind == STMT_RETURN) {
			tail_release_if_failed(p, jump, true, true);
			tail_release_if_failed(p, jump, false, false);
		}
	}
	release_each_round(p);
	tail_release(p);
	release_before_overwriting(p);
}

void repair_jumps(struct repair *r)
{
	struct path p = {.r = r}, other = {.r = r};
	bool known;

	if (!r->function) {
		repair_give_up(r, "the layout of the function is not understood");
		return;
	}
	path_find_jumps(&p);
	for (unsigned int i = 0; i < p.jumps.n; i++)
		if (is_meant(r, p.jumps.v[i])) {
			repair_give_up(r, "a comment says that it is not released on purpose");
			return;
		}
	other = p;
	known = release_find(r, r->finding, &p.release);
	if (release_find_another(r, r->finding, known ? &p.release : NULL, &other.release))
		propose_all(&other);
	if (known)
		propose_all(&p);
	else
		enter_earlier(&p);
	repair_give_up(r, known ? "no jump on the path is one that can be changed"
				: "what to release it with, and with which arguments, is not known");
}
