#include "cli/ast.h"

#include "cli/commands.h"

#include <string.h>

struct dump {
	FILE *out;
	const char *function;
	int depth;
	int found;
};

static void print_text(FILE *out, const char *before, CXString s)
{
	const char *text = clang_getCString(s);

	if (text && *text)
		fprintf(out, "%s%s", before, text);
	clang_disposeString(s);
}

static void print_cursor(struct dump *d, CXCursor c)
{
	unsigned int line, column;

	clang_getExpansionLocation(clang_getCursorLocation(c), NULL, &line, &column, NULL);
	fprintf(d->out, "%*s", d->depth * 2, "");
	print_text(d->out, "", clang_getCursorKindSpelling(clang_getCursorKind(c)));
	print_text(d->out, " ", clang_getCursorSpelling(c));
	print_text(d->out, " : ", clang_getTypeSpelling(clang_getCursorType(c)));
	fprintf(d->out, "  @%u:%u\n", line, column);
}

static enum CXChildVisitResult visit(CXCursor c, CXCursor parent, CXClientData data)
{
	struct dump *d = data;

	(void)parent;
	print_cursor(d, c);
	d->depth++;
	clang_visitChildren(c, visit, d);
	d->depth--;
	return CXChildVisit_Continue;
}

static int is_wanted(const struct dump *d, CXCursor c)
{
	CXString s = clang_getCursorSpelling(c);
	const char *name = clang_getCString(s);
	int yes = !d->function || (name && strcmp(name, d->function) == 0);

	clang_disposeString(s);
	return yes;
}

static enum CXChildVisitResult visit_top(CXCursor c, CXCursor parent, CXClientData data)
{
	struct dump *d = data;

	if (!clang_Location_isFromMainFile(clang_getCursorLocation(c)) || !is_wanted(d, c))
		return CXChildVisit_Continue;
	d->found = 1;
	return visit(c, parent, data);
}

int ast_dump(FILE *out, CXTranslationUnit tu, const char *function)
{
	struct dump d = {.out = out, .function = function};

	clang_visitChildren(clang_getTranslationUnitCursor(tu), visit_top, &d);
	if (function && !d.found) {
		say("the file has no %s", function);
		return EXIT_FAULT;
	}
	return EXIT_CLEAN;
}
