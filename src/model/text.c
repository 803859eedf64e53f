#include "model/text.h"

#include <ctype.h>
#include <string.h>

static void step(const struct text *t, struct text_cursor *at)
{
	if (t->data[at->offset++] == '\n')
		at->line++;
}

static void skip_line(const struct text *t, struct text_cursor *at)
{
	const char *nl = strchr(t->data + at->offset, '\n');

	if (!nl) {
		at->offset = t->length;
		return;
	}
	at->offset = (size_t)(nl - t->data) + 1;
	at->line++;
}

struct text_cursor text_line(const struct text *t, unsigned int line)
{
	struct text_cursor at = {.line = 1};

	while (at.line < line && at.offset < t->length)
		skip_line(t, &at);
	return at;
}

struct text_cursor text_section(const struct text *t, const char *key)
{
	struct text_cursor at = {.line = 1};
	size_t n = strlen(key);

	while (at.offset < t->length) {
		const char *line = t->data + at.offset;
		bool found = !strncmp(line, key, n) && line[n] == ':';

		skip_line(t, &at);
		if (found)
			return at;
	}
	return (struct text_cursor){.line = 1};
}

static bool in_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '-';
}

static bool starts_comment(const struct text *t, size_t offset)
{
	return t->data[offset] == '#' && (offset == 0 || isspace((unsigned char)t->data[offset - 1]));
}

bool text_find(const struct text *t, struct text_cursor *at, const char *word)
{
	struct text_cursor c = *at;
	size_t n = strlen(word);

	while (c.offset + n <= t->length) {
		const char *s = t->data + c.offset;

		if (starts_comment(t, c.offset)) {
			skip_line(t, &c);
			continue;
		}
		if (*s == *word && !strncmp(s, word, n) && !in_word(s[n]) && (c.offset == 0 || !in_word(s[-1]))) {
			c.offset += n;
			*at = c;
			return true;
		}
		step(t, &c);
	}
	return false;
}
