/*
 * A result that nobody looks at: the test comes behind the call, and leaves as the function's other failures do,
 * through the label that its neighbours use, or with a return.
 */
#include "fix/ladder.h"
#include "fix/path.h"

#include <glib.h>
#include <string.h>

enum { MAX_LABELS = 3 };

struct test {
	struct repair *r;
	struct path path;
	const char *condition;
	const char *error;     /* the code to leave with */
	const char *call;      /* what comes instead of the statement; NULL: it stays */
	const char *status;    /* that holds the code already; NULL: none does */
	bool declares;	       /* `status` must be declared yet */
	struct stmt *at;       /* the call */
	VEC(struct stmt *) to; /* labels, the best first */
};

/* ---- where to ---- */

static void add_label(struct test *t, struct stmt *jump)
{
	struct stmt *label = stmt_label(t->r->function, t->r->source, jump->first + 1);

	if (!label || label->first < t->at->first)
		return;
	for (unsigned int i = 0; i < t->to.n; i++)
		if (t->to.v[i] == label)
			return;
	vec_push(t->r->arena, &t->to, label);
}

/* Of the jumps before the call the last ones, then the first ones behind it; returns how many are before it. */
static unsigned int find_labels(struct test *t)
{
	struct stmt *before[MAX_LABELS] = {0};
	unsigned int n_before;

	for (struct stmt *s = t->r->function->body; s && s->first < t->at->first; s = stmt_after(s))
		if (s->kind == STMT_GOTO) {
			memmove(before + 1, before, sizeof(before) - sizeof(*before));
			before[0] = s;
		}
	for (int i = 0; i < MAX_LABELS && before[i]; i++)
		add_label(t, before[i]);
	n_before = t->to.n;
	for (struct stmt *s = t->at; s && t->to.n < 2 * MAX_LABELS; s = stmt_after(s))
		if (s->kind == STMT_GOTO)
			add_label(t, s);
	return n_before;
}

/* ---- what is held ---- */

static bool is_call(const struct source *s, unsigned int i)
{
	return s->tokens[i].kind == TOKEN_WORD && token_is(s, i + 1, "(");
}

/* By their names and first arguments, does the second call take back what the first one does? */
static bool is_undone_by(const struct test *t, unsigned int a, unsigned int b)
{
	const struct source *s = t->r->source;
	const char *first = release_argument(s, a, 0), *second = is_call(s, b) ? release_argument(s, b, 0) : NULL;
	const char *name = source_slice(s, a, a), *other = source_slice(s, b, b);

	return first && second && strcmp(first, second) == 0 &&
	       (model_is_pair(t->r->request->model, name, other) || model_is_pair(t->r->request->model, other, name));
}

/* Does the call at this token do what is undone behind the test only, and not on the way from `behind` on? */
static bool is_open(const struct test *t, unsigned int call, unsigned int behind)
{
	bool later = false;

	for (unsigned int i = call + 1; i < t->r->function->body->last; i++)
		if (is_undone_by(t, call, i)) {
			if (i < t->at->first || i >= behind)
				return false;
			later = true;
		}
	return later;
}

/* A lock, say: nothing that analysis counts. Whoever leaves to `behind` must not leave that held. */
static bool leaves_open(const struct test *t, unsigned int behind)
{
	for (unsigned int i = t->r->function->body->first; i < t->at->first; i++)
		if (is_call(t->r->source, i) && is_open(t, i, behind))
			return true;
	return false;
}

/* ---- what to say ---- */

/* ERR_PTR(-EIO) or ERR_PTR(ret): the function returns error pointers, made by the same call. */
static const char *made_error(const struct test *t, const struct stmt *other)
{
	const struct source *s = t->r->source;
	const struct api *api = model_api(t->r->request->model, source_slice(s, other->first + 1, other->first + 1));
	const char *status = path_status_variable(&t->path);

	if (!token_is(s, other->first + 2, "(") || !api || api->intrinsic != INTRINSIC_ERR_PTR ||
	    !(token_is(s, other->first + 3, "-") || (status && token_is(s, other->first + 3, status))))
		return NULL;
	return arena_printf(t->r->arena, "return %s(%s);", api->name, t->error);
}

/* `return -ENOMEM;` in the terms of the function's type; NULL when nobody shows what its failures look like. */
static const char *return_text(const struct test *t)
{
	const struct source *s = t->r->source;
	unsigned int name = t->r->function->name;

	if (path_returns_int(&t->path))
		return arena_printf(t->r->arena, "return %s;", t->error);
	if (token_is(s, name - 1, "void"))
		return "return;";
	for (struct stmt *other = t->r->function->body; token_is(s, name - 1, "*") && other;
	     other = stmt_after(other)) {
		const char *text = other->kind == STMT_RETURN ? made_error(t, other) : NULL;

		if (text)
			return text;
		if (other->kind == STMT_RETURN && token_is(s, other->first + 1, "NULL"))
			return "return NULL;";
	}
	return NULL;
}

/* Does a blank line follow? */
static bool is_set_apart(const struct source *s, const struct stmt *t)
{
	const char *rest = strchr(s->text + s->tokens[t->last].end, '\n');

	return rest && rest[1] == '\n';
}

static void propose(struct test *t, const char *set, const char *leave, const char *how)
{
	struct repair *r = t->r;
	struct edits e = {.arena = r->arena};
	const char *lines[9] = {0};
	struct stmt *behind = t->at;
	unsigned int n = 0;
	bool first = t->call == NULL;

	while (first && stmt_is_declaration(r->source, behind) && behind->next &&
	       stmt_is_declaration(r->source, behind->next))
		behind = behind->next;
	if (t->declares && !path_declare_status(&t->path, &e))
		return;
	if (t->call)
		lines[n++] = t->call;
	else if (stmt_is_declaration(r->source, behind))
		lines[n++] = "";
	lines[n++] = arena_printf(r->arena, "if (%s)%s", t->condition, set ? " {" : "");
	if (set)
		lines[n++] = arena_printf(r->arena, "\t%s", set);
	lines[n++] = arena_printf(r->arena, "\t%s", leave);
	if (set)
		lines[n++] = "}";
	if (behind->next && behind->next->kind != STMT_LABEL && !is_set_apart(r->source, behind))
		lines[n++] = "";
	if (t->call)
		layout_replace(r, &e, t->at, lines);
	else
		layout_behind(r, &e, behind, lines);
	repair_propose(r, &e, how);
}

static void leave_through(struct test *t, const struct stmt *label)
{
	const char *variable = ladder_variable(t->r, label), *name = ladder_name(t->r, label), *set = NULL;

	if (leaves_open(t, label->first))
		return;
	if (variable && !(t->status && strcmp(t->status, variable) == 0)) {
		/* What is not the function's status may be the object that it returns. */
		const char *status = path_status_variable(&t->path);

		if (!status || strcmp(status, variable) != 0)
			return;
		set = arena_printf(t->r->arena, "%s = %s;", variable, t->error);
	}
	propose(t, set, arena_printf(t->r->arena, "goto %s;", name),
		arena_printf(t->r->arena, "test it, and leave through the label %s", name));
}

/* "kfree(p);" of `if (bad) { kfree(p); return; }`; NULL. */
static const char *released_in(const struct test *t, struct stmt *arm)
{
	const struct source *s = t->r->source;
	const struct stmt *jump = arm->kind == STMT_IF && arm->body ? stmt_jump_of(arm->body) : NULL;
	const struct stmt *call = jump && jump->kind == STMT_RETURN ? jump->prev : NULL;

	if (!call || call->kind != STMT_PLAIN || !is_call(s, call->first) ||
	    !model_sounds_like_release(t->r->request->model, source_slice(s, call->first, call->first)))
		return NULL;
	return source_slice(s, call->first, call->last);
}

/* What both the failure before the call and the one behind it release before they return. */
static const char *released_around(const struct test *t)
{
	const char *before = NULL, *behind = NULL;

	for (struct stmt *s = t->r->function->body; s && !behind; s = stmt_after(s))
		if (s->kind == STMT_IF && s->first < t->at->first && s->last < t->at->first)
			before = stmt_jump_of(s->body) ? released_in(t, s) : before;
		else if (s->first > t->at->last)
			behind = released_in(t, s);
	return before && behind && strcmp(before, behind) == 0 ? before : NULL;
}

static void leave_with_return(struct test *t)
{
	const char *text = leaves_open(t, t->r->function->body->last) ? NULL : return_text(t);

	if (text)
		propose(t, released_around(t), text, "test it, and return");
}

static void leave(struct test *t)
{
	unsigned int n_before = find_labels(t);

	for (unsigned int i = 0; i < n_before; i++)
		leave_through(t, t->to.v[i]);
	if (!n_before)
		leave_with_return(t);
	for (unsigned int i = n_before; i < t->to.n; i++)
		leave_through(t, t->to.v[i]);
	if (n_before)
		leave_with_return(t);
	repair_give_up(t->r, "how the function tells a failure is not understood");
}

/* ---- what is tested ---- */

static const char *name_of(const struct repair *r, enum intrinsic wanted)
{
	unsigned int n;
	const struct api *const *all = model_apis(r->request->model, &n);

	for (unsigned int i = 0; i < n; i++)
		if (all[i]->intrinsic == wanted)
			return all[i]->name;
	return NULL;
}

/* `p = acquire();`, also as a declaration. */
static void test_result(struct test *t, unsigned int call, const struct api *api)
{
	struct repair *r = t->r;
	const struct source *s = r->source;
	const struct effect *taken = api_acquires(api);
	const char *held;

	if (t->at->kind != STMT_PLAIN || !token_is(s, call - 1, "=") || token_close(s, call + 1) != t->at->last - 1 ||
	    (stmt_is_declaration(s, t->at) && source_mentions_sign(s, t->at->first, call, ","))) {
		repair_give_up(r, "the call is no assignment of its own");
		return;
	}
	held = stmt_is_declaration(s, t->at) ? source_slice(s, call - 2, call - 2)
					     : source_slice(s, t->at->first, call - 2);
	if (api->fails == FAILS_ERRPTR) {
		t->condition = arena_printf(r->arena, "%s(%s)", name_of(r, INTRINSIC_IS_ERR), held);
		t->error = arena_printf(r->arena, "%s(%s)", name_of(r, INTRINSIC_PTR_ERR), held);
	} else {
		t->condition = arena_printf(r->arena, "!%s", held);
		t->error = taken && taken->family->kind == FAMILY_OWNED ? "-ENOMEM" : "-ENODEV";
	}
	leave(t);
}

/* Is this where a failure is handled, or something ends, so that one more failure changes nothing? */
static bool is_unwinding(const struct stmt *t)
{
	for (; t && t->parent; t = t->parent)
		if (ladder_label_before((struct stmt *)t) || (t->kind == STMT_IF && stmt_jump_of(t->body)))
			return true;
	return false;
}

/* `acquire(); return 0;` is `return acquire();`. */
static bool return_it(struct repair *r, struct stmt *call, const char *text)
{
	const struct stmt *end = call->next;
	struct edits e = {.arena = r->arena};
	const char *lines[] = {arena_printf(r->arena, "return %s", text), NULL};

	if (!end || end->kind != STMT_RETURN || end->last != end->first + 2 ||
	    !token_is(r->source, end->first + 1, "0"))
		return false;
	layout_drop(r, &e, end);
	layout_replace(r, &e, call, lines);
	repair_propose(r, &e, "return its result");
	return true;
}

/* `acquire();`: its result is told by a variable, and the function's own. */
static void test_status(struct test *t, unsigned int call, const struct api *api)
{
	struct repair *r = t->r;
	const char *text = source_slice(r->source, t->at->first, t->at->last);

	if (t->at->first != call || token_close(r->source, call + 1) != t->at->last - 1 ||
	    !path_returns_int(&t->path) || is_unwinding(t->at)) {
		repair_give_up(r, "nobody would hear of the failure there");
		return;
	}
	if (!(api && api->returns_positive) && !find_labels(t) && return_it(r, t->at, text))
		return;
	t->to.n = 0;
	t->status = path_status_besides(&t->path, t->at);
	t->declares = !t->status;
	if (t->declares)
		t->status = "ret";
	t->call = arena_printf(r->arena, "%s = %s", t->status, text);
	t->condition = arena_printf(r->arena, api && api->returns_positive ? "%s < 0" : "%s", t->status);
	t->error = t->status;
	leave(t);
}

void repair_unchecked(struct repair *r)
{
	static const char *const optional[] = {"optional", "ignore", "not fatal", "non-fatal", "best effort", NULL};
	const struct finding_event *e = finding_event_of_kind(r->finding, "acquired");
	bool ignored = strcmp(r->finding->exit_kind, "ignored") == 0;
	unsigned int call = repair_event_token(r, ignored ? finding_event_of_kind(r->finding, "used") : e);
	const struct api *api = model_api(r->request->model, r->finding->acquire);
	struct test t = {.r = r, .path = {.r = r}};

	t.at = r->function && call < r->source->n ? stmt_at(r->function, call) : NULL;
	if (!t.at || !token_is(r->source, call, r->finding->acquire) || !token_is(r->source, call + 1, "(")) {
		repair_give_up(r, "the call stands in a macro, or in another function");
		return;
	}
	if (ignored && repair_comment_says(r, t.at, optional))
		repair_give_up(r, "a comment says that it may fail");
	else if (!ignored && api)
		test_result(&t, call, api);
	else if (ignored && (!api || api->fails == FAILS_ERRNO))
		test_status(&t, call, api);
}
