/*
 * What probe takes, and nobody gives back or remove does by hand, is taken managed instead: the acquiring call gets its
 * managed twin's name and the device, and what released it in the same function and in remove goes, with what was there
 * for that alone.
 */
#include "fix/prune.h"

#include <glib.h>
#include <string.h>

struct conversion {
	struct repair *r;
	const struct function *taker;
	unsigned int call;	   /* token of the plain function's name */
	const struct effect *from; /* what the plain one acquires */
	const struct api *twin;
	const struct effect *to;
	VEC(const char *) labels; /* above what released it */
};

/* The device as the function names it for the managed resources that it has already; NULL when it has none. */
static const char *device_in(const struct conversion *c)
{
	const struct source *s = c->r->source;

	for (unsigned int i = c->taker->body->first; i < c->taker->body->last; i++) {
		const struct effect *e;
		g_autofree char *name = NULL;

		if (s->tokens[i].kind != TOKEN_WORD || !token_is(s, i + 1, "("))
			continue;
		name = g_strndup(s->text + s->tokens[i].start, s->tokens[i].end - s->tokens[i].start);
		e = api_acquires(model_api(c->r->request->model, name));
		if (e && e->device.root == PLACE_ARG && !e->device.deref)
			return release_argument(s, i, e->device.arg);
	}
	return NULL;
}

/* Does the twin take the device beside what the plain one takes? */
static bool takes_device_too(const struct conversion *c)
{
	return !(c->from->at.root == PLACE_ARG && c->to->at.root == PLACE_ARG && c->from->at.arg == c->to->at.arg);
}

/* `struct device *` stands before it. */
static bool is_pointer_to_device(const struct source *s, unsigned int i)
{
	return i > 3 && token_is(s, i - 1, "*") && token_is(s, i - 2, "device") && token_is(s, i - 3, "struct");
}

/*
 * The device that is being bound: the parameter, a local for it, or the member of the first parameter that all buses
 * call so. A guess, which the compiler judges.
 */
static const char *device_bound(const struct conversion *c)
{
	const struct source *s = c->r->source;
	unsigned int end = token_close(s, c->taker->name + 1), i;

	for (i = c->taker->name + 1; i <= end; i++)
		if (is_pointer_to_device(s, i) && strchr(",)", s->text[s->tokens[i + 1].start]))
			return source_slice(s, i, i);
	for (i = end; i < c->call; i++)
		if (is_pointer_to_device(s, i) && token_is(s, i + 1, "=") && token_is(s, i + 2, "&") &&
		    source_mentions(s, c->taker->name + 2, end, source_slice(s, i + 3, i + 3)))
			return source_slice(s, i, i);
	for (i = c->taker->name + 2; i < end && !token_is(s, i + 1, ",") && !token_is(s, i + 1, ")"); i++)
		;
	return i < end && token_is(s, i - 1, "*") ? arena_printf(c->r->arena, "&%s->dev", source_slice(s, i, i)) : NULL;
}

static void drop_release(struct conversion *c, struct edits *e, const struct stmt *t)
{
	const struct source *s = c->r->source;

	if (t->prev && t->prev->kind == STMT_LABEL)
		vec_push(c->r->arena, &c->labels, source_slice(s, t->prev->first, t->prev->first));
	layout_drop(c->r, e, t);
}

/* `if (ret) kfree(p);`: what is asked for that alone goes with it. NULL: the call stands in no place to be taken out.
 */
static const struct stmt *whole_of(const struct source *s, const struct stmt *t)
{
	const struct stmt *p = t->parent;

	if (!p || p->kind == STMT_BLOCK)
		return p ? t : NULL;
	return p->kind == STMT_IF && !p->other && p->parent->kind == STMT_BLOCK &&
			       !source_mentions_sign(s, p->first + 2, p->close - 1, "(")
		       ? p
		       : NULL;
}

static void drop_releases(struct conversion *c, struct edits *e)
{
	const char *held = release_expression_in(c->r, c->taker);

	for (struct stmt *t = c->taker->body; held && t; t = stmt_after(t)) {
		const struct stmt *whole = t->kind == STMT_PLAIN ? whole_of(c->r->source, t) : NULL;
		const char *argument;

		if (!whole || !token_is(c->r->source, t->first, c->r->finding->release))
			continue;
		argument = release_argument(c->r->source, t->first, 0);
		if (argument && strcmp(argument, held) == 0)
			drop_release(c, e, whole);
	}
}

/* What remove does by hand; NULL: nothing is told of it, or it is no statement of its own. */
static const struct stmt *release_in_remove(const struct conversion *c, const struct function **remove)
{
	const struct finding_event *e = finding_event_of_kind(c->r->finding, "released");
	unsigned int token = repair_event_token(c->r, e);
	const struct stmt *t;

	*remove = token < c->r->source->n ? stmt_function_at(c->r->source, e->line) : NULL;
	t = *remove ? stmt_at(*remove, token) : NULL;
	return t && t->kind == STMT_PLAIN && t->first == token && t->parent->kind == STMT_BLOCK ? t : NULL;
}

/* The statement anew, as it may be too long now. */
static void rewrite(const struct conversion *c, struct edits *e, const struct stmt *t, const char *device)
{
	const struct source *s = c->r->source;
	const struct token *first = &s->tokens[t->first], *name = &s->tokens[c->call];
	const char *text = arena_printf(c->r->arena, "%.*s%s(%s%s%s", (int)(name->start - first->start),
					s->text + first->start, c->twin->name, device ? device : "", device ? ", " : "",
					source_slice(s, c->call + 2, t->last));

	edit_replace(e, first->start, s->tokens[t->last].end,
		     layout_line(c->r->arena, source_indent(s, t->first), text));
}

static const char *name_of(const struct conversion *c, const struct function *f)
{
	return source_slice(c->r->source, f->name, f->name);
}

/* A callback that has become empty goes if nobody minds. */
static void propose_tidied(const struct conversion *c, const char *text, const struct stmt *freed,
			   const struct function *remove)
{
	const char *taker = name_of(c, c->taker), *how;

	how = arena_printf(c->r->arena, "take it managed, with %s()", c->twin->name);
	for (unsigned int i = 0; i < c->labels.n; i++)
		text = prune_label(c->r, text, taker, c->labels.v[i]);
	if (freed) {
		text = prune_variables(c->r, text, name_of(c, remove), layout_raw(c->r, freed));
		repair_propose_text(c->r, prune_callback(c->r, text, name_of(c, remove)), how);
	}
	repair_propose_text(c->r, text, how);
}

static void convert_with(struct conversion *c, const struct stmt *t, const char *device)
{
	struct edits e = {.arena = c->r->arena};
	const struct function *remove;
	const struct stmt *freed = release_in_remove(c, &remove);
	const char *text;

	c->labels.n = 0;
	rewrite(c, &e, t, device);
	drop_releases(c, &e);
	if (freed)
		layout_drop(c->r, &e, freed);
	text = edits_apply(&e, c->r->source->text);
	if (text)
		propose_tidied(c, text, freed, remove);
}

static void convert(struct conversion *c)
{
	const struct stmt *t = stmt_at(c->taker, c->call);
	const char *bound = device_bound(c), *used = device_in(c);
	bool in_probe = strcmp(c->r->finding->rule, "leak/remove") != 0;

	if (!t || (t->kind != STMT_PLAIN && t->kind != STMT_RETURN))
		return;
	if (!takes_device_too(c))
		convert_with(c, t, NULL);
	else if (!bound && !used)
		repair_give_up(c->r, "the device that could manage it is not known");
	/* A helper may be called for another device than the one that it gets. */
	if (takes_device_too(c) && bound && in_probe)
		convert_with(c, t, bound);
	if (takes_device_too(c) && used)
		convert_with(c, t, used);
	if (takes_device_too(c) && bound && !used)
		convert_with(c, t, bound);
}

static bool is_welcome(const struct repair *r)
{
	for (char *const *below = r->request->no_managed; below && *below; below++)
		if (g_str_has_prefix(r->finding->file, *below))
			return false;
	return true;
}

void repair_managed(struct repair *r)
{
	struct conversion c = {.r = r};
	const struct finding_event *e = finding_event_of_kind(r->finding, "acquired");

	c.call = repair_event_token(r, e);
	c.from = api_acquires(model_api(r->request->model, r->finding->acquire));
	if (c.call >= r->source->n || !token_is(r->source, c.call, r->finding->acquire) || !c.from)
		return;
	c.taker = stmt_function_at(r->source, e->line);
	c.twin = model_managed_twin(r->request->model, r->finding->acquire, c.from->family);
	c.to = api_acquires(c.twin);
	if (!c.taker || !c.twin)
		return;
	if (is_welcome(r))
		convert(&c);
	else
		repair_give_up(r, "this subsystem wants no managed resources introduced");
}

/* A condition that asks for more than the object may tell whether the device has it, or somebody else. */
static bool asks_for_more(const struct repair *r, const struct stmt *whole, const struct stmt *call)
{
	const char *held = release_argument(r->source, call->first, 0), *asked;

	if (whole == call)
		return false;
	asked = source_slice(r->source, whole->first + 2, whole->close - 1);
	return !held || strcmp(asked, held) != 0;
}

/* The device does that: what is done by hand goes, with what there was for it alone. */
void repair_by_hand(struct repair *r)
{
	struct conversion c = {.r = r};
	struct edits e = {.arena = r->arena};
	const struct finding_event here = {
		.file = r->finding->file, .line = r->finding->line, .column = r->finding->column};
	unsigned int token;
	const struct stmt *t = repair_call_at(r, &here, &token), *whole = t ? whole_of(r->source, t) : NULL;
	const struct function *f = whole ? r->function : NULL;
	const char *text, *name;

	if (!f || asks_for_more(r, whole, t)) {
		repair_give_up(r, f ? "a condition decides about the release by hand"
				    : "the release by hand is no statement of its own");
		return;
	}
	name = name_of(&c, f);
	drop_release(&c, &e, whole);
	text = edits_apply(&e, r->source->text);
	for (unsigned int i = 0; text && i < c.labels.n; i++)
		text = prune_label(r, text, name, c.labels.v[i]);
	if (!text)
		return;
	text = prune_variables(r, text, name, layout_raw(r, whole));
	repair_propose_text(r, prune_callback(r, text, name), "leave it to the device");
	repair_propose_text(r, text, "leave it to the device");
}
