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
	GPtrArray *file_groups;
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

static GPtrArray *groups_compile(struct smpl_filter *f, const GPtrArray *from)
{
	GPtrArray *groups = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);

	for (unsigned int i = 0; i < from->len; i++) {
		GArray *group = g_array_new(FALSE, FALSE, sizeof(unsigned int));

		for (char **t = from->pdata[i]; *t; t++) {
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
	f->file_groups = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
	for (unsigned int i = 0; i < patches->len; i++) {
		const struct smpl_patch *p = patches->pdata[i];

		g_ptr_array_add(f->groups, groups_compile(f, p->groups));
		g_ptr_array_add(f->file_groups, groups_compile(f, p->file_groups));
	}
	return f;
}

void smpl_filter_free(struct smpl_filter *f)
{
	g_hash_table_unref(f->tokens);
	g_array_unref(f->prefixes);
	g_ptr_array_unref(f->groups);
	g_ptr_array_unref(f->file_groups);
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

/* Marks the tokens among the words of [p, end). */
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

/* What is known of a file while it is matched. */
struct match {
	const struct smpl_filter *filter;
	const bool *all; /* tokens anywhere in the file */
	bool *hits;
};

/* Adds the patches of one scope that match a range whose tokens are `seen`; true if any does. */
static bool match_range(const struct match *m, bool whole_file, const bool *seen, const char *text, size_t length)
{
	const struct smpl_filter *f = m->filter;
	bool any = false;

	for (unsigned int i = 0; i < f->patches->len; i++) {
		const struct smpl_patch *p = f->patches->pdata[i];

		if (p->whole_file != whole_file || !groups_seen(f->file_groups->pdata[i], m->all) ||
		    !patch_matches(p, f->groups->pdata[i], seen, text, length))
			continue;
		m->hits[i] = true;
		any = true;
	}
	return any;
}

/* What lies between the functions counts as one more range. */
static void mark_outside(const struct smpl_filter *f, const char *text, const GArray *functions, bool *seen)
{
	size_t at = 0;

	for (unsigned int i = 0; i < functions->len; i++) {
		const struct outline_function *fn = &g_array_index(functions, struct outline_function, i);

		mark_words(f, text + at, text + fn->open, seen);
		at = fn->close;
	}
	mark_words(f, text + at, text + strlen(text), seen);
}

static void blank(char *text, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (text[i] != '\n')
			text[i] = ' ';
}

/* Matches function by function and blanks in `reduced` those that nothing can match in. */
static bool match_functions(const struct match *m, const char *text, const GArray *functions, char *reduced)
{
	unsigned int n = g_hash_table_size(m->filter->tokens);
	g_autofree bool *seen = g_new0(bool, n + 1);
	bool any = false;

	for (unsigned int i = 0; i < functions->len; i++) {
		const struct outline_function *fn = &g_array_index(functions, struct outline_function, i);

		memset(seen, 0, n * sizeof(*seen));
		mark_words(m->filter, text + fn->open, text + fn->close, seen);
		if (match_range(m, false, seen, text + fn->open, fn->close - fn->open))
			any = true;
		else if (fn->balanced)
			blank(reduced, fn->open + 1, fn->close);
	}
	return any;
}

/* End of the string or character literal that begins at `p`. */
static char *literal_end(char *p)
{
	char quote = *p;

	for (p++; *p && *p != quote && *p != '\n'; p++)
		if (*p == '\\' && p[1])
			p++;
	return *p ? p + 1 : p;
}

static char *comment_end(char *p)
{
	char *end = p[1] == '*' ? strstr(p + 2, "*/") : strchr(p, '\n');

	if (!end)
		return p + strlen(p);
	return p[1] == '*' ? end + 2 : end;
}

/* A copy without comments, every other byte in its place. */
static char *code_only(const char *text)
{
	char *code = g_strdup(text);

	for (char *p = code; *p;) {
		char *start = p;

		if (*p == '"' || *p == '\'') {
			p = literal_end(p);
		} else if (*p == '/' && (p[1] == '*' || p[1] == '/')) {
			p = comment_end(p);
			blank(code, start - code, p - code);
		} else {
			p++;
		}
	}
	return code;
}

char *smpl_filter_apply(const struct smpl_filter *f, const char *text, bool *hits)
{
	unsigned int n = g_hash_table_size(f->tokens);
	g_autofree bool *outside = g_new0(bool, n + 1), *all = g_new0(bool, n + 1);
	g_autofree char *code = code_only(text);
	g_autoptr(GArray) functions = outline_scan(code);
	const struct match m = {f, all, hits};
	g_autofree char *reduced = g_strdup(text);
	bool whole, outer, inner;

	mark_words(f, code, code + strlen(code), all);
	mark_outside(f, code, functions, outside);
	whole = match_range(&m, true, all, code, strlen(code));
	outer = match_range(&m, false, outside, code, strlen(code));
	inner = match_functions(&m, code, functions, reduced);
	if (whole)
		return g_strdup(text);
	return outer || inner ? g_steal_pointer(&reduced) : NULL;
}
