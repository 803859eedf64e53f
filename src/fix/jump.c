/*
 * A path that leaves without releasing: each jump on it (the return that the finding names, the gotos and returns
 * behind its branches) is tried with each way to release. The best: a label of the unwind ladder that releases already.
 * Then a new label, or a release before the jump.
 */
#include "fix/ladder.h"
#include "fix/repair.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_JUMPS = 6 };

struct path {
	struct repair *r;
	struct release release;	      /* of the finding's resource */
	VEC(struct release) together; /* it and what else is lost at the same place, latest taken first */
	VEC(struct stmt *) jumps;     /* the best to change first */
	struct stmt *end;	      /* where the finding says that it leaves */
};

static const struct finding_event *leaves(const struct finding *f)
{
	return finding_event_of_kind(f, "leaves");
}

static bool same_place(const struct finding *a, const struct finding *b)
{
	return a->line == b->line && a->column == b->column && !strcmp(a->file, b->file) && !strcmp(a->rule, b->rule);
}

static int later_first(const void *a, const void *b)
{
	unsigned int x = ((const struct release *)a)->acquired, y = ((const struct release *)b)->acquired;

	return (x < y) - (x > y);
}

static void find_releases(struct path *p)
{
	struct repair *r = p->r;
	const struct finding_list *all = r->request->all;
	struct release more;

	vec_push(r->arena, &p->together, p->release);
	for (unsigned int i = 0; all && i < all->all.n; i++) {
		const struct finding *f = &all->all.v[i];
		bool known = false;

		if (f == r->finding || !same_place(f, r->finding) || !release_find(r, f, &more))
			continue;
		for (unsigned int k = 0; k < p->together.n; k++)
			known |= strcmp(p->together.v[k].call, more.call) == 0;
		if (!known)
			vec_push(r->arena, &p->together, more);
	}
	qsort(p->together.v, p->together.n, sizeof(more), later_first);
}

static void add_jump(struct path *p, struct stmt *t)
{
	for (unsigned int i = 0; i < p->jumps.n; i++)
		if (p->jumps.v[i] == t)
			return;
	if (t && p->jumps.n < MAX_JUMPS)
		vec_push(p->r->arena, &p->jumps, t);
}

static bool is_nested(const struct path *p, const struct stmt *t)
{
	return t->parent && t->parent != p->r->function->body;
}

/* The `if` whose condition holds the token. */
static struct stmt *tested_at(const struct path *p, unsigned int token)
{
	struct stmt *t = token < p->r->source->n ? stmt_at(p->r->function, token) : NULL;

	while (t && !((t->kind == STMT_IF || t->kind == STMT_LOOP) && token <= t->close))
		t = t->parent;
	return t;
}

static void add_branches(struct path *p)
{
	const struct finding *f = p->r->finding;
	unsigned int acquired = repair_acquire_token(p->r, f);

	for (uint32_t i = f->n_events; i-- > 0;) {
		const struct finding_event *e = &f->events[i];
		unsigned int token = repair_event_token(p->r, e);
		struct stmt *t;

		if (strcmp(e->kind, "branch") != 0)
			continue;
		t = tested_at(p, token);
		if (!t || t->kind != STMT_IF || (acquired < p->r->source->n && t->last < acquired))
			continue;
		add_jump(p, stmt_jump_of(t->body));
		add_jump(p, stmt_jump_of(t->other));
	}
}

static struct stmt *taken_by(const struct path *p)
{
	unsigned int token = repair_acquire_token(p->r, p->r->finding);

	return token < p->r->source->n ? stmt_at(p->r->function, token) : NULL;
}

/* From here on a goto to the old label has the resource: behind the acquisition and the test of its result. */
static unsigned int held_from(const struct path *p)
{
	struct stmt *t = taken_by(p);

	if (!t)
		return p->r->source->n;
	if (t->kind != STMT_IF && t->next && t->next->kind == STMT_IF)
		t = t->next;
	return t->last;
}

/* The finding does not tell all branches: whatever holds the resource and jumps to where the end is come by. */
static void add_gotos(struct path *p)
{
	unsigned int from = held_from(p);

	for (struct stmt *t = p->r->function->body; t; t = stmt_after(t)) {
		const struct stmt *label = t->kind == STMT_GOTO && t->first > from
						   ? stmt_label(p->r->function, p->r->source, t->first + 1)
						   : NULL;

		if (label && label->first > t->first && label->first < p->end->first)
			add_jump(p, t);
	}
}

static void find_jumps(struct path *p)
{
	const struct finding_event *e = leaves(p->r->finding);
	unsigned int token = repair_event_token(p->r, e);

	p->end = token < p->r->source->n ? stmt_at(p->r->function, token) : NULL;
	if (p->end && p->end->kind == STMT_RETURN && is_nested(p, p->end))
		add_jump(p, p->end);
	add_branches(p);
	if (p->end && ladder_label_before(p->end))
		add_gotos(p);
}

/* A value that can be had after the release as well as before: no calls but of error-code helpers, and not the object.
 */
static bool is_simple_value(const struct path *p, const struct stmt *jump)
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

/* `return X` or `goto old` becomes a way to the label. */
static void go_to(struct path *p, struct stmt *jump, const struct stmt *label)
{
	struct repair *r = p->r;
	struct edits e = {.arena = r->arena};
	const char *name = ladder_name(r, label), *whole[2] = {0};
	const char *const *lines = whole;

	if (label->first < jump->first || (jump->kind == STMT_RETURN && !is_simple_value(p, jump)))
		return;
	if (jump->kind == STMT_RETURN)
		lines = ladder_leave(r, jump, label);
	else if (jump->kind == STMT_GOTO && !token_same(r->source, jump->first + 1, label->first))
		whole[0] = arena_printf(r->arena, "goto %s;", name);
	else
		return;
	if (!lines || !lines[0])
		return;
	layout_replace(r, &e, jump, lines);
	repair_propose(r, &e, arena_printf(r->arena, "leave through the label %s, which releases it", name));
}

static void go_to_ladder(struct path *p, struct stmt *jump)
{
	struct stmt *own = p->release.at ? ladder_label_of(p->r, p->release.at) : NULL, *first = own;

	for (unsigned int i = 0; i < p->together.n; i++) {
		struct stmt *at = p->together.v[i].at, *label = at ? ladder_label_of(p->r, at) : NULL;

		if (own && label && label->first < first->first && label->parent == own->parent)
			first = label;
	}
	if (!own)
		return;
	go_to(p, jump, first);
	go_to(p, jump, own);
	for (struct stmt *l = ladder_label_before(own); l; l = ladder_label_before(l))
		go_to(p, jump, l);
}

/* How many statements release the resources; appended to `lines`. */
static unsigned int release_lines(struct path *p, bool together, const char **lines)
{
	unsigned int n = 0;

	for (unsigned int i = 0; i < p->together.n; i++) {
		const struct release *rel = &p->together.v[i];

		if (!together && strcmp(rel->call, p->release.call) != 0)
			continue;
		if (rel->guard)
			lines[n++] = arena_printf(p->r->arena, "if (%s)", rel->guard);
		lines[n++] = rel->guard ? arena_printf(p->r->arena, "\t%s", rel->call) : rel->call;
	}
	return n;
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

/* The int that the function returns somewhere, else one that is given the result of a call; NULL. */
static const char *status_variable(const struct path *p)
{
	const struct source *s = p->r->source;
	const char *assigned = NULL;

	for (struct stmt *t = p->r->function->body; t; t = stmt_after(t)) {
		unsigned int word = t->kind == STMT_RETURN ? t->first + 1 : t->first;
		const char *name;

		if (s->tokens[word].kind != TOKEN_WORD)
			continue;
		name = source_slice(s, word, word);
		if (t->kind == STMT_RETURN && t->last == t->first + 2 && is_local_int(p, name))
			return name;
		if (t->kind == STMT_PLAIN && !assigned && token_is(s, word + 1, "=") &&
		    source_mentions_sign(s, word + 2, t->last, "(") && is_local_int(p, name))
			assigned = name;
	}
	return assigned;
}

/* Is what `return` says needed for the release, or made by what must still be there? */
static bool value_uses(const struct path *p, const struct stmt *jump)
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
static bool is_named_at(const struct path *p, const struct stmt *t)
{
	struct stmt *taker = taken_by(p), *loop = stmt_loop_of(taker);

	if (!taker)
		return true;
	return t->first > repair_acquire_token(p->r, p->r->finding) &&
	       (!loop || stmt_holds(loop, t) || stmt_has_break(loop));
}

/* Do the statements before this one in its block release it already? Twice can't be right, whatever the path says. */
static bool is_released_above(const struct path *p, const struct stmt *t)
{
	while ((t = t->prev))
		if (strcmp(source_slice(p->r->source, t->first, t->last), p->release.call) == 0)
			return true;
	return false;
}

static void release_before(struct path *p, struct stmt *jump, bool together)
{
	struct repair *r = p->r;
	struct edits e = {.arena = r->arena};
	const char **lines = ARENA_ARRAY(r->arena, const char *, 2 * p->together.n + 3), *status;
	unsigned int n = 0;

	if (!is_named_at(p, jump) || is_released_above(p, jump))
		return;
	if (jump->kind == STMT_RETURN && !is_simple_value(p, jump))
		return;
	if (jump->kind == STMT_RETURN && value_uses(p, jump)) {
		status = status_variable(p);
		if (!status)
			return;
		lines[n++] = arena_printf(r->arena, "%s = %s;", status,
					  source_slice(r->source, jump->first + 1, jump->last - 1));
		n += release_lines(p, together, lines + n);
		lines[n++] = arena_printf(r->arena, "return %s;", status);
		layout_replace(r, &e, jump, lines);
	} else {
		release_lines(p, together, lines);
		layout_before(r, &e, jump, lines);
	}
	repair_propose(r, &e, "release it before leaving");
}

/* What is released must still be there: not behind the release of what holds it. Tried upwards in the jump's block. */
static void release_earlier(struct path *p, struct stmt *jump)
{
	struct repair *r = p->r;

	if (!is_named_at(p, jump) || is_released_above(p, jump))
		return;
	for (struct stmt *t = jump->prev; t && is_nested(p, t) && t->kind == STMT_PLAIN; t = t->prev) {
		const char **lines = ARENA_ARRAY(r->arena, const char *, 2 * p->together.n + 2);
		struct edits e = {.arena = r->arena};

		release_lines(p, false, lines);
		layout_before(r, &e, t, lines);
		repair_propose(r, &e, "release it before leaving");
	}
}

/* Do two statements of one block stand in different cases of a switch? */
static bool is_other_case(const struct stmt *a, const struct stmt *b)
{
	for (a = a->next; a && a->first <= b->first; a = a->next)
		if (a->kind == STMT_CASE &&
		    (a->prev->kind == STMT_BREAK || a->prev->kind >= STMT_RETURN || stmt_jump_of(a->prev)))
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
			return a->parent->kind == STMT_IF || is_other_case(a, b);
		}
	return false;
}

/* A rung of its own in front of the label where those jump that hold it. */
static void add_rung(struct path *p, const struct stmt *jump)
{
	struct repair *r = p->r;
	struct edits e = {.arena = r->arena};
	struct stmt *label = jump->kind == STMT_GOTO ? stmt_label(r->function, r->source, jump->first + 1) : NULL;
	unsigned int from = held_from(p);
	const char *name, *indent, *lines[3] = {0};

	if (!label || label->first < jump->first || !ladder_stands_apart(label))
		return;
	name = ladder_new_name(r, label);
	for (struct stmt *t = r->function->body; t; t = stmt_after(t))
		if (t->kind == STMT_GOTO && t->first > from && t->first < label->first &&
		    !is_alternative(taken_by(p), t) && token_same(r->source, t->first + 1, label->first)) {
			const struct token *word = &r->source->tokens[t->first + 1];

			edit_replace(&e, word->start, word->end, name);
		}
	if (!e.all.n)
		return;
	indent = source_indent(r->source, label->first);
	release_lines(p, false, lines);
	edit_insert(&e, r->source->tokens[label->first].start,
		    lines[1] ? arena_printf(r->arena, "%s:\n\t%s\n\t%s\n%s", name, lines[0], lines[1], indent)
			     : arena_printf(r->arena, "%s:\n\t%s\n%s", name, layout_line(r->arena, "\t", lines[0]),
					    indent));
	repair_propose(r, &e, arena_printf(r->arena, "release it at a label %s of its own", name));
}

static bool returns_int(const struct path *p)
{
	const struct source *s = p->r->source;
	unsigned int i = p->r->function->name;

	return i && token_is(s, i - 1, "int");
}

/* "if (ret)" and what is done then, with braces where it is several statements. */
static unsigned int failed_lines(struct path *p, const char *status, const struct stmt *label, bool together,
				 const char **lines)
{
	const char **inner = ARENA_ARRAY(p->r->arena, const char *, 2 * p->together.n + 2);
	unsigned int n = 0, n_inner = label ? 1 : release_lines(p, together, inner);

	if (label)
		inner[0] = arena_printf(p->r->arena, "goto %s;", ladder_name(p->r, label));
	lines[n++] = arena_printf(p->r->arena, n_inner > 1 ? "if (%s) {" : "if (%s)", status);
	for (unsigned int i = 0; i < n_inner; i++)
		lines[n++] = arena_printf(p->r->arena, "\t%s", inner[i]);
	if (n_inner > 1)
		lines[n++] = "}";
	return n;
}

static bool is_word_of(const struct path *p, const char *word)
{
	return source_mentions(p->r->source, p->r->function->name, p->r->function->body->last, word);
}

/* A variable for the status where there is none; NULL when its name is used already. */
static const char *declare_status(struct path *p, struct edits *e)
{
	static const char name[] = "ret";
	struct stmt *last = NULL;
	const char *lines[] = {"int ret;", NULL};

	for (struct stmt *t = p->r->function->body->body; t && stmt_is_declaration(p->r->source, t); t = t->next)
		last = t;
	if (!last || is_word_of(p, name))
		return NULL;
	layout_behind(p->r, e, last, lines);
	return name;
}

static bool says_only(const struct path *p, const struct stmt *end, const char *word)
{
	return end->last == end->first + 2 && token_is(p->r->source, end->first + 1, word);
}

/* Can the ladder below this label carry the status? */
static bool carries(const struct path *p, const struct stmt *label, const struct stmt *end, const char *status)
{
	const char *variable = label && label->first > end->first ? ladder_variable(p->r, label) : NULL;

	return variable && strcmp(variable, status) == 0;
}

/* `return register();` at the end: released when that fails. */
static void release_if_failed(struct path *p, struct stmt *end, bool through_ladder, bool together)
{
	struct repair *r = p->r;
	struct edits e = {.arena = r->arena};
	const char *status = status_variable(p);
	const char **lines = ARENA_ARRAY(r->arena, const char *, 2 * p->together.n + 10);
	struct stmt *label = through_ladder && p->release.at ? ladder_label_of(r, p->release.at) : NULL;
	unsigned int n = 0;
	bool told = status && says_only(p, end, status);

	if (!returns_int(p) || end->last == end->first + 1 || (!told && is_simple_value(p, end)) ||
	    !is_named_at(p, end))
		return;
	if (!status)
		status = declare_status(p, &e);
	if (!status || (through_ladder && !carries(p, label, end, status)))
		return;
	if (!told)
		lines[n++] = arena_printf(r->arena, "%s = %s;", status,
					  source_slice(r->source, end->first + 1, end->last - 1));
	n += failed_lines(p, status, label, together, lines + n);
	lines[n++] = "";
	lines[n++] = label ? "return 0;" : arena_printf(r->arena, "return %s;", status);
	layout_replace(r, &e, end, lines);
	repair_propose(r, &e, "release it when the last step fails");
}

/* `return finish();` at the end: released whatever comes of it, before it when it does not need it. */
static void release_with_last_step(struct path *p, struct stmt *end)
{
	struct repair *r = p->r;
	struct edits e = {.arena = r->arena};
	const char *status = status_variable(p);
	const char **lines = ARENA_ARRAY(r->arena, const char *, 2 * p->together.n + 4);
	unsigned int n = 0;
	bool after = status && returns_int(p);

	if (is_simple_value(p, end) || !is_named_at(p, end) || (!after && value_uses(p, end)))
		return;
	if (after)
		lines[n++] = arena_printf(r->arena, "%s = %s;", status,
					  source_slice(r->source, end->first + 1, end->last - 1));
	n += release_lines(p, false, lines + n);
	lines[n++] = after ? arena_printf(r->arena, "return %s;", status) : "";
	if (after)
		layout_replace(r, &e, end, lines);
	else
		layout_before(r, &e, end, lines);
	repair_propose(r, &e, after ? "release it after the last step" : "release it before the last step");
}

/* `return 0;` at the end of what can fail: an initialisation, which may well be meant to keep what it took. */
static bool may_keep(const struct path *p, const struct stmt *end)
{
	return strcmp(p->r->finding->exit_kind, "success") == 0 && returns_int(p) && says_only(p, end, "0");
}

/*
 * The way out that all paths share: what is put there is released on each. Not below a ladder, which is come by in many
 * ways.
 */
static void release_at_end(struct path *p)
{
	struct repair *r = p->r;
	struct stmt *end = p->end, *last = stmt_last(r->function->body);
	const char *kind = r->finding->exit_kind;
	struct edits e = {.arena = r->arena};
	const char *lines[3] = {0};

	if (end && end->kind == STMT_RETURN && !is_nested(p, end) && may_keep(p, end)) {
		repair_give_up(r, "it may be meant to be kept when all goes well");
	} else if (end && end->kind == STMT_RETURN && !is_nested(p, end) && !ladder_label_before(end)) {
		if (strcmp(kind, "error") == 0) {
			release_if_failed(p, end, true, true);
			release_if_failed(p, end, false, true);
			release_if_failed(p, end, false, false);
		}
		release_with_last_step(p, end);
		release_before(p, end, true);
		release_before(p, end, false);
	} else if (end == r->function->body && last && last->kind != STMT_RETURN) {
		release_lines(p, false, lines);
		edit_insert(&e, r->source->tokens[last->last].end,
			    lines[1] ? arena_printf(r->arena, "\n\n\t%s\n\t%s", lines[0], lines[1])
				     : arena_printf(r->arena, "\n\n\t%s", layout_line(r->arena, "\t", lines[0])));
		repair_propose(r, &e, "release it at the end");
	}
}

/* Each round takes one: given back before the next round begins, at each place where that is. */
static void release_each_round(struct path *p)
{
	struct repair *r = p->r;
	struct edits e = {.arena = r->arena};
	const char *lines[3] = {0};
	struct stmt *loop = stmt_loop_of(taken_by(p)), *last;

	if (!loop || !loop->body || (p->end && p->end->kind == STMT_RETURN && stmt_holds(loop, p->end)))
		return;
	for (struct stmt *t = loop->body; t && stmt_holds(loop, t); t = stmt_after(t))
		if (t->kind == STMT_CONTINUE)
			release_before(p, t, false);
	last = loop->body->kind == STMT_BLOCK ? stmt_last(loop->body) : loop->body;
	if (!last || last->kind >= STMT_RETURN || is_released_above(p, last))
		return;
	release_lines(p, false, lines);
	layout_behind(r, &e, last, lines);
	repair_propose(r, &e, "release it before the next round");
}

/* Where the last pointer is overwritten, by anything but the acquisition itself or what is got with its help. */
static void release_before_overwriting(struct path *p)
{
	struct repair *r = p->r;
	struct edits e = {.arena = r->arena};
	const char *lines[3] = {0}, *held = release_expression(r, r->finding);

	if (!p->end || p->end->kind != STMT_PLAIN || strcmp(r->finding->exit_kind, "overwrite") != 0 || !held)
		return;
	for (unsigned int i = p->end->first; i < p->end->last; i++)
		if (token_is(r->source, i, "=") && strstr(source_slice(r->source, i, p->end->last), held))
			return;
	release_lines(p, false, lines);
	layout_before(r, &e, p->end, lines);
	repair_propose(r, &e, "release it before the pointer is overwritten");
}

void repair_jumps(struct repair *r)
{
	struct path p = {.r = r};

	if (!r->function) {
		repair_give_up(r, "the layout of the function is not understood");
		return;
	}
	if (!release_find(r, r->finding, &p.release)) {
		repair_give_up(r, "what to release it with, and with which arguments, is not known");
		return;
	}
	find_releases(&p);
	find_jumps(&p);
	for (unsigned int i = 0; i < p.jumps.n; i++) {
		struct stmt *jump = p.jumps.v[i];

		go_to_ladder(&p, jump);
		add_rung(&p, jump);
		release_before(&p, jump, true);
		release_before(&p, jump, false);
		release_earlier(&p, jump);
		if (jump->kind == STMT_RETURN) {
			release_if_failed(&p, jump, true, true);
			release_if_failed(&p, jump, false, false);
		}
	}
	release_each_round(&p);
	release_at_end(&p);
	release_before_overwriting(&p);
	repair_give_up(r, "no jump on the path is one that can be changed");
}
