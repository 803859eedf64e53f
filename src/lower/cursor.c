#include "lower/internal.h"

#include <string.h>

static enum CXChildVisitResult collect(CXCursor c, CXCursor parent, CXClientData data)
{
	struct kids *k = data;

	if (k->exprs_only && !clang_isExpression(c.kind))
		return CXChildVisit_Continue;
	if (k->n == k->room) {
		CXCursor *old = k->v;

		k->room *= 2;
		k->v = ARENA_ARRAY(k->a, CXCursor, k->room);
		memcpy(k->v, old, sizeof(*old) * k->n);
	}
	k->v[k->n++] = c;
	return CXChildVisit_Continue;
}

static void kids_collect(struct lower *lw, CXCursor c, struct kids *k, bool exprs_only)
{
	k->v = k->few;
	k->n = 0;
	k->room = sizeof(k->few) / sizeof(k->few[0]);
	k->exprs_only = exprs_only;
	k->a = lw->fn_mem;
	clang_visitChildren(c, collect, k);
}

void kids_all(struct lower *lw, CXCursor c, struct kids *k)
{
	kids_collect(lw, c, k, false);
}

/* Casts, literals and declarations also have their type's parts as children; this leaves out all but expressions. */
void kids_exprs(struct lower *lw, CXCursor c, struct kids *k)
{
	kids_collect(lw, c, k, true);
}

const char *cursor_name(struct lower *lw, CXCursor c)
{
	CXString s = clang_getCursorSpelling(c);
	const char *text = clang_getCString(s);
	const char *name = text && *text && !strchr(text, '(') ? intern_str(lw->u->strings, text) : NULL;

	clang_disposeString(s);
	return name;
}

/* Requires an expression without side effects: libclang evaluates `f(), 3` to 3. */
bool cursor_eval(CXCursor c, int64_t *value)
{
	CXEvalResult r = clang_Cursor_Evaluate(c);
	bool ok;

	if (!r)
		return false;
	ok = clang_EvalResult_getKind(r) == CXEval_Int;
	if (ok && clang_EvalResult_isUnsignedInt(r))
		*value = (int64_t)clang_EvalResult_getAsUnsigned(r);
	else if (ok)
		*value = clang_EvalResult_getAsLongLong(r);
	clang_EvalResult_dispose(r);
	return ok;
}

bool cursor_same_place(CXCursor a, CXCursor b)
{
	return clang_getCursorLocation(a).int_data == clang_getCursorLocation(b).int_data;
}

static enum CXChildVisitResult find_label(CXCursor c, CXCursor parent, CXClientData data)
{
	if (c.kind == CXCursor_LabelStmt || c.kind == CXCursor_CaseStmt || c.kind == CXCursor_DefaultStmt) {
		*(bool *)data = true;
		return CXChildVisit_Break;
	}
	return CXChildVisit_Recurse;
}

bool cursor_contains_label(CXCursor c)
{
	bool found = false;

	if (c.kind == CXCursor_NullStmt || c.kind == CXCursor_ReturnStmt || c.kind == CXCursor_GotoStmt)
		return false;
	find_label(c, c, &found);
	if (!found)
		clang_visitChildren(c, find_label, &found);
	return found;
}

/*
 * Implicit casts, designated initialisers, __builtin_types_compatible_p, offsetof, va_arg and more are all
 * "UnexposedExpr". An implicit cast is the one that stands where its only operand stands; the others start at a token
 * of their own.
 */
bool cursor_is_implicit(CXCursor c, const struct kids *exprs)
{
	return exprs->n == 1 && cursor_same_place(c, exprs->v[0]);
}

/* Designated initialisers are the expressions that libclang gives the type void inside an initialiser list. */
bool cursor_is_designated(CXCursor c)
{
	return c.kind == CXCursor_UnexposedExpr && clang_getCursorType(c).kind == CXType_Void;
}

/* The association that has the type, and if it is a constant the value, of the whole. */
CXCursor cursor_generic_choice(struct lower *lw, CXCursor c)
{
	CXType want = clang_getCursorType(c);
	int64_t value = 0, candidate;
	bool constant;
	struct kids k;

	kids_exprs(lw, c, &k);
	constant = cursor_eval(c, &value);
	for (uint32_t i = 1; i < k.n; i++)
		if (clang_equalTypes(clang_getCursorType(k.v[i]), want) &&
		    (!constant || (cursor_eval(k.v[i], &candidate) && candidate == value)))
			return k.v[i];
	for (uint32_t i = 1; i < k.n; i++)
		if (type_of_cursor(lw, k.v[i]) == type_of(lw, want))
			return k.v[i];
	return k.n > 1 ? k.v[k.n - 1] : clang_getNullCursor();
}

static CXCursor chosen_of_unexposed(CXCursor c, const struct kids *k)
{
	int64_t which;

	if (cursor_is_implicit(c, k))
		return k->v[0];
	if (k->n == 3 && !cursor_same_place(c, k->v[0]) && cursor_eval(k->v[0], &which))
		return k->v[which ? 1 : 2];
	return clang_getNullCursor();
}

CXCursor cursor_chosen(struct lower *lw, CXCursor c)
{
	struct kids k;

	if (c.kind == CXCursor_GenericSelectionExpr)
		return cursor_generic_choice(lw, c);
	if (c.kind != CXCursor_ParenExpr && c.kind != CXCursor_UnexposedExpr)
		return clang_getNullCursor();
	kids_exprs(lw, c, &k);
	if (c.kind == CXCursor_ParenExpr)
		return k.n ? k.v[0] : clang_getNullCursor();
	return chosen_of_unexposed(c, &k);
}

CXCursor cursor_strip(struct lower *lw, CXCursor c)
{
	CXCursor inner = cursor_chosen(lw, c);

	while (!clang_Cursor_isNull(inner)) {
		c = inner;
		inner = cursor_chosen(lw, c);
	}
	return c;
}
