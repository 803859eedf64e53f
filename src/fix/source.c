#include "fix/source.h"

#include <glib.h>
#include <string.h>

struct reader {
	struct source *s;
	const char *at, *line_start;
	unsigned int line, room;
	bool fresh; /* nothing but white space on this line yet */
};

static bool is_word(char c)
{
	return g_ascii_isalnum(c) || c == '_';
}

static void newline(struct reader *r)
{
	r->line++;
	r->line_start = r->at + 1;
	r->fresh = true;
}

/* To `end`, counting lines. */
static void skip_to(struct reader *r, const char *end)
{
	for (; r->at < end; r->at++)
		if (*r->at == '\n')
			newline(r);
}

static const char *end_of_comment(const char *at)
{
	const char *end = strstr(at + 2, "*/");

	return end ? end + 2 : at + strlen(at);
}

static const char *end_of_directive(const char *at)
{
	for (; *at && *at != '\n'; at++) {
		if (at[0] == '\\' && at[1] == '\n')
			at++;
		else if (at[0] == '/' && at[1] == '*')
			at = end_of_comment(at) - 1;
	}
	return at;
}

static const char *end_of_literal(const char *at)
{
	char quote = *at++;

	for (; *at && *at != quote && *at != '\n'; at++)
		if (*at == '\\' && at[1])
			at++;
	return *at == quote ? at + 1 : at;
}

static const char *end_of_sign(const char *at)
{
	static const char *const signs[] = {"<<=", ">>=", "...", "->", "++", "--", "<<", ">>", "<=", ">=", "==",
					    "!=",  "&&",  "||",	 "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^="};

	for (size_t i = 0; i < G_N_ELEMENTS(signs); i++)
		if (strncmp(at, signs[i], strlen(signs[i])) == 0)
			return at + strlen(signs[i]);
	return at + 1;
}

static const char *end_of_word(const char *at)
{
	while (is_word(*at))
		at++;
	return at;
}

static void take(struct reader *r)
{
	struct source *s = r->s;
	struct token t = {.start = (unsigned int)(r->at - s->text),
			  .line = r->line,
			  .column = (unsigned int)(r->at - r->line_start) + 1};
	const char *end;

	if (is_word(*r->at)) {
		t.kind = g_ascii_isdigit(*r->at) ? TOKEN_NUMBER : TOKEN_WORD;
		end = end_of_word(r->at);
	} else if (*r->at == '"' || *r->at == '\'') {
		t.kind = TOKEN_TEXT;
		end = end_of_literal(r->at);
	} else {
		t.kind = TOKEN_SIGN;
		end = end_of_sign(r->at);
	}
	t.end = (unsigned int)(end - s->text);
	r->at = end;
	r->fresh = false;
	if (s->n == r->room)
		s->tokens = arena_grow(s->arena, s->tokens, sizeof(t), s->n, &r->room);
	s->tokens[s->n++] = t;
}

struct source *source_read(struct arena *a, const char *text)
{
	struct source *s = ARENA_NEW(a, struct source);
	struct reader r = {.s = s, .at = text, .line_start = text, .line = 1, .fresh = true};

	*s = (struct source){.arena = a, .text = text};
	while (*r.at) {
		if (strncmp(r.at, "/*", 2) == 0)
			skip_to(&r, end_of_comment(r.at));
		else if (strncmp(r.at, "//", 2) == 0)
			r.at += strcspn(r.at, "\n");
		else if (*r.at == '#' && r.fresh)
			skip_to(&r, end_of_directive(r.at));
		else if (g_ascii_isspace(*r.at) || *r.at == '\\')
			skip_to(&r, r.at + 1);
		else
			take(&r);
	}
	return s;
}

bool token_is(const struct source *s, unsigned int i, const char *word)
{
	size_t n = strlen(word);

	return i < s->n && s->tokens[i].end - s->tokens[i].start == n &&
	       memcmp(s->text + s->tokens[i].start, word, n) == 0;
}

bool token_same(const struct source *s, unsigned int i, unsigned int j)
{
	const struct token *a = &s->tokens[i], *b = &s->tokens[j];

	return a->end - a->start == b->end - b->start &&
	       memcmp(s->text + a->start, s->text + b->start, a->end - a->start) == 0;
}

unsigned int token_at(const struct source *s, unsigned int line, unsigned int column)
{
	unsigned int low = 0, high = s->n;

	while (low < high) {
		unsigned int mid = (low + high) / 2;
		const struct token *t = &s->tokens[mid];

		if (t->line < line || (t->line == line && t->column <= column))
			low = mid + 1;
		else
			high = mid;
	}
	return low ? low - 1 : s->n;
}

unsigned int token_close(const struct source *s, unsigned int i)
{
	int depth = 0;

	for (; i < s->n; i++) {
		char c = s->tokens[i].kind == TOKEN_SIGN ? s->text[s->tokens[i].start] : ' ';

		depth += (c == '(' || c == '[' || c == '{') - (c == ')' || c == ']' || c == '}');
		if (depth == 0)
			return i;
	}
	return s->n;
}

/* A name with its parenthesis on the next line. */
static bool is_call_head(const struct source *s, unsigned int i)
{
	return s->tokens[i].kind == TOKEN_WORD && token_is(s, i + 1, "(") && !token_is(s, i, "return") &&
	       !token_is(s, i, "if") && !token_is(s, i, "while");
}

const char *source_slice(const struct source *s, unsigned int first, unsigned int last)
{
	GString *out = g_string_new(NULL);
	const char *result;

	for (unsigned int i = first; i <= last; i++) {
		const struct token *t = &s->tokens[i];

		g_string_append_len(out, s->text + t->start, t->end - t->start);
		if (i < last && s->tokens[i + 1].line != t->line)
			g_string_append(out, token_is(s, i, "(") || is_call_head(s, i) ? "" : " ");
		else if (i < last)
			g_string_append_len(out, s->text + t->end, s->tokens[i + 1].start - t->end);
	}
	result = arena_strdup(s->arena, out->str);
	g_string_free(out, TRUE);
	return result;
}

const char *source_indent(const struct source *s, unsigned int token)
{
	const struct token *t = &s->tokens[token];
	const char *line = s->text + t->start - (t->column - 1);

	return arena_strndup(s->arena, line, strspn(line, " \t"));
}

bool source_mentions(const struct source *s, unsigned int first, unsigned int last, const char *word)
{
	for (unsigned int i = first; i <= last && i < s->n; i++)
		if (s->tokens[i].kind == TOKEN_WORD && token_is(s, i, word))
			return true;
	return false;
}

bool source_mentions_sign(const struct source *s, unsigned int first, unsigned int last, const char *sign)
{
	for (unsigned int i = first; i <= last && i < s->n; i++)
		if (s->tokens[i].kind == TOKEN_SIGN && token_is(s, i, sign))
			return true;
	return false;
}
