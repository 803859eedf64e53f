#include "lifecycle/lifecycle.h"

#include "lifecycle/harness.h"

#include <string.h>

/* One initialised ops struct: what its slots hold. */
struct ops_table {
	const struct ir_global *global; /* NULL: the module's init and exit */
	const struct protocol *protocol;
	const struct ir_init *first; /* its members are a run of the global's initialisers */
	uint32_t n;
};

static const char *tag(const char *record)
{
	return g_str_has_prefix(record, "struct ") ? record + strlen("struct ") : record;
}

static bool belongs(const struct ir_init *i, const char *record)
{
	return i->record && strcmp(i->record, record) == 0;
}

/* A member that comes again begins the next element of an array of structs. */
static bool starts_anew(const struct ir_init *first, const struct ir_init *here)
{
	for (const struct ir_init *i = first; i < here; i++)
		if (i->member && here->member && belongs(i, here->record) && strcmp(i->member, here->member) == 0)
			return true;
	return false;
}

static uint32_t slot(const struct ops_table *t, const char *name)
{
	for (uint32_t i = 0; i < t->n; i++) {
		const struct ir_init *in = &t->first[i];

		if (in->kind == IR_INIT_FUNC && in->member && in->record && strcmp(in->member, name) == 0 &&
		    strcmp(tag(in->record), t->protocol->ops) == 0)
			return in->sym;
	}
	return IR_NONE;
}

static uint32_t with_body(const struct ir_unit *u, uint32_t function)
{
	return function != IR_NONE && u->functions[function].has_body ? function : IR_NONE;
}

static bool built_already(const struct lifecycle *l, const struct harness *h)
{
	for (unsigned int i = 0; i < l->harnesses.n; i++)
		if (l->harnesses.v[i].begin == h->begin && l->harnesses.v[i].end == h->end &&
		    l->harnesses.v[i].repeats == h->repeats && l->harnesses.v[i].again == h->again)
			return true;
	return false;
}

/* Slots that run again and begin anew what the pair has begun: does its end give back all that was taken? */
static void add_repeats(struct ir_unit *u, const struct ops_table *t, struct harness h, struct lifecycle *out)
{
	for (uint32_t i = 0; i < t->n; i++) {
		const struct ir_init *in = &t->first[i];
		uint32_t f = in->kind == IR_INIT_FUNC ? with_body(u, in->sym) : IR_NONE;

		if (f == IR_NONE || !in->member || !in->record || strcmp(tag(in->record), t->protocol->ops) != 0 ||
		    f == h.begin || f == h.end || protocol_pairs(t->protocol, in->member) ||
		    !protocol_repeats(t->protocol, in->member) || !ir_calls(&u->functions[f], h.begin))
			continue;
		h.repeats = true;
		h.again = f;
		if (!built_already(out, &h) && harness_build(u, &h))
			vec_push(u->arena, &out->harnesses, h);
	}
}

static bool sets_member(const struct ir_global *g, const char *member)
{
	for (uint32_t i = 0; member && i < g->n_inits; i++)
		if (g->inits[i].kind == IR_INIT_INT && g->inits[i].value && g->inits[i].member &&
		    strcmp(g->inits[i].member, member) == 0)
			return true;
	return false;
}

/*
 * A driver that has an init and no exit is never unregistered. Who writes no remove for it knows that; and if its
 * devices cannot be unbound by hand either, remove never runs. Nor does the exit of what is built into the kernel.
 */
static bool stays(const struct lifecycle *l, const struct protocol_pair *pair, uint32_t end, const struct ops_table *t)
{
	if (strcmp(pair->rule, "leak/remove") != 0)
		return false;
	return (l->without_exit && end == IR_NONE) ||
	       ((l->without_exit || l->built_in) && t && sets_member(t->global, pair->stays_with));
}

static void add_harness(struct ir_unit *u, const struct protocol *p, const struct protocol_pair *pair, uint32_t begin,
			uint32_t end, const char *end_slot, struct lifecycle *out, const struct ops_table *t)
{
	struct harness h = {.begin = begin,
			    .end = end,
			    .stays = stays(out, pair, end, t),
			    .detach = pair->detach,
			    .ends_anyway = pair->end_after_failure || pair->begin_may_fail == MAY_FAIL_NO,
			    .module = strcmp(p->ops, "module") == 0,
			    .without_end = pair->without_end,
			    .rule = pair->rule,
			    .what = p->what,
			    .begin_slot = pair->begin,
			    .end_slot = end_slot,
			    .ends = pair->ends};

	if (!built_already(out, &h) && harness_build(u, &h))
		vec_push(u->arena, &out->harnesses, h);
	if (t && end != IR_NONE && !pair->detach)
		add_repeats(u, t, h, out);
}

static void build_pairs(struct ir_unit *u, const struct ops_table *t, struct lifecycle *out)
{
	for (unsigned int i = 0; i < t->protocol->n_pairs; i++) {
		const struct protocol_pair *pair = &t->protocol->pairs[i];
		uint32_t begin = with_body(u, slot(t, pair->begin)), end = IR_NONE, any_end = IR_NONE;
		const char *end_slot = pair->end[0] ? pair->end[0] : "";

		for (unsigned int k = 0; pair->end[k] && any_end == IR_NONE; k++) {
			any_end = slot(t, pair->end[k]);
			if (any_end != IR_NONE)
				end_slot = pair->end[k];
		}
		end = with_body(u, any_end);
		/* A callback of another file says nothing here about what it gives back. */
		if (begin != IR_NONE && (end != IR_NONE || any_end == IR_NONE))
			add_harness(u, t->protocol, pair, begin, end, end_slot, out, t);
	}
}

static void note_uncovered(struct ir_unit *u, const struct ir_init *in, const struct protocols *p,
			   struct lifecycle *out)
{
	const struct protocol *known;

	if (in->kind != IR_INIT_FUNC || !in->record || !in->member)
		return;
	known = protocols_find(p, tag(in->record));
	if (!known || !protocol_covers(known, in->member))
		vec_push(u->arena, &out->uncovered, arena_printf(u->arena, "%s.%s", tag(in->record), in->member));
}

static void note_repeated(struct ir_unit *u, const struct ir_init *in, const struct protocols *p, struct lifecycle *out)
{
	const struct protocol *known =
		in->kind == IR_INIT_FUNC && in->record && in->member ? protocols_find(p, tag(in->record)) : NULL;

	if (known && with_body(u, in->sym) != IR_NONE && protocol_repeats(known, in->member) &&
	    !protocol_pairs(known, in->member))
		vec_push(u->arena, &out->repeated, ((struct repeated_slot){in->sym, in->member, known->what}));
}

/* Where in the global the element begins that the initialiser is a member of; `begins` says so of those before it. */
static uint32_t element_of(const struct ir_global *g, uint32_t i, const uint32_t *begins)
{
	for (uint32_t k = i; k-- > 0;)
		if (belongs(&g->inits[k], g->inits[i].record))
			return starts_anew(&g->inits[begins[k]], &g->inits[i]) ? i : begins[k];
	return i;
}

static void build_global(struct ir_unit *u, const struct ir_global *g, const struct protocols *p, struct lifecycle *out)
{
	uint32_t *begins = g_new(uint32_t, g->n_inits);

	for (uint32_t i = 0; i < g->n_inits; i++) {
		const struct ir_init *first = &g->inits[i];
		struct ops_table t = {g, first->record ? protocols_find(p, tag(first->record)) : NULL, first, 1};

		note_uncovered(u, first, p, out);
		note_repeated(u, first, p, out);
		if (!t.protocol)
			continue;
		begins[i] = element_of(g, i, begins);
		if (begins[i] != i)
			continue;
		while (i + t.n < g->n_inits &&
		       !(belongs(&first[t.n], first->record) && starts_anew(first, &first[t.n])))
			t.n++;
		build_pairs(u, &t, out);
	}
	g_free(begins);
}

/* module_init(f) leaves an inline __inittest() that returns f; __exittest() likewise (include/linux/module.h). */
static uint32_t returned_function(const struct ir_unit *u, const char *name)
{
	for (uint32_t i = 0; i < u->n_functions; i++) {
		const struct ir_function *f = &u->functions[i];

		if (!f->has_body || strcmp(f->name, name) != 0)
			continue;
		for (uint32_t k = 0; k < f->n_ins; k++)
			if (f->ins[k].op == IR_FUNC)
				return f->ins[k].sym;
	}
	return IR_NONE;
}

/*
 * Built into the kernel, module_init(f) leaves a global that keeps f's name known to the assembler, module_exit(f) one
 * that holds f (include/linux/init.h). Exported functions have a global of the first kind, too; those aren't static.
 */
static uint32_t held_function(const struct ir_unit *u, const struct ir_global *g, const char *prefix)
{
	const struct ir_function *f =
		g->n_inits == 1 && g->inits[0].kind == IR_INIT_FUNC && g_str_has_prefix(g->name, prefix)
			? &u->functions[g->inits[0].sym]
			: NULL;

	return f && f->has_body && f->is_static && f->n_params == 0 ? g->inits[0].sym : IR_NONE;
}

static unsigned int builtin_functions(const struct ir_unit *u, const char *prefix, uint32_t *last)
{
	unsigned int n = 0;

	for (uint32_t i = 0; i < u->n_globals; i++) {
		uint32_t f = held_function(u, &u->globals[i], prefix);

		n += f != IR_NONE;
		*last = f != IR_NONE ? f : *last;
	}
	return n;
}

/* Of several initcalls nobody can say which one the exit undoes. */
static void build_builtin(struct ir_unit *u, const struct protocol *m, struct lifecycle *out)
{
	uint32_t init = IR_NONE, exit = IR_NONE;

	if (builtin_functions(u, "__UNIQUE_ID___addressable_", &init) != 1)
		return;
	builtin_functions(u, "__exitcall_", &exit);
	add_harness(u, m, &m->pairs[0], init, exit, "module_exit", out, NULL);
}

static void build_module(struct ir_unit *u, const struct protocols *p, struct lifecycle *out)
{
	const struct protocol *m = protocols_find(p, "module");
	uint32_t init = with_body(u, returned_function(u, "__inittest")),
		 exit = with_body(u, returned_function(u, "__exittest"));

	if (!m || !m->n_pairs)
		return;
	if (init == IR_NONE)
		build_builtin(u, m, out);
	else if (u->functions[init].in_main_file)
		add_harness(u, m, &m->pairs[0], init, exit, "module_exit", out, NULL);
}

static void find_exit(const struct ir_unit *u, struct lifecycle *out)
{
	uint32_t last = IR_NONE;
	bool module = returned_function(u, "__inittest") != IR_NONE,
	     exit = returned_function(u, "__exittest") != IR_NONE || builtin_functions(u, "__exitcall_", &last);

	out->built_in = !module && builtin_functions(u, "__UNIQUE_ID___addressable_", &last);
	out->without_exit = (module || out->built_in) && !exit;
}

void lifecycle_build(struct ir_unit *u, const struct protocols *p, const struct model *m, struct lifecycle *out)
{
	memset(out, 0, sizeof(*out));
	find_exit(u, out);
	for (uint32_t i = 0; i < u->n_globals; i++)
		build_global(u, &u->globals[i], p, out);
	build_module(u, p, out);
	entries_find(u, p, m, out);
}

void lifecycle_dump(FILE *f, const struct ir_unit *u, const struct protocols *p, const struct lifecycle *l)
{
	for (uint32_t i = 0; i < u->n_globals; i++) {
		const struct ir_global *g = &u->globals[i];

		for (uint32_t k = 0; k < g->n_inits; k++) {
			const struct ir_init *in = &g->inits[k];
			const struct protocol *known = in->record ? protocols_find(p, tag(in->record)) : NULL;

			if (in->kind == IR_INIT_FUNC && known && in->member)
				fprintf(f, "%s: %s.%s = %s%s\n", g->name, known->ops, in->member,
					u->functions[in->sym].name,
					protocol_covers(known, in->member) ? "" : " (not covered)");
		}
	}
	for (unsigned int i = 0; i < l->entries.n; i++)
		fprintf(f, "atomic: %s, %s\n", u->functions[l->entries.v[i].function].name, l->entries.v[i].who);
	for (unsigned int i = 0; i < l->harnesses.n; i++) {
		const struct harness *h = &l->harnesses.v[i];

		fprintf(f, "\n%s: %s = %s, %s = %s, %s%s%s\n", h->what, h->begin_slot, u->functions[h->begin].name,
			h->end_slot, h->end == IR_NONE ? "(none)" : u->functions[h->end].name, h->ends,
			h->repeats ? ", between them " : "", h->repeats ? u->functions[h->again].name : "");
		ir_dump(f, u, &u->functions[h->function], false);
	}
}
