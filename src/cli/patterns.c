#include "cli/patterns.h"

#include "cli/commands.h"
#include "smpl/smpl.h"

#include <glib/gstdio.h>
#include <string.h>

/* Units whose text is not what is on disk are written below a directory of their own, under the names they have. */
struct copies {
	char *root; /* NULL: none needed */
	GPtrArray *made;
};

static char *copy_unit(struct copies *copies, const char *names_root, const struct scan_unit *unit)
{
	const struct scan_setup names = {.names_root = names_root};
	char *path = g_build_filename(copies->root, scan_name(&names, unit->entry->file), NULL);
	char *directory = g_path_get_dirname(path), *text = NULL;
	gboolean ok = g_mkdir_with_parents(directory, 0700) == 0;

	if (ok && !unit->contents)
		ok = g_file_get_contents(unit->entry->file, &text, NULL, NULL);
	if (ok)
		ok = g_file_set_contents(path, unit->contents ? unit->contents : text, -1, NULL);
	g_ptr_array_add(copies->made, g_strdup(path));
	g_free(directory);
	g_free(text);
	if (!ok)
		g_clear_pointer(&path, g_free);
	return path;
}

static char **list_files(const struct patterns_setup *s, const struct scan_unit *units, guint n, struct copies *copies)
{
	GStrvBuilder *b = g_strv_builder_new();
	gboolean changed = FALSE;
	char **files;

	for (guint i = 0; i < n; i++)
		changed |= units[i].contents != NULL;
	if (changed)
		copies->root = g_dir_make_tmp("drvcheck-XXXXXX", NULL);
	for (guint i = 0; i < n; i++) {
		char *path = copies->root ? copy_unit(copies, s->names_root, &units[i]) : NULL;

		if (path || !changed)
			g_strv_builder_add(b, path ? path : units[i].entry->file);
		g_free(path);
	}
	files = g_strv_builder_end(b);
	g_strv_builder_unref(b);
	return files;
}

/* Files first, then each directory that has become empty. */
static void remove_copies(struct copies *copies)
{
	for (guint i = 0; copies->root && i < copies->made->len; i++) {
		char *path = copies->made->pdata[i], *slash;

		g_unlink(path);
		while ((slash = strrchr(path, '/')) && strlen(path) > strlen(copies->root)) {
			*slash = '\0';
			g_rmdir(path);
		}
	}
	if (copies->root)
		g_rmdir(copies->root);
	g_free(copies->root);
	g_ptr_array_unref(copies->made);
}

static void tell_skipped(const GPtrArray *skipped, gboolean each)
{
	for (guint i = 0; each && i < skipped->len; i++) {
		const struct smpl_skipped *k = skipped->pdata[i];

		say("%s: semantic patch %s %s", k->file, k->patch, k->timeout ? "took too long" : "failed");
	}
	if (skipped->len && !each)
		say("%u times a semantic patch could not be run on a file (-v says which)", skipped->len);
}

void patterns_run(const struct patterns_setup *s, const struct scan_unit *units, guint n, struct finding_list *l)
{
	struct copies copies = {.made = g_ptr_array_new_with_free_func(g_free)};
	GPtrArray *skipped = g_ptr_array_new_with_free_func(smpl_skipped_free);
	char **files = list_files(s, units, n, &copies);
	char *map = s->kernel_tree ? g_build_filename(s->directory, "..", "kernel.map", NULL) : NULL;
	struct finding_list found = {.arena = l->arena};
	const struct smpl_options opt = {
		.patches = s->directory,
		.root = copies.root ? copies.root : s->names_root,
		.kernel_tree = s->kernel_tree,
		.kernel_map = map,
		.jobs = s->jobs,
		.low = s->low,
	};
	GError *err = NULL;

	if (files[0] && !smpl_scan(&opt, files, &found, skipped, &err)) {
		say("semantic patches are left out: %s", err->message);
		g_error_free(err);
	}
	tell_skipped(skipped, s->verbose);
	finding_list_finish(&found);
	smpl_merge(l, &found);
	finding_list_finish(l);
	g_free(map);
	g_strfreev(files);
	g_ptr_array_unref(skipped);
	remove_copies(&copies);
}
