#include "engine/context.h"

#include <string.h>

enum { N_PARTS = 4, MAX_SLEEPS = 32, MAX_PER_CALL = 6, MAX_FACTS = 40, MAX_PATH = 6, MAX_HELD = 8 };

/* ---- counts ---- */

int context_of(unsigned int parts)
{
	int context = 0;

	for (int i = 0; i < N_PARTS; i++)
		if (parts & 1u << i)
			context += 1 << 8 * i;
	return context;
}

/* Takes the lowest count off. A byte that is negative has borrowed from the one above it. */
static int next_count(int *context)
{
	int byte = *context & 0xff, count = byte < 128 ? byte : byte - 256;

	*context = (*context - count) / 256;
	return count;
}

/* The parts that are counted above 0. */
unsigned int context_parts(int context)
{
	unsigned int parts = 0;

	for (int i = 0; i < N_PARTS; i++)
		if (next_count(&context) > 0)
			parts |= 1u << i;
	return parts;
}

static unsigned int forbidding(int context, enum sleeps how)
{
	unsigned int parts = context_parts(context);

	switch (how) {
	case SLEEPS_ALWAYS:
	case SLEEPS_GFP:
		return parts;
	case SLEEPS_UNLESS_INTERRUPT:
		return parts & CONTEXT_BH ? 0 : parts;
	case SLEEPS_IRQS_OFF:
		return parts & CONTEXT_IRQ;
	default:
		return 0;
	}
}

bool context_forbids(int context, enum sleeps how)
{
	return forbidding(context, how) != 0;
}

const struct held *context_culprit(const struct state *st, enum sleeps how)
{
	unsigned int parts = forbidding(st->atomic, how);

	for (const struct held *h = st->held; h; h = h->before)
		if (h->parts & parts)
			return h;
	return NULL;
}

/* ---- sections ---- */

static void push(struct fn *fn, struct state *st, struct held h)
{
	struct held *top = ARENA_NEW(fn->w.arena, struct held);

	h.before = st->held;
	*top = h;
	st->held = top;
	state_step(&fn->w, st, STEP_CALL, h.ins, 0, 0);
}

/* The list without these parts of one of its sections. */
static const struct held *without(struct fn *fn, const struct held *list, const struct held *section,
				  unsigned int parts)
{
	struct held *copy;

	if (list == section && !(list->parts & ~parts))
		return list->before;
	copy = ARENA_NEW(fn->w.arena, struct held);
	*copy = *list;
	if (list == section)
		copy->parts &= ~parts;
	else
		copy->before = without(fn, list->before, section, parts);
	return copy;
}

/* The newest section of this lock, else the newest of this kind. */
static const struct held *ended(const struct state *st, uint32_t key, unsigned int parts)
{
	const struct held *found = NULL;

	for (const struct held *h = st->held; h; h = h->before) {
		if (!(h->parts & parts))
			continue;
		if (key && h->key == key)
			return h;
		if (!found)
			found = h;
	}
	return found;
}

/* What was begun by one call may be ended by two, and the other way round. */
static void pop(struct fn *fn, struct state *st, uint32_t key, unsigned int parts)
{
	const struct held *h;

	while (parts && (h = ended(st, key, parts))) {
		unsigned int gone = h->parts & parts;

		st->held = without(fn, st->held, h, gone);
		parts &= ~gone;
	}
}

void context_change(struct fn *fn, struct state *st, const struct call *c, const struct api *api)
{
	uint32_t key = c->n_args ? c->args[0] : 0;

	st->asked |= api->tests_context;
	st->atomic += context_of(api->enter) - context_of(api->leave);
	if (api->enter) {
		unsigned int begun = api->enter & context_parts(st->atomic);

		/* Who takes back what the caller holds begins nothing. */
		if (begun)
			push(fn, st, (struct held){NULL, key, begun, c->ins, {fn->index, c->ins}, api->name, false});
		/* Who gets a lock has one. */
		if (key && api->enter & CONTEXT_LOCK)
			state_narrow(&fn->w, st, key, (struct range){INT64_MIN, INT64_MAX, true});
	} else if (api->leave) {
		pop(fn, st, key, api->leave);
	}
}

/* The parts that some call in the function begins. */
static unsigned int begun_inside(const struct fn *fn)
{
	unsigned int parts = 0;

	for (uint32_t i = 0; i < fn->f->n_ins; i++) {
		const struct ir_ins *call = &fn->f->ins[i];
		bool known = call->op == IR_CALL && call->sym != IR_NONE;
		const struct api *api = known ? fn->e->contexts[call->sym] : NULL;
		const struct summary *s = known ? fn->e->summaries[call->sym] : NULL;

		parts |= api ? api->enter : 0;
		for (unsigned int k = 0; s && k < s->cases.n; k++)
			parts |= context_parts(s->cases.v[k].atomic);
	}
	return parts;
}

/* Parts that two ways out of one kind do not agree on having ended. */
static unsigned int ended_by_some(const struct fn *fn)
{
	unsigned int parts = 0;

	for (unsigned int i = 0; i < fn->exits.n; i++)
		for (unsigned int k = 0; k < fn->exits.n; k++)
			if (fn->exits.v[i].class == fn->exits.v[k].class)
				parts |= context_parts(-fn->exits.v[i].st.atomic) &
					 ~context_parts(-fn->exits.v[k].st.atomic);
	return parts;
}

unsigned int context_unlocks(const struct fn *fn)
{
	unsigned int parts = ended_by_some(fn);

	for (unsigned int i = 0; i < fn->exits.n; i++)
		if (fn->exits.v[i].class != EXIT_VOID)
			return 0;
	return parts & ~begun_inside(fn);
}

unsigned int context_in_doubt(const struct fn *fn)
{
	unsigned int begun = 0, ended = 0;

	for (unsigned int i = 0; i < fn->exits.n; i++) {
		begun |= context_parts(fn->exits.v[i].st.atomic);
		ended |= context_parts(-fn->exits.v[i].st.atomic);
	}
	/* Begun and ended here, by helpers that count: what is left over on some ways is their doubt. */
	return (begun & ended) | (ended_by_some(fn) & begun_inside(fn));
}

static int without_parts(int context, unsigned int parts)
{
	int kept = 0;

	for (int i = 0; i < N_PARTS; i++) {
		int count = next_count(&context);

		if (!(parts & 1u << i))
			kept += count * (1 << 8 * i);
	}
	return kept;
}

/* Of these parts at least one has ended. */
static int with_ended(int context, unsigned int parts)
{
	for (int i = 0; i < N_PARTS; i++)
		if (parts & 1u << i && !(context_parts(-context) & 1u << i))
			context -= 1 << 8 * i;
	return context;
}

void context_collect(struct fn *fn, const struct state *st, unsigned int in_doubt, unsigned int ended,
		     struct sum_case *sc)
{
	const struct held *all[MAX_HELD];
	unsigned int n = 0;

	sc->atomic = with_ended(without_parts(st->atomic, in_doubt), ended);
	sc->asked = st->asked;
	for (const struct held *h = st->held; h && n < MAX_HELD; h = h->before)
		if (h->parts & ~in_doubt)
			all[n++] = h;
	while (n--) {
		struct held h = *all[n];

		h.before = NULL;
		h.key = 0;
		h.parts &= ~in_doubt;
		vec_push(fn->e->arena, &sc->held, h);
	}
}

/* Another way through the callee begins nothing, and something on its ways sleeps: one lock or the other. */
static bool has_other_lock(const struct summary *sum, const struct sum_case *begins)
{
	for (unsigned int i = 0; begins->class == EXIT_VOID && sum->sleeps.n && i < sum->cases.n; i++)
		if (!context_parts(sum->cases.v[i].atomic))
			return true;
	return false;
}

void context_apply(struct fn *fn, struct state *st, const struct call *c, const struct summary *sum,
		   const struct sum_case *sc)
{
	unsigned int given_back = context_parts(-sc->atomic);

	if (given_back)
		pop(fn, st, 0, given_back);
	for (unsigned int i = 0; i < sc->held.n; i++) {
		struct held h = sc->held.v[i];

		h.ins = c->ins;
		h.optional |= has_other_lock(sum, sc);
		push(fn, st, h);
	}
	st->atomic += sc->atomic;
	st->asked |= sc->asked;
}

/* ---- what sleeps ---- */

static bool same_values(const struct sleep *x, const struct sleep *y)
{
	if (x->pre.n != y->pre.n)
		return false;
	for (unsigned int i = 0; i < x->pre.n; i++)
		if (x->pre.v[i].sym != y->pre.v[i].sym)
			return false;
	return true;
}

static bool same_range(struct range x, struct range y)
{
	return x.lo == y.lo && x.hi == y.hi && x.not_zero == y.not_zero;
}

static bool range_covers(struct range x, struct range y)
{
	return x.lo <= y.lo && x.hi >= y.hi && (!x.not_zero || y.not_zero || y.lo > 0 || y.hi < 0);
}

/* Whenever y holds, so does x. */
static bool implied(const struct sleep *x, const struct sleep *y)
{
	for (unsigned int i = 0; i < x->pre.n; i++) {
		bool found = false;

		for (unsigned int k = 0; k < y->pre.n && !found; k++)
			found = y->pre.v[k].sym == x->pre.v[i].sym &&
				range_covers(x->pre.v[i].range, y->pre.v[k].range);
		if (!found)
			return false;
	}
	return true;
}

static bool everything(const struct fn *fn, const struct sum_constraint *k)
{
	return range_covers(k->range, sym_at(fn->e->pool, k->sym)->type);
}

/* Two that differ in what they ask of one value are one that asks less of it, as in a truth table. */
static bool absorb(struct fn *fn, struct sleep *x, const struct sleep *y)
{
	struct sum_constraint *k = NULL;
	struct range joined = range_any;

	if (!same_values(x, y))
		return false;
	for (unsigned int i = 0; i < x->pre.n && i < y->pre.n; i++) {
		if (same_range(x->pre.v[i].range, y->pre.v[i].range))
			continue;
		if (k)
			return false;
		k = &x->pre.v[i];
		joined = range_join(k->range, y->pre.v[i].range);
	}
	if (k)
		k->range = joined;
	if (k && everything(fn, k)) {
		memmove(k, k + 1, (size_t)(x->pre.v + x->pre.n - (k + 1)) * sizeof(*k));
		x->pre.n--;
	}
	return true;
}

static bool same_deed(const struct sleep *x, const struct sleep *y)
{
	return x->ins == y->ins && x->inner == y->inner && x->context == y->context && x->api == y->api &&
	       x->guessed == y->guessed;
}

static void remember(struct fn *fn, struct sleep *s)
{
	unsigned int like_it = 0;

	for (unsigned int i = 0; i < fn->sleeps.n; i++) {
		struct sleep *x = fn->sleeps.v[i];

		if (!same_deed(x, s))
			continue;
		if (implied(x, s) || absorb(fn, x, s))
			return;
		if (implied(s, x)) {
			fn->sleeps.v[i] = s;
			return;
		}
		like_it++;
	}
	if (like_it < MAX_PER_CALL && fn->sleeps.n < MAX_SLEEPS)
		vec_push(fn->e->arena, &fn->sleeps, s);
}

static int by_value(const void *a, const void *b)
{
	const struct sum_constraint *x = a, *y = b;

	return x->sym < y->sym ? -1 : x->sym > y->sym;
}

/* What the caller can know of the way here. */
static void collect_conditions(struct fn *fn, const struct state *st, struct sleep *s)
{
	struct pmap_iter it;

	for (pmap_first(&it, &st->cons); pmap_next(&it) && s->pre.n < MAX_FACTS;) {
		struct sum_constraint k = {(uint32_t)it.key, *(const struct range *)(uintptr_t)it.value};

		if (sym_from_caller(fn->e->pool, k.sym) && !everything(fn, &k))
			vec_push(fn->e->arena, &s->pre, k);
	}
	if (s->pre.n)
		qsort(s->pre.v, s->pre.n, sizeof(*s->pre.v), by_value);
	for (const struct step *k = st->trace; k && s->path.n < MAX_PATH; k = k->before)
		if (k->kind != STEP_CALL)
			vec_push(fn->e->arena, &s->path, *k);
}

/* On a path that has asked for its context it is taken to be right. */
static void sleeps(struct fn *fn, const struct state *st, const struct sleep *s)
{
	struct sleep *copy;

	if (st->asked)
		return;
	if (context_forbids(st->atomic + s->context, s->api->sleeps)) {
		for (unsigned int i = 0; engine_checks[i]; i++)
			if (engine_checks[i]->sleep)
				engine_checks[i]->sleep(fn, st, s);
		return;
	}
	copy = ARENA_NEW(fn->e->arena, struct sleep);
	*copy = *s;
	copy->context += st->atomic;
	collect_conditions(fn, st, copy);
	remember(fn, copy);
}

/* Do the flags allow sleeping? Otherwise FALSE; a doubt is settled in favour of the caller's flags. */
static bool flags_allow(struct fn *fn, struct state *st, const struct call *c, const struct api *api)
{
	struct pool *p = fn->e->pool;
	uint32_t wait;

	if ((uint32_t)api->gfp_arg >= c->n_args)
		return false;
	wait = sym_op(p, IR_AND, c->args[api->gfp_arg], sym_const(p, model_gfp_sleeps(fn->e->model)));
	if (state_truth(&fn->w, st, wait) >= 0)
		return state_truth(&fn->w, st, wait) == 1;
	return !context_parts(st->atomic) && sym_from_caller(p, wait) && state_assume(&fn->w, st, wait, true);
}

/* Flags for atomic context, and whether this path needs them. */
static void note_strict(struct fn *fn, const struct state *st, const struct call *c, const struct api *api,
			const char *name)
{
	int64_t flags, reserve = model_gfp_reserve(fn->e->model);
	bool needed = st->asked || st->atomic;

	if ((uint32_t)api->gfp_arg >= c->n_args || !sym_is_const(fn->e->pool, c->args[api->gfp_arg], &flags) ||
	    !(flags & reserve) || flags & model_gfp_sleeps(fn->e->model))
		return;
	for (unsigned int i = 0; i < fn->strict.n; i++)
		if (fn->strict.v[i].ins == c->ins) {
			fn->strict.v[i].needed |= needed;
			return;
		}
	vec_push(fn->w.arena, &fn->strict, ((struct strict_call){c->ins, name, needed}));
}

static const char *name_of_call(struct fn *fn, const struct call *c)
{
	const char *macro = fn->f->ins[c->ins].macro;

	return macro ? macro : call_name(fn, c->callee);
}

void context_call(struct fn *fn, const struct state *st, const struct call *c)
{
	const struct api *api = c->callee == IR_NONE ? NULL : fn->e->contexts[c->callee];
	struct sleep s = {.function = fn->index, .ins = c->ins, .api = api};
	struct state here = *st;

	if (!api || api->sleeps == SLEEPS_UNKNOWN || api->sleeps == SLEEPS_NEVER)
		return;
	s.name = name_of_call(fn, c);
	if (api->sleeps == SLEEPS_GFP)
		note_strict(fn, st, c, api, s.name);
	if (api->sleeps == SLEEPS_GFP && !flags_allow(fn, &here, c, api))
		return;
	sleeps(fn, &here, &s);
}

/* What the place that the value was read from is called. */
static const char *member_name(struct pool *p, uint32_t sym)
{
	const struct sym s = *sym_at(p, sym);

	return s.kind == SYM_INIT ? pool_place_name(p, sym_addr(p, s.a, s.k)) : NULL;
}

/*
 * The callee asks the opposite of a member that the path here has asked for: two ways to the same object, most likely,
 * like a chip and what was found by it.
 */
static bool namesake_denies(struct fn *fn, const struct state *st, const struct call *c, const struct sum_constraint *k)
{
	const char *name = member_name(fn->e->pool, k->sym), *other;
	struct pmap_iter it;

	/* What has been written since is known by itself. */
	if (!name || sym_at(fn->e->pool, summary_value(fn, st, c, k->sym))->kind != SYM_INIT)
		return false;
	for (pmap_first(&it, &st->cons); pmap_next(&it);) {
		struct range r = *(const struct range *)(uintptr_t)it.value;

		other = member_name(fn->e->pool, (uint32_t)it.key);
		if (other && strcmp(other, name) == 0 && !range_intersect(&r, k->range))
			return true;
	}
	return false;
}

static bool reaches(struct fn *fn, const struct state *st, const struct call *c, const struct sleep *inner,
		    struct state *here)
{
	for (unsigned int i = 0; i < inner->pre.n; i++)
		if (namesake_denies(fn, st, c, &inner->pre.v[i]))
			return false;
	return summary_allows(fn, st, c, inner->pre.v, inner->pre.n, here);
}

/* A pointer that is there: what is mostly so. */
static bool is_usual(const struct fn *fn, const struct sum_constraint *k)
{
	return sym_at(fn->e->pool, k->sym)->type.hi > UINT32_MAX && k->range.hi > UINT32_MAX &&
	       (k->range.not_zero || k->range.lo > 0 || k->range.lo < 0);
}

/* Is there a condition that may hold as well as not? */
static bool is_undecided(struct fn *fn, const struct state *st, const struct call *c, const struct sleep *inner)
{
	for (unsigned int i = 0; i < inner->pre.n; i++) {
		uint32_t value = summary_value(fn, st, c, inner->pre.v[i].sym);

		if (is_usual(fn, &inner->pre.v[i]))
			continue;
		if (!value || !range_covers(inner->pre.v[i].range, state_range(&fn->w, st, value)))
			return true;
	}
	return false;
}

void context_callee(struct fn *fn, const struct state *st, const struct call *c, const struct summary *sum)
{
	for (unsigned int i = 0; i < sum->sleeps.n && !st->asked; i++) {
		const struct sleep *inner = sum->sleeps.v[i];
		struct sleep s = {.function = fn->index,
				  .ins = c->ins,
				  .inner = inner,
				  .api = inner->api,
				  .name = inner->name,
				  .context = inner->context,
				  .guessed =
					  inner->guessed || (inner->ins == IR_NONE && is_undecided(fn, st, c, inner))};
		struct state here;

		if (reaches(fn, st, c, inner, &here))
			sleeps(fn, &here, &s);
	}
}

/* ---- entry points ---- */

/* The flags come with the call: who calls in atomic context gives the right ones. */
static bool flags_given(struct fn *fn, const struct sleep *s)
{
	int64_t k;

	for (unsigned int i = 0; i < s->pre.n; i++) {
		const struct sym *v = sym_at(fn->e->pool, s->pre.v[i].sym);

		if (v->kind == SYM_OP && v->op == IR_AND && sym_is_const(fn->e->pool, v->b, &k) &&
		    k == model_gfp_sleeps(fn->e->model))
			return true;
	}
	return false;
}

static void tell_entry(struct fn *fn, const struct atomic_entry *entry)
{
	for (unsigned int k = 0; k < fn->sleeps.n; k++) {
		const struct sleep *s = fn->sleeps.v[k];

		if (!context_forbids(context_of(entry->parts) + s->context, s->api->sleeps) || flags_given(fn, s))
			continue;
		for (unsigned int i = 0; engine_checks[i]; i++)
			if (engine_checks[i]->entry)
				engine_checks[i]->entry(fn, entry, s);
	}
}

void context_entries(struct fn *fn)
{
	for (unsigned int i = 0; i < fn->e->opt.n_entries; i++)
		if (fn->e->opt.entries[i].function == fn->index)
			tell_entry(fn, &fn->e->opt.entries[i]);
}

/* ---- dump ---- */

void context_dump(FILE *out, int context)
{
	static const char *const names[N_PARTS] = {"lock", "irq", "bh", "rcu"};

	for (int i = 0; i < N_PARTS; i++) {
		int count = next_count(&context);

		if (count)
			fprintf(out, " %s %+d", names[i], count);
	}
}

void context_dump_sleep(FILE *out, struct engine *e, const struct sleep *s)
{
	fprintf(out, "  may sleep in %s()", s->name);
	context_dump(out, s->context);
	fputc('\n', out);
	for (unsigned int i = 0; i < s->pre.n; i++) {
		const char *text = pool_text(e->pool, e->arena, s->pre.v[i].sym);

		fprintf(out, "    when %s in [%lld, %lld]%s\n", text ? text : "?", (long long)s->pre.v[i].range.lo,
			(long long)s->pre.v[i].range.hi, s->pre.v[i].range.not_zero ? " not 0" : "");
	}
}
