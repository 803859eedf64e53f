#include "scan/change.h"

#include <stdlib.h>
#include <string.h>

static void file_free(gpointer p)
{
	struct changed_file *f = p;

	g_free(f->path);
	g_free(f->name);
	g_free(f->before);
	g_free(f->now);
	g_free(f);
}

void change_free(struct change *c)
{
	if (!c)
		return;
	g_hash_table_unref(c->by_path);
	g_ptr_array_unref(c->files);
	g_free((char *)c->git.directory);
	g_free(c->from);
	g_free(c->to);
	g_free(c);
}

gboolean change_is_source(const char *path)
{
	return g_str_has_suffix(path, ".c");
}

static gboolean is_code(const char *path)
{
	return change_is_source(path) || g_str_has_suffix(path, ".h") || g_str_has_suffix(path, ".inc");
}

/* --- which commits --- */

static char *object_id(const struct git *g, const char *name, const char *type)
{
	g_autofree char *peeled = g_strconcat(name, type, NULL);

	return git_word(g, NULL, "rev-parse", "--verify", "--quiet", "--end-of-options", peeled, NULL);
}

/* A name of a commit as its id, so that it cannot be taken for an option. A tree will do, too. */
static char *commit_id(const struct git *g, const char *name, GError **err)
{
	char *id = object_id(g, name, "^{commit}");

	if (!id)
		id = object_id(g, name, "^{tree}");
	if (!id)
		g_set_error(err, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "'%s' is no commit", name);
	return id;
}

/* What HEAD is compared with before the first commit. */
static char *empty_tree(const struct git *g, GError **err)
{
	return git_word(g, err, "hash-object", "-t", "tree", "/dev/null", NULL);
}

static gboolean resolve_index(struct change *c, GError **err)
{
	c->to = g_strdup("");
	c->from = commit_id(&c->git, "HEAD", NULL);
	if (!c->from)
		c->from = empty_tree(&c->git, err);
	return c->from != NULL;
}

/* "A", "A..B", "A...B", "A..."; a missing A is HEAD, as git has it. */
static gboolean resolve(struct change *c, const char *range, GError **err)
{
	const char *dots = strstr(range, ".."), *end;
	g_autofree char *left = dots ? g_strndup(range, (gsize)(dots - range)) : g_strdup(range);
	gboolean fork = dots && dots[2] == '.';

	end = dots ? dots + (fork ? 3 : 2) : "";
	c->from = commit_id(&c->git, *left ? left : "HEAD", err);
	if (c->from && *end)
		c->to = commit_id(&c->git, end, err);
	if (!c->from || (*end && !c->to))
		return FALSE;
	if (fork) {
		char *base = git_word(&c->git, NULL, "merge-base", c->from, c->to ? c->to : "HEAD", NULL);

		if (!base) {
			g_set_error(err, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
				    "%s: the two have no commit in common (a shallow clone? `git fetch --unshallow`)",
				    range);
			return FALSE;
		}
		g_free(c->from);
		c->from = base;
	}
	return TRUE;
}

/* --- which files --- */

static struct changed_file *add_file(struct change *c, const char *up, const char *name, int kind)
{
	struct changed_file *f = g_new0(struct changed_file, 1);
	g_autofree char *relative = g_build_filename(up, name, NULL);

	f->path = g_canonicalize_filename(relative, c->git.directory);
	f->name = g_strdup(name);
	f->kind = kind;
	g_ptr_array_add(c->files, f);
	return f;
}

/* `git diff` of the two sides, with what the caller asks of it. */
static GPtrArray *diff_command(const struct change *c, const char *const *options)
{
	GPtrArray *a = g_ptr_array_new();

	g_ptr_array_add(a, (gpointer) "diff");
	g_ptr_array_add(a, (gpointer) "--no-ext-diff");
	for (; *options; options++)
		g_ptr_array_add(a, (gpointer)*options);
	if (c->to && !*c->to)
		g_ptr_array_add(a, (gpointer) "--cached");
	g_ptr_array_add(a, c->from);
	if (c->to && *c->to)
		g_ptr_array_add(a, c->to);
	g_ptr_array_add(a, (gpointer) "--");
	return a;
}

/* What "M", "path" or "R087", "old", "new" names; returns how many parts these were. `old_names` go with c->files. */
static guint add_named(struct change *c, const char *up, char *const *part, GPtrArray *old_names)
{
	gboolean renamed = part[0][0] == 'R' && part[2];
	const char *old = part[1], *now = renamed ? part[2] : old;

	if (is_code(now)) {
		add_file(c, up, now, part[0][0] == 'D' ? CHANGE_REMOVED : CHANGE_TOUCHED);
		g_ptr_array_add(old_names, g_strdup(old));
	}
	if (renamed && is_code(old)) {
		add_file(c, up, old, CHANGE_REMOVED);
		g_ptr_array_add(old_names, g_strdup(old));
	}
	return renamed ? 3 : 2;
}

static gboolean add_touched(struct change *c, const char *up, GPtrArray *old_names, GError **err)
{
	static const char *const options[] = {"-z", "--name-status", "-M", "--diff-filter=AMRTD", NULL};
	g_autoptr(GPtrArray) command = diff_command(c, options);
	g_auto(GStrv) list = NULL;

	g_ptr_array_add(command, NULL);
	list = git_list(&c->git, (char *const *)command->pdata, err);
	for (char **part = list; part && part[0] && part[1];)
		part += add_named(c, up, part, old_names);
	return list != NULL;
}

static gboolean is_listed(const struct change *c, const char *name)
{
	for (guint i = 0; i < c->files->len; i++)
		if (strcmp(((struct changed_file *)c->files->pdata[i])->name, name) == 0)
			return TRUE;
	return FALSE;
}

/* What the work tree has otherwise than the index or commit in question would be read by whoever includes it. */
static gboolean add_hidden(struct change *c, const char *up, GPtrArray *old_names, GError **err)
{
	/* Against the index `git diff` takes no commit. */
	char *command[] = {
		"diff", "--no-ext-diff", "-z", "--name-only", "--no-renames", c->to && *c->to ? c->to : "--", "--",
		NULL};
	g_auto(GStrv) list = NULL;

	if (!c->to)
		return TRUE;
	if (!*c->to)
		command[6] = NULL;
	list = git_list(&c->git, command, err);
	for (char **p = list; p && *p; p++) {
		if (!is_code(*p) || is_listed(c, *p))
			continue;
		add_file(c, up, *p, CHANGE_HIDDEN);
		g_ptr_array_add(old_names, g_strdup(*p));
	}
	return list != NULL;
}

static gboolean is_on_disk(const char *path, const char *text)
{
	g_autofree char *disk = NULL;

	return text && g_file_get_contents(path, &disk, NULL, NULL) && strcmp(disk, text) == 0;
}

static gboolean read_texts(struct change *c, GPtrArray *old_names, GError **err)
{
	gsize n = c->files->len;
	char **names = g_new0(char *, 2 * n + 1), **texts = g_new0(char *, 2 * n + 1);
	gboolean ok;

	for (gsize i = 0; i < n; i++) {
		const struct changed_file *f = c->files->pdata[i];

		names[2 * i] = g_strconcat(c->from, ":", old_names->pdata[i], NULL);
		names[2 * i + 1] = g_strconcat(c->to ? c->to : "", ":", f->name, NULL);
	}
	ok = n == 0 || git_objects(&c->git, names, (guint)(2 * n), texts, err);
	for (gsize i = 0; ok && i < n; i++) {
		struct changed_file *f = c->files->pdata[i];

		f->before = g_steal_pointer(&texts[2 * i]);
		if (c->to && f->kind != CHANGE_REMOVED && !is_on_disk(f->path, texts[2 * i + 1]))
			f->now = g_steal_pointer(&texts[2 * i + 1]);
	}
	for (guint i = 0; i < 2 * n; i++)
		g_free(texts[i]);
	g_free(texts);
	g_strfreev(names);
	return ok;
}

static gint by_path(gconstpointer a, gconstpointer b)
{
	return strcmp((*(struct changed_file *const *)a)->path, (*(struct changed_file *const *)b)->path);
}

static void index_files(struct change *c)
{
	for (guint i = 0; i < c->files->len; i++) {
		struct changed_file *f = c->files->pdata[i];
		char *real = realpath(f->path, NULL);

		if (f->kind == CHANGE_REMOVED)
			continue;
		g_hash_table_insert(c->by_path, g_strdup(f->path), f);
		if (real)
			g_hash_table_insert(c->by_path, g_strdup(real), f);
		free(real);
	}
}

static gboolean list_files(struct change *c, GError **err)
{
	g_autofree char *up = git_word(&c->git, err, "rev-parse", "--show-cdup", NULL);
	g_autoptr(GPtrArray) old_names = g_ptr_array_new_with_free_func(g_free);

	if (!up || !add_touched(c, up, old_names, err) || !add_hidden(c, up, old_names, err) ||
	    !read_texts(c, old_names, err))
		return FALSE;
	g_ptr_array_sort(c->files, by_path);
	index_files(c);
	return TRUE;
}

struct change *change_open(const char *directory, const char *range, GCancellable *stop, GError **err)
{
	struct change *c = g_new0(struct change, 1);

	c->git = (struct git){g_canonicalize_filename(directory, NULL), stop};
	c->files = g_ptr_array_new_with_free_func(file_free);
	c->by_path = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
	if ((range ? resolve(c, range, err) : resolve_index(c, err)) && list_files(c, err))
		return c;
	change_free(c);
	return NULL;
}

/* --- what is asked about it --- */

/* Compile commands may name a file through other links than git does. */
const struct changed_file *change_file(const struct change *c, const char *path)
{
	const struct changed_file *f = g_hash_table_lookup(c->by_path, path);
	char *real = f ? NULL : realpath(path, NULL);

	if (real)
		f = g_hash_table_lookup(c->by_path, real);
	free(real);
	return f;
}

gboolean change_is_apart(const struct change *c)
{
	for (guint i = 0; i < c->files->len; i++)
		if (((struct changed_file *)c->files->pdata[i])->now)
			return TRUE;
	return FALSE;
}

struct parse_text *change_texts(const struct change *c, gboolean before, guint *n)
{
	struct parse_text *texts = g_new0(struct parse_text, c->files->len + 1);

	*n = 0;
	for (guint i = 0; i < c->files->len; i++) {
		const struct changed_file *f = c->files->pdata[i];
		const char *text = before ? f->before : f->now;

		if (text)
			texts[(*n)++] = (struct parse_text){f->path, text};
	}
	return texts;
}

/* "@@ -A,B +C,D @@": from A on B lines became D lines from C on; a missing number is 1. */
static gboolean parse_hunk(const char *line, guint *a, guint *b, guint *c, guint *d)
{
	char *p;

	if (!g_str_has_prefix(line, "@@ -"))
		return FALSE;
	*b = *d = 1;
	*a = (guint)strtoul(line + 4, &p, 10);
	if (*p == ',')
		*b = (guint)strtoul(p + 1, &p, 10);
	if (!g_str_has_prefix(p, " +"))
		return FALSE;
	*c = (guint)strtoul(p + 2, &p, 10);
	if (*p == ',')
		*d = (guint)strtoul(p + 1, &p, 10);
	return TRUE;
}

guint change_line_before(const struct change *c, const struct changed_file *f, guint line)
{
	static const char *const options[] = {"-U0", "--no-color", NULL};
	g_autoptr(GPtrArray) command = diff_command(c, options);
	g_autofree char *path = g_strconcat(":(top,literal)", f->name, NULL), *text = NULL;
	g_auto(GStrv) lines = NULL;
	gint64 shift = 0;

	g_ptr_array_add(command, path);
	g_ptr_array_add(command, NULL);
	text = git_text(&c->git, (char *const *)command->pdata, NULL);
	lines = g_strsplit(text ? text : "", "\n", -1);
	for (char **l = lines; *l; l++) {
		guint from, gone, at, added;

		if (!parse_hunk(*l, &from, &gone, &at, &added) || at > line || (added == 0 && at >= line))
			continue;
		if (line < at + added)
			return 0;
		shift += (gint64)added - gone;
	}
	return (guint)(line - shift);
}
