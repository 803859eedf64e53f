/*
 * What is taken off a list. Both struct list_head and struct hlist_node begin with what comes next, and go on with what
 * comes before: for both, the address of a word that leads here.
 */
#include "engine/fn.h"

enum { LINK_BYTES = 8 };

void unlink_object(struct fn *fn, struct state *st, uint32_t object, uint32_t ins)
{
	struct pool *p = fn->e->pool;
	uint32_t base = sym_base(p, object), sub = SUB_UNLINKED;
	const struct sym *s = sym_at(p, base);
	uint32_t from = s->kind == SYM_INIT ? sym_addr(p, s->a, s->k) : 0;
	struct pmap mem = st->mem;
	struct pmap_iter it;

	if (from && !state_peek(&fn->w, st, from))
		state_store(&fn->w, st, from, fn_fresh(fn, st, ins, sub++, range_pointer));
	for (pmap_first(&it, &mem); pmap_next(&it);)
		if (sym_base(p, (uint32_t)it.value) == base && obj_at(p, mem_obj(it.key))->kind != OBJ_LOCAL &&
		    sym_split(p, base, &(int64_t){0}) != mem_obj(it.key))
			state_store(&fn->w, st, sym_addr(p, mem_obj(it.key), mem_offset(it.key)),
				    fn_fresh(fn, st, ins, sub++, range_pointer));
}

void unlink_element(struct fn *fn, struct state *st, uint32_t node, uint32_t ins)
{
	struct pool *p = fn->e->pool;

	unlink_object(fn, st, node, ins);
	/* What leads to the caller's is not seen here; that it leads on to the next is left for is_unlinked(). */
	if (sym_at(p, sym_base(p, node))->kind == SYM_PARAM)
		state_store(&fn->w, st, state_load(&fn->w, st, sym_addr_add(p, node, LINK_BYTES), range_pointer),
			    state_load(&fn->w, st, node, range_pointer));
}

bool is_unlinked(struct fn *fn, const struct state *st, uint32_t object)
{
	struct pool *p = fn->e->pool;
	uint32_t own = obj_ptr(p, object);
	struct pmap_iter it;

	for (pmap_first(&it, &st->mem); pmap_next(&it);) {
		const struct obj *o = obj_at(p, mem_obj(it.key));
		const struct sym *before = o->kind == OBJ_PTR ? sym_at(p, o->a) : NULL;
		const struct sym *next = sym_at(p, (uint32_t)it.value);

		if (before && before->kind == SYM_INIT && before->a == own && mem_offset(it.key) == 0 &&
		    next->kind == SYM_INIT && next->a == own && next->k + LINK_BYTES == before->k)
			return true;
	}
	return false;
}
