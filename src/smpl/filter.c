/* Token prefilter: one pass over each function's identifiers, then a few bit tests per patch. */
#include "smpl/filter.h"

#include "smpl/outline.h"
#include "smpl/patch.h"

#include <string.h>

struct prefix {
	const char *text;
	size_t length;
	unsigned int token;
};

struct smpl_filter {
	const GPtrArray *patches;
	GHashTable *tokens; /* char * -> number + 1 */
	GArray *prefixes;   /* of struct prefix */
	GPtrArray *groups;  /* per patch: GPtrArray of GArray of token numbers */
};

/* Number of a token, new if need be. */
static unsigned int token_number(struct smpl_filter *f, const char *token)
{
	unsigned int n = GPOINTER_TO_UINT(g_hash_table_lookup(f->tokens, token));

	if (n)
		return n - 1;
	n = g_hash_table_size(f->tokens);
	g_hash_table_insert(f->tokens, (void *)token, GUINT_TO_POINTER(n + 1));
	if (g_str_has_suffix(token, "*")) {
		struct prefix p = {token, strlen(token) - 1, n};

		g_array_append_val(f->prefixes, p);
	}
	return n;
}

static GPtrArray *groups_compile(struct smpl_filter *f, const struct smpl_patch *p)
{
	GPtrArray *groups = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);

	for (unsigned int i = 0; i < p->groups->len; i++) {
		GArray *group = g_array_new(FALSE, FALSE, sizeof(unsigned int));

		for (char **t = p->groups->pdata[i]; *t; t++) {
			unsigned int n = token_number(f, *t);

			g_array_append_val(group, n);
		}
		g_ptr_array_add(groups, group);
	}
	return groups;
}

struct smpl_filter *smpl_filter_new(const GPtrArray *patches)
{
	struct smpl_filter *f = g_new0(struct smpl_filter, 1);

	f->patches = patches;
	f->tokens = g_hash_table_new(g_str_hash, g_str_equal);
	f->prefixes = g_array_new(FALSE, FALSE, sizeof(struct prefix));
	f->groups = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
	for (unsigned int i = 0; i < patches->len; i++)
		g_ptr_array_add(f->groups, groups_compile(f, patches->pdata[i]));
	return f;
}

void smpl_filter_free(struct smpl_filter *f)
{
	g_hash_table_unref(f->tokens);
	g_array_unref(f->prefixes);
	g_ptr_array_unref(f->groups);
	g_free(f);
}

static void mark_word(const struct smpl_filter *f, const char *word, size_t length, bool *seen)
{
	char buf[64];
	unsigned int n;

	if (length >= sizeof(buf))
		return;
	memcpy(buf, word, length);
	buf[length] = '\0';
	n = GPOINTER_TO_UINT(g_hash_table_lookup(f->tokens, buf));
	if (n)
		seen[n - 1] = true;
	for (unsigned int i = 0; i < f->prefixes->len; i++) {
		const struct prefix *p = &g_array_index(f->prefixes, struct prefix, i);

		if (strncmp(buf, p->text, p->length) == 0)
			seen[p->token] = true;
	}
}

/* Marks the tokens among the words of [p, end); comments count too, which only costs time. */
static void mark_words(const struct smpl_filter *f, const char *p, const char *end, bool *seen)
{
	while (p < end) {
		const char *word = p;

		while (p < end && (g_ascii_isalnum(*p) || *p == '_'))
			p++;
		if (p > word)
			mark_word(f, word, p - word, seen);
		else
			p++;
	}
}

static bool groups_seen(const GPtrArray *groups, const bool *seen)
{
	for (unsigned int i = 0; i < groups->len; i++) {
		const GArray *group = groups->pdata[i];
		bool any = false;

		for (unsigned int j = 0; j < group->len && !any; j++)
			any = seen[g_array_index(group, unsigned int, j)];
		if (!any)
			return false;
	}
	return true;
}

static bool patch_matches(const struct smpl_patch *p, const GPtrArray *groups, const bool *seen, const char *text,
			  size_t length)
{
	if (!groups_seen(groups, seen))
		return false;
	for (unsigned int i = 0; i < p->regexes->len; i++)
		if (!g_regex_match_full(p->regexes->pdata[i], text, length, 0, 0, NULL, NULL))
			return false;
	return true;
}

/* Adds the patches of one scope that match a range whose tokens are `seen`; true if any does. */
static bool match_range(const struct smpl_filter *f, bool whole_file, const bool *seen, const char *text, size_t length,
			bool *hits)
{
	bool any = false;

	for (unsigned int i = 0; i < f->patches->len; i++) {
		const struct smpl_patch *p = f->patches->pdata[i];

		if (p->whole_file != whole_file || !patch_matches(p, f->groups->pdata[i], seen, text, length))
			continue;
		hits[i] = true;
		any = true;
	}
	return any;
}

static void blank(char *text, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (text[i] != '\n')
			text[i] = ' ';
}

/* What lies between the functions counts as one more range; it is never blanked. */
static bool match_outside(const struct smpl_filter *f, const char *text, const GArray *functions, bool *seen,
			  bool *hits)
{
	size_t at = 0;

	for (unsigned int i = 0; i < functions->len; i++) {
		const struct outline_function *fn = &g_array_index(functions, struct outline_function, i);

		mark_words(f, text + at, text + fn->open, seen);
		at = fn->close;
	}
	mark_words(f, text + at, text + strlen(text), seen);
	return match_range(f, false, seen, text, strlen(text), hits);
}

char *smpl_filter_apply(const struct smpl_filter *f, const char *text, bool *hits)
{
	unsigned int n = g_hash_table_size(f->tokens);
	g_autofree bool *seen = g_new0(bool, n + 1), *all = g_new0(bool, n + 1);
	g_autoptr(GArray) functions = outline_scan(text);
	char *reduced = g_strdup(text);
	bool any = match_outside(f, text, functions, all, hits);

	for (unsigned int i = 0; i < functions->len; i++) {
		const struct outline_function *fn = &g_array_index(functions, struct outline_function, i);

		memset(seen, 0, n * sizeof(*seen));
		mark_words(f, text + fn->open, text + fn->close, seen);
		for (unsigned int t = 0; t < n; t++)
			all[t] |= seen[t];
		if (match_range(f, false, seen, text + fn->open, fn->close - fn->open, hits))
			any = true;
		else if (fn->balanced)
			blank(reduced, fn->open + 1, fn->close);
	}
	if (match_range(f, true, all, text, strlen(text), hits)) {
		g_free(reduced);
		return g_strdup(text);
	}
	if (any)
		return reduced;
	g_free(reduced);
	return NULL;
}
