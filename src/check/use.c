/* Memory that is read or written after it was released on the same path. */
#include "check/checks.h"

static void on_use(struct fn *fn, const struct state *st, const struct resource *dead, uint32_t ins)
{
	const char *what = resource_text(fn, dead);
	struct report r = {.rule = "free/use-after",
			   .confidence = dead->maybe ? CONF_LOW
					 : dead->acquire_ins != IR_NONE || dead->released.function == fn->index
						 ? CONF_HIGH
						 : CONF_MEDIUM,
			   .st = st,
			   .res = dead,
			   .ins = ins,
			   .sibling_ins = IR_NONE,
			   .exit_kind = "use",
			   .at_text = "used here"};

	if (dead->release_ins == ins || dead->release_ins == IR_NONE ||
	    pmap_get(&fn->uses_told, (uint64_t)dead->release_ins + 1))
		return;
	/* The first use is the one to look at: whoever mends it has seen the others. */
	pmap_put(fn->w.arena, &fn->uses_told, (uint64_t)dead->release_ins + 1, 1);
	r.message = arena_printf(fn->w.arena, "%s%s%s%s is used after %s() released it", dead->family->noun,
				 *what ? " '" : "", what, *what ? "'" : "", dead->release);
	fn_report(fn, &r);
}

const struct check check_use = {.name = "use", .use = on_use};
