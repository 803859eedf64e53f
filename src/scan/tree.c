#include "scan/tree.h"

#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

static gboolean exists_in(const char *directory, const char *name)
{
	char *path = g_build_filename(directory, name, NULL);
	gboolean yes = g_file_test(path, G_FILE_TEST_EXISTS);

	g_free(path);
	return yes;
}

gboolean tree_is_kernel(const char *directory)
{
	return exists_in(directory, "Kbuild") && exists_in(directory, "Kconfig") && exists_in(directory, "Makefile") &&
	       exists_in(directory, "include/linux");
}

static char *find_upwards(const char *start)
{
	char *dir = g_canonicalize_filename(start, NULL);

	while (!tree_is_kernel(dir)) {
		char *up = g_path_get_dirname(dir);
		gboolean top = strcmp(up, dir) == 0;

		g_free(dir);
		if (top) {
			g_free(up);
			return NULL;
		}
		dir = up;
	}
	return dir;
}

char *tree_root(const char *given, const char *path, GError **err)
{
	if (!given)
		return find_upwards(path ? path : ".");
	if (!g_file_test(given, G_FILE_TEST_IS_DIR)) {
		g_set_error(err, G_FILE_ERROR, G_FILE_ERROR_NOTDIR,
			    "%s: not a directory; -C takes the root of a kernel tree", given);
		return NULL;
	}
	return g_canonicalize_filename(given, NULL);
}

/* VERSION, PATCHLEVEL, SUBLEVEL and EXTRAVERSION stand in the first lines of the top Makefile. */
static char *version_of_makefile(const char *text)
{
	static const char *const keys[] = {"VERSION", "PATCHLEVEL", "SUBLEVEL", "EXTRAVERSION"};
	char *parts[4] = {NULL, NULL, NULL, NULL};
	char **lines = g_strsplit(text, "\n", 12);
	char *version;

	for (char **l = lines; *l; l++) {
		char **kv = g_strsplit(*l, "=", 2);

		for (int i = 0; i < 4 && kv[0] && kv[1]; i++)
			if (strcmp(g_strstrip(kv[0]), keys[i]) == 0 && !parts[i])
				parts[i] = g_strdup(g_strstrip(kv[1]));
		g_strfreev(kv);
	}
	version = parts[0] && parts[1] ? g_strdup_printf("%s.%s.%s%s", parts[0], parts[1], parts[2] ? parts[2] : "0",
							 parts[3] ? parts[3] : "")
				       : g_strdup("");
	for (int i = 0; i < 4; i++)
		g_free(parts[i]);
	g_strfreev(lines);
	return version;
}

char *tree_version(const char *root)
{
	char *path = g_build_filename(root ? root : ".", "include/config/kernel.release", NULL);
	char *text = NULL, *version;

	if (root && g_file_get_contents(path, &text, NULL, NULL)) {
		version = g_strdup(g_strstrip(text));
	} else {
		g_free(path);
		path = g_build_filename(root ? root : ".", "Makefile", NULL);
		version = root && tree_is_kernel(root) && g_file_get_contents(path, &text, NULL, NULL)
				  ? version_of_makefile(text)
				  : g_strdup("");
	}
	g_free(text);
	g_free(path);
	return version;
}

char *tree_config(const char *root)
{
	char *path = g_build_filename(root ? root : ".", ".config", NULL);
	char *text = NULL, *hash;
	gsize n = 0;

	if (root && g_file_get_contents(path, &text, &n, NULL))
		hash = g_strdup_printf("%016" G_GINT64_MODIFIER "x", (guint64)XXH3_64bits(text, n));
	else
		hash = g_strdup("");
	g_free(text);
	g_free(path);
	return hash;
}

char *tree_database(const char *given, const char *root)
{
	return given ? g_strdup(given) : g_build_filename(root ? root : ".", ".drvcheck", "drvcheck.db", NULL);
}

char *tree_resolve(const char *root, const char *path)
{
	char *here = g_canonicalize_filename(path, NULL);
	char *below;

	if (!root || g_path_is_absolute(path) || g_file_test(here, G_FILE_TEST_EXISTS))
		return here;
	below = g_canonicalize_filename(path, root);
	if (!g_file_test(below, G_FILE_TEST_EXISTS)) {
		g_free(below);
		return here;
	}
	g_free(here);
	return below;
}

static gboolean take_if_dir(char **out, char *path)
{
	if (g_file_test(path, G_FILE_TEST_IS_DIR)) {
		*out = path;
		return TRUE;
	}
	g_free(path);
	return FALSE;
}

/* A directory of our data: beside the program's own directory in a build, else where it was installed. */
static char *find_data(const char *name)
{
	char *exe = g_file_read_link("/proc/self/exe", NULL), *dir = g_path_get_dirname(exe ? exe : "."), *found = NULL;

	if (!take_if_dir(&found, g_build_filename(dir, "..", name, NULL)) &&
	    !take_if_dir(&found, g_build_filename(dir, "..", "share", "drvcheck", name, NULL)) &&
	    !take_if_dir(&found, g_build_filename(DRVCHECK_DATADIR, name, NULL)))
		take_if_dir(&found, g_build_filename(DRVCHECK_SOURCE_DIR, name, NULL));
	g_free(dir);
	g_free(exe);
	return found;
}

char *tree_rules(const char *given, GError **err)
{
	const char *named = given ? given : g_getenv("DRVCHECK_RULES");
	char *found = NULL;

	if (named && !take_if_dir(&found, g_strdup(named)))
		g_set_error(err, G_FILE_ERROR, G_FILE_ERROR_NOTDIR, "%s: not a directory with rules", named);
	else if (!named && !(found = find_data("rules")))
		g_set_error(err, G_FILE_ERROR, G_FILE_ERROR_NOENT,
			    "the rules are not to be found; name their directory with --rules or $DRVCHECK_RULES");
	return found;
}

char *tree_patches(const char *what)
{
	g_autofree char *name = g_build_filename("semantic-patches", what, NULL);

	return find_data(name);
}

/* "6.12" and "6.12.107-rc1" as 6012; 0: no release. */
static int release_number(const char *release)
{
	char **parts = g_strsplit(release, ".", 3);
	int n = parts[0] && parts[1] ? atoi(parts[0]) * 1000 + atoi(parts[1]) : 0;

	g_strfreev(parts);
	return n;
}

char *tree_summaries(const char *root, gboolean *other)
{
	char *release = tree_version(root), *directory = root ? find_data("summaries") : NULL, *found = NULL;
	GDir *d = directory ? g_dir_open(directory, 0, NULL) : NULL;
	int wanted = release_number(release), best = 0, n;
	const char *name;

	while (d && (name = g_dir_read_name(d)))
		if ((n = release_number(name)) && (!best || abs(n - wanted) < abs(best - wanted)))
			best = n;
	if (best)
		found = g_strdup_printf("%s/%d.%d", directory, best / 1000, best % 1000);
	*other = best != wanted;
	if (d)
		g_dir_close(d);
	g_free(directory);
	g_free(release);
	return found;
}

/* In what order a directory lists its files does not matter. */
guint64 tree_hash(const char *directory, const char *suffix)
{
	GDir *d = g_dir_open(directory, 0, NULL);
	const char *name;
	guint64 sum = 0;

	while (d && (name = g_dir_read_name(d))) {
		char *path = g_build_filename(directory, name, NULL), *text = NULL;
		gsize n = 0;

		if (g_str_has_suffix(name, suffix) && g_file_get_contents(path, &text, &n, NULL))
			sum += XXH64(text, n, XXH64(name, strlen(name), 0));
		g_free(text);
		g_free(path);
	}
	if (d)
		g_dir_close(d);
	return sum;
}
