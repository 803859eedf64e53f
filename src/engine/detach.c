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

bool is_managed_action(const struct family *f)
{
	return f == &action_family;
}

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

/* The values of the state before it that the action would have released: whoever revokes it has to do so. */
static void own_again(struct fn *fn, struct state *st, const struct resource *action, const struct state *then)
{
	struct pmap_iter it;

	for (pmap_first(&it, &then->res); pmap_next(&it);) {
		const struct resource *gone = (const struct resource *)(uintptr_t)it.value;
		const struct resource *here = state_resource(st, gone->key, gone->family);
		struct resource r = here ? *here : *gone;

		if (gone->state != RES_RELEASED || gone->inner || gone->maybe ||
		    (here ? here->state != RES_ESCAPED || here->acquire_ins == IR_NONE
			  : gone->release_ins != action->acquire_ins))
			continue;
		r.state = RES_OWNED;
		if (!here) {
			/* Taken where it is not seen: the action stands for it. */
			r.count = 1;
			r.acquire_ins = action->acquire_ins;
			r.taken = action->taken;
			r.acquire = action->acquire;
			r.release = gone->family->release;
			r.release_ins = IR_NONE;
		}
		state_set_resource(&fn->w, st, r);
	}
}

void revoked_action(struct fn *fn, struct state *st, const struct resource *action)
{
	struct state then = *st;

	call_action(fn, &then, action->action, action->with, action->acquire_ins, false);
	own_again(fn, st, action, &then);
}

void revoke_action(struct fn *fn, struct state *st, uint32_t action, uint32_t with, const struct call *c)
{
	static const struct family *const families[] = {&action_family};

	resource_release(fn, st, families, 1,
			 &(struct deed){.key = sym_op(fn->e->pool, IR_XOR, with, action),
					.ins = c->ins,
					.at = {fn->index, c->ins},
					.api = call_name(fn, c->callee)});
}

/* The core releases by the family's usual release: what else that ends, wherever it is, ends with it. */
static void release_along(struct fn *fn, struct state *st, const struct family *f, uint32_t ins)
{
	const struct api *usual = f->release ? model_api(fn->e->model, f->release) : NULL;

	for (unsigned int i = 0; usual && i < usual->n_effects; i++) {
		const struct effect *e = &usual->effects[i];

		if (e->kind != EFFECT_RELEASE || e->at.root != PLACE_ANY)
			continue;
		for (unsigned int j = 0; j < e->n_families; j++)
			release_family(fn, st, e->families[j], ins);
	}
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
		release_along(fn, st, r->family, ins);
		after = state_resource(st, r->key, r->family);
		if (after == r)
			state_drop_resource(&fn->w, st, r->key, r->family);
	}
}
