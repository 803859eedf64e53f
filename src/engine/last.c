/* The last reference to an object: dropping it runs the function that the driver has stored in the object for that. */
#include "engine/fn.h"

#include <string.h>

/* Has this path taken the reference itself, and nobody else had the chance to take another one? */
bool is_last_reference(const struct state *st, uint32_t key, const struct family *const *families, unsigned int n)
{
	for (unsigned int i = 0; i < n; i++) {
		const struct resource *r = state_resource(st, key, families[i]);

		if (r)
			return r->state == RES_OWNED && r->count == 1 && r->acquire_ins != IR_NONE && !r->device;
	}
	return false;
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

void run_last(struct fn *fn, struct state *st, uint32_t key, const char *member, uint32_t ins)
{
	struct pool *p = fn->e->pool;
	uint32_t where = 0, callee = stored_member(fn, st, key, member, &where);
	uint32_t with = callee ? pool_place_parent(p, where) : 0;
	const struct sym *f = callee ? sym_at(p, callee) : NULL;
	const struct obj *o = f && f->kind == SYM_ADDR ? obj_at(p, f->a) : NULL;

	if (o && o->kind == OBJ_FUNC && fn->e->unit->functions[o->a].has_body && with)
		call_action(fn, st, callee, with, ins, false);
}
