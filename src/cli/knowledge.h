/* What rules/ says, loaded: of functions, and of the order in which the kernel calls a driver. */
#ifndef CLI_KNOWLEDGE_H
#define CLI_KNOWLEDGE_H

#include "lifecycle/protocol.h"
#include "model/model.h"

struct knowledge {
	struct model *model;
	struct protocols *protocols; /* NULL: the rules have none, no callback is known */
	guint64 hash; /* of the rules' text and of this program: what results depend on besides the sources */
};

/* `given` as for tree_rules(). FALSE with err set; then there is nothing to clear. */
gboolean knowledge_load(struct knowledge *k, const char *given, GError **err);
/* Zeroed knowledge is fine. */
void knowledge_clear(struct knowledge *k);
/* For lowering: a header's inline is only looked into when no rule says what it does. `ctx` is the knowledge. */
bool knowledge_wants_body(const void *ctx, const char *function);

#endif
