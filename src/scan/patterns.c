#include "scan/patterns.h"

#include "base/say.h"
#include "scan/copies.h"
#include "scan/index.h"
#include "scan/tree.h"
#include "smpl/smpl.h"
#include "workers/deadline.h"

#include <stdlib.h>
#include <string.h>

/*
 * The units' files as spatch is to read them; files[i] NULL: it cannot be written. Units whose text is not what is on
 * disk are copied under the names that they have.
 */
static struct copies *name_files(const struct patterns_setup *s, const struct scan_unit *units, guint n, char **files)
{
	const struct scan_setup names = {.names_root = s->names_root};
	struct copies *copies = NULL;
	gboolean changed = FALSE;

	for (guint i = 0; i < n; i++)
		changed |= units[i].contents != NULL;
	if (changed)
		copies = copies_new();
	for (guint i = 0; i < n; i++) {
		const char *file = units[i].entry->file;

		if (copies)
			files[i] = copies_add(copies, scan_name(&names, file), units[i].contents, file);
		else
			files[i] = changed ? NULL : g_strdup(file);
	}
	return copies;
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

static struct index_key key_of(const struct patterns_setup *s, const char *file)
{
	return (struct index_key){"patterns", file, tree_hash(s->directory, ".cocci") + s->low};
}

/* Adds what the index holds of the files and returns the others, which still belong to `files`. */
static char **recall(const struct patterns_setup *s, char **files, guint n, struct finding_list *found)
{
	struct index_key k = key_of(s, NULL);
	char **todo = g_new0(char *, n + 1);
	guint n_todo = 0;

	for (guint i = 0; i < n; i++) {
		gsize size;
		void *blob = NULL;

		k.file = files[i];
		if (s->index && files[i])
			blob = index_get(s->index, &k, &size);
		if (files[i] && (!blob || !finding_list_read(found, blob, size)))
			todo[n_todo++] = files[i];
		g_free(blob);
	}
	return todo;
}

static gboolean is_skipped(const GPtrArray *skipped, const char *name)
{
	for (guint i = 0; i < skipped->len; i++)
		if (strcmp(((struct smpl_skipped *)skipped->pdata[i])->file, name) == 0)
			return TRUE;
	return FALSE;
}

/* Keeps what was found in each file, nothing included. */
static void remember(const struct patterns_setup *s, char **todo, const struct finding_list *found,
		     const GPtrArray *skipped)
{
	const struct scan_setup names = {.names_root = s->names_root};
	struct index_key k = key_of(s, NULL);
	struct arena *a = arena_new();

	for (char **file = todo; s->index && *file; file++) {
		const char *name = scan_name(&names, *file);
		struct finding_list own = {.arena = a};
		size_t size;
		void *blob;

		for (guint i = 0; i < found->all.n; i++)
			if (strcmp(found->all.v[i].file, name) == 0)
				finding_list_add(&own, &found->all.v[i]);
		blob = finding_list_write(&own, &size);
		k.file = *file;
		if (!is_skipped(skipped, name))
			index_put(s->index, &k, *file, "", blob, size);
		free(blob);
		arena_reset(a);
	}
	arena_free(a);
}

static void run(const struct patterns_setup *s, const char *root, char **todo, struct finding_list *found)
{
	GPtrArray *skipped = g_ptr_array_new_with_free_func(smpl_skipped_free);
	char *map = s->kernel_tree ? g_build_filename(s->directory, "..", "kernel.map", NULL) : NULL;
	struct finding_list now = {.arena = found->arena};
	const struct smpl_options opt = {
		.patches = s->directory,
		.root = root,
		.kernel_tree = s->kernel_tree,
		.kernel_map = map,
		.stop = deadline_stop(s->deadline),
		.jobs = s->jobs,
		.low = s->low,
	};
	GError *err = NULL;

	if (smpl_scan(&opt, todo, &now, skipped, &err)) {
		remember(s, todo, &now, skipped);
	} else {
		say("semantic patches are left out: %s", err->message);
		g_error_free(err);
	}
	for (guint i = 0; i < now.all.n; i++)
		finding_list_add(found, &now.all.v[i]);
	if (deadline_is_over(s->deadline))
		say("not all semantic patches were run: the time limit is over");
	else
		tell_skipped(skipped, s->verbose);
	g_free(map);
	g_ptr_array_unref(skipped);
}

void patterns_run(const struct patterns_setup *s, const struct scan_unit *units, guint n, struct finding_list *l)
{
	struct finding_list found = {.arena = l->arena};
	char **files = g_new0(char *, n + 1), **todo;
	struct copies *copies = name_files(s, units, n, files);

	todo = recall(s, files, n, &found);
	if (todo[0])
		run(s, copies ? copies_root(copies) : s->names_root, todo, &found);
	finding_list_finish(&found);
	smpl_merge(l, &found);
	finding_list_finish(l);
	for (guint i = 0; i < n; i++)
		g_free(files[i]);
	g_free(files);
	g_free(todo);
	copies_free(copies);
}
