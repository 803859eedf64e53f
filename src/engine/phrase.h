/* Which way a path takes, in the words of the source. Texts are in the arena, or constant. */
#ifndef ENGINE_PHRASE_H
#define ENGINE_PHRASE_H

#include "ir/ir.h"

/* "list_empty(&q->head)"; NULL when it cannot be said, or is too long. g_free. */
char *phrase_value(const struct ir_unit *u, const struct ir_function *f, uint32_t v);
/* "here 'list_empty(&q->head)' is false". */
const char *phrase_branch(struct arena *a, const struct ir_unit *u, const struct ir_function *f, uint32_t branch,
			  bool truth);
/* "here 'mode' is 3"; `way`: the successor of the switch. */
const char *phrase_case(struct arena *a, const struct ir_unit *u, const struct ir_function *f, uint32_t ins,
			uint32_t way);

#endif
