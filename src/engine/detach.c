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

		if (r->state == RES_OWNED && r->device && (!newest || r->order > newest->order))
			newest = r;
	}
	return newest;
}

/* Actions share the stack of the managed resources, as they do in the kernel. */
static const struct family action_family = {
	.name = "managed-action",
	.resource = "managed action",
	.noun = "managed action",
	.kind = FAMILY_REGISTERED,
	.index = 0xfff0,
};

void defer_action(struct fn *fn, struct state *st, uint32_t device, uint32_t action, uint32_t with,
		  const struct call *c)
{
	resource_acquire(fn, st, &action_family,
			 &(struct deed){.key = sym_op(fn->e->pool, IR_XOR, with, action),
					.ins = c->ins,
					.at = {fn->index, c->ins},
					.api = call_name(fn, c->callee),
					.device = device,
					.with = with,
					.action = action});
}

void detach(struct fn *fn, struct state *st, uint32_t ins)
{
	const struct resource *r;

	while ((r = newest_managed(st))) {
		const struct resource *after;

		if (r->action) {
			state_drop_resource(&fn->w, st, r->key, r->family);
			call_action(fn, st, r->action, r->with, ins, false);
			continue;
		}
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
