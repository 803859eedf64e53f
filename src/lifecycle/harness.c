#include "lifecycle/harness.h"

#include <string.h>

struct builder {
	struct ir_unit *u;
	struct ir_function f;
	VEC(struct ir_ins) ins;
	VEC(struct ir_block) blocks;
	VEC(struct ir_local) locals;
	const uint32_t *begin_args, *end_args, *again_args; /* which local each parameter of a slot's function is */
	uint32_t ret_local;
	struct ir_loc loc;
};

static uint32_t emit(struct builder *b, struct ir_ins in)
{
	in.loc = in.spelling = b->loc;
	vec_push(b->u->arena, &b->ins, in);
	b->blocks.v[b->blocks.n - 1].n++;
	return b->ins.n - 1;
}

static struct ir_ins blank(enum ir_op op, uint32_t type)
{
	return (struct ir_ins){.op = op, .type = type, .a = {IR_NONE, IR_NONE}, .sym = IR_NONE};
}

static void start_block(struct builder *b)
{
	vec_push(b->u->arena, &b->blocks, ((struct ir_block){.first = b->ins.n}));
}

static void successors(struct builder *b, uint32_t block, uint32_t n, uint32_t first, uint32_t second)
{
	struct ir_block *bl = &b->blocks.v[block];

	bl->succ = ARENA_ARRAY(b->u->arena, uint32_t, 2);
	bl->succ[0] = first;
	bl->succ[1] = second;
	bl->n_succ = n;
}

static uint32_t pointer_type(struct builder *b, uint32_t to)
{
	struct ir_unit *u = b->u;
	struct ir_type *types;

	for (uint32_t i = 0; i < u->n_types; i++)
		if (u->types[i].kind == IR_T_PTR && u->types[i].target == to)
			return i;
	types = ARENA_ARRAY(u->arena, struct ir_type, u->n_types + 1);
	memcpy(types, u->types, u->n_types * sizeof(*types));
	types[u->n_types] = (struct ir_type){.kind = IR_T_PTR, .size = 8, .count = -1, .target = to};
	u->types = types;
	return u->n_types++;
}

static uint32_t load_local(struct builder *b, uint32_t local)
{
	uint32_t type = b->locals.v[local].type;
	struct ir_ins addr = blank(IR_LOCAL, pointer_type(b, type)), load = blank(IR_LOAD, type);

	addr.sym = local;
	load.a[0] = emit(b, addr);
	return emit(b, load);
}

static const char *record_behind(const struct ir_unit *u, uint32_t type)
{
	const struct ir_type *t = &u->types[type];

	return t->kind == IR_T_PTR && t->target != IR_NONE ? u->types[t->target].name : NULL;
}

/* One parameter for each type of object: what probe gets, remove gets too. */
static uint32_t param_for(struct builder *b, const struct ir_function *f, uint32_t index)
{
	uint32_t type = f->locals[index].type;
	const char *record = record_behind(b->u, type);

	for (uint32_t i = 0; record && i < b->f.n_params; i++) {
		const char *have = record_behind(b->u, b->locals.v[i].type);

		if (have && strcmp(have, record) == 0)
			return i;
	}
	vec_push(b->u->arena, &b->locals,
		 ((struct ir_local){.name = f->locals[index].name, .type = type, .loc = f->loc, .is_param = true}));
	return b->f.n_params++;
}

/* The parameters that a slot's function needs, as indices of locals. A scalar means nothing to others: it gets its own.
 */
static const uint32_t *add_params(struct builder *b, uint32_t function)
{
	const struct ir_function *f = function == IR_NONE ? NULL : &b->u->functions[function];
	uint32_t *args = f ? ARENA_ARRAY(b->u->arena, uint32_t, f->n_params + 1) : NULL;

	for (uint32_t i = 0; f && i < f->n_params; i++)
		args[i] = param_for(b, f, i);
	return args;
}

static uint32_t call_slot(struct builder *b, uint32_t function, const uint32_t *args)
{
	const struct ir_function *f = &b->u->functions[function];
	struct ir_ins call = blank(IR_CALL, f->type);

	b->loc = f->loc;
	call.sym = function;
	call.n_args = f->n_params;
	call.args = ARENA_ARRAY(b->u->arena, uint32_t, f->n_params + 1);
	for (uint32_t i = 0; i < f->n_params; i++)
		call.args[i] = load_local(b, args[i]);
	return emit(b, call);
}

static void detach(struct builder *b)
{
	struct ir_ins in = blank(IR_DETACH, IR_NONE);

	if (!b->f.n_params)
		return;
	in.a[0] = load_local(b, 0);
	emit(b, in);
}

static uint32_t constant(struct builder *b, uint32_t type, int64_t k)
{
	struct ir_ins in = blank(IR_CONST, type);

	in.imm = k;
	return emit(b, in);
}

static void leave(struct builder *b, uint32_t value)
{
	struct ir_ins in = blank(IR_RETURN, IR_NONE);

	in.args = ARENA_ARRAY(b->u->arena, uint32_t, 1);
	in.args[0] = value;
	in.n_args = 1;
	emit(b, in);
}

static bool returns_int(const struct ir_unit *u, uint32_t function)
{
	const struct ir_type *t = &u->types[u->functions[function].type];

	return t->kind == IR_T_INT && t->is_signed && t->size >= 4;
}

static bool returns_pointer(const struct ir_unit *u, uint32_t function)
{
	return u->types[u->functions[function].type].kind == IR_T_PTR;
}

/* A signed int for the harness to return: that of begin, else any that the unit has. */
static uint32_t int_type(const struct ir_unit *u, uint32_t function)
{
	if (returns_int(u, function))
		return u->functions[function].type;
	for (uint32_t i = 0; i < u->n_types; i++)
		if (u->types[i].kind == IR_T_INT && u->types[i].is_signed && u->types[i].size == 4)
			return i;
	return IR_NONE;
}

/*
 * r = begin(...); if (r) { detach; return -1; }   The branch is left out where `end` follows in any case. Anything but
 * 0 is a failure: "if (ret) { undo everything; return ret; }" is no success, whatever ret may be. Of pointers, NULL and
 * error pointers are: the engine counts these below NULL.
 */
static void build_begin(struct builder *b, struct harness *h, uint32_t int_t)
{
	bool pointer = returns_pointer(b->u, h->begin);
	struct ir_ins addr, store = blank(IR_STORE, IR_NONE), failed, branch = blank(IR_BRANCH, IR_NONE);
	uint32_t zero;

	start_block(b);
	h->begin_ins = call_slot(b, h->begin, b->begin_args);
	if (h->ends_anyway || (!pointer && !returns_int(b->u, h->begin))) {
		emit(b, blank(IR_JUMP, IR_NONE));
		successors(b, 0, 1, 1, 0);
		return;
	}
	if (!pointer) {
		addr = blank(IR_LOCAL, pointer_type(b, int_t));
		addr.sym = b->ret_local;
		store.a[0] = emit(b, addr);
		store.a[1] = h->begin_ins;
		emit(b, store);
	}
	zero = constant(b, b->u->functions[h->begin].type, 0);
	failed = blank(pointer ? IR_LE : IR_NE, int_t);
	failed.a[0] = h->begin_ins;
	failed.a[1] = zero;
	branch.a[0] = emit(b, failed);
	emit(b, branch);
	successors(b, 0, 2, 1, 2);
	start_block(b);
	if (h->detach)
		detach(b);
	leave(b, constant(b, int_t, -1));
}

/* if (again(...)) return -1; What it leaves after a failure is another question. */
static void build_again(struct builder *b, struct harness *h, uint32_t int_t)
{
	struct ir_ins ne = blank(IR_NE, int_t), branch = blank(IR_BRANCH, IR_NONE);
	uint32_t here = b->blocks.n - 1, result = call_slot(b, h->again, b->again_args);

	if (!returns_int(b->u, h->again))
		return;
	ne.a[0] = result;
	ne.a[1] = constant(b, b->u->functions[h->again].type, 0);
	branch.a[0] = emit(b, ne);
	emit(b, branch);
	successors(b, here, 2, here + 1, here + 2);
	start_block(b);
	leave(b, constant(b, int_t, -1));
	start_block(b);
}

/* Callbacks run, again(...) among them; end(...); detach; return 0; */
static void build_end(struct builder *b, struct harness *h, uint32_t int_t)
{
	start_block(b);
	emit(b, blank(IR_RUN, IR_NONE));
	if (h->repeats)
		build_again(b, h, int_t);
	if (h->end != IR_NONE && !h->stays)
		h->end_ins = call_slot(b, h->end, b->end_args);
	if (h->detach && !h->stays)
		detach(b);
	leave(b, constant(b, int_t, 0));
}

static void append(struct builder *b, struct harness *h)
{
	struct ir_unit *u = b->u;
	struct ir_function *all = ARENA_ARRAY(u->arena, struct ir_function, u->n_functions + 1);

	b->f.locals = b->locals.v;
	b->f.n_locals = b->locals.n;
	b->f.ins = b->ins.v;
	b->f.n_ins = b->ins.n;
	b->f.blocks = b->blocks.v;
	b->f.n_blocks = b->blocks.n;
	b->f.param_types = ARENA_ARRAY(u->arena, uint32_t, b->f.n_params + 1);
	for (uint32_t i = 0; i < b->f.n_params; i++)
		b->f.param_types[i] = b->locals.v[i].type;
	memcpy(all, u->functions, u->n_functions * sizeof(*all));
	all[u->n_functions] = b->f;
	u->functions = all;
	h->function = u->n_functions++;
	ir_cfg(u, &u->functions[h->function]);
}

bool harness_build(struct ir_unit *u, struct harness *h)
{
	struct builder b = {.u = u};
	uint32_t int_t = int_type(u, h->begin);
	const char *name = arena_printf(u->arena, "%s.%s%s%s", h->what, h->begin_slot, h->repeats ? "." : "",
					h->repeats ? u->functions[h->again].name : "");

	if (int_t == IR_NONE)
		return false;
	b.f = (struct ir_function){.name = intern_str(u->strings, name),
				   .key = intern_str(u->strings, name),
				   .type = int_t,
				   .loc = u->functions[h->begin].loc,
				   .end = u->functions[h->begin].end,
				   .is_static = true,
				   .has_body = true,
				   .in_main_file = true};
	h->begin_ins = h->end_ins = IR_NONE;
	b.begin_args = add_params(&b, h->begin);
	b.end_args = add_params(&b, h->end);
	b.again_args = h->repeats ? add_params(&b, h->again) : NULL;
	b.ret_local = b.locals.n;
	vec_push(u->arena, &b.locals, ((struct ir_local){.type = int_t}));
	build_begin(&b, h, int_t);
	build_end(&b, h, int_t);
	append(&b, h);
	return true;
}
