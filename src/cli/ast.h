/* The clang cursors of a unit's main file as text: what lowering gets to see. */
#ifndef CLI_AST_H
#define CLI_AST_H

#include <clang-c/Index.h>
#include <stdio.h>

/* `function` NULL: all. An exit code. */
int ast_dump(FILE *out, CXTranslationUnit tu, const char *function);

#endif
