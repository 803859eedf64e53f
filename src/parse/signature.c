/* Signatures of units: see the header. */
#include "parse/signature.h"

#include <clang-c/Index.h>
#include <string.h>
#include <xxhash.h>

enum flag_class { CLASS_BASE, CLASS_MACRO, CLASS_INCLUDE, CLASS_UNIT };

/* kbuild tells each unit its own name by macros; no other difference between the commands of a directory is so common.
 */
static gboolean is_unit_macro(const char *flag)
{
	return g_str_has_prefix(flag, "-DKBUILD_MODNAME=") || g_str_has_prefix(flag, "-DKBUILD_BASENAME=") ||
	       g_str_has_prefix(flag, "-DKBUILD_MODFILE=") || g_str_has_prefix(flag, "-D__KBUILD_MODNAME=");
}

static enum flag_class classify(const char *flag)
{
	if (flag[0] != '-')
		return CLASS_BASE;
	if (flag[1] == 'D' || flag[1] == 'U')
		return is_unit_macro(flag) ? CLASS_UNIT : CLASS_MACRO;
	return flag[1] == 'I' ? CLASS_INCLUDE : CLASS_BASE;
}

static void hash_string(XXH3_state_t *h, const char *s)
{
	XXH3_64bits_update(h, s, strlen(s) + 1);
}

static void hash_clang_version(XXH3_state_t *h)
{
	CXString version = clang_getClangVersion();

	hash_string(h, clang_getCString(version));
	clang_disposeString(version);
}

void signature_init(struct signature *s, const char *directory, char *const *flags)
{
	XXH3_state_t *h = XXH3_createState();

	s->macros = g_ptr_array_new_with_free_func(g_free);
	s->includes = g_ptr_array_new_with_free_func(g_free);
	XXH3_64bits_reset(h);
	hash_clang_version(h);
	hash_string(h, directory);
	for (char *const *f = flags; *f; f++) {
		enum flag_class c = classify(*f);

		if (c == CLASS_MACRO)
			g_ptr_array_add(s->macros, g_strdup(*f));
		else if (c == CLASS_INCLUDE)
			g_ptr_array_add(s->includes, g_strdup(*f));
		else if (c == CLASS_BASE)
			hash_string(h, *f);
	}
	g_snprintf(s->base, sizeof(s->base), "%016" G_GINT64_MODIFIER "x", (guint64)XXH3_64bits_digest(h));
	XXH3_freeState(h);
}

void signature_clear(struct signature *s)
{
	g_ptr_array_free(s->macros, TRUE);
	g_ptr_array_free(s->includes, TRUE);
}

GPtrArray *signature_shared_flags(char *const *flags)
{
	GPtrArray *out = g_ptr_array_new();

	for (char *const *f = flags; *f; f++) {
		enum flag_class c = classify(*f);

		if (c != CLASS_UNIT)
			g_ptr_array_add(out, *f);
	}
	return out;
}

guint64 signature_group(const struct signature *s)
{
	XXH3_state_t *h = XXH3_createState();
	guint64 value;

	XXH3_64bits_reset(h);
	hash_string(h, s->base);
	for (guint i = 0; i < s->macros->len; i++)
		hash_string(h, s->macros->pdata[i]);
	value = XXH3_64bits_digest(h);
	XXH3_freeState(h);
	return value;
}

gboolean is_prefix_of(const GPtrArray *prefix, const GPtrArray *list)
{
	if (prefix->len > list->len)
		return FALSE;
	for (guint i = 0; i < prefix->len; i++)
		if (strcmp(prefix->pdata[i], list->pdata[i]) != 0)
			return FALSE;
	return TRUE;
}

char *macro_name(const char *flag)
{
	const char *name = flag + 2;
	size_t n = strcspn(name, "=(");

	return g_strndup(name, n);
}
