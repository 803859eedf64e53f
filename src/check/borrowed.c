/*
 * References that are given away without having been taken: an object whose end drops a reference gets a pointer that
 * the function was only lent.
 */
#include "check/checks.h"

static void on_own(struct fn *fn, const struct state *st, const struct family *f, uint32_t value, uint32_t where,
		   uint32_t ins)
{
	const struct resource *held = state_resource(st, value, f);
	const char *what = pool_text(fn->e->pool, fn->w.arena, value);
	struct resource res = {.key = value,
			       .family = f,
			       .state = RES_OWNED,
			       .acquire_ins = ins,
			       .release_ins = IR_NONE,
			       .lost_ins = IR_NONE,
			       .taken = {fn->index, ins},
			       .acquire = call_name(fn, fn->f->ins[ins].sym),
			       .release = f->release};
	struct report r = {.rule = "free/unowned",
			   .confidence = CONF_MEDIUM,
			   .st = st,
			   .res = &res,
			   .ins = ins,
			   .sibling_ins = IR_NONE,
			   .exit_kind = "own",
			   .at_text = "from here on the object will drop it"};

	/* Whether a call of unknown effect has returned a reference, nobody can tell. */
	if ((held && held->acquire_ins != IR_NONE) || !sym_from_caller(fn->e->pool, value) ||
	    range_is_null(state_range(&fn->w, st, value)))
		return;
	r.message = arena_printf(fn->w.arena,
				 "the object that %s() gets will drop its %s%s%s%s, but nobody has taken one for it",
				 res.acquire, f->noun, what ? " '" : "", what ? what : "", what ? "'" : "");
	fn_report(fn, &r);
}

const struct check check_borrowed = {.name = "borrowed", .own = on_own};
