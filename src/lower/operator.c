/* Operators, and conditions as control flow. */
#include "lower/internal.h"

static bool is_unsigned(const struct ir_type *t)
{
	return !t->is_signed;
}

static bool fold_compare(enum ir_op op, bool uns, int64_t a, int64_t b, int64_t *out)
{
	bool less = uns ? (uint64_t)a < (uint64_t)b : a < b;

	switch (op) {
	case IR_EQ:
		*out = a == b;
		return true;
	case IR_NE:
		*out = a != b;
		return true;
	case IR_LT:
		*out = less;
		return true;
	case IR_LE:
		*out = less || a == b;
		return true;
	case IR_GT:
		*out = !less && a != b;
		return true;
	case IR_GE:
		*out = !less;
		return true;
	default:
		return false;
	}
}

static bool fold_division(enum ir_op op, bool uns, int64_t a, int64_t b, int64_t *out)
{
	if (b == 0 || (!uns && a == INT64_MIN && b == -1))
		return false;
	if (op == IR_DIV)
		*out = uns ? (int64_t)((uint64_t)a / (uint64_t)b) : a / b;
	else
		*out = uns ? (int64_t)((uint64_t)a % (uint64_t)b) : a % b;
	return true;
}

static bool fold_shift(enum ir_op op, bool uns, int64_t a, int64_t b, int64_t *out)
{
	if (b < 0 || b > 63)
		return false;
	if (op == IR_SHL)
		*out = (int64_t)((uint64_t)a << b);
	else
		*out = uns ? (int64_t)((uint64_t)a >> b) : a >> b;
	return true;
}

/* `type` is that of the operands; the result is still to be wrapped to its own type. */
bool operator_fold(const struct lower *lw, enum ir_op op, uint32_t type, int64_t a, int64_t b, int64_t *out)
{
	bool uns = is_unsigned(&lw->types.v[type]);
	uint64_t x = (uint64_t)a, y = (uint64_t)b;

	switch (op) {
	case IR_ADD:
		*out = (int64_t)(x + y);
		return true;
	case IR_SUB:
		*out = (int64_t)(x - y);
		return true;
	case IR_MUL:
		*out = (int64_t)(x * y);
		return true;
	case IR_AND:
		*out = a & b;
		return true;
	case IR_OR:
		*out = a | b;
		return true;
	case IR_XOR:
		*out = a ^ b;
		return true;
	case IR_DIV:
	case IR_REM:
		return fold_division(op, uns, a, b, out);
	case IR_SHL:
	case IR_SHR:
		return fold_shift(op, uns, a, b, out);
	default:
		return fold_compare(op, uns, a, b, out);
	}
}

static enum ir_op op_of(enum CXBinaryOperatorKind kind)
{
	switch (kind) {
	case CXBinaryOperator_Mul:
	case CXBinaryOperator_MulAssign:
		return IR_MUL;
	case CXBinaryOperator_Div:
	case CXBinaryOperator_DivAssign:
		return IR_DIV;
	case CXBinaryOperator_Rem:
	case CXBinaryOperator_RemAssign:
		return IR_REM;
	case CXBinaryOperator_Add:
	case CXBinaryOperator_AddAssign:
		return IR_ADD;
	case CXBinaryOperator_Sub:
	case CXBinaryOperator_SubAssign:
		return IR_SUB;
	case CXBinaryOperator_Shl:
	case CXBinaryOperator_ShlAssign:
		return IR_SHL;
	case CXBinaryOperator_Shr:
	case CXBinaryOperator_ShrAssign:
		return IR_SHR;
	case CXBinaryOperator_And:
	case CXBinaryOperator_AndAssign:
		return IR_AND;
	case CXBinaryOperator_Xor:
	case CXBinaryOperator_XorAssign:
		return IR_XOR;
	case CXBinaryOperator_Or:
	case CXBinaryOperator_OrAssign:
		return IR_OR;
	case CXBinaryOperator_LT:
		return IR_LT;
	case CXBinaryOperator_GT:
		return IR_GT;
	case CXBinaryOperator_LE:
		return IR_LE;
	case CXBinaryOperator_GE:
		return IR_GE;
	case CXBinaryOperator_EQ:
		return IR_EQ;
	case CXBinaryOperator_NE:
		return IR_NE;
	default:
		return IR_UNKNOWN;
	}
}

static bool is_pointer(const struct fn *f, uint32_t v)
{
	return f->lw->types.v[value_type(f, v)].kind == IR_T_PTR;
}

/* Pointer plus or minus integer, pointer minus pointer, or plain arithmetic. `type` is that of the result. */
static uint32_t arithmetic(struct fn *f, enum ir_op op, uint32_t type, uint32_t a, uint32_t b)
{
	bool pa = is_pointer(f, a), pb = is_pointer(f, b), to_pointer = f->lw->types.v[type].kind == IR_T_PTR;

	if (op == IR_SUB && pa && pb)
		return emit(f, (struct ir_ins){.op = IR_PTRDIFF,
					       .type = type,
					       .a = {a, b},
					       .sym = IR_NONE,
					       .imm = type_step(f->lw, value_type(f, a))});
	if (to_pointer && op == IR_ADD && !pa && pb)
		return emit_index(f, b, a, type_step(f->lw, type), type);
	if (to_pointer && (op == IR_ADD || op == IR_SUB))
		return emit_index(f, a, b, op == IR_SUB ? -type_step(f->lw, type) : type_step(f->lw, type), type);
	return emit_binary(f, op, type, a, b);
}

/* C's usual arithmetic conversions of two integer types; a compound assignment computes in this type. */
static uint32_t common_type(const struct fn *f, uint32_t a, uint32_t b)
{
	const struct ir_type *x = &f->lw->types.v[a], *y = &f->lw->types.v[b];

	if (x->kind != IR_T_INT)
		return a;
	if (y->kind != IR_T_INT)
		return b;
	if (x->size < 4 && y->size < 4)
		return f->lw->t_int;
	if (x->size != y->size)
		return x->size > y->size ? a : b;
	return x->is_signed ? b : a;
}

static uint32_t assign_aggregate(struct fn *f, const struct kids *k)
{
	uint32_t dest = expr_address(f, k->v[0]);

	expr_into(f, k->v[1], dest);
	return dest;
}

static uint32_t assign(struct fn *f, CXCursor c, const struct kids *k)
{
	uint32_t v = expr_value(f, k->v[1]), dest;

	dest = expr_address(f, k->v[0]);
	at(f, c);
	v = emit_cast(f, v, type_of_cursor(f->lw, k->v[0]));
	emit_store(f, dest, v);
	return v;
}

/* The value is made before the address, whatever order a compiler would evaluate two arguments in. */
static void set_local(struct fn *f, uint32_t local, uint32_t value)
{
	emit_store(f, emit_local(f, local), value);
}

/* The 0 or 1 of a condition, through a local unless the condition is known. */
static uint32_t truth(struct fn *f, CXCursor c)
{
	uint32_t yes = block_new(f), no = block_new(f), join = block_new(f), type = type_of_cursor(f->lw, c), local;

	expr_cond(f, c, yes, no);
	if (!f->blocks.v[yes].refs || !f->blocks.v[no].refs) {
		bool known = f->blocks.v[yes].refs;

		block_start(f, known ? yes : no);
		at(f, c);
		return emit_const(f, type, known);
	}
	at(f, c);
	local = local_new(f, NULL, type, false);
	block_start(f, yes);
	set_local(f, local, emit_const(f, type, 1));
	end_jump(f, join);
	block_start(f, no);
	set_local(f, local, emit_const(f, type, 0));
	block_start(f, join);
	return emit_load(f, emit_local(f, local), type);
}

uint32_t operator_binary(struct fn *f, CXCursor c)
{
	enum CXBinaryOperatorKind kind = clang_getCursorBinaryOperatorKind(c);
	uint32_t type = type_of_cursor(f->lw, c), a, b;
	enum ir_op op = op_of(kind);
	struct kids k;

	kids_exprs(f->lw, c, &k);
	if (kind == CXBinaryOperator_LAnd || kind == CXBinaryOperator_LOr)
		return truth(f, c);
	if (k.n == 2 && kind == CXBinaryOperator_Comma) {
		expr_effect(f, k.v[0]);
		return expr_value(f, k.v[1]);
	}
	if (k.n == 2 && kind == CXBinaryOperator_Assign)
		return type_is_aggregate(f->lw, type) ? assign_aggregate(f, &k) : assign(f, c, &k);
	if (k.n != 2 || op == IR_UNKNOWN) {
		at(f, c);
		return emit_unknown(f, type, "binary operator");
	}
	a = expr_value(f, k.v[0]);
	b = expr_value(f, k.v[1]);
	at(f, c);
	return arithmetic(f, op, type, a, b);
}

uint32_t operator_compound_assign(struct fn *f, CXCursor c)
{
	uint32_t type, common, v, dest, old, sum;
	struct kids k;
	enum ir_op op = op_of(clang_getCursorBinaryOperatorKind(c));

	kids_exprs(f->lw, c, &k);
	if (k.n != 2 || op == IR_UNKNOWN) {
		at(f, c);
		return emit_unknown(f, type_of_cursor(f->lw, c), "assignment operator");
	}
	type = type_of_cursor(f->lw, k.v[0]);
	v = expr_value(f, k.v[1]);
	dest = expr_address(f, k.v[0]);
	at(f, c);
	old = emit_load(f, dest, type);
	common = type;
	if (f->lw->types.v[type].kind == IR_T_INT) {
		common = op == IR_SHL || op == IR_SHR ? common_type(f, type, type)
						      : common_type(f, type, value_type(f, v));
		old = emit_cast(f, old, common);
		v = emit_cast(f, v, op == IR_SHL || op == IR_SHR ? value_type(f, v) : common);
	}
	sum = emit_cast(f, arithmetic(f, op, common, old, v), type);
	emit_store(f, dest, sum);
	return sum;
}

static uint32_t step(struct fn *f, CXCursor c, CXCursor operand, bool up, bool want_old)
{
	uint32_t dest = expr_address(f, operand), type = type_of_cursor(f->lw, operand), old, one, new;

	at(f, c);
	old = emit_load(f, dest, type);
	if (f->lw->types.v[type].kind == IR_T_PTR) {
		one = emit_const(f, f->lw->t_int, 1);
		new = arithmetic(f, up ? IR_ADD : IR_SUB, type, old, one);
	} else {
		one = emit_const(f, type, 1);
		new = emit_binary(f, up ? IR_ADD : IR_SUB, type, old, one);
	}
	emit_store(f, dest, new);
	return want_old ? old : new;
}

static uint32_t negate(struct fn *f, CXCursor c, CXCursor operand)
{
	uint32_t v = expr_value(f, operand);

	at(f, c);
	return emit_unary(f, IR_LNOT, type_of_cursor(f->lw, c), v);
}

uint32_t operator_unary(struct fn *f, CXCursor c)
{
	uint32_t type = type_of_cursor(f->lw, c), v;
	enum CXUnaryOperatorKind kind = clang_getCursorUnaryOperatorKind(c);
	struct kids k;

	kids_exprs(f->lw, c, &k);
	if (!k.n) {
		at(f, c);
		return emit_unknown(f, type, "unary operator");
	}
	switch (kind) {
	case CXUnaryOperator_PostInc:
	case CXUnaryOperator_PreInc:
		return step(f, c, k.v[0], true, kind == CXUnaryOperator_PostInc);
	case CXUnaryOperator_PostDec:
	case CXUnaryOperator_PreDec:
		return step(f, c, k.v[0], false, kind == CXUnaryOperator_PostDec);
	case CXUnaryOperator_AddrOf:
		return expr_address(f, k.v[0]);
	case CXUnaryOperator_Deref:
		return emit_load(f, expr_address(f, c), type);
	case CXUnaryOperator_LNot:
		return negate(f, c, k.v[0]);
	case CXUnaryOperator_Minus:
	case CXUnaryOperator_Not:
		v = expr_value(f, k.v[0]);
		at(f, c);
		return emit_unary(f, kind == CXUnaryOperator_Not ? IR_NOT : IR_NEG, type, v);
	default:
		return emit_cast(f, expr_value(f, k.v[0]), type);
	}
}

static void arm(struct fn *f, CXCursor c, uint32_t type, uint32_t local)
{
	uint32_t v = expr_value(f, c);

	v = emit_cast(f, v, type);
	set_local(f, local, v);
}

/* Requires that nothing is computed yet; keeps to the one arm that is left when the condition is known. */
uint32_t operator_conditional(struct fn *f, CXCursor c)
{
	uint32_t yes, no, join, type = type_of_cursor(f->lw, c), local;
	struct kids k;

	kids_exprs(f->lw, c, &k);
	if (k.n != 3) {
		at(f, c);
		return emit_unknown(f, type, "conditional");
	}
	if (type_is_aggregate(f->lw, type))
		return emit_load(f, expr_temporary(f, c), type);
	if (f->lw->types.v[type].kind == IR_T_VOID) {
		expr_effect(f, c);
		return emit_const(f, f->lw->t_int, 0);
	}
	yes = block_new(f), no = block_new(f), join = block_new(f);
	expr_cond(f, k.v[0], yes, no);
	if (!f->blocks.v[yes].refs || !f->blocks.v[no].refs) {
		bool known = f->blocks.v[yes].refs;

		block_start(f, known ? yes : no);
		return emit_cast(f, expr_value(f, k.v[known ? 1 : 2]), type);
	}
	at(f, c);
	local = local_new(f, NULL, type, false);
	block_start(f, yes);
	arm(f, k.v[1], type, local);
	end_jump(f, join);
	block_start(f, no);
	arm(f, k.v[2], type, local);
	block_start(f, join);
	at(f, c);
	return emit_load(f, emit_local(f, local), type);
}

uint32_t operator_elvis(struct fn *f, CXCursor c, const struct kids *k)
{
	uint32_t yes = block_new(f), no = block_new(f), join = block_new(f), type = type_of_cursor(f->lw, c);
	uint32_t local, v = expr_value(f, k->v[0]);
	int64_t known;

	if (value_const(f, v, &known))
		return emit_cast(f, known ? v : expr_value(f, k->v[3]), type);
	at(f, c);
	local = local_new(f, NULL, type, false);
	set_local(f, local, emit_cast(f, v, type));
	end_branch(f, v, yes, no);
	block_start(f, yes);
	end_jump(f, join);
	block_start(f, no);
	arm(f, k->v[3], type, local);
	block_start(f, join);
	at(f, c);
	return emit_load(f, emit_local(f, local), type);
}

/* Does this conversion leave "is it zero?" as it was? Narrowing may not; to bool it does. */
static bool keeps_truth(struct lower *lw, CXCursor from, CXCursor to)
{
	uint32_t ta = type_of_cursor(lw, from), tb = type_of_cursor(lw, to);
	const struct ir_type *a = &lw->types.v[ta], *b = &lw->types.v[tb];
	bool scalar = (a->kind == IR_T_INT || a->kind == IR_T_PTR) && (b->kind == IR_T_INT || b->kind == IR_T_PTR);

	return b->is_bool || (scalar && b->size >= a->size);
}

static void cond_value(struct fn *f, CXCursor c, uint32_t yes, uint32_t no)
{
	uint32_t v = expr_value(f, c);

	at(f, c);
	end_branch(f, v, yes, no);
}

static void cond_binary(struct fn *f, CXCursor c, uint32_t yes, uint32_t no)
{
	enum CXBinaryOperatorKind kind = clang_getCursorBinaryOperatorKind(c);
	uint32_t second;
	struct kids k;

	kids_exprs(f->lw, c, &k);
	if (k.n == 2 && kind == CXBinaryOperator_Comma) {
		expr_effect(f, k.v[0]);
		expr_cond(f, k.v[1], yes, no);
		return;
	}
	if (k.n != 2 || (kind != CXBinaryOperator_LAnd && kind != CXBinaryOperator_LOr)) {
		cond_value(f, c, yes, no);
		return;
	}
	second = block_new(f);
	if (kind == CXBinaryOperator_LAnd)
		expr_cond(f, k.v[0], second, no);
	else
		expr_cond(f, k.v[0], yes, second);
	if (!f->blocks.v[second].refs && !cursor_contains_label(k.v[1]))
		return;
	block_start(f, second);
	expr_cond(f, k.v[1], yes, no);
}

static void cond_conditional(struct fn *f, CXCursor c, uint32_t yes, uint32_t no)
{
	uint32_t arms[2] = {block_new(f), block_new(f)};
	struct kids k;

	kids_exprs(f->lw, c, &k);
	if (k.n != 3) {
		cond_value(f, c, yes, no);
		return;
	}
	expr_cond(f, k.v[0], arms[0], arms[1]);
	for (uint32_t i = 0; i < 2; i++) {
		if (!f->blocks.v[arms[i]].refs)
			continue;
		block_start(f, arms[i]);
		expr_cond(f, k.v[1 + i], yes, no);
	}
}

static void cond_stmt_expr(struct fn *f, CXCursor c, uint32_t yes, uint32_t no)
{
	struct cleanup *outer = f->chain;
	CXCursor last;
	uint32_t v;

	if (!stmt_expr_begin(f, c, &last)) {
		end_jump(f, no);
		return;
	}
	if (f->chain == outer) {
		expr_cond(f, last, yes, no);
		return;
	}
	v = expr_value(f, last);
	scope_leave(f, outer);
	end_branch(f, v, yes, no);
}

static void cond_unary(struct fn *f, CXCursor c, uint32_t yes, uint32_t no)
{
	enum CXUnaryOperatorKind kind = clang_getCursorUnaryOperatorKind(c);
	struct kids k;

	if (kind != CXUnaryOperator_LNot && kind != CXUnaryOperator_Extension) {
		cond_value(f, c, yes, no);
		return;
	}
	kids_exprs(f->lw, c, &k);
	if (k.n && kind == CXUnaryOperator_LNot)
		expr_cond(f, k.v[0], no, yes);
	else if (k.n)
		expr_cond(f, k.v[0], yes, no);
}

static void cond_wrapped(struct fn *f, CXCursor c, uint32_t yes, uint32_t no)
{
	CXCursor inner;
	struct kids k;

	if (c.kind == CXCursor_CStyleCastExpr) {
		kids_exprs(f->lw, c, &k);
		inner = k.n ? k.v[k.n - 1] : clang_getNullCursor();
	} else if (c.kind == CXCursor_CallExpr) {
		inner = expr_call_expect(f, c);
	} else {
		inner = cursor_chosen(f->lw, c);
	}
	if (!clang_Cursor_isNull(inner) && keeps_truth(f->lw, inner, c))
		expr_cond(f, inner, yes, no);
	else
		cond_value(f, c, yes, no);
}

/* Ends the current block with jumps to `yes` and `no`; leaves none open. */
void expr_cond(struct fn *f, CXCursor c, uint32_t yes, uint32_t no)
{
	switch (clang_getCursorKind(c)) {
	case CXCursor_BinaryOperator:
		cond_binary(f, c, yes, no);
		break;
	case CXCursor_UnaryOperator:
		cond_unary(f, c, yes, no);
		break;
	case CXCursor_ConditionalOperator:
		cond_conditional(f, c, yes, no);
		break;
	case CXCursor_StmtExpr:
		cond_stmt_expr(f, c, yes, no);
		break;
	case CXCursor_ParenExpr:
	case CXCursor_UnexposedExpr:
	case CXCursor_GenericSelectionExpr:
	case CXCursor_CStyleCastExpr:
	case CXCursor_CallExpr:
		cond_wrapped(f, c, yes, no);
		break;
	default:
		cond_value(f, c, yes, no);
	}
}
