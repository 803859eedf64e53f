/*
 * The hook's file. Git runs one program a hook: what is there already is kept beside ours under another name, and runs
 * first, with the same arguments and input. A drvcheck that is gone stops nobody's commit.
 */
#include "cli/hook.h"

#include "cli/commands.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define MARK "# Written by `drvcheck hook install`; `drvcheck hook uninstall` takes it away."
#define EARLIER ".before-drvcheck"

const char *const hook_names[] = {"pre-commit", "pre-push", NULL};

struct place {
	char *file;    /* the hook itself */
	char *earlier; /* what was there before, if it is kept */
};

static void place_clear(struct place *p)
{
	g_free(p->file);
	g_free(p->earlier);
}

/* A directory of hooks for all repositories is not one repository's to change. */
static gboolean check_shared(const struct git *g, const char *directory, const char *name, GError **err)
{
	g_autofree char *scope = git_word(g, NULL, "config", "--show-scope", "--get", "core.hooksPath", NULL);

	if (!scope || g_str_has_prefix(scope, "local") || g_str_has_prefix(scope, "worktree"))
		return TRUE;
	g_set_error(
		err, G_IO_ERROR, G_IO_ERROR_FAILED,
		"core.hooksPath makes %s the hooks of all repositories; add `drvcheck hook run %s` to its %s, or set "
		"core.hooksPath for this repository alone",
		directory, name, name);
	return FALSE;
}

static gboolean find_place(const struct git *g, const char *name, struct place *p, GError **err)
{
	g_autofree char *said = git_word(g, err, "rev-parse", "--git-path", "hooks", NULL), *directory = NULL;
	g_autofree char *base = g_canonicalize_filename(g->directory, NULL);

	if (!said)
		return FALSE;
	directory = g_canonicalize_filename(said, base);
	if (!check_shared(g, directory, name, err))
		return FALSE;
	if (g_mkdir_with_parents(directory, 0777) != 0) {
		g_set_error(err, G_FILE_ERROR, g_file_error_from_errno(errno), "%s: cannot be made: %s", directory,
			    g_strerror(errno));
		return FALSE;
	}
	p->file = g_build_filename(directory, name, NULL);
	p->earlier = g_strconcat(p->file, EARLIER, NULL);
	return TRUE;
}

static gboolean is_there(const char *path)
{
	return g_file_test(path, G_FILE_TEST_EXISTS) || g_file_test(path, G_FILE_TEST_IS_SYMLINK);
}

static gboolean is_ours(const char *path)
{
	g_autofree char *text = NULL;

	return g_file_get_contents(path, &text, NULL, NULL) && strstr(text, MARK);
}

static gboolean is_tracked(const struct git *g, const char *path)
{
	g_autofree char *name = git_word(g, NULL, "ls-files", "--error-unmatch", "--", path, NULL);

	return name != NULL;
}

/* Moves a file; FALSE when something is in the way. */
static gboolean move(const char *from, const char *to, GError **err)
{
	if (is_there(to)) {
		g_set_error(err, G_FILE_ERROR, G_FILE_ERROR_EXIST,
			    "%s is in the way of keeping %s; move one of them elsewhere", to, from);
		return FALSE;
	}
	if (g_rename(from, to) == 0)
		return TRUE;
	g_set_error(err, G_FILE_ERROR, g_file_error_from_errno(errno), "%s: cannot be moved: %s", from,
		    g_strerror(errno));
	return FALSE;
}

static gboolean keep_earlier(const struct git *g, const struct place *p, const char *name, GError **err)
{
	if (!is_there(p->file) || is_ours(p->file))
		return TRUE;
	if (is_tracked(g, p->file)) {
		g_set_error(err, G_FILE_ERROR, G_FILE_ERROR_EXIST,
			    "%s is kept in git; add a line `drvcheck hook run %s` to it", p->file, name);
		return FALSE;
	}
	if (!move(p->file, p->earlier, err))
		return FALSE;
	say("%s is kept as %s and runs first", p->file, p->earlier);
	return TRUE;
}

/* The program as it was called now; should it move, whatever PATH has. */
static char *program(void)
{
	g_autofree char *exe = g_file_read_link("/proc/self/exe", NULL);

	return g_shell_quote(exe ? exe : "drvcheck");
}

static char *script(const char *name, char *const *options)
{
	gboolean is_push = strcmp(name, "pre-push") == 0;
	g_autofree char *exe = program();
	GString *s = g_string_new("#!/bin/sh\n" MARK "\n");

	g_string_append_printf(s, "earlier=$(dirname \"$0\")/%s" EARLIER "\n", name);
	if (is_push)
		g_string_append(s, "refs=$(cat)\n");
	g_string_append_printf(s, "if [ -x \"$earlier\" ]; then\n\t%s\"$earlier\" \"$@\" || exit\nfi\n",
			       is_push ? "printf '%s\\n' \"$refs\" | " : "");
	g_string_append_printf(s, "drvcheck=%s\n", exe);
	g_string_append(s, "[ -x \"$drvcheck\" ] || drvcheck=$(command -v drvcheck) || {\n"
			   "\techo 'drvcheck is not to be found: nothing is checked' >&2\n\texit 0\n}\n");
	if (is_push)
		g_string_append(s, "printf '%s\\n' \"$refs\" | ");
	g_string_append_printf(s, "\"$drvcheck\" hook run %s", name);
	for (; *options; options++) {
		g_autofree char *quoted = g_shell_quote(*options);

		g_string_append_printf(s, " %s", quoted);
	}
	g_string_append_c(s, '\n');
	return g_string_free(s, FALSE);
}

gboolean hook_install(const struct git *g, const char *name, char *const *options, GError **err)
{
	g_autofree char *text = script(name, options);
	struct place p = {0};
	gboolean ok = find_place(g, name, &p, err) && keep_earlier(g, &p, name, err) &&
		      g_file_set_contents_full(p.file, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0777, err);

	if (ok && g_chmod(p.file, 0755) == 0)
		say("%s is installed", p.file);
	place_clear(&p);
	return ok;
}

gboolean hook_uninstall(const struct git *g, const char *name, GError **err)
{
	struct place p = {0};
	gboolean ok = find_place(g, name, &p, err);

	if (ok && is_there(p.file) && is_ours(p.file)) {
		g_unlink(p.file);
		if (is_there(p.earlier))
			ok = move(p.earlier, p.file, err);
		if (ok)
			say("%s is as it was before", p.file);
	}
	place_clear(&p);
	return ok;
}
