/*
 * A second look. Where states are merged, paths that exclude each other become one that allows both, and some findings
 * need just that path. So a function that tells something, and that has merged states or calls one that has, is
 * analysed once more, with all that it calls, in finer bounds. What is not found again is told with low confidence
 * only. A look that is broken off says nothing. Of the findings that a finer look does not confirm, three of eleven
 * were right.
 */
#include "engine/armed.h"
#include "engine/fn.h"

#include <string.h>

enum { FINER = 4, LONGER = 5 }; /* times as many states, times as many steps */
/* All second looks of a unit together, in block visits. */
enum { MAX_STATES = 30000 };

/* What the first look has left and the second one must not touch. */
struct first_look {
	struct engine was;
	struct summary **kept; /* by function index: what the first look knows of those that are looked at again */
	bool *broken_off;
};

static void begin(struct engine *e, struct first_look *first, struct finding_list *out, struct engine_stats *stats)
{
	uint32_t n = e->unit->n_functions + 1;

	*first = (struct first_look){*e, ARENA_ARRAY(e->arena, struct summary *, n), ARENA_ARRAY(e->arena, bool, n)};
	out->arena = e->out->arena;
	e->first = first;
	e->out = out;
	e->stats = stats;
	e->opt.max_disjuncts *= FINER;
	e->opt.max_steps *= LONGER;
	reports_begin(e);
}

static void end(struct engine *e)
{
	struct first_look *first = e->first;

	reports_end(e);
	e->first = NULL;
	e->out = first->was.out;
	e->stats = first->was.stats;
	e->opt = first->was.opt;
	e->reported = first->was.reported;
	e->told = first->was.told;
	e->returned = first->was.returned;
	e->tentative = first->was.tentative;
	e->tellers = first->was.tellers;
	for (uint32_t i = 0; i < e->unit->n_functions; i++)
		if (first->kept[i])
			e->summaries[i] = first->kept[i];
}

struct summary *second_look_broken_off(struct engine *e, uint32_t function)
{
	if (!e->first || !e->first->kept[function])
		return NULL;
	e->first->broken_off[function] = true;
	return e->first->kept[function];
}

static void look_again(struct engine *e, uint32_t function)
{
	const struct ir_unit *u = e->unit;
	bool *called = ARENA_ARRAY(e->arena, bool, u->n_functions);

	if (e->first->kept[function])
		return;
	mark_called(u, function, called);
	for (uint32_t i = 0; i < u->n_functions; i++) {
		if (!called[i] || !u->functions[i].has_body || e->first->kept[i])
			continue;
		e->first->kept[i] = e->summaries[i];
		e->summaries[i] = NULL;
		e->visiting[i] = false;
	}
	engine_summary(e, function);
}

static bool same_thing(const struct finding *x, const struct finding *y)
{
	return strcmp(x->rule, y->rule) == 0 && strcmp(x->file, y->file) == 0 &&
	       strcmp(x->resource, y->resource) == 0 && strcmp(x->acquire, y->acquire) == 0;
}

static const struct finding *find(const struct finding_list *l, const struct finding *f, enum confidence at_least)
{
	for (unsigned int i = 0; i < l->all.n; i++)
		if (l->all.v[i].confidence >= at_least && l->all.v[i].line == f->line && same_thing(&l->all.v[i], f))
			return &l->all.v[i];
	return NULL;
}

/* The second look tells the same of another place, where the first has nothing to tell: nearer to the mistake. */
static const struct finding *find_nearer(const struct finding_list *again, const struct finding_list *l,
					 const struct finding *f)
{
	for (unsigned int i = 0; i < again->all.n; i++) {
		const struct finding *other = &again->all.v[i];

		if (other->confidence != CONF_LOW && same_thing(other, f) && !find(l, other, CONF_LOW))
			return other;
	}
	return NULL;
}

void second_look(struct engine *e)
{
	struct finding_list *l = e->out, again = {0};
	struct engine_stats stats = {0};
	struct first_look first;
	uint32_t *tellers = e->tellers.v;

	for (unsigned int i = 0; i < l->all.n; i++) {
		struct finding *f = &l->all.v[i];
		const struct finding *nearer;
		uint32_t by = tellers[i];

		if (f->confidence == CONF_LOW || !e->merged[by])
			continue;
		if (!e->first)
			begin(e, &first, &again, &stats);
		if (stats.states > MAX_STATES && !e->first->kept[by])
			continue;
		look_again(e, by);
		if (e->first->broken_off[by] || find(&again, f, CONF_MEDIUM))
			continue;
		nearer = find_nearer(&again, l, f);
		if (nearer)
			*f = *nearer;
		else
			f->confidence = CONF_LOW;
	}
	if (e->first)
		end(e);
}
