/*
 * The patches of a directory by the fingerprints of their findings: its fixes.txt has lines "FINGERPRINT RULE PLACE
 * FILE WHAT", separated by tabs, with "-" where there is no patch.
 */
#include "report/patches.h"

#include <string.h>

GHashTable *report_patches(const char *directory)
{
	GHashTable *t = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	g_autofree char *path = directory ? g_build_filename(directory, "fixes.txt", NULL) : NULL, *text = NULL;
	g_auto(GStrv) lines = NULL;

	if (path && g_file_get_contents(path, &text, NULL, NULL))
		lines = g_strsplit(text, "\n", -1);
	for (char **line = lines; line && *line; line++) {
		g_auto(GStrv) field = g_strsplit(*line, "\t", 5);
		g_autofree char *file = NULL;
		char *patch;

		if (g_strv_length(field) != 5 || !strcmp(field[3], "-"))
			continue;
		file = g_build_filename(directory, field[3], NULL);
		if (g_file_get_contents(file, &patch, NULL, NULL))
			g_hash_table_insert(t, g_strdup(field[0]), patch);
	}
	return t;
}
