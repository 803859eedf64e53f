/*
 * The last reference to an object: dropping it runs the release callback, stored in the object, in its type or class,
 * or named by the put itself, if this path has taken the first one (`first:` in the rules) and nobody got another. What
 * the callback frees is freed, and using it or freeing it again is told.
 */
#include "engine/fn.h"

#include <string.h>

/* The one reference there is, if this path has taken it itself and nobody has got another one; NULL: it is not so. */
static const struct resource *only_reference(const struct state *st, uint32_t key, const struct family *const *families,
					     unsigned int n)
{
	const struct resource *only = NULL;

	for (unsigned int i = 0; i < n; i++) {
		const struct resource *r = state_resource(st, key, families[i]);

		if (!r || r->state != RES_OWNED)
			continue;
		if (only || r->count != 1 || r->acquire_ins == IR_NONE || r->device ||
		    (r->family->kind == FAMILY_REFERENCE && !r->family->first))
			return NULL;
		only = r;
	}
	return only;
}

uint32_t stored_member(struct fn *fn, const struct state *st, uint32_t key, const char *member, uint32_t *where)
{
	struct pool *p = fn->e->pool;
	uint32_t value = 0;
	int64_t from, nearest = INT64_MAX;
	uint32_t obj = sym_split(p, key, &from);
	struct pmap_iter it;

	for (pmap_first(&it, &st->mem); pmap_next(&it);) {
		uint32_t addr;
		const char *name;

		if (mem_obj(it.key) != obj || mem_offset(it.key) < from || mem_offset(it.key) >= nearest)
			continue;
		addr = sym_addr(p, obj, mem_offset(it.key));
		name = pool_place_name(p, addr);
		if (!name || strcmp(name, member) != 0)
			continue;
		nearest = mem_offset(it.key);
		value = (uint32_t)it.value;
		*where = addr;
	}
	return value;
}

static bool has_body(const struct fn *fn, uint32_t callee)
{
	uint32_t f;

	return callee && sym_is_function(fn->e->pool, callee, &f) && fn->e->unit->functions[f].has_body;
}

/* The function that the variable at `address` is initialised with in the member of that name; 0: none. */
static uint32_t initialised_member(struct fn *fn, uint32_t address, const char *member)
{
	const struct sym *s = sym_at(fn->e->pool, address);
	const struct obj *o = s->kind == SYM_ADDR && !s->k ? obj_at(fn->e->pool, s->a) : NULL;
	const struct ir_global *g = o && o->kind == OBJ_GLOBAL ? &fn->e->unit->globals[o->a] : NULL;

	for (uint32_t i = 0; g && i < g->n_inits; i++)
		if (g->inits[i].kind == IR_INIT_FUNC && g->inits[i].member && strcmp(g->inits[i].member, member) == 0)
			return sym_addr(fn->e->pool, obj_func(fn->e->pool, g->inits[i].sym), 0);
	return 0;
}

/* "release", "type->release", "with->release". */
static struct last_put runs_by(struct fn *fn, const struct state *st, const char *word, const struct resource *r)
{
	const char *arrow = strstr(word, "->");
	const char *member = arrow ? arena_strndup(fn->w.arena, word, (size_t)(arrow - word)) : word;
	struct last_put p = {0, r->key};
	uint32_t where = 0;

	if (arrow && strcmp(member, "with") == 0) {
		p.callee = r->with ? initialised_member(fn, r->with, arrow + 2) : 0;
		return p;
	}
	p.callee = stored_member(fn, st, r->key, member, &where);
	if (p.callee && arrow)
		p.callee = initialised_member(fn, p.callee, arrow + 2);
	p.with = p.callee ? pool_place_parent(fn->e->pool, where) : 0;
	return p;
}

/* The release's own words of what the last put runs; NULL: nothing. */
static const char *words_of(const struct api *rule, const struct family *const *families)
{
	for (unsigned int i = 0; rule && i < rule->n_effects; i++)
		if (rule->effects[i].kind == EFFECT_RELEASE && rule->effects[i].runs &&
		    rule->effects[i].families[0] == families[0])
			return rule->effects[i].runs;
	return NULL;
}

/* A helper that has a status to tell drops what it has looked up as often as what it was given: not every put is one
 * of its argument. */
static bool may_be_another(const struct fn *fn, const struct deed *d)
{
	uint32_t type = fn->f->ins[d->ins].type;

	return d->arg == ARG_IN_CALLEE && type != IR_NONE && fn->e->unit->types[type].kind != IR_T_VOID;
}

struct last_put last_put_of(struct fn *fn, const struct state *st, const struct family *const *families, unsigned int n,
			    const struct deed *d)
{
	const struct resource *r = only_reference(st, d->key, families, n);
	const char *words = words_of(d->rule, families), *word;

	if (!r || d->inner || may_be_another(fn, d))
		return (struct last_put){0};
	if (d->action)
		return (struct last_put){has_body(fn, d->action) ? d->action : 0, d->key};
	while (words && *words) {
		size_t len = strcspn(words, " ");
		struct last_put p;

		word = arena_strndup(fn->w.arena, words, len);
		p = runs_by(fn, st, word, r);
		if (has_body(fn, p.callee) && p.with)
			return p;
		words += len + strspn(words + len, " ");
	}
	return (struct last_put){0};
}

uint32_t only_function_in(const struct fn *fn, const char *member, int64_t offset)
{
	const struct ir_unit *u = fn->e->unit;
	uint32_t only = IR_NONE;

	for (uint32_t k = 0; !u->n_left_out && k < u->n_functions; k++) {
		const struct ir_ins *ins = u->functions[k].ins;

		for (uint32_t i = 0; i < u->functions[k].n_ins; i++) {
			const struct ir_ins *to = ins[i].op == IR_STORE ? &ins[ins[i].a[0]] : NULL;

			if (!to || to->op != IR_FIELD || to->imm != offset || strcmp(to->str, member) != 0 ||
			    ins[ins[i].a[1]].op != IR_FUNC)
				continue;
			if (only != IR_NONE && only != ins[ins[i].a[1]].sym)
				return IR_NONE;
			only = ins[ins[i].a[1]].sym;
		}
	}
	return only;
}
