/*
 * The function around a finding, found in the text as kernel style lays it out: its closing brace stands in the first
 * column, and so does its head. No parser is needed, and a function that is laid out otherwise just has no hash: a mark
 * on it stays.
 */
#include "finding/function.h"

#include <string.h>
#include <xxhash.h>

void function_source_clear(struct function_source *s)
{
	g_free(s->file);
	g_strfreev(s->lines);
	*s = (struct function_source){0};
}

/* Makes `s` hold the file; its lines are NULL when it cannot be read. */
static void load(struct function_source *s, const char *root, const char *file)
{
	g_autofree char *path = NULL, *text = NULL;

	if (s->file && !strcmp(s->file, file))
		return;
	function_source_clear(s);
	s->file = g_strdup(file);
	path = root ? g_build_filename(root, file, NULL) : g_strdup(file);
	if (g_file_get_contents(path, &text, NULL, NULL))
		s->lines = g_strsplit(text, "\n", -1);
	s->n = s->lines ? g_strv_length(s->lines) : 0;
}

/* The head may begin some lines above the brace; a blank line, a preprocessor line or the end of another thing bounds
 * it. */
static unsigned int head_of(char **lines, unsigned int brace)
{
	unsigned int n = brace;

	while (n && *lines[n - 1] && !strchr("#}/", *lines[n - 1]) && !g_str_has_prefix(lines[n - 1], " *"))
		n--;
	return n;
}

/* The lines [*first, *last] (from 0) of the function that holds line `n` (from 0). */
static bool find_function(char **lines, unsigned int total, unsigned int n, unsigned int *first, unsigned int *last)
{
	unsigned int brace, end = n;

	if (n >= total)
		return false;
	while (end < total && *lines[end] != '}')
		end++;
	if (end == total)
		return false;
	for (brace = end; brace > 0 && *lines[brace] != '{'; brace--)
		if (brace < end && *lines[brace] == '}')
			return false;
	if (*lines[brace] != '{')
		return false;
	*first = head_of(lines, brace);
	*last = end;
	return *first <= n;
}

/* Past a comment, a string or a character constant that starts at `s`; otherwise `s`. */
static const char *skip_comment(const char *s)
{
	const char *end;

	if (!strncmp(s, "//", 2))
		return s + strcspn(s, "\n");
	if (strncmp(s, "/*", 2))
		return s;
	end = strstr(s + 2, "*/");
	return end ? end + 2 : s + strlen(s);
}

static const char *end_of_string(const char *s)
{
	char quote = *s++;

	for (; *s && *s != quote && *s != '\n'; s++)
		if (*s == '\\' && s[1])
			s++;
	return *s ? s + 1 : s;
}

static bool is_word(char c)
{
	return g_ascii_isalnum(c) || c == '_';
}

static const char *end_of_token(const char *s)
{
	if (*s == '"' || *s == '\'')
		return end_of_string(s);
	if (!is_word(*s))
		return s + 1;
	while (is_word(*s))
		s++;
	return s;
}

static uint64_t hash_tokens(const char *s)
{
	XXH64_state_t *h = XXH64_createState();
	uint64_t digest;

	XXH64_reset(h, 0);
	while (*s) {
		const char *after = skip_comment(s), *end;

		if (after != s || g_ascii_isspace(*s)) {
			s = after != s ? after : s + 1;
			continue;
		}
		end = end_of_token(s);
		XXH64_update(h, s, end - s);
		XXH64_update(h, "\n", 1);
		s = end;
	}
	digest = XXH64_digest(h);
	XXH64_freeState(h);
	return digest;
}

char *function_hash(struct function_source *s, struct arena *a, const char *root, const struct finding *f)
{
	g_autofree char *text = NULL;
	unsigned int first, last;
	char *after;

	load(s, root, f->file);
	if (!f->line || !find_function(s->lines, s->n, f->line - 1, &first, &last))
		return arena_strdup(a, "");
	after = s->lines[last + 1];
	s->lines[last + 1] = NULL;
	text = g_strjoinv("\n", s->lines + first);
	s->lines[last + 1] = after;
	return arena_printf(a, "%016" G_GINT64_MODIFIER "x", (guint64)hash_tokens(text));
}

/* "drvcheck: ignore" alone, or followed by this rule among others. A misspelt rule does not silence everything. */
static bool line_ignores(const char *line, const char *rule)
{
	static const char word[] = "drvcheck: ignore";
	const char *s = strstr(line, word);
	g_auto(GStrv) words = NULL;
	bool any = false;

	if (!s)
		return false;
	words = g_strsplit_set(s + strlen(word), " \t,:*", -1);
	for (char **w = words; *w; w++) {
		if (!strcmp(*w, rule))
			return true;
		any |= finding_rule(*w) != NULL || (w == words + 1 && strchr(*w, '/'));
	}
	return !any;
}

/* Only a line that holds nothing but a comment speaks of the next one. */
static bool comment_at(char **lines, unsigned int total, unsigned int line, const char *rule)
{
	const char *above;

	if (!line || line > total)
		return false;
	if (line_ignores(lines[line - 1], rule))
		return true;
	if (line < 2)
		return false;
	above = lines[line - 2] + strspn(lines[line - 2], " \t");
	return (*above == '/' || *above == '*') && line_ignores(above, rule);
}

bool function_ignored(struct function_source *s, const char *root, const struct finding *f)
{
	const struct finding_event *e = finding_event_of_kind(f, "acquired");

	load(s, root, f->file);
	return comment_at(s->lines, s->n, f->line, f->rule) ||
	       (e && !strcmp(e->file, f->file) && comment_at(s->lines, s->n, e->line, f->rule));
}
