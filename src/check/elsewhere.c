/* Releases in other functions of the file: who gives such a thing back, and where it finds it. What a callback outside
 * the pair at hand looks after is its business. */
#include "check/checks.h"
#include "engine/armed.h"

#include <string.h>

/* A number that is worked out from another one, a minor from a device number: where it stood says nothing. */
static bool is_computed(struct fn *fn, const struct sum_resource *r, const struct family *f)
{
	enum sym_kind kind = sym_at(fn->e->pool, r->key)->kind;

	return kind != SYM_CONST && kind != SYM_PARAM && f->kind == FAMILY_REGISTERED;
}

bool summary_releases(struct fn *fn, const struct summary *s, const struct family *f, struct member m)
{
	for (unsigned int i = 0; i < s->cases.n; i++)
		for (unsigned int k = 0; k < s->cases.v[i].resources.n; k++) {
			const struct sum_resource *r = &s->cases.v[i].resources.v[k];
			struct member at;

			/* What another unit's function releases, following its own members, is no driver's. */
			if (!releases_one_of(r, f) || r->inner)
				continue;
			if (last_member(fn->e->pool, r->key, &at) ? same_member(&at, &m) : is_computed(fn, r, f))
				return true;
		}
	return false;
}

bool summary_releases_kept(struct fn *fn, const struct summary *s, const struct state *st, const struct resource *r)
{
	struct pmap_iter it;
	struct member m;

	if (last_member(fn->e->pool, r->key, &m) && summary_releases(fn, s, r->family, m))
		return true;
	for (pmap_first(&it, &st->mem); pmap_next(&it);)
		if (sym_base(fn->e->pool, (uint32_t)it.value) == r->key &&
		    summary_releases(fn, s, r->family, member_at(fn->e->pool, it.key)))
			return true;
	return false;
}

bool summary_may_give_back(const struct summary *s, const struct family *f)
{
	if (summary_gives_back(s, f))
		return true;
	for (unsigned int i = 0; i < s->cases.n; i++)
		for (unsigned int k = 0; k < s->cases.v[i].given.n; k++)
			if (s->cases.v[i].given.v[k].family == f)
				return true;
	return false;
}

bool call_releases(const struct fn *fn, const struct ir_ins *call, const struct family *f)
{
	const struct api *api = engine_api(fn->e, call);
	const struct summary *s = call->sym == IR_NONE || api ? NULL : fn->e->summaries[call->sym];

	return api_releases(api, f) || (s && summary_may_give_back(s, f));
}

/* Functions that stand, or are put, in a member of that name. */
static void mark_in_member(const struct ir_unit *u, const char *member, bool *called)
{
	for (uint32_t g = 0; g < u->n_globals; g++)
		for (uint32_t i = 0; i < u->globals[g].n_inits; i++) {
			const struct ir_init *x = &u->globals[g].inits[i];

			if (x->kind == IR_INIT_FUNC && x->member && strcmp(x->member, member) == 0)
				mark_called(u, x->sym, called);
		}
	for (uint32_t k = 0; k < u->n_functions; k++)
		for (uint32_t i = 0; i < u->functions[k].n_ins; i++) {
			const struct ir_ins *ins = u->functions[k].ins, *to = &ins[ins[i].a[0]];

			if (ins[i].op == IR_STORE && to->op == IR_FIELD && strcmp(to->str, member) == 0 &&
			    ins[ins[i].a[1]].op == IR_FUNC)
				mark_called(u, ins[ins[i].a[1]].sym, called);
		}
}

/* What dropping the last reference may run: the function that the call is given, or what the object points to. */
static void mark_run_by_put(const struct fn *fn, const struct ir_function *f, const struct ir_ins *call,
			    const struct effect *e, bool *called)
{
	const struct ir_unit *u = fn->e->unit;
	const struct ir_ins *given = e->value.root == PLACE_ARG && (uint32_t)e->value.arg < call->n_args
					     ? &f->ins[call->args[e->value.arg]]
					     : NULL;

	if (given && given->op == IR_FUNC)
		mark_called(u, given->sym, called);
	for (const char *next = e->runs; next && *next; next += strspn(next, " ")) {
		const char *word = arena_strndup(fn->w.arena, next, strcspn(next, " ")), *arrow = strstr(word, "->");

		mark_in_member(u, arrow ? arrow + 2 : word, called);
		next += strlen(word);
	}
}

void mark_ended_by(const struct fn *fn, uint32_t end, bool *called)
{
	const struct ir_unit *u = fn->e->unit;
	bool *before = ARENA_ARRAY(fn->w.arena, bool, u->n_functions);

	mark_called(u, end, called);
	memcpy(before, called, u->n_functions * sizeof(*before));
	for (uint32_t i = 0; i < u->n_functions; i++)
		for (uint32_t k = 0; before[i] && k < u->functions[i].n_ins; k++) {
			const struct ir_ins *in = &u->functions[i].ins[k];
			const struct api *api = in->op == IR_CALL ? engine_api(fn->e, in) : NULL;

			for (unsigned int n = 0; api && n < api->n_effects; n++)
				if (api->effects[n].kind == EFFECT_RELEASE)
					mark_run_by_put(fn, &u->functions[i], in, &api->effects[n], called);
		}
}

bool one_calls_release(struct fn *fn, const bool *functions, const struct family *f)
{
	const struct ir_unit *u = fn->e->unit;

	for (uint32_t i = 0; i < u->n_functions; i++)
		for (uint32_t k = 0; functions[i] && k < u->functions[i].n_ins; k++)
			if (u->functions[i].ins[k].op == IR_CALL && call_releases(fn, &u->functions[i].ins[k], f))
				return true;
	return false;
}

static bool member_released_elsewhere(struct fn *fn, const struct family *f, struct member m, const bool *in_pair)
{
	const struct ir_unit *u = fn->e->unit;

	for (uint32_t i = 0; i < u->n_functions; i++)
		if (u->functions[i].in_main_file && !in_pair[i] && fn->e->summaries[i] &&
		    summary_releases(fn, fn->e->summaries[i], f, m))
			return true;
	return false;
}

/* The pair's functions, what they call, and other names of them: module_exit(f) makes one. */
static void mark_pair(const struct ir_unit *u, const struct harness *h, bool *in_pair)
{
	mark_called(u, h->begin, in_pair);
	mark_called(u, h->end, in_pair);
	for (uint32_t i = 0; i < u->n_functions; i++)
		in_pair[i] |= ir_is_alias(&u->functions[i]) && in_pair[u->functions[i].ins[0].sym];
}

bool released_elsewhere(struct fn *fn, const struct state *st, const struct resource *r)
{
	const struct ir_unit *u = fn->e->unit;
	bool *in_pair = ARENA_ARRAY(fn->w.arena, bool, u->n_functions);
	struct pmap_iter it;
	struct member m;

	in_pair[fn->index] = true;
	/* Another driver of the same kind in this file does not look after this one's resources either. */
	for (unsigned int i = 0; i < fn->e->opt.n_harnesses; i++) {
		const struct harness *h = &fn->e->opt.harnesses[i];

		in_pair[h->function] = true;
		if (strcmp(h->what, fn->harness->what) != 0 || strcmp(h->begin_slot, fn->harness->begin_slot) != 0)
			continue;
		mark_pair(u, h, in_pair);
	}
	if (last_member(fn->e->pool, r->key, &m) && member_released_elsewhere(fn, r->family, m, in_pair))
		return true;
	for (pmap_first(&it, &st->mem); pmap_next(&it);)
		if (sym_base(fn->e->pool, (uint32_t)it.value) == r->key &&
		    member_released_elsewhere(fn, r->family, member_at(fn->e->pool, it.key), in_pair))
			return true;
	return false;
}
