/*
 * What the driver core does when a device is unbound or its probe has failed: the managed resources are released, last
 * taken first (drivers/base/devres.c, release_nodes()).
 */
#include "engine/fn.h"

static const struct resource *newest_managed(const struct state *st)
{
	const struct resource *newest = NULL;
	struct pmap_iter it;

	for (pmap_first(&it, &st->res); pmap_next(&it);) {
		const struct resource *r = (const struct resource *)(uintptr_t)it.value;

		if ((it.key & 0xffff) != 0xffff && r->state == RES_OWNED && r->device && (!newest || r->order > newest->order))
			newest = r;
	}
	return newest;
}

void detach(struct fn *fn, struct state *st, uint32_t ins)
{
	const struct resource *r;

	while ((r = newest_managed(st))) {
		const struct resource *after;

		resource_release(fn, st, &r->family, 1,
				 &(struct deed){.key = r->key,
						.ins = ins,
						.at = {fn->index, ins},
						.api = "the driver core",
						.by_core = true});
		after = state_resource(st, r->key, r->family);
		if (after == r)
			state_drop_resource(&fn->w, st, r->key, r->family);
	}
}
