/*
 * Repairs that a semantic patch says best. A patch of semantic-patches/fix/ is made for one finding by telling it the
 * line: its rules constrain a position with `script:python() { at_finding(p) }`.
 */
#include "fix/repair.h"
#include "smpl/patch.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

static char *script_for(const struct repair *r, const struct smpl_patch *p)
{
	return g_strdup_printf("@initialize:python@\n@@\n"
			       "def at_finding(p):\n"
			       "\treturn int(p[0].line) <= %u <= int(p[0].line_end)\n\n%s",
			       r->finding->line, p->body);
}

/* What spatch makes of the text; NULL when it fails. */
static char *apply(const struct repair *r, const struct smpl_patch *p)
{
	g_autofree char *dir = g_dir_make_tmp("drvcheck-fix-XXXXXX", NULL), *script = script_for(r, p);
	g_autofree char *patch = g_build_filename(dir, "fix.cocci", NULL), *c = g_build_filename(dir, "fix.c", NULL);
	g_autofree char *out = g_build_filename(dir, "out.c", NULL);
	g_autoptr(GSubprocess) run = NULL;
	char *text = NULL;

	if (g_file_set_contents(patch, script, -1, NULL) && g_file_set_contents(c, r->source->text, -1, NULL))
		run = g_subprocess_new(G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL,
				       "spatch", "--very-quiet", "--no-includes", "--timeout", "60", "--sp-file", patch,
				       c, "-o", out, NULL);
	if (run && g_subprocess_wait_check(run, NULL, NULL))
		g_file_get_contents(out, &text, NULL, NULL);
	g_unlink(patch);
	g_unlink(c);
	g_unlink(out);
	g_rmdir(dir);
	return text;
}

/* Without the white space that spatch leaves where something was: at ends of lines, and as lines of their own. */
static const char *trimmed(struct arena *a, const char *text, const char *before)
{
	g_auto(GStrv) lines = g_strsplit(text, "\n", -1), old = g_strsplit(before, "\n", -1);
	g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
	GString *out = g_string_new(NULL);
	const char *result;

	for (char **l = old; *l; l++)
		g_hash_table_add(known, *l);
	for (char **l = lines; *l; l++) {
		bool made = **l && !g_hash_table_contains(known, *l);

		if (made && !*g_strchomp(*l))
			continue;
		g_string_append_printf(out, "%s%s", *l, l[1] ? "\n" : "");
	}
	result = arena_strdup(a, out->str);
	g_string_free(out, TRUE);
	return result;
}

static void try(struct repair *r, const struct smpl_patch *p)
{
	g_autofree char *text = apply(r, p);

	if (text)
		repair_propose_text(r, trimmed(r->arena, text, r->source->text), arena_strdup(r->arena, p->what));
}

/* Netdev, for one, wants no managed resources: a patch names the folders that it is not for. */
static bool is_welcome(const struct repair *r, const struct smpl_patch *p)
{
	for (char **below = p->not_below; below && *below; below++)
		if (g_str_has_prefix(r->finding->file, *below))
			return false;
	return true;
}

void repair_by_patch(struct repair *r)
{
	g_autoptr(GError) err = NULL;
	g_autoptr(GPtrArray) patches = NULL;
	bool any = false;

	if (!r->request->patches)
		return;
	patches = smpl_patches_load(r->request->patches, &err);
	if (!patches) {
		repair_give_up(r, arena_strdup(r->arena, err->message));
		return;
	}
	for (guint i = 0; i < patches->len; i++) {
		const struct smpl_patch *p = patches->pdata[i];

		if (strcmp(p->rule, r->finding->rule) != 0)
			continue;
		any = true;
		if (is_welcome(r, p))
			try(r, p);
		else
			repair_give_up(r, "this subsystem wants no such conversion");
	}
	if (any && !r->out->all.n)
		repair_give_up(r, "no semantic patch that repairs matches here");
}
