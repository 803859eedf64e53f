/*
 * In a unit that includes a header that is not there, the compiler goes on and leaves gaps where it understands
 * nothing. What such a gap is in, or refers to, is left out: its IR would be wrong, not just poor.
 *
 * Broken is a declaration with an error inside it, of a function only if that is before its body; a record that holds
 * a broken one by value; and an expression without a type, which is what clang makes of a reference to something broken
 * without saying anything.
 */
#include "lower/internal.h"

#include <string.h>

static bool place_at(struct lower *lw, CXSourceLocation l, struct place *p)
{
	CXFile file;

	clang_getFileLocation(l, &file, NULL, NULL, &p->offset);
	if (file)
		p->file = file_id(lw, file);
	return file != NULL;
}

void broken_find(struct lower *lw)
{
	unsigned int n = lw->opt && lw->opt->leave_out ? clang_getNumDiagnostics(lw->tu) : 0;

	for (unsigned int i = 0; i < n; i++) {
		CXDiagnostic d = clang_getDiagnostic(lw->tu, i);
		struct place p;

		if (clang_getDiagnosticSeverity(d) >= CXDiagnostic_Error &&
		    place_at(lw, clang_getDiagnosticLocation(d), &p))
			vec_push(lw->unit_mem, &lw->errors, p);
		clang_disposeDiagnostic(d);
	}
}

/* How many characters from here to the semicolon that ends the declaration. */
static unsigned int rest_of_declaration(struct lower *lw, CXSourceLocation from)
{
	const char *end, *text = text_seen(lw, from, &end), *p = text;
	int depth = 0;

	for (; p && p < end && (*p != ';' || depth > 0); p++)
		depth += (*p == '{') - (*p == '}');
	return p ? (unsigned int)(p - text) : 0;
}

/* Of an initialiser with errors clang keeps nothing: the variable seems to end before it. */
static bool error_in_range(struct lower *lw, CXSourceLocation from, CXSourceLocation to, bool is_variable)
{
	struct place a, z;

	if (!place_at(lw, from, &a) || !place_at(lw, to, &z) || a.file != z.file)
		return false;
	if (is_variable)
		z.offset += rest_of_declaration(lw, to);
	for (uint32_t i = 0; i < lw->errors.n; i++) {
		const struct place *e = &lw->errors.v[i];

		if (e->file == a.file && e->offset >= a.offset && e->offset <= z.offset)
			return true;
	}
	return false;
}

static enum CXChildVisitResult find_body(CXCursor c, CXCursor parent, CXClientData data)
{
	if (c.kind == CXCursor_CompoundStmt)
		*(CXSourceLocation *)data = clang_getCursorLocation(c);
	return CXChildVisit_Continue;
}

/* A function's body does not make its declaration wrong. */
static bool error_in(struct lower *lw, CXCursor decl)
{
	CXSourceRange range = clang_getCursorExtent(decl);
	CXSourceLocation end = clang_getRangeEnd(range);

	if (decl.kind == CXCursor_FunctionDecl)
		clang_visitChildren(decl, find_body, &end);
	return error_in_range(lw, clang_getRangeStart(range), end, decl.kind == CXCursor_VarDecl);
}

static bool is_broken(struct lower *lw, CXCursor decl);

static CXCursor record_held(CXType type)
{
	type = clang_getCanonicalType(type);
	while (type.kind == CXType_ConstantArray || type.kind == CXType_IncompleteArray)
		type = clang_getCanonicalType(clang_getArrayElementType(type));
	return type.kind == CXType_Record ? clang_getTypeDeclaration(type) : clang_getNullCursor();
}

struct look {
	struct lower *lw;
	bool broken;
};

static enum CXVisitorResult look_at_field(CXCursor field, CXClientData data)
{
	struct look *l = data;

	l->broken = is_broken(l->lw, record_held(clang_getCursorType(field)));
	return l->broken ? CXVisit_Break : CXVisit_Continue;
}

static bool look_into(struct lower *lw, CXCursor decl)
{
	struct look l = {lw, error_in(lw, decl)};
	CXCursor parent = clang_getCursorSemanticParent(decl);

	if (!l.broken && (decl.kind == CXCursor_StructDecl || decl.kind == CXCursor_UnionDecl))
		clang_Type_visitFields(clang_getCursorType(decl), look_at_field, &l);
	if (!l.broken && (decl.kind == CXCursor_FieldDecl || decl.kind == CXCursor_EnumConstantDecl))
		l.broken = is_broken(lw, parent);
	if (!l.broken && decl.kind == CXCursor_VarDecl)
		l.broken = is_broken(lw, record_held(clang_getCursorType(decl)));
	return l.broken;
}

static bool is_broken(struct lower *lw, CXCursor decl)
{
	CXCursor definition;
	uint32_t known;

	if (clang_Cursor_isNull(decl) || !clang_isDeclaration(decl.kind))
		return false;
	definition = clang_getCursorDefinition(decl);
	decl = clang_Cursor_isNull(definition) ? decl : definition;
	known = table_get(&lw->broken, key_cursor(decl));
	if (known == IR_NONE) {
		known = look_into(lw, decl);
		table_set(lw->unit_mem, &lw->broken, key_cursor(decl), known);
	}
	return known;
}

/* Naming a type where no object of it is needed, as in a pointer's declaration or a cast, is harmless. */
static bool names_only(CXCursor parent)
{
	switch (parent.kind) {
	case CXCursor_VarDecl:
	case CXCursor_ParmDecl:
	case CXCursor_FunctionDecl:
	case CXCursor_CStyleCastExpr:
		return true;
	default:
		return false;
	}
}

static enum CXChildVisitResult look_at(CXCursor c, CXCursor parent, CXClientData data)
{
	struct look *l = data;
	CXType type = clang_getCursorType(c);

	if (c.kind == CXCursor_TypeRef)
		l->broken = !names_only(parent) && is_broken(l->lw, clang_getCursorReferenced(c));
	else if (c.kind == CXCursor_VarDecl || c.kind == CXCursor_ParmDecl)
		l->broken = is_broken(l->lw, record_held(type));
	else if (clang_isExpression(c.kind))
		l->broken = type.kind == CXType_Dependent || type.kind == CXType_Invalid ||
			    is_broken(l->lw, record_held(type)) || is_broken(l->lw, clang_getCursorReferenced(c));
	return l->broken ? CXChildVisit_Break : CXChildVisit_Recurse;
}

bool broken_definition(struct lower *lw, CXCursor c)
{
	CXSourceRange range = clang_getCursorExtent(c);
	struct look l = {lw, false};

	if (!lw->errors.n)
		return false;
	if (error_in_range(lw, clang_getRangeStart(range), clang_getRangeEnd(range), c.kind == CXCursor_VarDecl))
		return true;
	clang_visitChildren(c, look_at, &l);
	return l.broken;
}
