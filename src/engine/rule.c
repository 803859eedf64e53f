/* Calls of functions that a rule describes: its effects on the caller's state, one outcome for success, one for
 * failure. */
#include "engine/context.h"

#include <string.h>

/* ---- places ---- */

static bool same_record(const struct ir_unit *u, uint32_t a, uint32_t b)
{
	return a == b || (a != IR_NONE && u->types[a].name && u->types[b].name &&
			  strcmp(u->types[a].name, u->types[b].name) == 0);
}

/* An instruction of the unit that looks at the member of such a record; NULL: there is none. IR_NONE: of any record. */
static const struct ir_ins *member_access(const struct ir_unit *u, uint32_t record, const char *member, size_t length)
{
	for (uint32_t k = 0; k < u->n_functions; k++)
		for (uint32_t i = 0; i < u->functions[k].n_ins; i++) {
			const struct ir_ins *in = &u->functions[k].ins[i];
			const struct ir_type *t;

			if (in->op != IR_FIELD || strncmp(in->str, member, length) != 0 || in->str[length])
				continue;
			t = &u->types[u->functions[k].ins[in->a[0]].type];
			if (record == IR_NONE || t->kind != IR_T_PTR || same_record(u, t->target, record))
				return in;
		}
	return NULL;
}

/* Offset of a member by name, or of a member of a member: learnt from how the unit itself uses them. -1: nobody does.
 */
static int64_t member_offset(const struct fn *fn, uint32_t callee, const struct place *pl)
{
	const struct ir_unit *u = fn->e->unit;
	const struct ir_function *decl = &u->functions[callee];
	const char *member = pl->field;
	uint32_t record = IR_NONE;
	int64_t offset = 0;

	if (pl->root == PLACE_RETURN)
		record = u->types[decl->type].target;
	else if (decl->param_types && (uint32_t)pl->arg < decl->n_params && decl->param_types[pl->arg] != IR_NONE)
		record = u->types[decl->param_types[pl->arg]].target;
	for (;;) {
		size_t length = strcspn(member, ".");
		const struct ir_ins *in = member_access(u, record, member, length);

		if (!in)
			return -1;
		offset += in->imm;
		if (!member[length])
			return offset;
		record = u->types[in->type].target;
		member += length + 1;
	}
}

/* Value at a place of a call; for places in memory the address, too. 0: not there. */
static uint32_t place_value(struct fn *fn, struct state *st, const struct call *c, const struct place *pl, uint32_t ret,
			    uint32_t *addr)
{
	uint32_t v;

	*addr = 0;
	if (pl->root == PLACE_RETURN && !pl->field && !pl->deref)
		return ret;
	if (pl->root != PLACE_RETURN && (pl->root != PLACE_ARG || (uint32_t)pl->arg >= c->n_args))
		return 0;
	v = pl->root == PLACE_RETURN ? ret : c->args[pl->arg];
	if (pl->field) {
		int64_t offset = member_offset(fn, c->callee, pl);

		if (offset < 0)
			return 0;
		*addr = sym_addr_add(fn->e->pool, v, offset);
	} else if (pl->deref) {
		*addr = v;
	} else {
		return v;
	}
	return state_load(&fn->w, st, *addr, range_pointer);
}

/* The function at a place; in a member that this path has not set, the one that the unit stores there if it is one. */
static uint32_t callback(struct fn *fn, struct state *st, const struct call *c, const struct place *pl, uint32_t ret)
{
	uint32_t addr, only, v = place_value(fn, st, c, pl, ret, &addr);
	const struct sym *s = sym_at(fn->e->pool, v);

	if (!v || !pl->field || s->kind != SYM_INIT)
		return v;
	only = only_function_in(fn, pl->field, member_offset(fn, c->callee, pl));
	return only == IR_NONE ? v : sym_addr(fn->e->pool, obj_func(fn->e->pool, only), 0);
}

/* Does the function look at no pointer that it gets? Then nothing must live on for it. */
static bool ignores_pointers(const struct ir_unit *u, uint32_t function)
{
	const struct ir_function *f = &u->functions[function];

	for (uint32_t i = 0; i < f->n_ins; i++)
		if (f->ins[i].op == IR_LOCAL && f->ins[i].sym < f->n_params &&
		    u->types[f->locals[f->ins[i].sym].type].kind == IR_T_PTR)
			return false;
	return f->has_body;
}

/* ---- effects ---- */

static bool applies(enum effect_when when, bool failed)
{
	return when == WHEN_ALWAYS || (when == WHEN_FAILURE) == failed;
}

static void acquire(struct fn *fn, struct state *st, const struct call *c, const struct effect *e, uint32_t ret,
		    uint32_t sub)
{
	uint32_t addr, at, runs, device = 0, with = 0, key = place_value(fn, st, c, &e->at, ret, &addr);

	/* Who passes no place for it gets none. */
	if (!key || (addr && sym_at(fn->e->pool, addr)->kind == SYM_CONST))
		return;
	if (addr && e->at.root == PLACE_ARG) {
		key = fn_fresh(fn, st, c->ins, sub + 1, (struct range){1, INT64_MAX, true});
		state_store(&fn->w, st, addr, key);
		pool_name_value(fn->e->pool, key, addr);
	}
	if (e->device.root != PLACE_NONE)
		device = place_value(fn, st, c, &e->device, ret, &at);
	if (e->with.root != PLACE_NONE)
		with = place_value(fn, st, c, &e->with, ret, &at);
	if (e->kind == EFFECT_ARM && sym_is_function(fn->e->pool, callback(fn, st, c, &e->value, ret), &runs) &&
	    ignores_pointers(fn->e->unit, runs))
		with = 0;
	if (range_is_null(state_range(&fn->w, st, key)))
		return;
	/* What is armed inside an object may free the object when it runs. */
	if (e->family->kind == FAMILY_ARMED)
		escape(fn, st, sym_base(fn->e->pool, key), false, ret);
	resource_acquire(fn, st, e->family,
			 &(struct deed){.key = key,
					.ins = c->ins,
					.at = {fn->index, c->ins},
					.api = call_name(fn, c->callee),
					.device = device,
					.with = with});
}

/* A put that keeps the object's memory gives back one reference, not those that are left; and what is kept is not what
 * the same call takes. */
static bool has_effect_at(const struct api *api, enum effect_kind kind, const struct place *at)
{
	for (unsigned int i = 0; i < api->n_effects; i++)
		if (api->effects[i].kind == kind && api->effects[i].at.root == at->root &&
		    api->effects[i].at.arg == at->arg)
			return true;
	return false;
}

/* A variable that is released (an array of clocks) ends what was put into it. */
static void release_contents(struct fn *fn, struct state *st, uint32_t v)
{
	int64_t offset;
	uint32_t obj = sym_split(fn->e->pool, v, &offset);
	struct pmap mem = st->mem;
	struct pmap_iter it;

	if (obj_at(fn->e->pool, obj)->kind != OBJ_LOCAL)
		return;
	for (pmap_first(&it, &mem); pmap_next(&it);)
		if (mem_obj(it.key) == obj)
			escape(fn, st, (uint32_t)it.value, true, 0);
}

/* What is given for another of its kind is moved there, with all that it holds: krealloc(). */
static bool is_moved(const struct api *api, const struct effect *e)
{
	for (unsigned int i = 0; e->when == WHEN_SUCCESS && i < api->n_effects; i++) {
		const struct effect *x = &api->effects[i];

		if (x->kind == EFFECT_ACQUIRE && x->at.root == PLACE_RETURN && x->family == e->families[0])
			return true;
	}
	return false;
}

static void release(struct fn *fn, struct state *st, const struct call *c, const struct effect *e, uint32_t ret)
{
	uint32_t addr, at, v = place_value(fn, st, c, &e->at, ret, &addr);

	if (!v)
		return;
	if (is_moved(c->api, e))
		contents_copied(fn, st, v);
	release_contents(fn, st, v);
	resource_release(fn, st, e->families, e->n_families,
			 &(struct deed){.key = v,
					.ins = c->ins,
					.at = {fn->index, c->ins},
					.api = call_name(fn, c->callee),
					.with = place_value(fn, st, c, &e->with, ret, &at),
					.rule = c->api,
					.last = e->last,
					.action = place_value(fn, st, c, &e->value, ret, &at),
					.arg = e->at.arg});
}

/* The object at `v` has come to own what its member points to. */
static void look_after(struct fn *fn, struct state *st, const struct call *c, const struct effect *e, uint32_t v)
{
	uint32_t where = 0, value = stored_member(fn, st, v, e->member, &where);

	for (unsigned int i = 0; value && engine_checks[i]; i++)
		if (engine_checks[i]->own)
			engine_checks[i]->own(fn, st, e->family, value, where, c->ins);
}

/* Does the argument say so, as far as it is known? */
static bool has_bits(struct fn *fn, const struct call *c, const struct effect *e)
{
	int64_t k;

	return !e->bits || (uint32_t)e->bits_arg >= c->n_args || !sym_is_const(fn->e->pool, c->args[e->bits_arg], &k) ||
	       effect_comes_with(e, k);
}

/* It goes into a list of its own: nobody else comes to have it. */
static bool in_itself(struct fn *fn, struct state *st, const struct call *c, const struct effect *e, uint32_t v)
{
	uint32_t addr, keeper = e->with.root == PLACE_NONE ? 0 : place_value(fn, st, c, &e->with, 0, &addr);

	return keeper && sym_base(fn->e->pool, keeper) == sym_base(fn->e->pool, v);
}

/* Nothing is said of what the path has neither taken nor given back; that one of several is gone says nothing. */
static void answer(struct fn *fn, struct state *st, const struct api *api, const struct effect *e, uint32_t key,
		   uint32_t ret)
{
	const struct resource *r = key ? state_resource(st, key, e->family) : NULL;

	if (!r || r->maybe || r->spared)
		return;
	if (r->state == RES_OWNED)
		state_narrow(&fn->w, st, ret, (struct range){INT64_MIN, INT64_MAX, true});
	else if (r->state == RES_RELEASED && api->n_effects == 1)
		state_narrow(&fn->w, st, ret, (struct range){0, 0, false});
}

static void apply_effect(struct fn *fn, struct state *st, const struct call *c, const struct effect *e, uint32_t ret,
			 uint32_t sub)
{
	uint32_t addr, v;

	if (!has_bits(fn, c, e))
		return;
	switch (e->kind) {
	case EFFECT_ACQUIRE:
	case EFFECT_ARM:
		acquire(fn, st, c, e, ret, sub);
		break;
	case EFFECT_RELEASE:
		if (e->at.root == PLACE_ANY) {
			for (unsigned int i = 0; i < e->n_families; i++)
				release_family(fn, st, e->families[i], c->ins);
			break;
		}
		release(fn, st, c, e, ret);
		break;
	case EFFECT_KEEP:
		v = place_value(fn, st, c, &e->at, ret, &addr);
		if (v && !in_itself(fn, st, c, e, v))
			escape(fn, st, v, !has_effect_at(c->api, EFFECT_RELEASE, &e->at), 0);
		break;
	case EFFECT_FILL:
		place_value(fn, st, c, &e->at, ret, &addr);
		if (addr)
			state_store(&fn->w, st, addr, fn_fresh(fn, st, c->ins, sub + 1, range_any));
		break;
	case EFFECT_STORE:
		place_value(fn, st, c, &e->at, ret, &addr);
		v = place_value(fn, st, c, &e->value, ret, &sub);
		if (addr && v)
			state_store(&fn->w, st, addr, v);
		break;
	case EFFECT_OWN:
		v = place_value(fn, st, c, &e->at, ret, &addr);
		if (v)
			look_after(fn, st, c, e, v);
		break;
	case EFFECT_HALT: /* nothing has ended: check/teardown.c */
		break;
	case EFFECT_ASK:
		answer(fn, st, c->api, e, place_value(fn, st, c, &e->at, ret, &addr), ret);
		break;
	case EFFECT_DEFER:
	case EFFECT_REVOKE:
	case EFFECT_CALL: {
		uint32_t callee = callback(fn, st, c, &e->value, ret);
		uint32_t with = place_value(fn, st, c, &e->with, ret, &addr);

		if (callee && with && e->kind == EFFECT_REVOKE)
			revoke_action(fn, st, callee, with, c);
		else if (callee && with)
			call_action(fn, st, callee, with, c->ins, e->kind == EFFECT_DEFER);
		if (callee && with && e->kind == EFFECT_DEFER) {
			uint32_t device = place_value(fn, st, c, &e->device, ret, &addr);

			if (device)
				defer_action(fn, st, device, callee, with, c);
		}
		break;
	}
	}
}

static struct range outcome_range(const struct api *api, bool failed, struct range type)
{
	struct range r = type;

	switch (api->fails) {
	case FAILS_ERRNO:
		range_intersect(&r, failed ? (struct range){-4095, -1, true}
					   : (struct range){api->returns_count, api->returns_positive ? INT64_MAX : 0,
							    api->returns_count});
		break;
	case FAILS_NULL:
		range_intersect(&r, failed ? (struct range){0, 0, false} : (struct range){1, INT64_MAX, true});
		break;
	case FAILS_ERRPTR:
		range_intersect(&r, failed ? (struct range){-4095, -1, true}
					   : (struct range){api->may_be_null ? 0 : 1, INT64_MAX, !api->may_be_null});
		break;
	case FAILS_NULL_OR_ERRPTR:
		range_intersect(&r, failed ? (struct range){-4095, 0, false} : (struct range){1, INT64_MAX, true});
		break;
	case FAILS_ZERO:
		range_intersect(&r, failed ? (struct range){0, 0, false} : (struct range){1, INT64_MAX, true});
		break;
	case FAILS_NONZERO:
		range_intersect(&r, failed ? (struct range){INT64_MIN, INT64_MAX, true} : (struct range){0, 0, false});
		break;
	default:
		break;
	}
	return r;
}

/* Only pointers to fresh resources can stay undecided: whether they are there is read off the pointer. */
static bool must_split(const struct api *api)
{
	bool pointer = api->fails == FAILS_NULL || api->fails == FAILS_ERRPTR || api->fails == FAILS_NULL_OR_ERRPTR;

	if (api->fails == FAILS_NEVER || api->fails == FAILS_UNKNOWN)
		return false;
	if (api->enter)
		return true;
	for (unsigned int i = 0; i < api->n_effects; i++) {
		const struct effect *e = &api->effects[i];

		if (e->when != WHEN_ALWAYS && !(pointer && e->kind == EFFECT_ACQUIRE && e->at.root == PLACE_RETURN))
			return true;
	}
	return false;
}

/* Arguments that point to variables of ours may be written; everything else stays with the caller. */
static void fill_locals(struct fn *fn, struct state *st, const struct call *c)
{
	for (uint32_t i = 0; i < c->n_args; i++) {
		const struct ir_type *target = parameter_target(fn, c->callee, i);
		int64_t offset;

		if (obj_at(fn->e->pool, sym_split(fn->e->pool, c->args[i], &offset))->kind != OBJ_LOCAL ||
		    (target && target->is_const))
			continue;
		if (!state_is_key(&fn->w, st, state_peek(&fn->w, st, c->args[i])))
			state_store(&fn->w, st, c->args[i], fn_fresh(fn, st, c->ins, SUB_FILLED + i, range_any));
	}
}

/*
 * What success says of the arguments. Who allocates nothing holds nothing: kmalloc() returns no memory then
 * (ZERO_SIZE_PTR, include/linux/slab.h), nor for a negative amount.
 */
static bool arguments_fit(struct fn *fn, struct state *st, const struct call *c)
{
	static const struct range nonzero = {INT64_MIN, INT64_MAX, true}, some = {1, INT64_MAX, true};

	for (uint32_t i = 0; i < c->n_args; i++) {
		bool amount = c->api->size_arg == (int)i || c->api->count_arg == (int)i;

		if ((amount || (c->api->nonzero >> i & 1)) &&
		    !state_narrow(&fn->w, st, c->args[i], amount ? some : nonzero))
			return false;
	}
	return true;
}

/* A number of none, given to what cannot fail. */
static bool does_nothing(struct fn *fn, const struct state *st, const struct call *c)
{
	struct state asked = *st;

	return (c->api->fails == FAILS_UNKNOWN || c->api->fails == FAILS_NEVER) && !arguments_fit(fn, &asked, c);
}

/*
 * What the arguments say of the number that a success returns; where least and most are one, it is that number. FALSE:
 * there is none such.
 */
static bool result_fits(struct fn *fn, struct outcome *o, const struct call *c)
{
	struct pool *p = fn->e->pool;
	uint32_t least, most;

	if (c->api->at_least_arg < 0 || (uint32_t)c->api->at_most_arg >= c->n_args ||
	    (uint32_t)c->api->at_least_arg >= c->n_args)
		return true;
	least = c->args[c->api->at_least_arg];
	most = c->args[c->api->at_most_arg];
	if (least == most) {
		struct range r = state_range(&fn->w, &o->st, o->ret);

		o->ret = least;
		return state_narrow(&fn->w, &o->st, least, r);
	}
	return state_assume(&fn->w, &o->st, sym_op(p, IR_LT, o->ret, least), false) &&
	       state_assume(&fn->w, &o->st, sym_op(p, IR_GT, o->ret, most), false);
}

static void one_outcome(struct fn *fn, const struct state *before, const struct call *c, uint32_t ret, int failed,
			struct outcomes *out)
{
	struct outcome o = {*before, ret};

	if (!c->ret_void && failed >= 0 && !state_narrow(&fn->w, &o.st, ret, outcome_range(c->api, failed, range_any)))
		return;
	/* Undecided is as good as success: a path that fails has no use for the argument. */
	if (failed != 1 && !arguments_fit(fn, &o.st, c) && failed == 0)
		return;
	if (failed == 0 && !result_fits(fn, &o, c))
		return;
	ret = o.ret;
	fill_locals(fn, &o.st, c);
	for (int pass = 0; pass < 2; pass++)
		for (unsigned int i = 0; i < c->api->n_effects; i++) {
			const struct effect *e = &c->api->effects[i];
			bool first = e->kind == EFFECT_KEEP && has_effect_at(c->api, EFFECT_ACQUIRE, &e->at);

			if (first == (pass == 0) && (failed < 0 ? e->when != WHEN_FAILURE : applies(e->when, failed)))
				apply_effect(fn, &o.st, c, e, ret, i);
		}
	if (c->api->zeroed && failed != 1)
		pmap_put(fn->w.arena, &o.st.objs, obj_ptr(fn->e->pool, ret), EPOCH_ZERO);
	if (failed != 1)
		context_change(fn, &o.st, c, c->api);
	vec_push(fn->w.arena, &out->all, o);
}

static bool returns_pointer(const struct ir_unit *u, uint32_t function)
{
	return u->types[u->functions[function].type].kind == IR_T_PTR;
}

static uint32_t returned(struct fn *fn, const struct state *st, const struct call *c)
{
	const struct api *api = c->api;
	struct range r = c->ret_range;

	switch (api->fails) {
	case FAILS_NULL:
		range_intersect(&r, (struct range){0, INT64_MAX, false});
		break;
	case FAILS_ERRPTR:
		r.not_zero = !api->may_be_null;
		break;
	case FAILS_ERRNO:
		range_intersect(&r, (struct range){-4095, INT64_MAX, false});
		if (!api->returns_positive)
			r.hi = 0;
		break;
	/* NULL is an answer of some of them. */
	case FAILS_NEVER:
		if (returns_pointer(fn->e->unit, c->callee))
			range_intersect(&r, (struct range){0, INT64_MAX, false});
		break;
	default:
		break;
	}
	return fn_fresh(fn, st, c->ins, 0, r);
}

enum { WORD_BITS = 64, WORD_BYTES = 8 };

/* The bit of a word, spelled as `flags & mask` is, so that both say the same of one word. */
static uint32_t masked(struct pool *p, uint32_t word, int64_t mask)
{
	return sym_op(p, IR_NE, sym_op(p, IR_AND, word, sym_const(p, mask)), sym_const(p, 0));
}

/* Where bit `number` is; FALSE: the number is not known. */
static bool locate_bit(struct pool *p, uint32_t number, uint32_t words, uint32_t *word, int64_t *mask)
{
	int64_t k;

	if (!sym_is_const(p, number, &k) || k < 0 || k > INT32_MAX)
		return false;
	*word = sym_addr_add(p, words, k / WORD_BITS * WORD_BYTES);
	*mask = (int64_t)((uint64_t)1 << k % WORD_BITS);
	return true;
}

/* One value as long as nobody writes to the words; which of the words it is makes no difference to that, if the number
 * is not known. */
static uint32_t bit(struct fn *fn, struct state *st, uint32_t number, uint32_t words)
{
	struct pool *p = fn->e->pool;
	uint32_t word;
	int64_t mask;

	if (locate_bit(p, number, words, &word, &mask))
		return masked(p, state_load(&fn->w, st, word, range_any), mask);
	word = state_load(&fn->w, st, words, range_any);
	return sym_op(p, IR_AND, sym_op(p, IR_SHR, word, number), sym_const(p, 1));
}

/* Returns what the bit was before; 0: nobody knows which it is. */
static uint32_t change_bit(struct fn *fn, struct state *st, uint32_t number, uint32_t words, bool set)
{
	struct pool *p = fn->e->pool;
	uint32_t word, before;
	int64_t mask;

	if (!locate_bit(p, number, words, &word, &mask))
		return 0;
	before = state_load(&fn->w, st, word, range_any);
	state_store(&fn->w, st, word,
		    set ? sym_op(p, IR_OR, before, sym_const(p, mask))
			: sym_op(p, IR_AND, before, sym_const(p, ~mask)));
	return masked(p, before, mask);
}

/* TRUE when the rule says all there is to say about the returned value. */
static bool intrinsic(struct fn *fn, const struct state *before, const struct call *c, struct outcomes *out)
{
	struct pool *p = fn->e->pool;
	struct outcome o = {*before, 0};
	uint32_t a0 = c->n_args > 0 ? c->args[0] : 0, a1 = c->n_args > 1 ? c->args[1] : 0;
	int arg = c->api->intrinsic_arg;

	switch (c->api->intrinsic) {
	case INTRINSIC_IS_ERR:
		o.ret = a0 ? sym_op(p, SYM_OP_IS_ERR, a0, 0) : 0;
		break;
	case INTRINSIC_IS_ERR_OR_NULL:
		o.ret = a0 ? sym_op(p, SYM_OP_IS_ERR_OR_NULL, a0, 0) : 0;
		break;
	case INTRINSIC_PTR_ERR:
		o.ret = a0;
		if (a0)
			state_narrow(&fn->w, &o.st, a0, (struct range){-4095, INT64_MAX, false});
		break;
	case INTRINSIC_ERR_PTR:
		o.ret = a0;
		if (a0)
			state_narrow(&fn->w, &o.st, a0, (struct range){-4095, 0, false});
		break;
	case INTRINSIC_PTR_ERR_OR_ZERO: {
		struct outcome err = {*before, a0}, ok = {*before, sym_const(p, 0)};
		uint32_t cond = a0 ? sym_op(p, SYM_OP_IS_ERR, a0, 0) : 0;

		if (!a0)
			return false;
		if (state_assume(&fn->w, &err.st, cond, true))
			vec_push(fn->w.arena, &out->all, err);
		if (state_assume(&fn->w, &ok.st, cond, false))
			vec_push(fn->w.arena, &out->all, ok);
		return true;
	}
	case INTRINSIC_RETURNS_ARG:
		o.ret = arg >= 0 && (uint32_t)arg < c->n_args ? c->args[arg] : 0;
		break;
	case INTRINSIC_RETURNS_CONST:
		o.ret = sym_const(p, c->api->intrinsic_value);
		break;
	case INTRINSIC_PROBE:
		report_probe(fn, before, c->ins, a0);
		o.ret = sym_const(p, 0);
		break;
	case INTRINSIC_NORETURN:
		return true;
	case INTRINSIC_BIT:
		if (a0 && a1)
			o.ret = bit(fn, &o.st, a0, a1);
		break;
	case INTRINSIC_SET_BIT:
	case INTRINSIC_CLEAR_BIT:
		if (a0 && a1)
			o.ret = change_bit(fn, &o.st, a0, a1, c->api->intrinsic == INTRINSIC_SET_BIT);
		if (o.ret)
			vec_push(fn->w.arena, &out->all, o);
		return o.ret != 0;
	case INTRINSIC_LOAD:
		o.ret = a0 ? state_load(&fn->w, &o.st, a0, c->ret_range) : 0;
		break;
	case INTRINSIC_XCHG:
		if (a0 && a1) {
			o.ret = state_load(&fn->w, &o.st, a0, c->ret_range);
			state_store(&fn->w, &o.st, a0, a1);
		}
		break;
	default:
		return false;
	}
	if (!o.ret)
		return false;
	/* A function may both return its argument and take a reference to it. */
	for (unsigned int i = 0; i < c->api->n_effects; i++)
		apply_effect(fn, &o.st, c, &c->api->effects[i], o.ret, i);
	vec_push(fn->w.arena, &out->all, o);
	return true;
}

/* A small part of an object becomes zero word by word. */
static void zero_memory(struct fn *fn, struct state *st, uint32_t at, int64_t bytes)
{
	enum { WORD = 4, FEW = 256 };
	struct pool *p = fn->e->pool;
	int64_t offset;
	uint32_t obj = sym_split(p, at, &offset);

	if (offset == 0)
		state_reset_object(&fn->w, st, obj, EPOCH_ZERO);
	for (int64_t i = 0; offset != 0 && bytes <= FEW && i < bytes; i += WORD)
		state_store(&fn->w, st, sym_addr(p, obj, offset + i), sym_const(p, 0));
}

static void memory_intrinsic(struct fn *fn, const struct call *c, struct outcomes *out)
{
	int64_t n, zero;

	if (c->n_args < 3 || !sym_is_const(fn->e->pool, c->args[2], &n))
		n = -1;
	for (unsigned int i = 0; i < out->all.n; i++) {
		struct state *st = &out->all.v[i].st;

		if (c->api->intrinsic == INTRINSIC_COPY && n > 0)
			copy_object(fn, st, c->args[0], c->args[1], n);
		if (c->api->intrinsic == INTRINSIC_ZERO && c->n_args > 1 &&
		    sym_is_const(fn->e->pool, c->args[1], &zero) && !zero)
			zero_memory(fn, st, c->args[0], n);
		out->all.v[i].ret = c->n_args ? c->args[0] : out->all.v[i].ret;
	}
}

static bool cannot_fail(const struct fn *fn, const struct call *c)
{
	int64_t flags;

	return c->api->gfp_arg >= 0 && (uint32_t)c->api->gfp_arg < c->n_args &&
	       sym_is_const(fn->e->pool, c->args[c->api->gfp_arg], &flags) && (flags & model_gfp_nofail(fn->e->model));
}

void rule_apply(struct fn *fn, const struct state *st, const struct call *c, struct outcomes *out)
{
	const struct api *api = c->api;
	uint32_t ret;

	if (api->intrinsic && intrinsic(fn, st, c, out))
		return;
	ret = returned(fn, st, c);
	if (does_nothing(fn, st, c)) {
		vec_push(fn->w.arena, &out->all, ((struct outcome){*st, ret}));
	} else if (cannot_fail(fn, c) || (must_split(api) && c->ret_ignored)) {
		one_outcome(fn, st, c, ret, 0, out);
	} else if (must_split(api)) {
		one_outcome(fn, st, c, ret, 0, out);
		one_outcome(fn, st, c, ret, 1, out);
	} else {
		one_outcome(fn, st, c, ret, -1, out);
	}
	if (api->intrinsic == INTRINSIC_COPY || api->intrinsic == INTRINSIC_ZERO)
		memory_intrinsic(fn, c, out);
	for (unsigned int i = 0; api->intrinsic == INTRINSIC_UNLINK && c->n_args && i < out->all.n; i++)
		unlink_element(fn, &out->all.v[i].st, c->args[0], c->ins);
}
