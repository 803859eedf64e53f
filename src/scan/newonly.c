#include "scan/newonly.h"

#include "base/say.h"
#include "workers/deadline.h"

#include <string.h>

GHashTable *newonly_files(const struct scan_setup *s, const struct scan_unit *units, guint n,
			  const struct finding_list *now)
{
	GHashTable *wanted = g_hash_table_new(g_str_hash, g_str_equal), *files;
	guint found = 0;

	for (guint i = 0; i < now->all.n; i++)
		g_hash_table_add(wanted, (gpointer)now->all.v[i].file);
	files = g_hash_table_new(g_str_hash, g_str_equal);
	for (guint i = 0; i < n; i++) {
		if (g_hash_table_contains(wanted, scan_name(s, units[i].entry->file))) {
			g_hash_table_add(files, units[i].entry->file);
			found++;
		}
	}
	for (guint i = 0; found < g_hash_table_size(wanted) && i < n; i++)
		g_hash_table_add(files, units[i].entry->file);
	g_hash_table_unref(wanted);
	return files;
}

struct lines {
	const struct scan_setup *setup;
	const struct change *change;
};

static unsigned int line_before(void *ctx, const char *name, unsigned int line)
{
	const struct lines *l = ctx;
	g_autofree char *path = g_canonicalize_filename(name, l->setup->names_root);
	const struct changed_file *f = change_file(l->change, path);

	return f && f->kind == CHANGE_TOUCHED ? change_line_before(l->change, f, line) : line;
}

static void add_status(struct arena *a, struct store_unit_status **list, guint *n_list,
		       const struct store_unit_status *more, guint n)
{
	struct store_unit_status *all = ARENA_ARRAY(a, struct store_unit_status, *n_list + n);

	for (guint i = 0; i < *n_list; i++)
		all[i] = (*list)[i];
	for (guint i = 0; i < n; i++)
		all[*n_list + i] = more[i];
	*list = all;
	*n_list += n;
}

/* Without knowing what was there before nothing can be said to be new. */
static void leave_out(const struct scan_setup *s, GHashTable *files, struct scan_result *now)
{
	struct arena *a = now->findings.arena;
	GHashTableIter it;
	gpointer file;

	now->findings.all.n = 0;
	g_hash_table_iter_init(&it, files);
	while (g_hash_table_iter_next(&it, &file, NULL)) {
		const char *name = scan_name(s, file);
		struct store_unit_status status = {name,
						   "not compared with what was there before: the time limit is over"};

		for (guint i = 0; i < now->analysed->len; i++) {
			if (strcmp(now->analysed->pdata[i], name) == 0) {
				g_ptr_array_remove_index(now->analysed, i);
				add_status(a, &now->failed, &now->n_failed, &status, 1);
				break;
			}
		}
	}
}

void newonly_subtract(const struct scan_setup *s, const struct change *c, GHashTable *files,
		      const struct scan_result *before, struct scan_result *now)
{
	struct finding_list fresh = {.arena = now->findings.arena};
	struct lines lines = {s, c};

	now->interrupted |= before->interrupted;
	if (deadline_is_over(s->deadline)) {
		leave_out(s, files, now);
		return;
	}
	for (guint i = 0; i < before->n_failed; i++)
		say("%s: not comparable with what was there before: %s", before->failed[i].file, before->failed[i].why);
	finding_list_subtract(&before->findings, &now->findings, line_before, &lines, &fresh);
	now->findings = fresh;
}

static void add_stats(struct scan_stats *to, const struct scan_stats *part)
{
	to->units_recalled += part->units_recalled;
	if (!to->uncovered) {
		to->uncovered = part->uncovered;
		to->n_uncovered = part->n_uncovered;
	}
	to->units_with_pch += part->units_with_pch;
	to->units_with_errors += part->units_with_errors;
	to->instructions += part->instructions;
	to->unknown += part->unknown;
	engine_stats_add(&to->engine, &part->engine);
}

void newonly_add(struct arena *a, struct scan_result *to, struct scan_result *part)
{
	g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);

	if (!to->analysed) {
		*to = *part;
		return;
	}
	for (guint i = 0; i < to->findings.all.n; i++)
		g_hash_table_add(known, (gpointer)to->findings.all.v[i].fingerprint);
	for (guint i = 0; i < part->findings.all.n; i++)
		if (!g_hash_table_contains(known, part->findings.all.v[i].fingerprint))
			finding_list_add(&to->findings, &part->findings.all.v[i]);
	finding_list_sort(&to->findings);
	add_status(a, &to->failed, &to->n_failed, part->failed, part->n_failed);
	add_status(a, &to->partial, &to->n_partial, part->partial, part->n_partial);
	g_ptr_array_extend(to->analysed, part->analysed, NULL, NULL);
	g_ptr_array_unref(part->analysed);
	add_stats(&to->stats, &part->stats);
	to->interrupted |= part->interrupted;
}
