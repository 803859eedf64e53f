/* A reader of C text that knows lines, comments, literals and directives, and no more: see the header. */
#include "parse/words.h"

#include <string.h>
#include <xxhash.h>

/* One logical line: continuation lines joined, comments and literals blanked. */
struct line_reader {
	const char *s, *end;
	GString *line;
};

static gboolean is_word_start(char c)
{
	return g_ascii_isalpha(c) || c == '_';
}

static gboolean is_word_char(char c)
{
	return g_ascii_isalnum(c) || c == '_';
}

static const char *after_comment(const char *s, const char *end)
{
	for (s += 2; s + 1 < end; s++)
		if (s[0] == '*' && s[1] == '/')
			return s + 2;
	return end;
}

static const char *after_literal(const char *s, const char *end)
{
	char quote = *s++;

	while (s < end && *s != quote && *s != '\n')
		s += *s == '\\' && s + 1 < end ? 2 : 1;
	return s < end && *s == quote ? s + 1 : s;
}

static const char *after_line_comment(const char *s, const char *end)
{
	while (s < end && *s != '\n')
		s++;
	return s;
}

/* Is `s` at a literal? An #include's quotes are none: it has no escapes. */
static gboolean at_literal(const struct line_reader *r, const char *s)
{
	return (*s == '"' || *s == '\'') && !(r->line->str[0] == '#' && strstr(r->line->str, "include"));
}

static gboolean next_line(struct line_reader *r)
{
	const char *s = r->s;

	if (s >= r->end)
		return FALSE;
	g_string_truncate(r->line, 0);
	while (s < r->end && *s != '\n') {
		gboolean two = s + 1 < r->end;

		if (two && s[0] == '\\' && s[1] == '\n') {
			s += 2;
		} else if (two && s[0] == '/' && s[1] == '*') {
			s = after_comment(s, r->end);
			if (r->line->len > 0)
				g_string_append_c(r->line, ' ');
		} else if (two && s[0] == '/' && s[1] == '/') {
			s = after_line_comment(s, r->end);
		} else if (at_literal(r, s)) {
			s = after_literal(s, r->end);
			g_string_append_c(r->line, ' ');
		} else if (r->line->len == 0 && g_ascii_isspace(*s)) {
			s++; /* so that a directive's # is the first character */
		} else {
			g_string_append_c(r->line, *s++);
		}
	}
	r->s = s < r->end ? s + 1 : s;
	return TRUE;
}

/* The word at *s, which is moved behind it; blanks before it are skipped. Returns its length, 0 if there is none. */
static gsize word_at(const char **s, const char **word)
{
	const char *p = *s;

	while (*p == ' ' || *p == '\t')
		p++;
	*word = p;
	while (is_word_char(*p))
		p++;
	*s = p;
	return (gsize)(p - *word);
}

static gboolean word_is(const char *word, gsize n, const char *text)
{
	return strlen(text) == n && memcmp(word, text, n) == 0;
}

/* Splits "# directive rest": FALSE when the line is none. */
static gboolean directive(const char *line, const char **name, gsize *n, const char **rest)
{
	if (*line != '#')
		return FALSE;
	*rest = line + 1;
	*n = word_at(rest, name);
	return TRUE;
}

guint64 words_hash(const char *word, gsize n)
{
	return XXH3_64bits(word, n);
}

static void add_word(GHashTable *hashes, const char *word, gsize n)
{
	guint64 h = words_hash(word, n);

	if (!g_hash_table_contains(hashes, &h))
		g_hash_table_add(hashes, g_memdup2(&h, sizeof(h)));
}

static void add_words(GHashTable *hashes, const char *s)
{
	while (*s) {
		const char *start = s;

		if (!is_word_char(*s)) {
			s++;
			continue;
		}
		while (is_word_char(*s))
			s++;
		if (is_word_start(*start))
			add_word(hashes, start, (gsize)(s - start));
	}
}

/* What an #ifndef asks for becomes known only at the next line: #define of the same name makes it a default. */
struct pending {
	char *name;
};

static void settle(struct pending *p, GHashTable *hashes, const char *defined, gsize n)
{
	if (p->name && !(defined && word_is(defined, n, p->name)))
		add_word(hashes, p->name, strlen(p->name));
	g_clear_pointer(&p->name, g_free);
}

static void collect_directive(GHashTable *hashes, struct pending *p, const char *name, gsize n, const char *rest)
{
	const char *word;
	gsize len;

	if (word_is(name, n, "define")) {
		len = word_at(&rest, &word);
		settle(p, hashes, word, len);
		return;
	}
	settle(p, hashes, NULL, 0);
	if (word_is(name, n, "ifndef")) {
		len = word_at(&rest, &word);
		p->name = g_strndup(word, len);
	} else if (word_is(name, n, "if") || word_is(name, n, "ifdef") || word_is(name, n, "elif") ||
		   word_is(name, n, "undef")) {
		add_words(hashes, rest);
	}
}

void words_collect(GHashTable *hashes, const char *text, gsize n)
{
	struct line_reader r = {.s = text, .end = text + n, .line = g_string_new(NULL)};
	struct pending p = {NULL};

	while (next_line(&r)) {
		const char *name, *rest;
		gsize len;

		if (directive(r.line->str, &name, &len, &rest)) {
			collect_directive(hashes, &p, name, len, rest);
		} else if (r.line->len > 0) {
			settle(&p, hashes, NULL, 0);
			add_words(hashes, r.line->str);
		}
	}
	settle(&p, hashes, NULL, 0);
	g_string_free(r.line, TRUE);
}

static void visit_include(const struct words_visitor *v, const char *rest)
{
	const char *close;

	while (*rest == ' ' || *rest == '\t')
		rest++;
	close = *rest == '<' ? strchr(rest, '>') : NULL;
	if (close && v->include)
		v->include(v->ctx, rest + 1, (gsize)(close - rest - 1));
}

void words_visit(const char *text, gsize n, const struct words_visitor *v)
{
	struct line_reader r = {.s = text, .end = text + n, .line = g_string_new(NULL)};
	GPtrArray *defined = g_ptr_array_new_with_free_func(g_free);

	while (next_line(&r)) {
		const char *name, *rest, *word;
		gsize len;

		if (!directive(r.line->str, &name, &len, &rest))
			continue;
		if (word_is(name, len, "include")) {
			for (guint i = 0; v->define && i < defined->len; i++)
				v->define(v->ctx, defined->pdata[i], strlen(defined->pdata[i]));
			g_ptr_array_set_size(defined, 0);
			visit_include(v, rest);
		} else if (word_is(name, len, "define") || word_is(name, len, "undef")) {
			len = word_at(&rest, &word);
			g_ptr_array_add(defined, g_strndup(word, len));
		}
	}
	g_ptr_array_free(defined, TRUE);
	g_string_free(r.line, TRUE);
}
