/*
 * Functions that only an attribute names (cleanup, alias). libclang has no lookup by name. In a unit parsed whole, all
 * inline functions are noted once. With a precompiled header libclang lists only what the unit adds to it; then the
 * unit is parsed again with a table of the missing functions at its end, whose references lead to the declarations.
 */
#include "lower/internal.h"

#include <string.h>

static const char table_name[] = "drvcheck_named_functions";

static void note(struct lower *lw, CXCursor c)
{
	const char *name = cursor_name(lw, c);

	if (!name)
		return;
	vec_push(lw->unit_mem, &lw->inline_cursors, c);
	table_set(lw->unit_mem, &lw->header_inlines, key_string(name), lw->inline_cursors.n - 1);
}

static enum CXChildVisitResult note_inline(CXCursor c, CXCursor parent, CXClientData data)
{
	if (c.kind == CXCursor_FunctionDecl && clang_Cursor_isFunctionInlined(c))
		note(data, c);
	return CXChildVisit_Continue;
}

static enum CXChildVisitResult note_reference(CXCursor c, CXCursor parent, CXClientData data)
{
	CXCursor decl = c.kind == CXCursor_DeclRefExpr ? clang_getCursorReferenced(c) : clang_getNullCursor();

	if (decl.kind == CXCursor_FunctionDecl)
		note(data, decl);
	return CXChildVisit_Recurse;
}

bool named_is_table(struct lower *lw, CXCursor var)
{
	CXString s = clang_getCursorSpelling(var);
	bool is_table = clang_getCString(s) && strcmp(clang_getCString(s), table_name) == 0;

	clang_disposeString(s);
	if (is_table)
		clang_visitChildren(var, note_reference, lw);
	return is_table;
}

static bool wanted(struct lower *lw, const char *name)
{
	const struct lower_options *opt = lw->opt;

	return !opt || !opt->wants_body || opt->wants_body(opt->ctx, name);
}

uint32_t function_named(struct lower *lw, const char *name)
{
	uint32_t id = table_get(&lw->function_names, key_string(name));

	if (id != IR_NONE)
		return id;
	if (!lw->header_inlines_known) {
		lw->header_inlines_known = true;
		clang_visitChildren(clang_getTranslationUnitCursor(lw->tu), note_inline, lw);
	}
	id = table_get(&lw->header_inlines, key_string(name));
	if (id != IR_NONE)
		return function_of(lw, lw->inline_cursors.v[id]);
	if (wanted(lw, name))
		vec_push(lw->unit_mem, &lw->missing, name);
	return function_add(lw, (struct ir_function){.name = name, .key = name, .type = lw->t_void},
			    (struct source){.type = type_function(lw, lw->t_void)});
}

static char *with_table(const struct lower *lw, const char *text, size_t size)
{
	char *out = arena_strndup(lw->unit_mem, text, size);

	out = arena_printf(lw->unit_mem, "%s\nstatic void *const %s[] __attribute__((unused)) = {", out, table_name);
	for (uint32_t i = 0; i < lw->missing.n; i++)
		out = arena_printf(lw->unit_mem, "%s (void *)%s,", out, lw->missing.v[i]);
	return arena_printf(lw->unit_mem, "%s };\n", out);
}

/* Invalidates all cursors. FALSE when the unit is as it was. */
bool named_reparse(struct lower *lw, CXFile main_file)
{
	struct CXUnsavedFile unsaved;
	CXString name;
	size_t size;
	const char *text = main_file ? clang_getFileContents(lw->tu, main_file, &size) : NULL;
	int code;

	if (!text)
		return false;
	name = clang_getFileName(main_file);
	unsaved.Filename = clang_getCString(name);
	unsaved.Contents = with_table(lw, text, size);
	unsaved.Length = (unsigned long)strlen(unsaved.Contents);
	code = clang_reparseTranslationUnit(lw->tu, 1, &unsaved, clang_defaultReparseOptions(lw->tu));
	clang_disposeString(name);
	return code == 0;
}
