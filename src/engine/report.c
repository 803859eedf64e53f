/* A finding with the path that leads to it, told from the state's trace. */
#include "engine/fn.h"

#include <string.h>

enum { MAX_EVENTS = 24 };

struct events {
	struct fn *fn;
	struct finding_event v[MAX_EVENTS];
	uint32_t n;
};

static void event(struct events *ev, const char *kind, uint32_t ins, const char *message)
{
	const struct ir_loc *loc = &ev->fn->f->ins[ins].loc;

	if (ev->n == MAX_EVENTS || !loc->line)
		return;
	ev->v[ev->n++] = (struct finding_event){kind, ev->fn->e->unit->files[loc->file], loc->line, loc->column, message};
}

/* Branch steps from the acquisition on, oldest first; only the newest that fit. */
static void branches(struct events *ev, const struct step *s, uint32_t acquire_ins)
{
	const struct step *way[12];
	unsigned int n = 0;

	for (; s && n < 12; s = s->before) {
		if (s->kind == STEP_CALL && s->ins == acquire_ins)
			break;
		if (s->kind != STEP_CALL)
			way[n++] = s;
	}
	while (n--) {
		const char *text = way[n]->kind == STEP_SWITCH ? "this case is taken"
				   : way[n]->way == 0		? "this condition holds"
								: "this condition does not hold";

		event(ev, "branch", way[n]->ins, text);
	}
}

const char *resource_text(struct fn *fn, const struct resource *r)
{
	const char *t = r->key ? pool_text(fn->e->pool, fn->w.arena, r->key) : NULL;

	return t ? t : "";
}

static bool seen(struct fn *fn, const char *rule, uint32_t a, uint32_t b)
{
	char *key = g_strdup_printf("%s %u %u", rule, a, b);

	return !g_hash_table_add(fn->reported, key);
}

static void events_of(struct events *ev, const struct report *r)
{
	struct arena *a = ev->fn->w.arena;
	const struct resource *res = r->res;

	if (res && res->acquire_ins != IR_NONE)
		event(ev, "acquired", res->acquire_ins, arena_printf(a, "taken here by %s()", res->acquire));
	branches(ev, r->st->trace, res ? res->acquire_ins : IR_NONE);
	if (res && res->lost_ins != IR_NONE)
		event(ev, "note", res->lost_ins, "the pointer to it is overwritten here");
	if (res && res->state == RES_RELEASED && res->release_ins != IR_NONE)
		event(ev, "released", res->release_ins, arena_printf(a, "released here by %s()", res->release));
	event(ev, strncmp(r->rule, "leak/", 5) == 0 ? "leaves" : "used", r->ins, r->at_text);
	if (r->sibling_ins != IR_NONE)
		event(ev, "sibling", r->sibling_ins, "another path does release it here");
}

void fn_report(struct fn *fn, const struct report *r)
{
	const struct ir_loc *loc = &fn->f->ins[r->ins].loc;
	struct events ev = {.fn = fn};
	struct finding f = {.rule = r->rule,
			    .confidence = r->confidence,
			    .file = fn->e->unit->files[loc->file],
			    .line = loc->line,
			    .column = loc->column,
			    .function = fn->f->name,
			    .message = r->message,
			    .exit_kind = r->exit_kind ? r->exit_kind : "",
			    .resource = r->res ? r->res->family->resource : "",
			    .acquire = r->res && r->res->acquire ? r->res->acquire : "",
			    .release = r->res && r->res->release ? r->res->release : "",
			    .expression = r->res ? resource_text(fn, r->res) : ""};

	if (!fn->f->in_main_file || seen(fn, r->rule, r->res ? r->res->acquire_ins : r->ins, r->ins))
		return;
	events_of(&ev, r);
	f.events = ev.v;
	f.n_events = ev.n;
	finding_list_add(fn->e->out, &f);
}
