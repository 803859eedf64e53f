/* Results of calls that are tested the wrong way (NULL for an error pointer, IS_ERR for NULL) or used untested. */
#include "check/checks.h"

/* The rule of the call in this function whose result the value is; NULL when it is none. */
static const struct api *origin(const struct fn *fn, uint32_t v, uint32_t *ins)
{
	const struct sym *s = sym_at(fn->e->pool, v);
	const struct ir_ins *in;

	if (s->kind != SYM_FRESH || s->a != fn->index || s->b >= fn->f->n_ins || (uint32_t)s->k != 0)
		return NULL;
	in = &fn->f->ins[s->b];
	*ins = s->b;
	return in->op == IR_CALL && in->sym != IR_NONE ? fn->e->apis[in->sym] : NULL;
}

static void tell(struct fn *fn, const struct state *st, uint32_t v, const struct api *api, uint32_t call,
		 const char *rule, enum confidence c, uint32_t ins, const char *message, const char *at)
{
	static const struct family any = {.name = "result", .resource = "other", .noun = "result"};
	const char *name = model_display_name(fn->e->model, api->name);
	struct resource res = {.key = v,
			       .family = &any,
			       .state = RES_OWNED,
			       .acquire_ins = call,
			       .release_ins = IR_NONE,
			       .lost_ins = IR_NONE,
			       .taken = {fn->index, call},
			       .acquire = name,
			       .release = ""};
	struct report r = {.rule = rule,
			   .confidence = c,
			   .st = st,
			   .res = &res,
			   .ins = ins,
			   .message = message,
			   .sibling_ins = IR_NONE,
			   .exit_kind = "use",
			   .at_text = at};

	fn_report(fn, &r);
}

static bool undecided(struct fn *fn, const struct state *st, uint32_t v)
{
	struct range r = state_range(&fn->w, st, v);

	return r.lo < 0 && r.hi >= 0;
}

/* Has a test said already that it is NULL, or that it isn't, or that it is no pointer to anything? */
static bool null_is_known(struct fn *fn, const struct state *st, uint32_t v)
{
	struct range r = state_range(&fn->w, st, v);

	return r.not_zero || r.lo > 0 || r.hi <= 0;
}

/* A NULL test beside a test for error pointers is only superfluous; alone it is wrong. */
static void null_tests(struct fn *fn)
{
	for (unsigned int i = 0; i < fn->null_tests.n; i++) {
		const struct null_test *t = &fn->null_tests.v[i];
		const struct api *api = fn->e->apis[fn->f->ins[t->call].sym];

		if (pmap_get(&fn->err_tested, t->call + 1))
			continue;
		tell(fn, &t->st, t->value, api, t->call, "check/null-vs-errptr", CONF_HIGH, t->ins,
		     arena_printf(fn->w.arena,
				  "%s() fails with an error pointer, never NULL: this test does not see failure",
				  model_display_name(fn->e->model, api->name)),
		     "tested for NULL here");
	}
}

static void on_branch(struct fn *fn, const struct state *st, uint32_t cond, uint32_t ins)
{
	struct sym c = *sym_at(fn->e->pool, cond);
	uint32_t call, tested = cond;
	int64_t k;
	const struct api *api;
	bool null_test = c.kind != SYM_OP;

	if (c.kind == SYM_OP && (c.op == IR_EQ || c.op == IR_NE) && sym_is_const(fn->e->pool, c.b, &k) && k == 0) {
		tested = c.a;
		null_test = true;
	} else if (c.kind == SYM_OP) {
		tested = c.a;
	}
	api = origin(fn, tested, &call);
	if (!api)
		return;
	if (c.kind == SYM_OP && c.op >= SYM_OP_IS_ERR)
		pmap_put(fn->w.arena, &fn->err_tested, call + 1, 1);
	if (null_test && api->fails == FAILS_ERRPTR && !api->may_be_null && undecided(fn, st, tested))
		vec_push(fn->w.arena, &fn->null_tests, ((struct null_test){*st, tested, call, ins}));
	if (c.kind == SYM_OP && c.op == SYM_OP_IS_ERR && api->fails == FAILS_NULL && !null_is_known(fn, st, tested))
		tell(fn, st, tested, api, call, "check/null-vs-errptr", CONF_HIGH, ins,
		     arena_printf(fn->w.arena,
				  "%s() fails with NULL, never an error pointer: IS_ERR() does not see failure",
				  model_display_name(fn->e->model, api->name)),
		     "tested with IS_ERR() here");
}

static void on_deref(struct fn *fn, const struct state *st, uint32_t base, uint32_t ins)
{
	uint32_t call;
	const struct api *api = origin(fn, base, &call);
	struct range r;

	if (!api || (api->fails != FAILS_NULL && api->fails != FAILS_ERRPTR) || api->may_be_null)
		return;
	if (pmap_get(&fn->unchecked_told, call + 1))
		return;
	r = state_range(&fn->w, st, base);
	if (api->fails == FAILS_NULL ? r.lo > 0 || r.not_zero : r.lo >= 0)
		return;
	pmap_put(fn->w.arena, &fn->unchecked_told, call + 1, 1);
	tell(fn, st, base, api, call, "check/unchecked", CONF_MEDIUM, ins,
	     arena_printf(fn->w.arena, "result of %s() is used without a test for failure",
			  model_display_name(fn->e->model, api->name)),
	     "used here");
}

const struct check check_result = {.name = "result", .exits = null_tests, .branch = on_branch, .deref = on_deref};
