/* One function's building site: instructions go to the current block; constants fold as they come. */
#include "lower/internal.h"

void at(struct fn *f, CXCursor c)
{
	f->at = clang_getCursorLocation(c);
}

uint32_t local_new(struct fn *f, const char *name, uint32_t type, bool is_param)
{
	struct ir_local l = {.name = name, .type = type, .is_param = is_param};

	vec_push(f->lw->fn_mem, &f->locals, l);
	vec_push(f->lw->fn_mem, &f->local_where, f->at);
	return f->locals.n - 1;
}

uint32_t block_new(struct fn *f)
{
	struct block b = {0};

	vec_push(f->lw->fn_mem, &f->blocks, b);
	return f->blocks.n - 1;
}

static void place(struct fn *f, uint32_t b, bool live)
{
	struct block *block = &f->blocks.v[b];

	block->placed = true;
	block->ghost = !live;
	block->first = f->ins.n;
	vec_push(f->lw->fn_mem, &f->order, b);
	f->cur = b;
}

void block_start(struct fn *f, uint32_t b)
{
	if (f->cur != IR_NONE)
		end_jump(f, b);
	place(f, b, f->blocks.v[b].refs > 0);
}

void block_start_live(struct fn *f, uint32_t b)
{
	if (f->cur != IR_NONE)
		end_jump(f, b);
	place(f, b, true);
}

bool block_dead(const struct fn *f)
{
	return f->cur == IR_NONE || f->blocks.v[f->cur].ghost;
}

uint32_t emit(struct fn *f, struct ir_ins ins)
{
	if (f->cur == IR_NONE)
		place(f, block_new(f), false);
	vec_push(f->lw->fn_mem, &f->ins, ins);
	vec_push(f->lw->fn_mem, &f->where, f->at);
	vec_push(f->lw->fn_mem, &f->home, f->cur);
	f->blocks.v[f->cur].n++;
	return f->ins.n - 1;
}

static uint32_t emit_op(struct fn *f, enum ir_op op, uint32_t type, uint32_t a, uint32_t b, int64_t imm)
{
	return emit(f, (struct ir_ins){.op = op, .type = type, .a = {a, b}, .sym = IR_NONE, .imm = imm});
}

static uint32_t emit_sym(struct fn *f, enum ir_op op, uint32_t type, uint32_t sym)
{
	return emit(f, (struct ir_ins){.op = op, .type = type, .a = {IR_NONE, IR_NONE}, .sym = sym});
}

uint32_t emit_const(struct fn *f, uint32_t type, int64_t value)
{
	return emit_op(f, IR_CONST, type, IR_NONE, IR_NONE, type_wrap(f->lw, type, value));
}

uint32_t emit_local(struct fn *f, uint32_t local)
{
	return emit_sym(f, IR_LOCAL, type_pointer_to(f->lw, f->locals.v[local].type), local);
}

uint32_t emit_global(struct fn *f, uint32_t global)
{
	return emit_sym(f, IR_GLOBAL, type_pointer_to(f->lw, f->lw->globals.v[global].type), global);
}

uint32_t emit_function(struct fn *f, uint32_t function)
{
	struct lower *lw = f->lw;

	if (!block_dead(f)) {
		lw->functions.v[function].address_taken = true;
		function_want(lw, function, f->depth + 1);
	}
	return emit_sym(f, IR_FUNC, type_pointer_to(lw, lw->sources.v[function].type), function);
}

uint32_t emit_field(struct fn *f, uint32_t base, const struct field *field, int64_t offset)
{
	offset += (int64_t)field->first_bit << IR_BIT_SHIFT;
	return emit(f, (struct ir_ins){.op = IR_FIELD,
				       .type = type_pointer_to(f->lw, field->type),
				       .a = {base, IR_NONE},
				       .sym = IR_NONE,
				       .imm = offset,
				       .str = field->name});
}

uint32_t emit_index(struct fn *f, uint32_t base, uint32_t index, int64_t step, uint32_t type)
{
	return emit_op(f, IR_INDEX, type, base, index, step);
}

uint32_t emit_load(struct fn *f, uint32_t address, uint32_t type)
{
	enum ir_type_kind kind = f->lw->types.v[type].kind;

	if (kind == IR_T_ARRAY || kind == IR_T_FUNC)
		return address;
	return emit_op(f, IR_LOAD, type, address, IR_NONE, 0);
}

void emit_store(struct fn *f, uint32_t address, uint32_t value)
{
	emit_op(f, IR_STORE, IR_NONE, address, value, 0);
}

void emit_copy(struct fn *f, uint32_t to, uint32_t from, int64_t size)
{
	if (size > 0)
		emit_op(f, IR_COPY, IR_NONE, to, from, size);
}

void emit_zero(struct fn *f, uint32_t address, int64_t size)
{
	if (size > 0)
		emit_op(f, IR_ZERO, IR_NONE, address, IR_NONE, size);
}

void emit_begin(struct fn *f, uint32_t local)
{
	emit_sym(f, IR_BEGIN, IR_NONE, local);
}

bool value_const(const struct fn *f, uint32_t v, int64_t *value)
{
	if (f->ins.v[v].op != IR_CONST)
		return false;
	*value = f->ins.v[v].imm;
	return true;
}

/* Can be computed again anywhere, for nothing: constants and addresses of fixed things. */
bool value_is_free(const struct fn *f, uint32_t v)
{
	const struct ir_ins *in = &f->ins.v[v];

	switch (in->op) {
	case IR_CONST:
	case IR_FLOAT:
	case IR_STR:
	case IR_FUNC:
	case IR_LOCAL:
	case IR_GLOBAL:
		return true;
	case IR_FIELD:
	case IR_CAST:
		return value_is_free(f, in->a[0]);
	case IR_INDEX:
		return value_is_free(f, in->a[0]) && value_is_free(f, in->a[1]);
	default:
		return false;
	}
}

uint32_t value_type(const struct fn *f, uint32_t v)
{
	return f->ins.v[v].type;
}

/* 0 or 1 */
static bool is_truth(const struct fn *f, uint32_t v)
{
	enum ir_op op = f->ins.v[v].op;

	return op == IR_LNOT || (op >= IR_EQ && op <= IR_GE);
}

uint32_t emit_unary(struct fn *f, enum ir_op op, uint32_t type, uint32_t a)
{
	int64_t v;

	if (op == IR_LNOT && f->ins.v[a].op == IR_LNOT && is_truth(f, f->ins.v[a].a[0]))
		return f->ins.v[a].a[0];
	if (value_const(f, a, &v))
		return emit_const(f, type, op == IR_NEG ? (int64_t)(0 - (uint64_t)v) : op == IR_NOT ? ~v : !v);
	return emit_op(f, op, type, a, IR_NONE, 0);
}

uint32_t emit_binary(struct fn *f, enum ir_op op, uint32_t type, uint32_t a, uint32_t b)
{
	int64_t x, y, out;

	if (value_const(f, a, &x) && value_const(f, b, &y) && operator_fold(f->lw, op, value_type(f, a), x, y, &out))
		return emit_const(f, type, out);
	return emit_op(f, op, type, a, b, 0);
}

uint32_t emit_cast(struct fn *f, uint32_t value, uint32_t type)
{
	const struct ir_type *to = &f->lw->types.v[type];
	int64_t v;

	if (to->kind == IR_T_VOID || to->kind == IR_T_FUNC || type_is_aggregate(f->lw, type) ||
	    type_equal(f->lw, value_type(f, value), type))
		return value;
	if (value_const(f, value, &v) && (to->kind == IR_T_INT || to->kind == IR_T_PTR))
		return emit_const(f, type, v);
	return emit_op(f, IR_CAST, type, value, IR_NONE, 0);
}

uint32_t emit_list(struct fn *f, enum ir_op op, uint32_t type, const uint32_t *args, uint32_t n, const char *str)
{
	struct ir_ins ins = {.op = op, .type = type, .a = {IR_NONE, IR_NONE}, .sym = IR_NONE, .str = str, .n_args = n};

	ins.args = ARENA_ARRAY(f->lw->a, uint32_t, n);
	for (uint32_t i = 0; i < n; i++)
		ins.args[i] = args[i];
	return emit(f, ins);
}

uint32_t emit_unknown(struct fn *f, uint32_t type, const char *what)
{
	return emit_list(f, IR_UNKNOWN, type, NULL, 0, intern_str(f->lw->u->strings, what));
}

void block_succ(struct fn *f, uint32_t from, uint32_t to)
{
	struct block *b = &f->blocks.v[from];
	uint32_t *succ = ARENA_ARRAY(f->lw->fn_mem, uint32_t, b->n_succ + 1);

	for (uint32_t i = 0; i < b->n_succ; i++)
		succ[i] = b->succ[i];
	succ[b->n_succ++] = to;
	b->succ = succ;
	if (!b->ghost)
		f->blocks.v[to].refs++;
}

static uint32_t close_block(struct fn *f)
{
	uint32_t b = f->cur;

	f->blocks.v[b].closed = true;
	f->cur = IR_NONE;
	return b;
}

void end_jump(struct fn *f, uint32_t to)
{
	if (f->cur == IR_NONE)
		return;
	emit_op(f, IR_JUMP, IR_NONE, IR_NONE, IR_NONE, 0);
	block_succ(f, close_block(f), to);
}

void end_branch(struct fn *f, uint32_t value, uint32_t yes, uint32_t no)
{
	int64_t v;
	uint32_t b;

	if (f->cur == IR_NONE)
		return;
	if (value_const(f, value, &v) || yes == no) {
		end_jump(f, yes == no || v ? yes : no);
		return;
	}
	emit_op(f, IR_BRANCH, IR_NONE, value, IR_NONE, 0);
	b = close_block(f);
	block_succ(f, b, yes);
	block_succ(f, b, no);
}

uint32_t end_choose(struct fn *f)
{
	emit_list(f, IR_CHOOSE, IR_NONE, NULL, 0, NULL);
	return close_block(f);
}

void end_return(struct fn *f, uint32_t value)
{
	emit_list(f, IR_RETURN, IR_NONE, &value, value != IR_NONE, NULL);
	close_block(f);
}

void end_unreachable(struct fn *f)
{
	if (f->cur == IR_NONE)
		return;
	emit_op(f, IR_UNREACHABLE, IR_NONE, IR_NONE, IR_NONE, 0);
	close_block(f);
}
