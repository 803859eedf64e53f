/*
 * `__attribute__((cleanup(f)))`: libclang shows an attribute without its argument; only the pretty-printed declaration
 * names the function. f->chain is the stack of variables with cleanups in scope, a persistent list, so that a goto can
 * compare where it starts with where it ends.
 */
#include "lower/internal.h"

#include <ctype.h>
#include <string.h>

struct attribute_search {
	bool found;
};

static enum CXChildVisitResult find_attribute(CXCursor c, CXCursor parent, CXClientData data)
{
	if (c.kind != CXCursor_UnexposedAttr)
		return CXChildVisit_Continue;
	((struct attribute_search *)data)->found = true;
	return CXChildVisit_Break;
}

const char *cleanup_attribute(struct lower *lw, CXCursor decl, const char *attribute)
{
	CXPrintingPolicy policy = clang_getCursorPrintingPolicy(decl);
	CXString s = clang_getCursorPrettyPrinted(decl, policy);
	const char *text = clang_getCString(s), *p = text ? strstr(text, attribute) : NULL, *name = NULL;
	size_t n = 0;

	if (p) {
		for (p += strlen(attribute); *p == '"' || *p == ' ';)
			p++;
		while (isalnum((unsigned char)p[n]) || p[n] == '_')
			n++;
		name = n ? intern_str(lw->u->strings, arena_strndup(lw->fn_mem, p, n)) : NULL;
	}
	clang_disposeString(s);
	clang_PrintingPolicy_dispose(policy);
	return name;
}

void cleanup_declare(struct fn *f, CXCursor var, uint32_t local)
{
	struct attribute_search search = {false};
	const char *name;
	struct cleanup *node;

	if (!clang_Cursor_hasAttrs(var))
		return;
	clang_visitChildren(var, find_attribute, &search);
	name = search.found ? cleanup_attribute(f->lw, var, "__attribute__((cleanup(") : NULL;
	if (!name)
		return;
	node = ARENA_NEW(f->lw->fn_mem, struct cleanup);
	node->outer = f->chain;
	node->depth = f->chain ? f->chain->depth + 1 : 1;
	node->local = local;
	node->function = function_named(f->lw, name);
	f->chain = node;
}

/* Calls the cleanups of the scopes between `from` (inside) and `to` (outside), innermost first. */
void cleanup_run(struct fn *f, struct cleanup *from, struct cleanup *to)
{
	if (f->cur == IR_NONE)
		return;
	for (; from && from != to && from->depth > (to ? to->depth : 0); from = from->outer) {
		uint32_t address = emit_local(f, from->local), call;

		call = emit_list(f, IR_CALL, f->lw->functions.v[from->function].type, &address, 1, NULL);
		f->ins.v[call].sym = from->function;
		if (!block_dead(f))
			function_want(f->lw, from->function, f->depth + 1);
	}
}

void scope_leave(struct fn *f, struct cleanup *outer)
{
	cleanup_run(f, f->chain, outer);
	f->chain = outer;
}

struct cleanup *cleanup_common(struct cleanup *a, struct cleanup *b)
{
	while (a != b) {
		uint32_t da = a ? a->depth : 0, db = b ? b->depth : 0;

		if (a && da >= db)
			a = a->outer;
		if (b && db >= da)
			b = b->outer;
	}
	return a;
}
