/*
 * The function around a finding, found in the text as kernel style lays it out: its closing brace stands in the first
 * column, and so does its head. No parser is needed, and a function that is laid out otherwise just has no hash: a mark
 * on it stays.
 */
#include "finding/triage.h"

#include <string.h>
#include <xxhash.h>

static char **read_lines(const char *root, const char *file)
{
	g_autofree char *path = root ? g_build_filename(root, file, NULL) : g_strdup(file), *text = NULL;

	return g_file_get_contents(path, &text, NULL, NULL) ? g_strsplit(text, "\n", -1) : NULL;
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

char *triage_function_hash(struct arena *a, const char *root, const struct finding *f)
{
	g_auto(GStrv) lines = read_lines(root, f->file);
	g_autofree char *text = NULL;
	unsigned int first, last;
	char *after;

	if (!lines || !f->line || !find_function(lines, g_strv_length(lines), f->line - 1, &first, &last))
		return arena_strdup(a, "");
	after = lines[last + 1];
	lines[last + 1] = NULL;
	text = g_strjoinv("\n", lines + first);
	lines[last + 1] = after;
	return arena_printf(a, "%016" G_GINT64_MODIFIER "x", (guint64)hash_tokens(text));
}

bool triage_holds(const struct triage_mark *m, const char *root, const struct finding *f)
{
	struct arena *a = arena_new();
	const char *now = triage_function_hash(a, root, f);
	bool holds = !m->function_hash || !*m->function_hash || !*now || !strcmp(now, m->function_hash);

	arena_free(a);
	return holds;
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

bool triage_ignored_by_comment(const char *root, const struct finding *f)
{
	const struct finding_event *e = finding_event_of_kind(f, "acquired");
	g_auto(GStrv) lines = read_lines(root, f->file);
	unsigned int n = lines ? g_strv_length(lines) : 0;

	if (!lines)
		return false;
	return comment_at(lines, n, f->line, f->rule) ||
	       (e && !strcmp(e->file, f->file) && comment_at(lines, n, e->line, f->rule));
}
