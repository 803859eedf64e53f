/* Calls; the few compiler builtins that have no meaning as calls. */
#include "lower/internal.h"

#include <string.h>

static bool direct_callee(struct fn *f, CXCursor callee, uint32_t *function)
{
	CXCursor decl = clang_getCursorReferenced(callee);

	if (decl.kind != CXCursor_FunctionDecl || callee.kind == CXCursor_CallExpr)
		return false;
	*function = function_of(f->lw, decl);
	return true;
}

CXCursor expr_call_expect(struct fn *f, CXCursor c)
{
	uint32_t function;
	struct kids k;

	kids_exprs(f->lw, c, &k);
	if (k.n < 2 || !direct_callee(f, k.v[0], &function) || f->lw->sources.v[function].builtin != BUILTIN_EXPECT)
		return clang_getNullCursor();
	return k.v[1];
}

/* Fortification asks for sizes the compiler may know; "not known" is -1, or 0 for the minimum (types 2 and 3). */
static uint32_t object_size(struct fn *f, CXCursor c, const struct kids *k)
{
	int64_t v = -1, which = 0;

	if (!cursor_eval(c, &v))
		v = k->n > 2 && cursor_eval(k->v[2], &which) && which >= 2 ? 0 : -1;
	at(f, c);
	return emit_const(f, type_of_cursor(f->lw, c), v);
}

/* TRUE when `c` calls a builtin that is no call in the IR; its value is then in *v. */
static bool call_builtin(struct fn *f, CXCursor c, const struct kids *k, enum builtin builtin, uint32_t *v)
{
	uint32_t type = type_of_cursor(f->lw, c);
	int64_t known = 0;

	switch (builtin) {
	case BUILTIN_EXPECT:
		if (k->n < 2)
			return false;
		*v = emit_cast(f, expr_value(f, k->v[1]), type);
		return true;
	case BUILTIN_CONSTANT_P:
		if (!cursor_eval(c, &known))
			known = 0;
		at(f, c);
		*v = emit_const(f, type, known);
		return true;
	case BUILTIN_OBJECT_SIZE:
		*v = object_size(f, c, k);
		return true;
	case BUILTIN_UNREACHABLE:
		at(f, c);
		end_unreachable(f);
		*v = emit_const(f, f->lw->t_int, 0);
		return true;
	case BUILTIN_FOLDABLE:
		if (f->lw->types.v[type].kind != IR_T_INT || !cursor_eval(c, &known))
			return false;
		at(f, c);
		*v = emit_const(f, type, known);
		return true;
	case BUILTIN_NONE:
		break;
	}
	return false;
}

static uint32_t emit_call(struct fn *f, CXCursor c, uint32_t function, uint32_t callee, const uint32_t *args,
			  uint32_t n)
{
	uint32_t type = type_of_cursor(f->lw, c), v;

	at(f, c);
	v = emit_list(f, IR_CALL, type, args, n, NULL);
	f->ins.v[v].sym = function;
	f->ins.v[v].a[0] = callee;
	if (function != IR_NONE && !block_dead(f))
		function_want(f->lw, function, f->depth + 1);
	if (function != IR_NONE && f->lw->functions.v[function].is_noreturn)
		end_unreachable(f);
	return v;
}

/* `(f)(x)`, or a _Generic that chooses among functions, is still a direct call. */
static uint32_t computed_callee(struct fn *f, CXCursor callee, uint32_t *function)
{
	uint32_t v = expr_value(f, callee);

	if (f->ins.v[v].op != IR_FUNC)
		return v;
	*function = f->ins.v[v].sym;
	return IR_NONE;
}

uint32_t expr_call(struct fn *f, CXCursor c)
{
	uint32_t function = IR_NONE, callee = IR_NONE, v, *args;
	struct kids k;

	kids_exprs(f->lw, c, &k);
	if (!k.n) {
		at(f, c);
		return emit_unknown(f, type_of_cursor(f->lw, c), "call");
	}
	if (!direct_callee(f, k.v[0], &function))
		callee = computed_callee(f, k.v[0], &function);
	else if (call_builtin(f, c, &k, f->lw->sources.v[function].builtin, &v))
		return v;
	args = ARENA_ARRAY(f->lw->fn_mem, uint32_t, k.n);
	for (uint32_t i = 1; i < k.n; i++)
		args[i - 1] = expr_value(f, k.v[i]);
	return emit_call(f, c, function, callee, args, k.n - 1);
}
