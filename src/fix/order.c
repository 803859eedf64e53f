/*
 * What a device stops by itself uses what is released by hand before. Either that is taken managed as well, so that it
 * goes after its user, or the user is stopped by hand, too.
 */
#include "fix/repair.h"

#include <string.h>

/* ---- what is released is taken managed ---- */

/* Does the call at this token take by hand what the other function releases, and could a device manage it? */
static bool could_be_managed(const struct repair *r, unsigned int call, const struct api *release)
{
	const struct model *m = r->request->model;
	const struct api *api;
	const struct effect *taken;

	if (r->source->tokens[call].kind != TOKEN_WORD || !token_is(r->source, call + 1, "("))
		return false;
	api = model_api(m, source_slice(r->source, call, call));
	taken = api_acquires(api);
	return taken && taken->device.root == PLACE_NONE && api_releases(release, taken->family) &&
	       model_managed_twin(m, api->name, taken->family);
}

/* As if probe took it and the function that releases it were the one to do without: managed.c knows the rest. */
static void take_managed(struct repair *r, const struct finding_event *used, unsigned int call, const char *release)
{
	const struct token *at = &r->source->tokens[call];
	struct finding_event events[] = {
		{.kind = "acquired", .file = r->finding->file, .line = at->line, .column = at->column},
		{.kind = "released", .file = used->file, .line = used->line, .column = used->column},
	};
	struct finding as = *r->finding;
	struct repair there = *r;

	as.acquire = source_slice(r->source, call, call);
	as.release = release;
	as.events = events;
	as.n_events = sizeof(events) / sizeof(*events);
	there.finding = &as;
	repair_managed(&there);
}

static void take_all_managed(struct repair *r, const struct finding_event *used, const char *name)
{
	const struct api *release = model_api(r->request->model, name);

	for (unsigned int i = 1; release && i + 1 < r->source->n; i++)
		if (could_be_managed(r, i, release))
			take_managed(r, used, i, name);
}

/* ---- the user is stopped by hand ---- */

/* What releases such a managed thing before its device does. */
static const struct api *by_hand(const struct model *m, const struct family *f)
{
	unsigned int n;
	const struct api *const *all = model_apis(m, &n);

	for (unsigned int i = 0; i < n; i++) {
		const struct effect *x = api_releases(all[i], f);

		if (x && x->device.root == PLACE_ARG)
			return all[i];
	}
	return NULL;
}

/* A statement in a loop, or a function that is called in one or several times: it would be stopped again and again. */
static bool runs_once(const struct repair *r, struct stmt *t)
{
	const struct source *s = r->source;
	unsigned int n = 0;

	if (stmt_loop_of(t))
		return false;
	for (unsigned int i = 0; i + 1 < s->n; i++) {
		const struct function *f;

		if (!token_same(s, i, r->function->name) || i == r->function->name || !token_is(s, i + 1, "("))
			continue;
		f = stmt_function_at(r->source, s->tokens[i].line);
		t = f ? stmt_at(f, i) : NULL;
		if (!f || f->name == i)
			continue; /* a declaration */
		n++;
		if (n > 1 || stmt_loop_of(t))
			return false;
	}
	return true;
}

/* Not in the function that takes it: paths that have not taken it may come by. */
static void stop_by_hand(struct repair *r, struct stmt *before)
{
	unsigned int call = repair_event_token(r, finding_event_of_kind(r->finding, "acquired"));
	const struct effect *taken;
	const struct api *stop;
	struct finding as = *r->finding;
	struct repair there = *r;
	struct edits e = {.arena = r->arena};
	const char *lines[2] = {0};

	if (call >= r->source->n || stmt_at(r->function, call) || !runs_once(r, before))
		return;
	as.acquire = source_slice(r->source, call, call);
	taken = api_acquires(model_api(r->request->model, as.acquire));
	stop = taken ? by_hand(r->request->model, taken->family) : NULL;
	if (!stop)
		return;
	as.release = stop->name;
	there.finding = &as;
	lines[0] = repair_counterpart_call(&there);
	if (!lines[0])
		return;
	while (before->parent && before->parent != r->function->body)
		before = before->parent;
	layout_before(r, &e, before, lines);
	repair_propose(r, &e, arena_printf(r->arena, "stop it with %s() first", stop->name));
}

void repair_order(struct repair *r)
{
	const struct finding_event *used = finding_event_of_kind(r->finding, "used");
	unsigned int token;
	struct stmt *before = repair_call_at(r, used, &token);

	if (!before || !r->function || !stmt_holds(r->function->body, before)) {
		repair_give_up(r, "what comes too early is no statement of its own");
		return;
	}
	before = stmt_at(r->function, token);
	take_all_managed(r, used, source_slice(r->source, token, token));
	stop_by_hand(r, before);
	repair_give_up(r, "neither can be managed by the device, nor stopped by hand");
}
