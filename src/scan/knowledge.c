#include "scan/knowledge.h"

#include "scan/tree.h"

#include <glib/gstdio.h>
#include <string.h>
#include <xxhash.h>

static gboolean has_protocols(const char *directory)
{
	GDir *d = g_dir_open(directory, 0, NULL);
	const char *name = NULL;

	while (d && (name = g_dir_read_name(d)) && !g_str_has_suffix(name, ".yaml"))
		;
	if (d)
		g_dir_close(d);
	return name != NULL;
}

/* A version number does not tell two builds apart. */
static guint64 hash_program(void)
{
	GStatBuf st;
	gint64 what[4] = {0};

	if (g_stat("/proc/self/exe", &st) == 0) {
		what[0] = st.st_size;
		what[1] = st.st_mtim.tv_sec;
		what[2] = st.st_mtim.tv_nsec;
		what[3] = (gint64)st.st_ino;
	}
	return XXH64(what, sizeof(what), 0);
}

/* One a line; a line that begins with # is for people. */
static char **load_lines(const char *directory, const char *name)
{
	g_autofree char *path = g_build_filename(directory, name, NULL), *text = NULL;
	GStrvBuilder *b = g_strv_builder_new();
	char **lines;

	if (g_file_get_contents(path, &text, NULL, NULL)) {
		g_auto(GStrv) all = g_strsplit(text, "\n", -1);

		for (char **l = all; *l; l++)
			if (*g_strstrip(*l) && **l != '#')
				g_strv_builder_add(b, *l);
	}
	lines = g_strv_builder_end(b);
	g_strv_builder_unref(b);
	return lines;
}

gboolean knowledge_load(struct knowledge *k, const char *given, GError **err)
{
	char *rules = tree_rules(given, err), *protocols = NULL;
	gboolean ok;

	*k = (struct knowledge){0};
	if (rules)
		k->model = model_load(rules, err);
	ok = k->model != NULL;
	if (ok)
		protocols = g_build_filename(rules, "protocols", NULL);
	if (ok && has_protocols(protocols))
		ok = (k->protocols = protocols_load(protocols, err)) != NULL;
	if (ok) {
		k->no_managed = load_lines(rules, "no-managed.txt");
		k->optional = load_lines(rules, "optional-slots.txt");
	}
	if (ok)
		k->hash = hash_program() ^ tree_hash(rules, ".yaml") * 3 ^ tree_hash(protocols, ".yaml") * 7 ^
			  tree_hash(rules, ".txt") * 11;
	g_free(protocols);
	g_free(rules);
	if (!ok)
		knowledge_clear(k);
	return ok;
}

gboolean knowledge_remember(struct knowledge *k, const char *given, const char *root, GError **err)
{
	gboolean other = FALSE, ok = TRUE;
	char *bundled = given ? g_strdup(given) : tree_summaries(root, &other);
	char *own = given || !root ? NULL : g_build_filename(root, ".drvcheck", "summaries", NULL);

	k->memory = memory_new();
	/* What the tree itself has taught goes before what comes with us. */
	if (own && g_file_test(own, G_FILE_TEST_EXISTS))
		ok = memory_load(k->memory, own, FALSE, err);
	else if (bundled)
		ok = memory_load(k->memory, bundled, other, err);
	k->hash ^= memory_hash(k->memory);
	g_free(own);
	g_free(bundled);
	return ok;
}

bool knowledge_wants_no_managed(const struct knowledge *k, const char *file)
{
	for (char *const *below = k->no_managed; below && *below; below++)
		if (g_str_has_prefix(file, *below))
			return true;
	return false;
}

void knowledge_clear(struct knowledge *k)
{
	if (k->protocols)
		protocols_free(k->protocols);
	if (k->model)
		model_free(k->model);
	memory_free(k->memory);
	g_strfreev(k->no_managed);
	g_strfreev(k->optional);
	*k = (struct knowledge){0};
}

bool knowledge_wants_body(const void *ctx, const char *function)
{
	const struct knowledge *k = ctx;

	return !model_api(k->model, function);
}
