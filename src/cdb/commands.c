/* Compile commands out of the shell commands that make prints, and that kbuild keeps in .X.o.cmd files. */
#include "cdb/capture.h"

#include "cdb/internal.h"

#include <string.h>

/* The source that a compile command names, NULL when it is no command that compiles one C file for the kernel. */
static const char *source_of(char *const *argv)
{
	gboolean compiles = FALSE, kernel = FALSE;
	const char *source = NULL;

	for (guint i = 1; argv[0] && argv[i]; i++) {
		compiles = compiles || strcmp(argv[i], "-c") == 0;
		kernel = kernel || strcmp(argv[i], "-D__KERNEL__") == 0;
		if (argv[i][0] != '-' && g_str_has_suffix(argv[i], ".c") && strcmp(argv[i - 1], "-include") != 0)
			source = argv[i];
	}
	return compiles && kernel && source && !g_str_has_suffix(source, ".mod.c") ? source : NULL;
}

/* kbuild runs its commands in the build directory; since 6.13 those of an external module in the module's. */
static const char *directory_of(const struct command_context *ctx, const char *source)
{
	g_autofree char *path = g_canonicalize_filename(source, ctx->build);
	g_autofree char *other = ctx->module ? g_canonicalize_filename(source, ctx->module) : NULL;

	if (other && !g_file_test(path, G_FILE_TEST_EXISTS) && g_file_test(other, G_FILE_TEST_EXISTS))
		return ctx->module;
	return ctx->build;
}

void commands_add_line(struct cdb *db, const struct command_context *ctx, const char *line)
{
	if (!strstr(line, " -c "))
		return;
	while (line && *line) {
		g_auto(GStrv) argv = shell_split(line, &line);
		const char *source = argv ? source_of(argv) : NULL;

		if (source) {
			cdb_add(db, directory_of(ctx, source), source, argv);
			return; /* what follows in the line only looks after the object */
		}
		while (line && *line && strchr(";&|<>\n", *line))
			line++;
	}
}

/* Undoes make's quoting. */
static void unescape(GString *s)
{
	g_string_replace(s, "$(pound)", "#", 0);
	g_string_replace(s, "\\#", "#", 0);
	g_string_replace(s, "$$", "$", 0);
}

static void add_cmd_file(struct cdb *db, const struct command_context *ctx, const char *path)
{
	g_autofree char *text = NULL;
	const char *at;
	GString *line;

	if (!g_file_get_contents(path, &text, NULL, NULL))
		return;
	at = strstr(text, "cmd_"); /* "cmd_X.o := ...", "savedcmd_X.o := ..." since 6.4 */
	at = at && at - text <= (ptrdiff_t)strlen("saved") ? strstr(at, " := ") : NULL;
	if (!at)
		return;
	at += strlen(" := ");
	line = g_string_new_len(at, (gssize)strcspn(at, "\n"));
	unescape(line);
	commands_add_line(db, ctx, line->str);
	g_string_free(line, TRUE);
}

static gboolean is_cmd_file(const char *name)
{
	return name[0] == '.' && g_str_has_suffix(name, ".o.cmd");
}

static void add_cmd_files_below(struct cdb *db, const struct command_context *ctx, const char *dir, guint depth)
{
	GDir *d = depth < MAX_TREE_DEPTH ? g_dir_open(dir, 0, NULL) : NULL;
	const char *name;

	while (d && (name = g_dir_read_name(d))) {
		g_autofree char *path = g_build_filename(dir, name, NULL);

		if (is_cmd_file(name))
			add_cmd_file(db, ctx, path);
		else if (name[0] != '.' && g_file_test(path, G_FILE_TEST_IS_DIR) &&
			 !g_file_test(path, G_FILE_TEST_IS_SYMLINK))
			add_cmd_files_below(db, ctx, path, depth + 1);
	}
	if (d)
		g_dir_close(d);
}

void commands_add_built(struct cdb *db, const struct command_context *ctx, const char *path)
{
	g_autofree char *dir = NULL, *base = NULL, *cmd = NULL;

	if (!g_str_has_suffix(path, ".o")) {
		add_cmd_files_below(db, ctx, path, 0);
		return;
	}
	dir = g_path_get_dirname(path);
	base = g_path_get_basename(path);
	cmd = g_strdup_printf("%s/.%s.cmd", dir, base);
	add_cmd_file(db, ctx, cmd);
}
