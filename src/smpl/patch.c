/*
 * Reading semantic patches: the comment header is the contract between a patch and the scan, so a header that lacks
 * something is an error, not a default.
 */
#include "smpl/patch.h"

#include "smpl/smpl.h"

#include <string.h>

G_DEFINE_QUARK(smpl - error - quark, smpl_error)

void smpl_patch_free(void *patch)
{
	struct smpl_patch *p = patch;

	if (!p)
		return;
	g_free(p->name);
	g_free(p->path);
	g_free(p->rule);
	g_free(p->what);
	g_strfreev(p->not_below);
	g_free(p->resource);
	g_free(p->acquire);
	g_free(p->release);
	g_ptr_array_unref(p->groups);
	g_ptr_array_unref(p->file_groups);
	g_ptr_array_unref(p->regexes);
	g_free(p->body);
	g_free(p->options);
	g_free(p);
}

static char *stem(const char *path)
{
	g_autofree char *base = g_path_get_basename(path);

	return g_strndup(base, strlen(base) - (g_str_has_suffix(base, ".cocci") ? strlen(".cocci") : 0));
}

static struct smpl_patch *patch_new(const char *path)
{
	struct smpl_patch *p = g_new0(struct smpl_patch, 1);

	p->name = stem(path);
	p->path = g_strdup(path);
	p->groups = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
	p->file_groups = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
	p->regexes = g_ptr_array_new_with_free_func((GDestroyNotify)g_regex_unref);
	return p;
}

/*
 * The header as a table: "// key: value" starts an entry, a line that is indented further continues it; it ends with
 * the first line that is no comment.
 */
static GHashTable *header_read(const char *body)
{
	GHashTable *t = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	g_auto(GStrv) lines = g_strsplit(body, "\n", -1);
	const char *last = NULL;

	for (char **l = lines; *l && g_str_has_prefix(*l, "//"); l++) {
		const char *text = *l + 2, *colon = strchr(text, ':');

		if (text[0] == ' ' && g_ascii_isalpha(text[1]) && colon) {
			char *key = g_ascii_strdown(text + 1, colon - text - 1);

			g_hash_table_replace(t, key, g_strstrip(g_strdup(colon + 1)));
			last = key;
		} else if (last) {
			g_autofree char *more = g_strstrip(g_strdup(text));
			char *joined = g_strjoin(" ", g_hash_table_lookup(t, last), more, NULL);
			char *key = g_strdup(last);

			g_hash_table_replace(t, key, joined);
			last = key;
		}
	}
	return t;
}

static gboolean patch_fault(GError **err, const struct smpl_patch *p, const char *what, const char *detail)
{
	g_set_error(err, SMPL_ERROR, SMPL_ERROR_PATCH, "%s: %s '%s' in the header", p->path, what, detail);
	return FALSE;
}

/* "a|b & c" -> ((a, b), (c)) */
static void tokens_parse(GPtrArray *into, const char *text)
{
	g_auto(GStrv) groups = g_strsplit(text, "&", -1);

	for (char **g = groups; *g; g++) {
		char **alternatives = g_strsplit(*g, "|", -1);

		for (char **a = alternatives; *a; a++)
			g_strstrip(*a);
		g_ptr_array_add(into, alternatives);
	}
}

static gboolean regexes_parse(struct smpl_patch *p, const char *text, GError **err)
{
	GRegex *r = g_regex_new(text, G_REGEX_OPTIMIZE | G_REGEX_DOTALL, 0, err);

	if (!r) {
		g_prefix_error(err, "%s: match: ", p->path);
		return FALSE;
	}
	g_ptr_array_add(p->regexes, r);
	return TRUE;
}

static gboolean header_apply(struct smpl_patch *p, GHashTable *h, GError **err)
{
	static const char *const needed[] = {"what", "why", "caveats", "confidence", "rule", "tokens", NULL};
	const char *scope = g_hash_table_lookup(h, "scope"), *match = g_hash_table_lookup(h, "match");
	const char *file_tokens = g_hash_table_lookup(h, "file-tokens");
	const char *not_below = g_hash_table_lookup(h, "not-below");

	for (const char *const *k = needed; *k; k++) {
		const char *v = g_hash_table_lookup(h, *k);

		if (!v || !*v)
			return patch_fault(err, p, "missing", *k);
	}
	p->rule = g_strdup(g_hash_table_lookup(h, "rule"));
	p->what = g_strdup(g_hash_table_lookup(h, "what"));
	if (not_below)
		p->not_below = g_strsplit(not_below, " ", -1);
	if (!finding_rule(p->rule))
		return patch_fault(err, p, "unknown rule", p->rule);
	if (!confidence_parse(g_hash_table_lookup(h, "confidence"), &p->confidence))
		return patch_fault(err, p, "unknown confidence", g_hash_table_lookup(h, "confidence"));
	if (scope && strcmp(scope, "file") != 0 && strcmp(scope, "function") != 0)
		return patch_fault(err, p, "unknown scope", scope);
	p->whole_file = scope && strcmp(scope, "file") == 0;
	p->resource = g_strdup(g_hash_table_lookup(h, "resource"));
	p->acquire = g_strdup(g_hash_table_lookup(h, "acquire"));
	p->release = g_strdup(g_hash_table_lookup(h, "release"));
	tokens_parse(p->groups, g_hash_table_lookup(h, "tokens"));
	if (file_tokens)
		tokens_parse(p->file_groups, file_tokens);
	return !match || regexes_parse(p, match, err);
}

struct smpl_patch *smpl_patch_load(const char *path, GError **err)
{
	struct smpl_patch *p = patch_new(path);
	GHashTable *h;
	gboolean ok;

	if (!g_file_get_contents(path, &p->body, NULL, err)) {
		smpl_patch_free(p);
		return NULL;
	}
	h = header_read(p->body);
	ok = header_apply(p, h, err);
	g_hash_table_unref(h);
	if (ok)
		return p;
	smpl_patch_free(p);
	return NULL;
}

static int by_name(gconstpointer a, gconstpointer b)
{
	const struct smpl_patch *pa = *(struct smpl_patch *const *)a, *pb = *(struct smpl_patch *const *)b;

	return strcmp(pa->name, pb->name);
}

GPtrArray *smpl_patches_load(const char *dir, GError **err)
{
	g_autoptr(GPtrArray) patches = g_ptr_array_new_with_free_func(smpl_patch_free);
	g_autoptr(GDir) d = g_dir_open(dir, 0, err);
	const char *name;

	if (!d)
		return NULL;
	while ((name = g_dir_read_name(d))) {
		g_autofree char *path = g_build_filename(dir, name, NULL);
		struct smpl_patch *p;

		if (!g_str_has_suffix(name, ".cocci"))
			continue;
		p = smpl_patch_load(path, err);
		if (!p)
			return NULL;
		g_ptr_array_add(patches, p);
	}
	g_ptr_array_sort(patches, by_name);
	return g_steal_pointer(&patches);
}
