/* Unified diffs, made by diff and tried with patch. */
#include "fix/fix.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

/* A directory; all that is in it goes with scratch_free(), what diff and patch have left there included. */
struct scratch {
	char *root;
};

static gboolean scratch_new(struct scratch *s, GError **err)
{
	s->root = g_dir_make_tmp("drvcheck-fix-XXXXXX", err);
	return s->root != NULL;
}

static gboolean scratch_add(struct scratch *s, const char *name, const char *text, GError **err)
{
	g_autofree char *path = g_build_filename(s->root, name, NULL), *directory = g_path_get_dirname(path);

	g_mkdir_with_parents(directory, 0700);
	return g_file_set_contents(path, text, -1, err);
}

/* A symbolic link goes, what it points to stays. */
static void remove_all(const char *path)
{
	GDir *dir = g_file_test(path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open(path, 0, NULL);
	const char *name;

	while (dir && (name = g_dir_read_name(dir))) {
		g_autofree char *inner = g_build_filename(path, name, NULL);

		remove_all(inner);
	}
	if (dir)
		g_dir_close(dir);
	g_remove(path);
}

static void scratch_free(struct scratch *s)
{
	if (s->root)
		remove_all(s->root);
	g_free(s->root);
}

/* Runs it in the scratch directory: its stdout, and its exit code in *code. NULL when it cannot be run. */
static char *run(const struct scratch *s, const char *const *argv, int *code, GError **err)
{
	g_autoptr(GSubprocessLauncher) l =
		g_subprocess_launcher_new(G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
	g_autoptr(GSubprocess) p = NULL;
	g_autoptr(GBytes) out = NULL;
	gsize n;
	const char *data;

	g_subprocess_launcher_set_cwd(l, s->root);
	p = g_subprocess_launcher_spawnv(l, argv, err);
	if (!p || !g_subprocess_communicate(p, NULL, NULL, &out, NULL, err))
		return NULL;
	*code = g_subprocess_get_if_exited(p) ? g_subprocess_get_exit_status(p) : -1;
	data = g_bytes_get_data(out, &n);
	return n ? g_strndup(data, n) : g_strdup("");
}

char *fix_diff(const char *name, const char *before, const char *after, GError **err)
{
	g_autofree char *a = g_strdup_printf("a/%s", name), *b = g_strdup_printf("b/%s", name);
	const char *argv[] = {"diff", "-up", "--label", a, "--label", b, a, b, NULL};
	struct scratch s;
	char *diff = NULL;
	int code = 0;

	if (scratch_new(&s, err) && scratch_add(&s, a, before, err) && scratch_add(&s, b, after, err))
		diff = run(&s, argv, &code, err);
	if (diff && code != 1) {
		g_set_error(err, G_IO_ERROR, G_IO_ERROR_FAILED, "diff: %s", g_strstrip(diff));
		g_clear_pointer(&diff, g_free);
	}
	scratch_free(&s);
	return diff;
}

gboolean fix_diff_applies(const char *diff, const char *name, const char *before, const char *after, GError **err)
{
	static const char *const argv[] = {"patch", "-p1", "-s", "--no-backup-if-mismatch", "-i", "fix.patch", NULL};
	g_autofree char *said = NULL, *got = NULL, *path = NULL;
	struct scratch s;
	int code = 0;
	gboolean ok = FALSE;

	if (scratch_new(&s, err) && scratch_add(&s, name, before, err) && scratch_add(&s, "fix.patch", diff, err))
		said = run(&s, argv, &code, err);
	if (said) {
		path = g_build_filename(s.root, name, NULL);
		ok = code == 0 && g_file_get_contents(path, &got, NULL, err) && strcmp(got, after) == 0;
		if (!ok && err && !*err)
			g_set_error(err, G_IO_ERROR, G_IO_ERROR_FAILED, "patch: %s", g_strstrip(said));
	}
	scratch_free(&s);
	return ok;
}
