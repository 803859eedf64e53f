/*
 * Memory that is read or written after it was released on the same path. Behind the put of a reference that is told
 * where the path took it together with the pointer, or the first one there was, and with low confidence: of any other
 * nobody knows whether it was the last.
 */
#include "check/checks.h"

/* Did this path take the reference together with the pointer, so that nothing else is known to keep the object? */
static bool is_only_hold(const struct fn *fn, const struct resource *dead)
{
	const struct sym *s = sym_at(fn->e->pool, dead->key);

	/* Taken in another file, or the first there was. */
	if (dead->family->first)
		return dead->acquire_ins != IR_NONE && dead->family->leaks;
	return s->kind == SYM_FRESH && s->a == fn->index && dead->acquire_ins != IR_NONE && s->b == dead->acquire_ins;
}

/* A reference taken to what was there before, and dropped again. */
static bool is_second_hold(const struct fn *fn, const struct resource *dead)
{
	return dead->family->kind == FAMILY_REFERENCE && dead->acquire_ins != IR_NONE && !is_only_hold(fn, dead);
}

static enum confidence sureness(const struct fn *fn, const struct resource *dead)
{
	if (dead->maybe)
		return CONF_LOW;
	/* What was looked up lives on where it was found: none of 5 was right. */
	if (dead->family->kind == FAMILY_REFERENCE)
		return CONF_LOW;
	if (!dead->family->dead_after_release)
		return is_only_hold(fn, dead) && dead->released.function == fn->index ? CONF_MEDIUM : CONF_LOW;
	return dead->acquire_ins != IR_NONE || dead->released.function == fn->index ? CONF_HIGH : CONF_MEDIUM;
}

/* The path has found another pointer to be the same: whatever that one comes from may hold the object, too. */
static bool has_alias(const struct fn *fn, const struct state *st, uint32_t key)
{
	struct pmap_iter it;

	for (pmap_first(&it, &st->cons); pmap_next(&it);) {
		const struct sym *s = sym_at(fn->e->pool, (uint32_t)it.key);
		const struct range *r = (const struct range *)(uintptr_t)it.value;
		int64_t k;

		if (s->kind == SYM_OP && ((s->op == IR_EQ && r->not_zero) || (s->op == IR_NE && range_is_null(*r))) &&
		    (s->a == key || s->b == key) && !sym_is_const(fn->e->pool, s->a == key ? s->b : s->a, &k))
			return true;
	}
	return false;
}

static void on_use(struct fn *fn, const struct state *st, const struct resource *dead, uint32_t ins)
{
	const char *what = resource_text(fn, dead);
	struct report r = {.rule = "free/use-after",
			   .confidence = sureness(fn, dead),
			   .st = st,
			   .res = dead,
			   .ins = ins,
			   .sibling_ins = IR_NONE,
			   .exit_kind = "use",
			   .at_text = "used here"};

	if (dead->release_ins == ins || dead->release_ins == IR_NONE || is_second_hold(fn, dead) ||
	    (dead->family->kind == FAMILY_REFERENCE && has_alias(fn, st, dead->key)) ||
	    pmap_get(&fn->uses_told, (uint64_t)dead->release_ins + 1))
		return;
	/* The first use is the one to look at: whoever mends it has seen the others. */
	pmap_put(fn->w.arena, &fn->uses_told, (uint64_t)dead->release_ins + 1, 1);
	r.message = arena_printf(fn->w.arena, "%s%s%s%s is used after %s() released it", dead->family->noun,
				 *what ? " '" : "", what, *what ? "'" : "", dead->release);
	fn_report(fn, &r);
}

const struct check check_use = {.name = "use", .use = on_use};
