/* Fingerprints of a sorted list: see fingerprint.h for what goes in and why. */
#include "finding/fingerprint.h"

#include <glib.h>
#include <string.h>
#include <xxhash.h>

static bool is_word(char c)
{
	return g_ascii_isalnum(c) || c == '_';
}

/* Past a leading "(struct foo *)": a cast says how the value is seen, not which value it is. */
static const char *skip_cast(const char *s)
{
	const char *close;

	while (*s == '(' && (close = strchr(s, ')')) && close[1] && close[-1] == '*')
		s = close + 1;
	return s;
}

/* From the '[' at `s` to its closing bracket, or the end of a malformed expression. */
static const char *skip_index(const char *s)
{
	int depth = 0;

	for (; *s; s++) {
		depth += (*s == '[') - (*s == ']');
		if (!depth)
			return s + 1;
	}
	return s;
}

char *finding_normalise_expression(struct arena *a, const char *expression)
{
	g_autofree char *tight = g_malloc0(strlen(expression) + 1);
	GString *out = g_string_new(NULL);
	const char *s;
	char *result, *t = tight;
	bool root = true;

	for (s = expression; *s; s++)
		if (!g_ascii_isspace(*s))
			*t++ = *s;
	*t = '\0';
	for (s = skip_cast(tight); *s;) {
		if (*s == '[') {
			g_string_append(out, "[]");
			s = skip_index(s);
		} else if (root && is_word(*s)) {
			g_string_append_c(out, '$');
			while (is_word(*s))
				s++;
			root = false;
		} else {
			g_string_append_c(out, *s++);
		}
	}
	result = arena_strdup(a, out->str);
	g_string_free(out, TRUE);
	return result;
}

/* The fields are separated by a character that none of them can hold. */
char *finding_identity(struct arena *a, const struct finding *f)
{
	return arena_printf(a, "%s\n%s\n%s\n%s\n%s\n%s", f->rule, f->file, f->function, f->acquire,
			    finding_normalise_expression(a, f->expression), f->exit_kind);
}

/* The hash of the key and of how often there was such a key before. */
static const char *numbered(const struct finding_list *l, struct arena *scratch, GHashTable *seen, char *key)
{
	unsigned int ordinal = GPOINTER_TO_UINT(g_hash_table_lookup(seen, key));
	const char *full = arena_printf(scratch, "%s\n%u", key, ordinal);

	g_hash_table_insert(seen, key, GUINT_TO_POINTER(ordinal + 1));
	return arena_printf(l->arena, "%016" G_GINT64_MODIFIER "x", (guint64)XXH64(full, strlen(full), 0));
}

void finding_list_fingerprint(struct finding_list *l)
{
	GHashTable *seen = g_hash_table_new(g_str_hash, g_str_equal);
	struct arena *scratch = arena_new();

	for (unsigned int i = 0; i < l->all.n; i++)
		l->all.v[i].fingerprint = numbered(l, scratch, seen, finding_identity(scratch, &l->all.v[i]));
	g_hash_table_destroy(seen);
	arena_free(scratch);
}

const char **finding_list_group_fingerprints(const struct finding_list *l)
{
	const char **prints = ARENA_ARRAY(l->arena, const char *, l->all.n + 1);
	GHashTable *seen = g_hash_table_new(g_str_hash, g_str_equal);
	struct arena *scratch = arena_new();

	for (unsigned int i = 0; i < l->all.n; i++) {
		const struct finding *f = &l->all.v[i];

		prints[i] = *f->group ? numbered(l, scratch, seen,
						 arena_printf(scratch, "group\n%s\n%s\n%s\n%s\n%s", f->rule, f->file,
							      f->function, f->resource, f->exit_kind))
				      : f->fingerprint;
	}
	g_hash_table_destroy(seen);
	arena_free(scratch);
	return prints;
}
