/*
 * Expressions, by what is wanted of them: the value, the address, only the effect, an aggregate put somewhere, or
 * control flow. Implicit conversions are not told apart by libclang; what an operand is decides: a place is loaded, an
 * array or function is its address.
 */
#include "lower/internal.h"

#include <string.h>

enum { MAX_NESTING = 2000 };

static uint32_t constant(struct fn *f, CXCursor c)
{
	uint32_t type = type_of_cursor(f->lw, c);
	int64_t v;

	at(f, c);
	if (cursor_eval(c, &v))
		return emit_const(f, type, v);
	if (c.kind == CXCursor_UnaryExpr) /* sizeof of a variable-length array */
		return emit_list(f, IR_ASM, type, NULL, 0, NULL);
	return emit_unknown(f, type, "constant");
}

static size_t unescape_one(const char *s, char *out)
{
	static const char from[] = "ntr0abfv", to[] = "\n\t\r\0\a\b\f\v";
	const char *at = s[1] ? strchr(from, s[1]) : NULL;

	*out = s[1];
	if (s[1] >= '0' && s[1] <= '7') {
		size_t n = 1;

		for (*out = 0; n < 4 && s[n] >= '0' && s[n] <= '7'; n++)
			*out = (char)(*out * 8 + (s[n] - '0'));
		return n;
	}
	if (at)
		*out = to[at - from];
	return s[1] ? 2 : 1;
}

/* clang prints the literal with quotes and octal escapes. A literal is kept up to its first zero byte. */
const char *expr_string(struct lower *lw, CXCursor c)
{
	CXString s = clang_getCursorSpelling(c);
	const char *text = clang_getCString(s) ? clang_getCString(s) : "";
	size_t n = strlen(text), len = 0;
	char *out = arena_alloc(lw->fn_mem, n + 1);

	text += strcspn(text, "\"");
	for (text += *text == '"'; *text && *text != '"'; len++)
		if (*text == '\\')
			text += unescape_one(text, &out[len]);
		else
			out[len] = *text++;
	out[len] = 0;
	clang_disposeString(s);
	return intern_str(lw->u->strings, out);
}

static uint32_t string(struct fn *f, CXCursor c)
{
	at(f, c);
	return emit(f, (struct ir_ins){.op = IR_STR,
				       .type = f->lw->t_string,
				       .a = {IR_NONE, IR_NONE},
				       .sym = IR_NONE,
				       .str = expr_string(f->lw, c)});
}

static uint32_t ref_address(struct fn *f, CXCursor c)
{
	CXCursor decl = clang_getCursorReferenced(c);
	uint32_t local = table_get(&f->vars, key_cursor(decl));

	at(f, c);
	if (local != IR_NONE)
		return emit_local(f, local);
	if (decl.kind == CXCursor_FunctionDecl)
		return emit_function(f, function_of(f->lw, decl));
	if (decl.kind == CXCursor_VarDecl)
		return emit_global(f, global_of(f->lw, decl));
	return emit_unknown(f, type_pointer_to(f->lw, type_of_cursor(f->lw, c)), "reference");
}

static uint32_t ref_value(struct fn *f, CXCursor c)
{
	CXCursor decl = clang_getCursorReferenced(c);
	uint32_t type = type_of_cursor(f->lw, c);

	if (decl.kind == CXCursor_EnumConstantDecl) {
		at(f, c);
		return emit_const(f, type, clang_getEnumConstantDeclValue(decl));
	}
	return emit_load(f, ref_address(f, c), type);
}

static uint32_t base_address(struct fn *f, CXCursor base)
{
	uint32_t type = type_of_cursor(f->lw, base); /* a new one may move the table */

	return f->lw->types.v[type].kind == IR_T_PTR ? expr_value(f, base) : expr_address(f, base);
}

static uint32_t member_address(struct fn *f, CXCursor c)
{
	CXCursor decl = clang_getCursorReferenced(c);
	struct kids k;
	uint32_t base, id;

	kids_exprs(f->lw, c, &k);
	if (!k.n || decl.kind != CXCursor_FieldDecl) {
		at(f, c);
		return emit_unknown(f, type_pointer_to(f->lw, type_of_cursor(f->lw, c)), "member");
	}
	base = base_address(f, k.v[0]);
	id = field_of(f->lw, decl);
	if (f->lw->fields.v[id].anonymous) /* its members count from the record around it */
		return base;
	at(f, c);
	return emit_field(f, base, &f->lw->fields.v[id], f->lw->fields.v[id].offset);
}

static uint32_t element_address(struct fn *f, CXCursor c)
{
	uint32_t base, index, type;
	struct kids k;

	kids_exprs(f->lw, c, &k);
	if (k.n != 2)
		return emit_unknown(f, type_pointer_to(f->lw, type_of_cursor(f->lw, c)), "subscript");
	base = expr_value(f, k.v[0]);
	index = expr_value(f, k.v[1]);
	if (f->lw->types.v[value_type(f, base)].kind == IR_T_INT) { /* i[array] */
		uint32_t swap = base;

		base = index;
		index = swap;
	}
	at(f, c);
	type = type_pointer_to(f->lw, type_of_cursor(f->lw, c));
	return emit_index(f, base, index, type_step(f->lw, type), type);
}

static uint32_t first_operand(struct fn *f, CXCursor c, uint32_t (*get)(struct fn *, CXCursor))
{
	struct kids k;

	kids_exprs(f->lw, c, &k);
	if (k.n)
		return get(f, k.v[k.n - 1]);
	at(f, c);
	return emit_unknown(f, type_of_cursor(f->lw, c), "operand");
}

uint32_t expr_temporary(struct fn *f, CXCursor c)
{
	uint32_t type = type_of_cursor(f->lw, c), local;

	at(f, c);
	local = local_new(f, NULL, type, false);
	emit_begin(f, local);
	if (type_is_aggregate(f->lw, type)) {
		expr_into(f, c, emit_local(f, local));
	} else {
		uint32_t v = expr_value(f, c);

		emit_store(f, emit_local(f, local), v);
	}
	return emit_local(f, local);
}

static uint32_t literal_address(struct fn *f, CXCursor c)
{
	uint32_t local;
	struct kids k;

	kids_exprs(f->lw, c, &k);
	at(f, c);
	local = local_new(f, NULL, type_of_cursor(f->lw, c), false);
	emit_begin(f, local);
	if (k.n)
		init_local(f, local, clang_getCursorType(c), k.v[k.n - 1]);
	return emit_local(f, local);
}

static uint32_t unary_address(struct fn *f, CXCursor c)
{
	switch (clang_getCursorUnaryOperatorKind(c)) {
	case CXUnaryOperator_Deref:
		return first_operand(f, c, expr_value);
	case CXUnaryOperator_Extension:
	case CXUnaryOperator_Real:
	case CXUnaryOperator_Imag:
		return first_operand(f, c, expr_address);
	default:
		/* No operator makes an aggregate: what does not say its kind is transparent (__extension__ in a macro).
		 */
		if (type_is_aggregate(f->lw, type_of_cursor(f->lw, c)))
			return first_operand(f, c, expr_address);
		return expr_temporary(f, c);
	}
}

uint32_t expr_address(struct fn *f, CXCursor c)
{
	CXCursor inner;

	switch (clang_getCursorKind(c)) {
	case CXCursor_DeclRefExpr:
		return ref_address(f, c);
	case CXCursor_MemberRefExpr:
		return member_address(f, c);
	case CXCursor_ArraySubscriptExpr:
		return element_address(f, c);
	case CXCursor_UnaryOperator:
		return unary_address(f, c);
	case CXCursor_CompoundLiteralExpr:
		return literal_address(f, c);
	case CXCursor_StringLiteral:
		return string(f, c);
	case CXCursor_ParenExpr:
	case CXCursor_UnexposedExpr:
	case CXCursor_GenericSelectionExpr:
		inner = cursor_chosen(f->lw, c);
		if (!clang_Cursor_isNull(inner))
			return expr_address(f, inner);
		return expr_temporary(f, c);
	default:
		return expr_temporary(f, c);
	}
}

/* Two expressions that are equal but for implicit casts, as the operands of `x ?: y` are to libclang. */
static bool is_elvis(const struct kids *k)
{
	return k->n == 4 && cursor_same_place(k->v[0], k->v[2]);
}

/* va_arg, the __atomic builtins and the like: a value that depends on its operands in no way we follow. */
static uint32_t opaque(struct fn *f, CXCursor c, const struct kids *k)
{
	uint32_t *args = ARENA_ARRAY(f->lw->fn_mem, uint32_t, k->n);

	for (uint32_t i = 0; i < k->n; i++)
		args[i] = expr_value(f, k->v[i]);
	at(f, c);
	return emit_list(f, IR_ASM, type_of_cursor(f->lw, c), args, k->n, NULL);
}

static uint32_t unexposed_value(struct fn *f, CXCursor c)
{
	uint32_t type = type_of_cursor(f->lw, c), v;
	struct kids k;
	CXCursor inner = cursor_chosen(f->lw, c);
	int64_t known;

	if (!clang_Cursor_isNull(inner)) {
		v = expr_value(f, inner);
		return emit_cast(f, v, type);
	}
	kids_exprs(f->lw, c, &k);
	if (is_elvis(&k))
		return operator_elvis(f, c, &k);
	if (cursor_eval(c, &known)) {
		at(f, c);
		return emit_const(f, type, known);
	}
	if (k.n)
		return opaque(f, c, &k);
	at(f, c);
	return emit_unknown(f, type, "expression");
}

/* A cast to a union type makes a union of that member. */
static uint32_t cast_value(struct fn *f, CXCursor c)
{
	uint32_t type = type_of_cursor(f->lw, c), v;
	struct kids k;

	if (f->lw->types.v[type].kind == IR_T_RECORD)
		return emit_load(f, expr_temporary(f, c), type);
	kids_exprs(f->lw, c, &k);
	if (!k.n)
		return constant(f, c);
	if (f->lw->types.v[type].kind == IR_T_VOID) {
		expr_effect(f, k.v[k.n - 1]);
		return emit_const(f, f->lw->t_int, 0);
	}
	v = expr_value(f, k.v[k.n - 1]);
	at(f, c);
	return emit_cast(f, v, type);
}

bool stmt_expr_begin(struct fn *f, CXCursor c, CXCursor *last)
{
	struct kids outer, k;

	kids_all(f->lw, c, &outer);
	if (!outer.n)
		return false;
	kids_all(f->lw, outer.v[0], &k);
	for (uint32_t i = 0; i + 1 < k.n; i++)
		stmt(f, k.v[i]);
	if (!k.n)
		return false;
	*last = stmt_behind_labels(f, k.v[k.n - 1]);
	if (clang_isExpression(clang_getCursorKind(*last)))
		return true;
	if (!clang_Cursor_isNull(*last))
		stmt(f, *last);
	return false;
}

static uint32_t stmt_expr_value(struct fn *f, CXCursor c)
{
	struct cleanup *outer = f->chain;
	CXCursor last;
	uint32_t v;

	if (!stmt_expr_begin(f, c, &last))
		v = emit_const(f, f->lw->t_int, 0);
	else if (clang_getCursorType(c).kind == CXType_Void)
		expr_effect(f, last), v = emit_const(f, f->lw->t_int, 0);
	else
		v = emit_cast(f, expr_value(f, last), type_of_cursor(f->lw, c));
	scope_leave(f, outer);
	return v;
}

static uint32_t label_address(struct fn *f, CXCursor c)
{
	struct kids k;
	uint32_t label;

	kids_all(f->lw, c, &k);
	at(f, c);
	if (!k.n)
		return emit_unknown(f, f->lw->t_pointer, "label");
	label = stmt_label_of(f, k.v[0]);
	f->labels.v[label].address_taken = true;
	return emit_const(f, f->lw->t_pointer, (int64_t)label + 1); /* not null, and no more is known of it */
}

static uint32_t scalar_list(struct fn *f, CXCursor c)
{
	struct kids k;

	kids_exprs(f->lw, c, &k);
	if (k.n)
		return expr_value(f, k.v[0]);
	at(f, c);
	return emit_const(f, type_of_cursor(f->lw, c), 0);
}

static uint32_t value(struct fn *f, CXCursor c)
{
	switch (clang_getCursorKind(c)) {
	case CXCursor_IntegerLiteral:
	case CXCursor_CharacterLiteral:
	case CXCursor_CXXBoolLiteralExpr:
	case CXCursor_UnaryExpr:
		return constant(f, c);
	case CXCursor_FloatingLiteral:
	case CXCursor_ImaginaryLiteral:
		at(f, c);
		return emit(f, (struct ir_ins){.op = IR_FLOAT,
					       .type = type_of_cursor(f->lw, c),
					       .a = {IR_NONE, IR_NONE},
					       .sym = IR_NONE});
	case CXCursor_DeclRefExpr:
		return ref_value(f, c);
	case CXCursor_StringLiteral:
		return string(f, c);
	case CXCursor_MemberRefExpr:
	case CXCursor_ArraySubscriptExpr:
	case CXCursor_CompoundLiteralExpr:
		return emit_load(f, expr_address(f, c), type_of_cursor(f->lw, c));
	case CXCursor_UnaryOperator:
		return operator_unary(f, c);
	case CXCursor_BinaryOperator:
		return operator_binary(f, c);
	case CXCursor_CompoundAssignOperator:
		return operator_compound_assign(f, c);
	case CXCursor_ConditionalOperator:
		return operator_conditional(f, c);
	case CXCursor_CStyleCastExpr:
		return cast_value(f, c);
	case CXCursor_CallExpr:
		return expr_call(f, c);
	case CXCursor_ParenExpr:
	case CXCursor_GenericSelectionExpr:
	case CXCursor_UnexposedExpr:
		return unexposed_value(f, c);
	case CXCursor_StmtExpr:
		return stmt_expr_value(f, c);
	case CXCursor_AddrLabelExpr:
		return label_address(f, c);
	case CXCursor_InitListExpr:
		return scalar_list(f, c);
	default:
		at(f, c);
		return emit_unknown(f, type_of_cursor(f->lw, c), "expression kind");
	}
}

uint32_t expr_value(struct fn *f, CXCursor c)
{
	uint32_t v;

	if (f->nesting > MAX_NESTING) {
		at(f, c);
		return emit_unknown(f, type_of_cursor(f->lw, c), "nesting");
	}
	f->nesting++;
	v = value(f, c);
	f->nesting--;
	return v;
}

static void into_call(struct fn *f, CXCursor c, uint32_t dest)
{
	uint32_t v = expr_value(f, c);

	at(f, c);
	emit_store(f, dest, v);
}

static void into_conditional(struct fn *f, CXCursor c, uint32_t dest)
{
	uint32_t yes = block_new(f), no = block_new(f), join = block_new(f);
	struct kids k;

	kids_exprs(f->lw, c, &k);
	if (k.n != 3)
		return;
	expr_cond(f, k.v[0], yes, no);
	block_start(f, yes);
	expr_into(f, k.v[1], dest);
	end_jump(f, join);
	block_start(f, no);
	expr_into(f, k.v[2], dest);
	block_start(f, join);
}

static void into_binary(struct fn *f, CXCursor c, uint32_t dest)
{
	struct kids k;

	kids_exprs(f->lw, c, &k);
	if (k.n == 2 && clang_getCursorBinaryOperatorKind(c) == CXBinaryOperator_Comma) {
		expr_effect(f, k.v[0]);
		expr_into(f, k.v[1], dest);
		return;
	}
	if (k.n == 2)
		emit_copy(f, dest, operator_binary(f, c), type_size(f->lw, type_of_cursor(f->lw, c)));
}

static void into_stmt_expr(struct fn *f, CXCursor c, uint32_t dest)
{
	struct cleanup *outer = f->chain;
	CXCursor last;

	if (stmt_expr_begin(f, c, &last))
		expr_into(f, last, dest);
	scope_leave(f, outer);
}

static void into_cast(struct fn *f, CXCursor c, uint32_t dest)
{
	uint32_t v;
	struct kids k;

	kids_exprs(f->lw, c, &k);
	if (!k.n)
		return;
	if (type_is_aggregate(f->lw, type_of_cursor(f->lw, k.v[k.n - 1]))) {
		expr_into(f, k.v[k.n - 1], dest);
		return;
	}
	v = expr_value(f, k.v[k.n - 1]);
	at(f, c);
	emit_store(f, emit_cast(f, dest, type_pointer_to(f->lw, value_type(f, v))), v);
}

static void into_copy(struct fn *f, CXCursor c, uint32_t dest)
{
	uint32_t from = expr_address(f, c);

	at(f, c);
	emit_copy(f, dest, from, type_size(f->lw, type_of_cursor(f->lw, c)));
}

static void into_unexposed(struct fn *f, CXCursor c, uint32_t dest)
{
	CXCursor inner = cursor_chosen(f->lw, c);
	struct kids k;

	if (!clang_Cursor_isNull(inner)) {
		expr_into(f, inner, dest);
		return;
	}
	kids_exprs(f->lw, c, &k); /* va_arg of an aggregate */
	emit_store(f, dest, opaque(f, c, &k));
}

void expr_into(struct fn *f, CXCursor c, uint32_t dest)
{
	switch (clang_getCursorKind(c)) {
	case CXCursor_CallExpr:
		into_call(f, c, dest);
		break;
	case CXCursor_ConditionalOperator:
		into_conditional(f, c, dest);
		break;
	case CXCursor_BinaryOperator:
		into_binary(f, c, dest);
		break;
	case CXCursor_StmtExpr:
		into_stmt_expr(f, c, dest);
		break;
	case CXCursor_CStyleCastExpr:
		into_cast(f, c, dest);
		break;
	case CXCursor_ParenExpr:
	case CXCursor_UnexposedExpr:
	case CXCursor_GenericSelectionExpr:
		into_unexposed(f, c, dest);
		break;
	case CXCursor_DeclRefExpr:
	case CXCursor_MemberRefExpr:
	case CXCursor_ArraySubscriptExpr:
	case CXCursor_UnaryOperator:
	case CXCursor_CompoundLiteralExpr:
	case CXCursor_StringLiteral:
		into_copy(f, c, dest);
		break;
	default:
		at(f, c);
		emit_store(f, dest, emit_unknown(f, type_of_cursor(f->lw, c), "aggregate"));
	}
}

static bool effect_operator(struct fn *f, CXCursor c)
{
	struct kids k;
	uint32_t yes, no, join;

	kids_exprs(f->lw, c, &k);
	if (c.kind == CXCursor_BinaryOperator && clang_getCursorBinaryOperatorKind(c) == CXBinaryOperator_Comma) {
		for (uint32_t i = 0; i < k.n; i++)
			expr_effect(f, k.v[i]);
		return true;
	}
	if (c.kind != CXCursor_ConditionalOperator || k.n != 3)
		return false;
	yes = block_new(f), no = block_new(f), join = block_new(f);
	expr_cond(f, k.v[0], yes, no);
	block_start(f, yes);
	if (!block_dead(f))
		expr_effect(f, k.v[1]);
	end_jump(f, join);
	block_start(f, no);
	if (!block_dead(f))
		expr_effect(f, k.v[2]);
	block_start(f, join);
	return true;
}

static void effect_stmt_expr(struct fn *f, CXCursor c)
{
	struct cleanup *outer = f->chain;
	CXCursor last;

	if (stmt_expr_begin(f, c, &last))
		expr_effect(f, last);
	scope_leave(f, outer);
}

static void effect_place(struct fn *f, CXCursor c)
{
	if (type_is_aggregate(f->lw, type_of_cursor(f->lw, c)))
		expr_address(f, c);
	else
		expr_value(f, c);
}

void expr_effect(struct fn *f, CXCursor c)
{
	struct kids k;

	switch (clang_getCursorKind(c)) {
	case CXCursor_BinaryOperator:
	case CXCursor_ConditionalOperator:
		if (!effect_operator(f, c))
			expr_value(f, c);
		break;
	case CXCursor_StmtExpr:
		effect_stmt_expr(f, c);
		break;
	case CXCursor_CStyleCastExpr:
		kids_exprs(f->lw, c, &k);
		if (k.n)
			expr_effect(f, k.v[k.n - 1]);
		break;
	case CXCursor_ParenExpr:
		kids_exprs(f->lw, c, &k);
		if (k.n)
			expr_effect(f, k.v[0]);
		break;
	case CXCursor_DeclRefExpr: /* `(void)x` reads nothing that matters */
		break;
	case CXCursor_InitListExpr:
		break;
	default:
		effect_place(f, c);
	}
}
