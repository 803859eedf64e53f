/*
 * The kernel's own scripts/coccinelle: not ours, so all that is known of them is their header ("Confidence:",
 * "Options:") and a map file that says which of our rules a script stands for, one per line:
 *
 *	free/devm_free.cocci	free/managed	medium
 *
 * A script that the map does not name gives findings of the rule kernel/NAME.
 */
#include "smpl/patch.h"
#include "smpl/smpl.h"

#include <string.h>

struct map_line {
	char *rule;
	enum confidence confidence;
};

static void map_line_free(void *p)
{
	struct map_line *l = p;

	g_free(l->rule);
	g_free(l);
}

static gboolean map_add(GHashTable *map, const char *path, const char *line, GError **err)
{
	g_auto(GStrv) words = g_regex_split_simple("\\s+", line, 0, 0);
	struct map_line *l;
	enum confidence c;

	if (!*line || *line == '#')
		return TRUE;
	if (g_strv_length(words) != 3 || !finding_rule(words[1]) || !confidence_parse(words[2], &c)) {
		g_set_error(err, SMPL_ERROR, SMPL_ERROR_PATCH, "%s: not 'SCRIPT RULE CONFIDENCE': %s", path, line);
		return FALSE;
	}
	l = g_new0(struct map_line, 1);
	l->rule = g_strdup(words[1]);
	l->confidence = c;
	g_hash_table_replace(map, g_strdup(words[0]), l);
	return TRUE;
}

static GHashTable *map_load(const char *path, GError **err)
{
	g_autoptr(GHashTable) map = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, map_line_free);
	g_auto(GStrv) lines = NULL;
	g_autofree char *text = NULL;

	if (!path)
		return g_steal_pointer(&map);
	if (!g_file_get_contents(path, &text, NULL, err))
		return NULL;
	lines = g_strsplit(text, "\n", -1);
	for (char **l = lines; *l; l++)
		if (!map_add(map, path, g_strstrip(*l), err))
			return NULL;
	return g_steal_pointer(&map);
}

/* The rest of the header line that begins with `key`, or NULL. */
static char *header_value(const char *body, const char *key)
{
	const char *at = strstr(body, key);

	if (!at)
		return NULL;
	at += strlen(key);
	return g_strstrip(g_strndup(at, strcspn(at, "\n")));
}

static enum confidence header_confidence(const char *body)
{
	g_autofree char *v = header_value(body, "Confidence:");

	if (v && g_ascii_strncasecmp(v, "high", 4) == 0)
		return CONF_HIGH;
	return v && g_ascii_strncasecmp(v, "moderate", 8) == 0 ? CONF_MEDIUM : CONF_LOW;
}

static struct smpl_patch *script_new(const char *tree, const char *path, const char *body, const struct map_line *known)
{
	struct smpl_patch *p = g_new0(struct smpl_patch, 1);
	g_autofree char *base = g_path_get_basename(path), *options = header_value(body, "Options:");

	p->name = g_strndup(base, strlen(base) - strlen(".cocci"));
	p->path = g_strdup(path);
	p->rule = known ? g_strdup(known->rule) : g_strdup_printf("kernel/%s", p->name);
	p->confidence = known ? known->confidence : header_confidence(body);
	p->groups = g_ptr_array_new();
	p->file_groups = g_ptr_array_new();
	p->regexes = g_ptr_array_new();
	p->body = g_strdup(body);
	p->options = g_strdup_printf("-D report -I %s/include %s", tree, options ? options : "--no-includes");
	return p;
}

static gboolean has_report_mode(const char *body)
{
	return g_regex_match_simple("^virtual\\s+(\\w+\\s*,\\s*)*report\\b", body, G_REGEX_MULTILINE, 0);
}

struct loading {
	const char *tree;
	const char *root; /* scripts/coccinelle of the tree */
	GHashTable *map;
	GPtrArray *scripts;
};

static gboolean script_load(const struct loading *l, const char *id, GError **err)
{
	g_autofree char *path = g_build_filename(l->root, id, NULL), *body = NULL;

	if (!g_file_get_contents(path, &body, NULL, err))
		return FALSE;
	if (has_report_mode(body))
		g_ptr_array_add(l->scripts, script_new(l->tree, path, body, g_hash_table_lookup(l->map, id)));
	return TRUE;
}

/* Loads the scripts below `folder`, a path below the root. */
static gboolean folder_load(const struct loading *l, const char *folder, GError **err)
{
	g_autofree char *path = g_build_filename(l->root, folder, NULL);
	g_autoptr(GDir) d = g_dir_open(path, 0, err);
	const char *name;

	if (!d)
		return FALSE;
	while ((name = g_dir_read_name(d))) {
		g_autofree char *id = g_build_filename(folder, name, NULL), *file = g_build_filename(path, name, NULL);

		if (g_file_test(file, G_FILE_TEST_IS_DIR)
			    ? !folder_load(l, id, err)
			    : g_str_has_suffix(name, ".cocci") && !script_load(l, id, err))
			return FALSE;
	}
	return TRUE;
}

static int by_path(gconstpointer a, gconstpointer b)
{
	return strcmp((*(struct smpl_patch *const *)a)->path, (*(struct smpl_patch *const *)b)->path);
}

GPtrArray *smpl_kernel_patches_load(const char *tree, const char *map_file, GError **err)
{
	g_autoptr(GPtrArray) scripts = g_ptr_array_new_with_free_func(smpl_patch_free);
	g_autofree char *root = g_build_filename(tree, "scripts", "coccinelle", NULL);
	g_autoptr(GHashTable) map = map_load(map_file, err);
	const struct loading l = {tree, root, map, scripts};

	if (!map || !folder_load(&l, "", err))
		return NULL;
	g_ptr_array_sort(scripts, by_path);
	return g_steal_pointer(&scripts);
}
