/*
 * What probe takes and nobody gives back is taken managed instead: the acquiring call gets its managed twin's name and
 * the device, and what released it in the same function goes. The twin is what the rules know under a name that ends
 * with the plain one, for the same family.
 */
#include "fix/repair.h"

#include <glib.h>
#include <string.h>

struct conversion {
	struct repair *r;
	const struct function *taker;
	unsigned int call;	   /* token of the plain function's name */
	const struct effect *from; /* what the plain one acquires */
	const struct api *twin;
	const struct effect *to;
};

static const struct effect *acquires(const struct api *api)
{
	for (unsigned int i = 0; api && i < api->n_effects; i++)
		if (api->effects[i].kind == EFFECT_ACQUIRE || api->effects[i].kind == EFFECT_ARM)
			return &api->effects[i];
	return NULL;
}

/* The shortest name that ends with the plain one's: what is longer does more. */
static void find_twin(struct conversion *c, const char *plain)
{
	unsigned int n;
	const struct api *const *all = model_apis(c->r->request->model, &n);

	for (unsigned int i = 0; i < n; i++) {
		const struct effect *e = acquires(all[i]);

		if (!e || e->device.root != PLACE_ARG || e->family != c->from->family ||
		    !g_str_has_suffix(all[i]->name, plain))
			continue;
		if (!c->twin || strlen(all[i]->name) < strlen(c->twin->name)) {
			c->twin = all[i];
			c->to = e;
		}
	}
}

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
		e = acquires(model_api(c->r->request->model, name));
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

static void drop_releases(const struct conversion *c, struct edits *e)
{
	const char *held = release_expression_in(c->r, c->taker);

	for (struct stmt *t = c->taker->body; held && t; t = stmt_after(t)) {
		const char *argument;

		if (t->kind != STMT_PLAIN || !token_is(c->r->source, t->first, c->r->finding->release) || !t->parent ||
		    t->parent->kind != STMT_BLOCK)
			continue;
		argument = release_argument(c->r->source, t->first, 0);
		if (argument && strcmp(argument, held) == 0)
			layout_drop(c->r, e, t);
	}
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

static void convert(const struct conversion *c)
{
	struct edits e = {.arena = c->r->arena};
	const struct stmt *t = stmt_at(c->taker, c->call);
	const char *device = takes_device_too(c) ? device_in(c) : NULL;

	if (takes_device_too(c) && !device) {
		repair_give_up(c->r, "the device that could manage it is not known");
		return;
	}
	if (!t || (t->kind != STMT_PLAIN && t->kind != STMT_RETURN))
		return;
	rewrite(c, &e, t, device);
	drop_releases(c, &e);
	repair_propose(c->r, &e, arena_printf(c->r->arena, "take it managed, with %s()", c->twin->name));
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
	c.from = acquires(model_api(r->request->model, r->finding->acquire));
	if (c.call >= r->source->n || !token_is(r->source, c.call, r->finding->acquire) || !c.from)
		return;
	c.taker = stmt_function_at(r->source, e->line);
	find_twin(&c, r->finding->acquire);
	if (!c.taker || !c.twin)
		return;
	if (is_welcome(r))
		convert(&c);
	else
		repair_give_up(r, "this subsystem wants no managed resources introduced");
}
