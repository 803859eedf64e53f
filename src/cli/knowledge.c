#include "cli/knowledge.h"

#include "cli/tree.h"

static struct protocols *load_protocols(const char *rules, GError **err)
{
	char *directory = g_build_filename(rules, "protocols", NULL);
	struct protocols *p = protocols_load(directory, err);

	g_free(directory);
	return p;
}

gboolean knowledge_load(struct knowledge *k, const char *given, GError **err)
{
	char *rules = tree_rules(given, err);

	*k = (struct knowledge){0};
	if (rules)
		k->model = model_load(rules, err);
	if (k->model)
		k->protocols = load_protocols(rules, err);
	g_free(rules);
	if (!k->protocols)
		knowledge_clear(k);
	return k->protocols != NULL;
}

void knowledge_clear(struct knowledge *k)
{
	if (k->protocols)
		protocols_free(k->protocols);
	if (k->model)
		model_free(k->model);
	*k = (struct knowledge){0};
}

bool knowledge_wants_body(const void *ctx, const char *function)
{
	const struct knowledge *k = ctx;

	return !model_api(k->model, function);
}
