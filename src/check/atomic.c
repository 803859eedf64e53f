/* Calls that may sleep where the code must not: inside an atomic section, or in what the kernel calls in one. */
#include "check/checks.h"
#include "engine/context.h"

#include <string.h>

enum { MAX_TOLD = 20 };

struct story {
	struct fn *fn;
	struct finding_event v[MAX_TOLD];
	uint32_t n;
};

static void add(struct story *t, const char *kind, const struct ir_loc *loc, const char *message)
{
	if (t->n < MAX_TOLD && loc->line)
		t->v[t->n++] =
			(struct finding_event){kind, t->fn->e->unit->files[loc->file], loc->line, loc->column, message};
}

static const struct ir_function *function(const struct fn *fn, uint32_t index)
{
	return &fn->e->unit->functions[index];
}

/* From the call that stands in the finding's place down to the one that sleeps, with the branches in between. */
static void tell_chain(struct story *t, const struct sleep *s)
{
	for (; s->inner && s->inner->ins != IR_NONE; s = s->inner) {
		const struct ir_function *callee = function(t->fn, s->inner->function);

		for (unsigned int i = s->inner->path.n; i-- > 0;)
			add(t, "branch", &callee->ins[s->inner->path.v[i].ins].loc,
			    step_text(t->fn, s->inner->function, &s->inner->path.v[i]));
		add(t, s->inner->inner ? "called" : "used", &callee->ins[s->inner->ins].loc,
		    s->inner->inner ? arena_printf(t->fn->w.arena, "%s() is called here",
						   function(t->fn, s->inner->inner->function)->name)
				    : arena_printf(t->fn->w.arena, "%s() may sleep here", s->name));
	}
}

static const char *at_text(struct fn *fn, const struct sleep *s)
{
	if (!s->inner)
		return "may sleep here";
	return arena_printf(fn->w.arena, "%s() is called here", function(fn, s->inner->function)->name);
}

/* What is wrong with the call: "msleep() may sleep", "settle() may sleep, in msleep()". */
static const char *deed(struct fn *fn, const struct sleep *s)
{
	const char *what = s->api->sleeps == SLEEPS_IRQS_OFF ? "needs interrupts to be on" : "may sleep";

	if (!s->inner)
		return arena_printf(fn->w.arena, "%s() %s", s->name, what);
	return arena_printf(fn->w.arena, "%s() %s, in %s(),", function(fn, s->inner->function)->name, what, s->name);
}

/* The user's own word for it: a macro, or the function called. <linux/cleanup.h> makes the constructors of guards. */
static const char *section_name(struct fn *fn, const struct held *h)
{
	const struct ir_ins *here = &fn->f->ins[h->ins];
	const char *name = h->api;

	if (here->macro)
		name = here->macro;
	else if (here->op == IR_CALL && here->sym != IR_NONE && h->at.function != fn->index)
		name = call_name(fn, here->sym);
	if (g_str_has_prefix(name, "class_") && g_str_has_suffix(name, "_constructor"))
		return arena_printf(fn->w.arena, "guard(%.*s)",
				    (int)(strlen(name) - strlen("class_") - strlen("_constructor")),
				    name + strlen("class_"));
	return arena_printf(fn->w.arena, "%s()", name);
}

static void report(struct fn *fn, const struct state *st, const struct sleep *s, struct story *before, uint32_t since,
		   const char *message, const char *section, enum confidence sure)
{
	struct story after = {.fn = fn};
	struct report r = {.rule = "gfp/sleep-in-atomic",
			   .confidence = sure,
			   .st = st,
			   .ins = s->ins,
			   .message = message,
			   .exit_kind = "sleep",
			   .sibling_ins = IR_NONE,
			   .at_text = at_text(fn, s),
			   .resource = "atomic context",
			   .acquire = s->name,
			   .expression = section,
			   .since = since,
			   .before = before->v,
			   .n_before = before->n};

	tell_chain(&after, s);
	r.after = after.v;
	r.n_after = after.n;
	fn_report(fn, &r);
}

/* Right by the letter: that a flag goes with the lock, or what another file decides, is for the driver's author to say.
 */
static enum confidence confidence(const struct sleep *s, const struct held *h)
{
	if (s->guessed || (h ? h->optional : s->api->sleeps_seldom))
		return CONF_LOW;
	return s->inner || s->api->sleeps_unless ? CONF_MEDIUM : CONF_HIGH;
}

/* One finding for a call, and for a section and what sleeps in the end: callers are many. */
static bool told(struct fn *fn, const void *entry, uint32_t section, const struct sleep *s)
{
	const struct sleep *last = s;

	if (!s->inner)
		return false;
	while (last->inner)
		last = last->inner;
	return !g_hash_table_add(fn->e->reported, g_strdup_printf("sleep %p %u %u", entry, fn->index, s->ins)) ||
	       !g_hash_table_add(fn->e->reported, g_strdup_printf("sleep %p %u %u %u %u", entry, fn->index, section,
								  last->function, last->ins));
}

static void on_sleep(struct fn *fn, const struct state *st, const struct sleep *s)
{
	const struct held *h = context_culprit(st, s->api->sleeps);
	struct story before = {.fn = fn};
	const char *section;

	if (!h || told(fn, NULL, h->ins, s))
		return;
	section = section_name(fn, h);
	add(&before, "acquired", &fn->f->ins[h->ins].loc,
	    arena_printf(fn->w.arena, "%s begins an atomic section here", section));
	report(fn, st, s, &before, h->ins,
	       arena_printf(fn->w.arena, "%s in the atomic section that %s begins", deed(fn, s), section), section,
	       confidence(s, h));
}

static void on_entry(struct fn *fn, const struct atomic_entry *entry, const struct sleep *s)
{
	struct story before = {.fn = fn};

	if (told(fn, entry, 0, s))
		return;
	add(&before, "callback", &entry->loc,
	    arena_printf(fn->w.arena, "%s() is given to the kernel here as %s", fn->f->name, entry->who));
	for (unsigned int i = s->path.n; i-- > 0;)
		add(&before, "branch", &fn->f->ins[s->path.v[i].ins].loc, step_text(fn, fn->index, &s->path.v[i]));
	report(fn, NULL, s, &before, IR_NONE,
	       arena_printf(fn->w.arena, "%s in %s(), which runs in atomic context as %s", deed(fn, s), fn->f->name,
			    entry->who),
	       entry->who, confidence(s, NULL));
}

const struct check check_atomic = {.name = "atomic", .sleep = on_sleep, .entry = on_entry};
