/*
 * Lowering: one libclang translation unit -> one IR unit. Total: what cannot be expressed becomes UNKNOWN and is
 * counted.
 *
 * Lowered are the functions and globals of the main file, of other source files that it includes (*.c, *.h below the
 * driver's own directory), and, on demand, static inline functions of headers that lowered code calls and for which
 * wants_body() says yes; of everything else the declaration only.
 */
#ifndef LOWER_LOWER_H
#define LOWER_LOWER_H

#include "ir/ir.h"

#include <clang-c/Index.h>

struct lower_options {
	/* Strip this prefix from absolute file names, so that findings name files relative to the tree. May be NULL. */
	const char *root;
	/* Should the body of this header inline be lowered? NULL: all of them, to a bounded depth. */
	bool (*wants_body)(const void *ctx, const char *function);
	const void *ctx;
	/* Leave out, and list in left_out, what an error of the compiler makes doubtful. */
	bool leave_out;
};

/* Everything of the result lives in `a`. Runs ir_cfg on every function. Never fails. */
struct ir_unit *lower_unit(struct arena *a, CXTranslationUnit tu, const char *main_file,
			   const struct lower_options *opt);

#endif
