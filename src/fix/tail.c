/* The end of a function, which many paths may share: what is released there, or when the last step fails. */
#include "fix/ladder.h"
#include "fix/path.h"
#include "fix/undo.h"

#include <glib.h>
#include <string.h>

bool path_returns_int(const struct path *p)
{
	const struct source *s = p->r->source;

	for (unsigned int i = p->r->function->name; i && s->tokens[i - 1].kind == TOKEN_WORD; i--)
		if (token_is(s, i - 1, "int"))
			return true;
	return false;
}

static bool can_be_joined(const char *condition)
{
	for (const char *s = condition; *s; s++)
		if (strchr("|?=<", *s) || (*s == '>' && (s == condition || s[-1] != '-')))
			return false;
	return true;
}

/* "if (ret)" and what is done then, with braces where it is several statements. */
static unsigned int failed_lines(struct path *p, const char *status, const struct stmt *label, bool together,
				 const char **lines)
{
	const char **inner = path_lines(p);
	unsigned int n = 0, n_inner = label ? 1 : path_release_lines(p, together, NULL, inner);

	if (!label && n_inner == 2 && p->release.guard && can_be_joined(p->release.guard)) {
		lines[n++] = arena_printf(p->r->arena, "if (%s && %s)", status, p->release.guard);
		lines[n++] = inner[1];
		return n;
	}
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

const char *path_declare_status(const struct path *p, struct edits *e)
{
	static const char name[] = "ret";
	struct stmt *last = NULL;
	const char *lines[] = {"int ret;", NULL};

	for (struct stmt *t = p->r->function->body->body; t && stmt_is_declaration(p->r->source, t); t = t->next)
		last = t;
	if (is_word_of(p, name))
		return NULL;
	if (last)
		layout_behind(p->r, e, last, lines);
	else
		edit_insert(e, p->r->source->tokens[p->r->function->body->first].end,
			    arena_printf(p->r->arena, "\n\t%s\n", lines[0]));
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

/* `if (ret) return ret;` has asked already. */
static bool is_asked_before(const struct path *p, const struct stmt *end, const char *status)
{
	const struct source *s = p->r->source;

	for (const struct stmt *t = end->parent; t; t = t->parent)
		if (t->kind == STMT_IF && source_mentions(s, t->first + 2, t->close - 1, status))
			return true;
	return false;
}

/* `return register();` at the end: released when that fails. */
void tail_release_if_failed(struct path *p, struct stmt *end, bool through_ladder, bool together)
{
	struct repair *r = p->r;
	struct edits e = {.arena = r->arena};
	const char *status = path_status_variable(p);
	const char **lines = path_lines(p);
	struct stmt *label = !through_ladder ? NULL : together ? path_first_label(p) : path_own_label(p);
	unsigned int n = 0;
	bool told = status && says_only(p, end, status);

	if (!path_returns_int(p) || end->last == end->first + 1 || (!told && path_value_is_simple(p, end)) ||
	    !path_is_named_at(p, end))
		return;
	if (told && is_asked_before(p, end, status))
		return;
	if (!status)
		status = path_declare_status(p, &e);
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
	const char *status = path_status_variable(p);
	const char **lines = path_lines(p);
	unsigned int n = 0;
	bool after = status && path_returns_int(p);

	if (path_value_is_simple(p, end) || !path_is_named_at(p, end) || (!after && path_value_uses_it(p, end)))
		return;
	if (after)
		lines[n++] = arena_printf(r->arena, "%s = %s;", status,
					  source_slice(r->source, end->first + 1, end->last - 1));
	n += path_release_lines(p, false, NULL, lines + n);
	lines[n++] = after ? arena_printf(r->arena, "return %s;", status) : "";
	if (after)
		layout_replace(r, &e, end, lines);
	else
		layout_before(r, &e, end, lines);
	repair_propose(r, &e, after ? "release it after the last step" : "release it before the last step");
}

/* `return ret;` ends what went well, too. */
static bool tells_status(const struct path *p, const struct stmt *end)
{
	const char *status = path_status_variable(p);

	return status && strcmp(p->r->finding->exit_kind, "error") == 0 && says_only(p, end, status);
}

/* The resource is only forgotten when this fails, and it may succeed: nothing that is done in any case is right here.
 */
static bool may_succeed(const struct path *p, const struct stmt *end)
{
	const struct source *s = p->r->source;

	if (strcmp(p->r->finding->exit_kind, "error") != 0)
		return false;
	for (unsigned int i = end->first + 1; i + 1 < end->last; i++) {
		const struct api *api =
			token_is(s, i + 1, "(") ? model_api(p->r->request->model, source_slice(s, i, i)) : NULL;

		if (token_is(s, i + 1, "?") ||
		    (token_is(s, i + 1, "(") && s->tokens[i].kind == TOKEN_WORD &&
		     !(api && (api->intrinsic == INTRINSIC_PTR_ERR || api->intrinsic == INTRINSIC_ERR_PTR ||
			       api->intrinsic == INTRINSIC_RETURNS_ARG))))
			return true;
	}
	return false;
}

/* `return 0;` at the end of what can fail: an initialisation, which may well be meant to keep what it took. */
static bool may_keep(const struct path *p, const struct stmt *end)
{
	return strcmp(p->r->finding->exit_kind, "success") == 0 && path_returns_int(p) && says_only(p, end, "0");
}

/* Do all that enter the ladder above this return have it, and only they? */
static bool is_held_in_ladder(const struct path *p, const struct stmt *end)
{
	unsigned int from = path_held_from(p);
	struct stmt *first = ladder_label_before((struct stmt *)end), *above;

	while (first && (above = ladder_label_before(first)))
		first = above;
	if (!first || !ladder_stands_apart(first) || from >= p->r->source->n)
		return false;
	for (const struct stmt *t = first; t != end; t = t->next)
		if (undo_in(p->r, t, p->r->function->body->first, repair_acquire_token(p->r, p->r->finding)))
			return false;
	for (struct stmt *t = p->r->function->body; t; t = stmt_after(t)) {
		const struct stmt *label =
			t->kind == STMT_GOTO ? stmt_label(p->r->function, p->r->source, t->first + 1) : NULL;

		if (label && label->first >= first->first && label->first < end->first && t->first < from)
			return false;
	}
	return true;
}

/* What was taken before all that the ladder undoes is undone last. */
void tail_end_ladder(struct path *p)
{
	struct stmt *end = p->end;
	struct edits e = {.arena = p->r->arena};
	const char **lines = path_lines(p);

	if (!end || end->kind != STMT_RETURN || path_is_nested(p, end) || path_own_label(p) || !end->prev ||
	    end->prev->kind != STMT_PLAIN || strcmp(p->r->finding->exit_kind, "error") != 0 ||
	    !is_held_in_ladder(p, end))
		return;
	path_release_lines(p, false, NULL, lines);
	layout_behind(p->r, &e, end->prev, lines);
	repair_propose(p->r, &e, "release it at the end of the ladder");
}

/*
 * The way out that all paths share: what is put there is released on each. Not below a ladder, which is come by in many
 * ways.
 */
void tail_release(struct path *p)
{
	struct repair *r = p->r;
	struct stmt *end = p->end, *last = stmt_last(r->function->body);
	const char *kind = r->finding->exit_kind;
	struct edits e = {.arena = r->arena};
	const char **lines = path_lines(p);

	if (end && path_is_joined(p, end)) {
		repair_give_up(r, "paths that have not taken it come by there as well");
		return;
	}
	if (end && end->kind == STMT_RETURN && !path_is_nested(p, end) && may_keep(p, end)) {
		repair_give_up(r, "it may be meant to be kept when all goes well");
	} else if (end && end->kind == STMT_RETURN && !path_is_nested(p, end) && !ladder_label_before(end)) {
		if (strcmp(kind, "error") == 0) {
			tail_release_if_failed(p, end, true, true);
			tail_release_if_failed(p, end, true, false);
			tail_release_if_failed(p, end, false, true);
			tail_release_if_failed(p, end, false, false);
		}
		if (!may_succeed(p, end))
			release_with_last_step(p, end);
		if (!tells_status(p, end) && !may_succeed(p, end)) {
			jump_release_before(p, end, true);
			jump_release_before(p, end, false);
		}
	} else if (end == r->function->body && last && last->kind != STMT_RETURN && !stmt_loop_of(path_taken_by(p))) {
		path_release_lines(p, false, NULL, lines);
		edit_insert(&e, r->source->tokens[last->last].end,
			    arena_printf(r->arena, "\n\n\t%s", layout_lines(r, "\t", lines)));
		repair_propose(r, &e, "release it at the end");
	}
}
