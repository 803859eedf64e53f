/*
 * What has been released and is handed to a call all the same. A callee of which only the declaration is known, or a
 * rule, follows the pointers to records that it gets; a text with conversions says which of the arguments behind it are
 * followed.
 */
#include "engine/fn.h"

#include <ctype.h>
#include <string.h>

static void tell(struct fn *fn, const struct state *st, uint32_t arg, uint32_t ins)
{
	const struct resource *dead = state_dead(st, sym_base(fn->e->pool, arg));

	for (unsigned int i = 0; dead && engine_checks[i]; i++)
		if (engine_checks[i]->use)
			engine_checks[i]->use(fn, st, dead, ins);
}

/* A second release is told as such. */
static bool releases(const struct api *api, uint32_t arg)
{
	for (unsigned int i = 0; api && i < api->n_effects; i++)
		if (api->effects[i].kind == EFFECT_RELEASE && api->effects[i].at.root == PLACE_ARG &&
		    (uint32_t)api->effects[i].at.arg == arg)
			return true;
	return false;
}

static bool is_record(const struct fn *fn, uint32_t callee, uint32_t arg)
{
	const struct ir_type *target = parameter_target(fn, callee, arg);

	return target && target->kind == IR_T_RECORD;
}

/* Behind the '%': the length and width, then what it is. Only a pointer's number is shown by %p and %px. */
static const char *conversion(const char *s, bool *follows, unsigned int *stars)
{
	*stars = 0;
	for (; *s && strchr("0123456789#-+ .*hlLzjt", *s); s++)
		*stars += *s == '*';
	*follows = *s == 's' || (*s == 'p' && isalpha((unsigned char)s[1]) && !strchr("KxeSsB", s[1]));
	return *s ? s + 1 : s;
}

static void check_text(struct fn *fn, const struct state *st, const struct call *c, uint32_t at)
{
	const struct sym *s = sym_at(fn->e->pool, c->args[at]);
	const struct obj *o = s->kind == SYM_ADDR ? obj_at(fn->e->pool, s->a) : NULL;
	const char *text = o && o->kind == OBJ_STR && !s->k ? o->str : "";

	for (text = strchr(text, '%'), at++; text && at < c->n_args; text = strchr(text, '%')) {
		unsigned int stars;
		bool follows;

		if (*++text == '%') {
			text++;
			continue;
		}
		text = conversion(text, &follows, &stars);
		at += stars;
		if (follows && at < c->n_args)
			tell(fn, st, c->args[at], c->ins);
		at++;
	}
}

/* Who waits for an object's end by what lies in the object itself keeps its memory. */
static bool waits_inside(struct fn *fn, struct state *st, const struct call *c)
{
	const struct api *context = fn->e->contexts[c->callee];
	bool inside = false;

	for (uint32_t i = 0; context && context->waits && i < c->n_args; i++) {
		uint32_t base = sym_base(fn->e->pool, c->args[i]);
		const struct resource *dead = state_dead(st, base);

		if (!dead || dead->family->dead_after_release)
			continue;
		state_set_dead(&fn->w, st, base, NULL);
		inside = true;
	}
	return inside;
}

void check_handed(struct fn *fn, struct state *st, const struct call *c)
{
	const struct ir_function *f = c->callee == IR_NONE ? NULL : &fn->e->unit->functions[c->callee];

	if (!f || (c->api && c->api->intrinsic) || waits_inside(fn, st, c))
		return;
	for (uint32_t i = 0; i < c->n_args && i < f->n_params; i++)
		if (!releases(c->api, i) && is_record(fn, c->callee, i))
			tell(fn, st, c->args[i], c->ins);
	if (f->is_variadic && f->n_params && f->n_params < c->n_args)
		check_text(fn, st, c, f->n_params - 1);
}
