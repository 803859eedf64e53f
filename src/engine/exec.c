/* Instructions: what each does to a state. Calls are in call.c. */
#include "engine/fn.h"

#include <assert.h>
#include <string.h>

struct range fn_type_range(const struct fn *fn, uint32_t type)
{
	const struct ir_type *t;

	if (type == IR_NONE)
		return range_any;
	t = &fn->e->unit->types[type];
	if (t->kind == IR_T_PTR)
		return range_pointer;
	if (t->is_bool)
		return (struct range){0, 1, false};
	return t->kind == IR_T_INT ? range_of_int(t->size, t->is_signed) : range_any;
}

uint32_t fn_fresh(struct fn *fn, const struct state *st, uint32_t ins, uint32_t sub, struct range r)
{
	return sym_fresh(fn->e->pool, fn->index, ins, st->epoch, sub, r);
}

uint32_t fn_epoch(const struct state *st, uint32_t ins)
{
	return 2 + ((ins << 6 | (st->epoch & 63)) & 0x7fffffff);
}

bool fn_is_not_set(const struct fn *fn, uint32_t v)
{
	const struct sym *s = sym_at(fn->e->pool, v);
	const struct obj *o = s->kind == SYM_INIT ? obj_at(fn->e->pool, s->a) : NULL;
	uint32_t begin = s->b >= 2 ? (s->b - 2) >> 6 : IR_NONE;

	if (!o || o->kind != OBJ_LOCAL || o->b != fn->index)
		return false;
	return s->b == EPOCH_ENTRY ||
	       (begin < fn->f->n_ins && fn->f->ins[begin].op == IR_BEGIN && fn->f->ins[begin].sym == o->a);
}

static uint32_t value(const struct fn *fn, const struct cursor *c, uint32_t ins)
{
	return c->val[ins - fn->f->blocks[c->block].first];
}

/* What holds the address is touched; the value that leads there, 0: it is a variable. */
static uint32_t check_use(struct fn *fn, struct state *st, uint32_t addr, uint32_t ins)
{
	int64_t offset;
	uint32_t obj = sym_split(fn->e->pool, addr, &offset), base;
	const struct resource *dead;

	while (obj_at(fn->e->pool, obj)->kind == OBJ_ELEM)
		obj = sym_split(fn->e->pool, obj_at(fn->e->pool, obj)->a, &offset);
	if (obj_at(fn->e->pool, obj)->kind != OBJ_PTR)
		return 0;
	base = obj_at(fn->e->pool, obj)->a;
	if (sym_at(fn->e->pool, base)->kind == SYM_PARAM)
		pmap_put(fn->w.arena, &st->used, base, 1);
	dead = state_dead(st, base);
	for (unsigned int i = 0; dead && engine_checks[i]; i++)
		if (engine_checks[i]->use)
			engine_checks[i]->use(fn, st, dead, ins);
	return base;
}

static void check_access(struct fn *fn, struct state *st, uint32_t addr, uint32_t ins)
{
	uint32_t base = check_use(fn, st, addr, ins);

	for (unsigned int i = 0; base && engine_checks[i]; i++)
		if (engine_checks[i]->deref)
			engine_checks[i]->deref(fn, st, base, ins);
}

static int64_t truncated(const struct ir_type *t, int64_t k)
{
	if (t->is_bool)
		return k != 0;
	if (t->kind != IR_T_INT || t->size <= 0 || t->size >= 8)
		return k;
	if (t->is_signed)
		return (int64_t)((uint64_t)k << (64 - t->size * 8)) >> (64 - t->size * 8);
	return k & (((int64_t)1 << (t->size * 8)) - 1);
}

/* Casts keep the value's identity, so that an error code survives PTR_ERR and (long)ptr; constants are truncated. */
static uint32_t cast(struct fn *fn, const struct ir_ins *in, uint32_t v)
{
	const struct ir_type *t = in->type == IR_NONE ? NULL : &fn->e->unit->types[in->type];
	int64_t k;

	if (!t)
		return v;
	if (sym_is_const(fn->e->pool, v, &k))
		return sym_const(fn->e->pool, truncated(t, k));
	return t->is_bool ? sym_op(fn->e->pool, IR_NE, v, sym_const(fn->e->pool, 0)) : v;
}

/* What lies this far from a base that only renames is known by its first name. */
static bool renames(const struct fn *fn, uint32_t base)
{
	const struct sym *s = sym_at(fn->e->pool, base);
	const struct obj *o = s->kind == SYM_INIT ? obj_at(fn->e->pool, s->a) : NULL;

	return o && o->kind == OBJ_GLOBAL && model_renames(fn->e->model, fn->e->unit->globals[o->a].name);
}

static uint32_t array_index(struct fn *fn, const struct state *st, uint32_t addr, uint32_t index, int64_t scale)
{
	struct range r = state_range(&fn->w, st, index);
	const struct sym *i = sym_at(fn->e->pool, index);

	if (i->kind == SYM_OP && i->op == IR_SHR && renames(fn, addr))
		return i->a;
	return sym_addr_index(fn->e->pool, addr, r.lo == r.hi ? sym_const(fn->e->pool, r.lo) : index, scale);
}

/* What was kept in a small unsigned member is as small, unless it is known not to be. */
static void fit(struct fn *fn, struct state *st, uint32_t v, uint32_t type)
{
	const struct ir_type *t = type == IR_NONE ? NULL : &fn->e->unit->types[type];
	struct state small = *st;

	if (t && t->kind == IR_T_INT && !t->is_signed && !t->is_bool && t->size < (int64_t)sizeof(int) &&
	    sym_at(fn->e->pool, v)->kind == SYM_FRESH && state_narrow(&fn->w, &small, v, range_of_int(t->size, false)))
		*st = small;
}

/* The number that a constant table of the unit holds there; 0: it is none, or nobody has written it down. Functions are
 * left unknown: two bugs of 359 were lost in the paths of those that were called by tables, and none found. */
static uint32_t constant_at(struct fn *fn, uint32_t addr)
{
	struct pool *p = fn->e->pool;
	int64_t offset;
	const struct obj *o = obj_at(p, sym_split(p, addr, &offset));
	const struct ir_global *g = o->kind == OBJ_GLOBAL ? &fn->e->unit->globals[o->a] : NULL;

	for (uint32_t k = 0; g && g->is_const && k < g->n_inits; k++) {
		const struct ir_init *x = &g->inits[k];

		if (x->offset != offset)
			continue;
		return x->kind == IR_INIT_INT ? sym_const(p, x->value) : 0;
	}
	return g && g->is_const && g->whole ? sym_const(p, 0) : 0;
}

static uint32_t load(struct fn *fn, struct cursor *c, uint32_t i)
{
	const struct ir_ins *in = &fn->f->ins[i];
	uint32_t addr = value(fn, c, in->a[0]), v = constant_at(fn, addr);

	if (v)
		return v;
	check_access(fn, &c->st, addr, i);
	v = state_load(&fn->w, &c->st, addr, fn_type_range(fn, in->type));
	fit(fn, &c->st, v, in->type);
	return v;
}

/* Remembers where the last variable that held a resource was overwritten, to tell a leak by it. */
static void note_lost(struct fn *fn, struct state *st, uint32_t addr, uint32_t v, uint32_t ins)
{
	uint32_t old = state_peek(&fn->w, st, addr);
	struct pmap_iter it;

	if (!old || old == v || sym_at(fn->e->pool, old)->kind == SYM_CONST)
		return;
	for (pmap_first(&it, &st->res); pmap_next(&it);) {
		const struct resource *r = (const struct resource *)(uintptr_t)it.value;

		if (r->key == old && r->state == RES_OWNED) {
			struct resource lost = *r;

			lost.lost_ins = ins;
			state_set_resource(&fn->w, st, lost);
		}
	}
}

static bool at_unknown_index(struct fn *fn, uint32_t addr)
{
	int64_t offset;

	return obj_at(fn->e->pool, sym_split(fn->e->pool, addr, &offset))->kind == OBJ_ELEM;
}

/* An element of which nobody knows which one it is: what this name held before may still be in another. */
static void keep_element(struct fn *fn, struct state *st, uint32_t addr, uint32_t v, uint32_t ins)
{
	uint32_t old = state_peek(&fn->w, st, addr);

	if (old && old != v)
		escape(fn, st, old, true, 0);
	/* And which one a loop has put the new value into, nobody can tell later on. */
	if (sym_at(fn->e->pool, v)->kind == SYM_FRESH && fn_in_loop(fn, ins))
		escape(fn, st, v, true, 0);
}

static void store(struct fn *fn, struct cursor *c, uint32_t i)
{
	const struct ir_ins *in = &fn->f->ins[i];
	uint32_t addr = value(fn, c, in->a[0]), v = value(fn, c, in->a[1]);

	check_access(fn, &c->st, addr, i);
	if (at_unknown_index(fn, addr))
		keep_element(fn, &c->st, addr, v, i);
	else
		note_lost(fn, &c->st, addr, v, i);
	state_store(&fn->w, &c->st, addr, v);
	if (sym_at(fn->e->pool, v)->kind == SYM_FRESH && pool_text(fn->e->pool, fn->w.arena, addr))
		pool_name_value(fn->e->pool, v, addr);
}

static void begin(struct fn *fn, struct state *st, uint32_t i)
{
	uint32_t local = fn->f->ins[i].sym, obj = obj_local(fn->e->pool, fn->index, local);
	const struct ir_type *t = &fn->e->unit->types[fn->f->locals[local].type];

	if (t->kind == IR_T_RECORD || t->kind == IR_T_ARRAY)
		state_reset_object(&fn->w, st, obj, fn_epoch(st, i));
	else
		state_reset_scalar(&fn->w, st, obj, fn_epoch(st, i));
}

static uint32_t address_of_local(struct fn *fn, uint32_t local)
{
	uint32_t addr = sym_addr(fn->e->pool, obj_local(fn->e->pool, fn->index, local), 0);

	/* Macros' own variables (_res, __ret) name nothing that their user knows. */
	if (fn->f->locals[local].name && fn->f->locals[local].name[0] != '_')
		pool_name_place(fn->e->pool, addr, 0, fn->f->locals[local].name);
	return addr;
}

static uint32_t address_of_global(struct fn *fn, uint32_t global)
{
	uint32_t addr = sym_addr(fn->e->pool, obj_global(fn->e->pool, global), 0);

	pool_name_place(fn->e->pool, addr, 0, fn->e->unit->globals[global].name);
	return addr;
}

static uint32_t field(struct fn *fn, const struct cursor *c, const struct ir_ins *in)
{
	uint32_t base = value(fn, c, in->a[0]), addr = sym_addr_add(fn->e->pool, base, in->imm);

	pool_name_place(fn->e->pool, addr, base, in->str);
	return addr;
}

static void zero(struct fn *fn, struct cursor *c, const struct ir_ins *in)
{
	int64_t offset;
	uint32_t obj = sym_split(fn->e->pool, value(fn, c, in->a[0]), &offset);

	if (offset == 0)
		state_reset_object(&fn->w, &c->st, obj, EPOCH_ZERO);
}

static bool exec_call(struct fn *fn, struct cursor *c, uint32_t i, struct cursor_stack *more)
{
	const struct ir_ins *in = &fn->f->ins[i];
	const struct ir_block *b = &fn->f->blocks[c->block];
	struct outcomes out = {0};
	struct call call = {
		.ins = i, .callee = in->sym, .n_args = in->n_args, .ret_range = fn_type_range(fn, in->type)};
	uint32_t *args = ARENA_ARRAY(fn->w.arena, uint32_t, in->n_args + 1);

	for (uint32_t k = 0; k < in->n_args; k++)
		args[k] = value(fn, c, in->args[k]);
	call.args = args;
	call.ret_ignored = !fn->used[i];
	call.ret_void = in->type == IR_NONE || fn->e->unit->types[in->type].kind == IR_T_VOID;
	if (call.callee == IR_NONE)
		sym_is_function(fn->e->pool, value(fn, c, in->a[0]), &call.callee);
	call_execute(fn, &c->st, &call, &out);
	for (unsigned int k = 1; k < out.all.n; k++) {
		struct cursor next = {out.all.v[k].st, c->block, i + 1, ARENA_ARRAY(fn->w.arena, uint32_t, b->n)};

		memcpy(next.val, c->val, b->n * sizeof(*next.val));
		next.val[i - b->first] = out.all.v[k].ret;
		vec_push(fn->w.arena, &more->all, next);
	}
	if (!out.all.n)
		return false;
	c->st = out.all.v[0].st;
	c->val[i - b->first] = out.all.v[0].ret;
	return true;
}

static void exec_opaque(struct fn *fn, struct cursor *c, uint32_t i)
{
	const struct ir_ins *in = &fn->f->ins[i];
	uint32_t *args = ARENA_ARRAY(fn->w.arena, uint32_t, in->n_args + 1);
	struct call call = {.ins = i, .callee = IR_NONE, .args = args, .n_args = in->n_args, .ret_range = range_any};

	for (uint32_t k = 0; k < in->n_args; k++) {
		args[k] = value(fn, c, in->args[k]);
		/* Assembly gets the address of the counter that it works on. */
		if (in->op == IR_ASM && sym_at(fn->e->pool, args[k])->kind != SYM_CONST)
			check_use(fn, &c->st, args[k], i);
	}
	call_unknown(fn, &c->st, &call);
}

static bool is_unsigned_long(const struct fn *fn, uint32_t ins)
{
	uint32_t t = fn->f->ins[ins].type;

	return t != IR_NONE && fn->e->unit->types[t].kind == IR_T_INT && !fn->e->unit->types[t].is_signed &&
	       fn->e->unit->types[t].size == sizeof(int64_t);
}

/*
 * Values are signed here. What compares an unsigned long with one of its greatest values (SIZE_MAX, as the checks of
 * <linux/fortify-string.h> do, or the first error code) asks whether it is that great, hence negative here; against
 * the very greatest the answer is known.
 */
static uint32_t compare(struct fn *fn, const struct cursor *c, const struct ir_ins *in)
{
	struct pool *p = fn->e->pool;
	uint32_t a = value(fn, c, in->a[0]), b = value(fn, c, in->a[1]), zero = sym_const(p, 0);
	int64_t great, k;

	if (!is_unsigned_long(fn, in->a[0]) || !is_unsigned_long(fn, in->a[1]) ||
	    (sym_is_const(p, a, &k) && sym_is_const(p, b, &great) && (k < 0) == (great < 0)))
		return sym_op(p, (int)in->op, a, b);
	if (sym_is_const(p, b, &great) && great < 0) {
		if (great == -1 && (in->op == IR_GT || in->op == IR_LE))
			return sym_const(p, in->op == IR_LE);
		return sym_op(p, in->op == IR_LT || in->op == IR_LE ? IR_GE : IR_LT, a, zero);
	}
	if (sym_is_const(p, a, &great) && great < 0) {
		if (great == -1 && (in->op == IR_LT || in->op == IR_GE))
			return sym_const(p, in->op == IR_GE);
		return sym_op(p, in->op == IR_GT || in->op == IR_GE ? IR_GE : IR_LT, b, zero);
	}
	return sym_op(p, (int)in->op, a, b);
}

static uint32_t add(struct fn *fn, uint32_t a, uint32_t b)
{
	return renames(fn, a) ? b : renames(fn, b) ? a : sym_op(fn->e->pool, IR_ADD, a, b);
}

static uint32_t exec_value(struct fn *fn, struct cursor *c, uint32_t i)
{
	const struct ir_ins *in = &fn->f->ins[i];
	struct pool *p = fn->e->pool;

	switch (in->op) {
	case IR_CONST:
		return sym_const(p, in->imm);
	case IR_STR:
		return sym_addr(p, obj_str(p, in->str), 0);
	case IR_FUNC:
		return sym_addr(p, obj_func(p, in->sym), 0);
	case IR_LOCAL:
		return address_of_local(fn, in->sym);
	case IR_GLOBAL:
		return address_of_global(fn, in->sym);
	case IR_FIELD:
		return field(fn, c, in);
	case IR_INDEX:
		return array_index(fn, &c->st, value(fn, c, in->a[0]), value(fn, c, in->a[1]), in->imm);
	case IR_LOAD:
		return load(fn, c, i);
	case IR_CAST:
		return cast(fn, in, value(fn, c, in->a[0]));
	case IR_NEG:
	case IR_NOT:
	case IR_LNOT:
		return sym_op(p, (int)in->op, value(fn, c, in->a[0]), 0);
	case IR_ADD:
		return add(fn, value(fn, c, in->a[0]), value(fn, c, in->a[1]));
	case IR_SUB:
	case IR_MUL:
	case IR_DIV:
	case IR_REM:
	case IR_AND:
	case IR_OR:
	case IR_XOR:
	case IR_SHL:
	case IR_SHR:
	case IR_EQ:
	case IR_NE:
		return sym_op(p, (int)in->op, value(fn, c, in->a[0]), value(fn, c, in->a[1]));
	case IR_LT:
	case IR_LE:
	case IR_GT:
	case IR_GE:
		return compare(fn, c, in);
	default:
		return fn_fresh(fn, &c->st, i, 0, fn_type_range(fn, in->type));
	}
}

static void exec_effect(struct fn *fn, struct cursor *c, uint32_t i)
{
	const struct ir_ins *in = &fn->f->ins[i];

	switch (in->op) {
	case IR_STORE:
		store(fn, c, i);
		break;
	case IR_COPY:
		check_access(fn, &c->st, value(fn, c, in->a[0]), i);
		check_access(fn, &c->st, value(fn, c, in->a[1]), i);
		copy_object(fn, &c->st, value(fn, c, in->a[0]), value(fn, c, in->a[1]), in->imm);
		break;
	case IR_ZERO:
		zero(fn, c, in);
		break;
	case IR_RUN:
		run_callbacks(fn, &c->st, i);
		break;
	case IR_DETACH:
		detach(fn, &c->st, i);
		break;
	case IR_BEGIN:
		begin(fn, &c->st, i);
		break;
	default:
		break;
	}
}

static bool is_address(const struct fn *fn, const struct ir_block *b, uint32_t i)
{
	for (uint32_t k = i + 1; k < b->first + b->n; k++) {
		enum ir_op op = fn->f->ins[k].op;

		if ((op == IR_LOAD || op == IR_STORE || op == IR_FIELD) && fn->f->ins[k].a[0] == i)
			return true;
	}
	return false;
}

/* An element behind the end of a member array, or of a variable: nobody comes here with such an index. */
static bool is_beyond(struct fn *fn, const struct cursor *c, const struct ir_ins *in)
{
	const struct ir_type *types = fn->e->unit->types, *t;
	const struct ir_ins *array = &fn->f->ins[in->a[0]];
	int64_t n, lo;

	if (array->op != IR_CAST || in->imm <= 0)
		return false;
	t = &types[fn->f->ins[array->a[0]].type];
	if (t->kind != IR_T_PTR || t->target == IR_NONE || types[t->target].kind != IR_T_ARRAY)
		return false;
	n = types[t->target].size / in->imm;
	lo = state_range(&fn->w, &c->st, value(fn, c, in->a[1])).lo;
	/* One or none: an array that is longer in fact. The address behind the last element is a bound. */
	return n > 1 && lo >= n && (lo > n || is_address(fn, &fn->f->blocks[c->block], c->ip));
}

/* What has just been read or written was found out to be no memory: nobody comes to what is behind it. What was read
 * from some place and is 0 there, as in zeroed memory, may have changed unseen. */
static bool has_crashed(struct fn *fn, const struct cursor *c, const struct ir_ins *in)
{
	struct pool *p = fn->e->pool;
	const struct obj *o;
	int64_t offset;
	struct range r;

	if (in->op != IR_LOAD && in->op != IR_STORE)
		return false;
	o = obj_at(p, sym_split(p, value(fn, c, in->a[0]), &offset));
	if (o->kind != OBJ_PTR)
		return false;
	r = state_range(&fn->w, &c->st, o->a);
	return range_is_error(r) || (range_is_null(r) && sym_at(p, o->a)->kind == SYM_FRESH);
}

bool exec_to_terminator(struct fn *fn, struct cursor *c, struct cursor_stack *more)
{
	const struct ir_block *b = &fn->f->blocks[c->block];

	for (; c->ip < b->first + b->n; c->ip++) {
		const struct ir_ins *in = &fn->f->ins[c->ip];

		if (ir_ops[in->op].terminator)
			return true;
		if (in->op == IR_CALL) {
			if (!exec_call(fn, c, c->ip, more))
				return false;
		} else if (ir_ops[in->op].defines) {
			if (in->op == IR_ASM || in->op == IR_UNKNOWN)
				exec_opaque(fn, c, c->ip);
			if (in->op == IR_INDEX && is_beyond(fn, c, in))
				return false;
			c->val[c->ip - b->first] = exec_value(fn, c, c->ip);
		} else {
			exec_effect(fn, c, c->ip);
		}
		if (has_crashed(fn, c, in))
			return false;
	}
	assert(!"block without terminator");
	return false;
}
