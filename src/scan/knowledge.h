/*
 * What is known before anything is analysed: rules/, of functions and of the order in which the kernel calls a driver;
 * and what earlier scans learned of functions.
 */
#ifndef SCAN_KNOWLEDGE_H
#define SCAN_KNOWLEDGE_H

#include "lifecycle/protocol.h"
#include "model/model.h"
#include "scan/memory.h"

struct knowledge {
	struct model *model;
	struct protocols *protocols; /* NULL: the rules have none, no callback is known */
	struct memory *memory;	     /* NULL: nothing is remembered */
	char **no_managed; /* beginnings of paths where maintainers want no managed resources introduced; may be NULL */
	char **optional;   /* "ops_type.slot" of callbacks that a driver need not have; may be NULL */
	guint64 hash;	   /* of all that and of this program: what results depend on besides the sources */
};

/* `given` as for tree_rules(). FALSE with err set; then there is nothing to clear. */
gboolean knowledge_load(struct knowledge *k, const char *given, GError **err);
/*
 * Adds what is remembered of functions: the file `given`, else .drvcheck/summaries under `root`, else what comes with
 * drvcheck for that kernel release or one that is near. FALSE with err set.
 */
gboolean knowledge_remember(struct knowledge *k, const char *given, const char *root, GError **err);
/* Zeroed knowledge is fine. */
void knowledge_clear(struct knowledge *k);
/* `file` as findings name it. */
bool knowledge_wants_no_managed(const struct knowledge *k, const char *file);
/* For lowering: a header's inline is only looked into when no rule says what it does. `ctx` is the knowledge. */
bool knowledge_wants_body(const void *ctx, const char *function);

#endif
