/*
 * What a call may write behind its arguments: a buffer that it gets, by itself or named in a message on the stack, and
 * zeroed memory that goes where others write; and, while it waits (`waits:` in the rules), numbers that others can
 * reach.
 */
#include "engine/context.h"

static const struct ir_type *parameter(const struct fn *fn, uint32_t callee, uint32_t arg)
{
	const struct ir_unit *u = fn->e->unit;
	const struct ir_function *f = callee == IR_NONE ? NULL : &u->functions[callee];
	uint32_t t = f && f->param_types && arg < f->n_params ? f->param_types[arg] : IR_NONE;

	return t == IR_NONE ? NULL : &u->types[t];
}

const struct ir_type *parameter_target(const struct fn *fn, uint32_t callee, uint32_t arg)
{
	const struct ir_type *t = parameter(fn, callee, arg);

	return t && t->kind == IR_T_PTR && t->target != IR_NONE ? &fn->e->unit->types[t->target] : NULL;
}

/* Callees fill structs, but hardly ever exchange a pointer to something that the caller owns; one to what he has
 * released they do. */
static void forget_members(struct fn *fn, struct state *st, uint32_t obj, uint32_t epoch)
{
	struct pmap before = st->mem;
	struct pmap_iter it;

	state_reset_object(&fn->w, st, obj, epoch);
	for (pmap_first(&it, &before); pmap_next(&it);)
		if (mem_obj(it.key) == obj && state_is_key(&fn->w, st, (uint32_t)it.value) &&
		    !state_dead(st, (uint32_t)it.value))
			pmap_put(fn->w.arena, &st->mem, it.key, it.value);
}

void may_write(struct fn *fn, struct state *st, const struct call *c, uint32_t arg, bool borrows)
{
	int64_t offset;
	uint32_t v = c->args[arg], obj = sym_split(fn->e->pool, v, &offset);

	if (obj_at(fn->e->pool, obj)->kind == OBJ_LOCAL) {
		if (offset == 0 && !borrows)
			forget_members(fn, st, obj, fn_epoch(st, c->ins));
		else
			state_store(&fn->w, st, v, fn_fresh(fn, st, c->ins, SUB_FILLED + arg, range_any));
	} else if (!borrows && pmap_get(&st->objs, obj) == EPOCH_ZERO) {
		pmap_put(fn->w.arena, &st->objs, obj, fn_epoch(st, c->ins));
	}
}

/* Bytes and their number, or a number: memory that a callee gets in order to fill it, as far as its type tells. */
static bool is_buffer(const struct fn *fn, uint32_t callee, uint32_t arg)
{
	const struct ir_type *target = parameter_target(fn, callee, arg), *next = parameter(fn, callee, arg + 1);

	if (!target || target->is_const)
		return false;
	return target->kind == IR_T_INT || (target->kind == IR_T_VOID && next && next->kind == IR_T_INT);
}

/* The callee has written something else there. */
static void refill(struct fn *fn, struct state *st, const struct call *c, uint32_t obj, int64_t offset)
{
	state_store(&fn->w, st, sym_addr(fn->e->pool, obj, offset),
		    fn_fresh(fn, st, c->ins, SUB_OVERWRITTEN + (uint32_t)offset, range_any));
}

/* What was written into a buffer has been overwritten. */
static void overwrite(struct fn *fn, struct state *st, const struct call *c, uint32_t arg)
{
	int64_t offset;
	uint32_t obj = sym_split(fn->e->pool, c->args[arg], &offset);
	struct pmap before = st->mem;
	struct pmap_iter it;

	for (pmap_first(&it, &before); pmap_next(&it);)
		if (mem_obj(it.key) == obj && (offset == 0 || mem_offset(it.key) == offset) &&
		    sym_at(fn->e->pool, (uint32_t)it.value)->kind == SYM_CONST)
			refill(fn, st, c, obj, mem_offset(it.key));
}

/* Numbers that were written there, and zeros that nobody has written, are no longer known. */
static void forget_numbers(struct fn *fn, struct state *st, uint32_t obj, uint32_t epoch)
{
	struct pmap before = st->mem;
	struct pmap_iter it;

	for (pmap_first(&it, &before); pmap_next(&it);)
		if (mem_obj(it.key) == obj && sym_at(fn->e->pool, (uint32_t)it.value)->kind == SYM_CONST)
			pmap_drop(fn->w.arena, &st->mem, it.key);
	pmap_put(fn->w.arena, &st->objs, obj, epoch);
}

void fill_zeros(struct fn *fn, struct state *st, uint32_t value, uint32_t ins)
{
	int64_t offset;
	uint32_t obj = sym_split(fn->e->pool, value, &offset);

	if (pmap_get(&st->objs, obj) == EPOCH_ZERO)
		forget_numbers(fn, st, obj, fn_epoch(st, ins));
}

/* A pointer to numbers that this function got, named in a message: it fills them for its caller. */
static bool is_callers_buffer(const struct fn *fn, const struct sym *s)
{
	const struct ir_type *types = fn->e->unit->types, *t;

	if (s->kind != SYM_PARAM || s->b != fn->index)
		return false;
	t = &types[fn->f->locals[s->a].type];
	return t->kind == IR_T_PTR && t->target != IR_NONE && types[t->target].kind == IR_T_INT &&
	       !types[t->target].is_const;
}

/* A message on the stack names the buffers that whoever gets it will fill (struct spi_transfer, struct i2c_msg). */
static void fill_named_in(struct fn *fn, struct state *st, uint32_t message, const struct call *c)
{
	struct pmap before = st->mem;
	struct pmap_iter it;
	uint32_t sub = SUB_MESSAGE;

	for (pmap_first(&it, &before); pmap_next(&it);) {
		uint32_t v = (uint32_t)it.value;

		if (mem_obj(it.key) != message || sym_at(fn->e->pool, v)->kind == SYM_CONST)
			continue;
		if (is_callers_buffer(fn, sym_at(fn->e->pool, v)))
			state_store(&fn->w, st, v, fn_fresh(fn, st, c->ins, sub++, range_any));
		else if (sym_split(fn->e->pool, v, &(int64_t){0}) != message)
			fill_zeros(fn, st, v, c->ins);
	}
}

/* A struct of this function's with a pointer to what it has released: who gets that is to set another one. */
static void fill_dead(struct fn *fn, struct state *st, uint32_t obj, const struct call *c)
{
	struct pool *p = fn->e->pool;
	struct pmap before = st->mem, dead = st->dead;
	struct pmap_iter it;

	for (pmap_first(&it, &before); pmap_next(&it);)
		if (mem_obj(it.key) == obj && state_dead(st, (uint32_t)it.value))
			refill(fn, st, c, obj, mem_offset(it.key));
	for (pmap_first(&it, &dead); pmap_next(&it);) {
		const struct sym *s = sym_at(p, (uint32_t)it.key);

		if (s->kind == SYM_INIT && s->a == obj && !pmap_get(&st->mem, mem_key(obj, s->k)))
			refill(fn, st, c, obj, s->k);
	}
}

void fill_buffers(struct fn *fn, struct state *st, const struct call *c)
{
	bool seen = c->callee != IR_NONE && fn->e->unit->functions[c->callee].has_body;

	for (uint32_t i = 0; i < c->n_args; i++) {
		const struct ir_type *target = parameter_target(fn, c->callee, i);
		int64_t offset;
		uint32_t obj;
		bool local;

		if (sym_at(fn->e->pool, c->args[i])->kind == SYM_CONST || !target || target->is_const)
			continue;
		obj = sym_split(fn->e->pool, c->args[i], &offset);
		local = obj_at(fn->e->pool, obj)->kind == OBJ_LOCAL;
		if (local)
			fill_named_in(fn, st, obj, c);
		/* A callee that is seen says itself what it writes to structs. */
		if (is_buffer(fn, c->callee, i) || (local && !seen))
			fill_zeros(fn, st, c->args[i], c->ins);
		if (local && !seen && !(c->api && c->api->n_effects))
			fill_dead(fn, st, obj, c);
		if (is_buffer(fn, c->callee, i) && !seen)
			overwrite(fn, st, c, i);
	}
}

static bool is_number(const struct sym *s)
{
	return s->kind == SYM_CONST || (s->kind == SYM_INIT && s->type.lo != range_pointer.lo);
}

/* The member is stored to, or its address handed on, in this function. */
static void note_writer(struct engine *e, const struct ir_function *f, uint32_t address, uint32_t function)
{
	const struct ir_ins *in = &f->ins[address];
	bool *by = in->op == IR_FIELD ? g_hash_table_lookup(e->writers, in->str) : NULL;

	if (in->op != IR_FIELD)
		return;
	if (!by) {
		by = ARENA_ARRAY(e->arena, bool, e->unit->n_functions);
		g_hash_table_insert(e->writers, (gpointer)in->str, by);
	}
	by[function] = true;
}

/* By names of members, then of functions: who writes some member of that name? */
static void find_writers(struct engine *e)
{
	const struct ir_unit *u = e->unit;

	e->writers = g_hash_table_new(g_str_hash, g_str_equal);
	for (uint32_t i = 0; i < u->n_functions; i++)
		for (uint32_t k = 0; k < u->functions[i].n_ins; k++) {
			const struct ir_ins *in = &u->functions[i].ins[k];

			if (in->op == IR_STORE)
				note_writer(e, &u->functions[i], in->a[0], i);
			for (uint32_t n = 0; in->op == IR_CALL && n < in->n_args; n++)
				note_writer(e, &u->functions[i], in->args[n], i);
		}
}

static bool is_called_in(const struct fn *fn, uint32_t function)
{
	const struct ir_function *f = &fn->e->unit->functions[function];

	for (uint32_t i = 0; i < f->n_ins; i++)
		if (f->ins[i].op == IR_CALL && f->ins[i].sym == fn->index)
			return true;
	return false;
}

/* Does some other function of the unit write what stands there, and not just to prepare this one's call? */
static bool written_by_others(struct fn *fn, uint32_t obj, int64_t offset)
{
	const char *member = pool_place_name(fn->e->pool, sym_addr(fn->e->pool, obj, offset));
	const bool *by;

	if (fn->e->unit->n_left_out)
		return true;
	if (!fn->e->writers)
		find_writers(fn->e);
	by = member ? g_hash_table_lookup(fn->e->writers, member) : NULL;
	for (uint32_t i = 0; by && i < fn->e->unit->n_functions; i++)
		if (by[i] && i != fn->index && !is_called_in(fn, i))
			return true;
	return false;
}

/* Why would one wait between writing a number and asking for it, if nobody else wrote it? */
static bool may_be_awaited(struct fn *fn, const struct state *st, uint32_t obj, int64_t offset, uint32_t value)
{
	const struct sym *s = sym_at(fn->e->pool, value);

	if (obj_at(fn->e->pool, obj)->kind == OBJ_LOCAL)
		return false;
	return s->kind == SYM_CONST ||
	       (is_number(s) && !state_is_key(&fn->w, st, value) && written_by_others(fn, obj, offset));
}

void others_run(struct fn *fn, struct state *st, uint32_t ins)
{
	struct pool *p = fn->e->pool;
	struct pmap mem = st->mem, cons = st->cons;
	struct pmap_iter it;
	uint32_t sub = SUB_AWAITED;

	for (pmap_first(&it, &mem); pmap_next(&it);)
		if (may_be_awaited(fn, st, mem_obj(it.key), mem_offset(it.key), (uint32_t)it.value))
			state_store(&fn->w, st, sym_addr(p, mem_obj(it.key), mem_offset(it.key)),
				    fn_fresh(fn, st, ins, sub++, range_any));
	for (pmap_first(&it, &cons); pmap_next(&it);) {
		const struct sym *s = sym_at(p, (uint32_t)it.key);

		if (s->kind == SYM_INIT && !pmap_get(&mem, mem_key(s->a, s->k)) &&
		    may_be_awaited(fn, st, s->a, s->k, (uint32_t)it.key))
			state_store(&fn->w, st, sym_addr(p, s->a, s->k), fn_fresh(fn, st, ins, sub++, s->type));
	}
}
