/* Releases in other functions of the file: what a callback outside the pair at hand looks after is its business. */
#include "check/checks.h"
#include "engine/armed.h"

#include <string.h>

/* Offset of the member that a value was read from or is the address of. */
bool last_offset(struct pool *p, uint32_t sym, int64_t *offset)
{
	const struct sym *s = sym_at(p, sym);

	*offset = s->k;
	return s->kind == SYM_INIT || s->kind == SYM_ADDR;
}

bool summary_releases(struct fn *fn, const struct summary *s, const struct family *f, int64_t offset)
{
	for (unsigned int i = 0; i < s->cases.n; i++)
		for (unsigned int k = 0; k < s->cases.v[i].resources.n; k++) {
			const struct sum_resource *r = &s->cases.v[i].resources.v[k];
			int64_t at;

			/* What another unit's function releases, following its own members, is no driver's. */
			if (releases_one_of(r, f) && !r->inner && last_offset(fn->e->pool, r->key, &at) && at == offset)
				return true;
		}
	return false;
}

static bool offset_released_elsewhere(struct fn *fn, const struct family *f, int64_t offset, const bool *in_pair)
{
	const struct ir_unit *u = fn->e->unit;

	for (uint32_t i = 0; i < u->n_functions; i++)
		if (u->functions[i].in_main_file && !in_pair[i] && fn->e->summaries[i] &&
		    summary_releases(fn, fn->e->summaries[i], f, offset))
			return true;
	return false;
}

bool released_elsewhere(struct fn *fn, const struct state *st, const struct resource *r)
{
	const struct ir_unit *u = fn->e->unit;
	bool *in_pair = ARENA_ARRAY(fn->w.arena, bool, u->n_functions);
	struct pmap_iter it;
	int64_t offset;

	in_pair[fn->index] = true;
	/* Another driver of the same kind in this file does not look after this one's resources either. */
	for (unsigned int i = 0; i < fn->e->opt.n_harnesses; i++) {
		const struct harness *h = &fn->e->opt.harnesses[i];

		in_pair[h->function] = true;
		if (strcmp(h->what, fn->harness->what) != 0 || strcmp(h->begin_slot, fn->harness->begin_slot) != 0)
			continue;
		mark_called(u, h->begin, in_pair);
		mark_called(u, h->end, in_pair);
	}
	if (last_offset(fn->e->pool, r->key, &offset) && offset_released_elsewhere(fn, r->family, offset, in_pair))
		return true;
	for (pmap_first(&it, &st->mem); pmap_next(&it);)
		if (sym_base(fn->e->pool, (uint32_t)it.value) == r->key &&
		    offset_released_elsewhere(fn, r->family, mem_offset(it.key), in_pair))
			return true;
	return false;
}
