/* C source as tokens: what repairs cut and copy. Comments and preprocessor lines are no tokens. Private to fix/. */
#ifndef FIX_SOURCE_H
#define FIX_SOURCE_H

#include "base/arena.h"

#include <stdbool.h>

enum token_kind { TOKEN_WORD, TOKEN_NUMBER, TOKEN_TEXT, TOKEN_SIGN };

struct token {
	enum token_kind kind;
	unsigned int start, end; /* offsets: [start, end) */
	unsigned int line, column;
};

struct source {
	struct arena *arena;
	const char *text;
	struct token *tokens;
	unsigned int n;
};

/* The text stays the caller's. Never fails: what is no C comes out as strange tokens. */
struct source *source_read(struct arena *a, const char *text);
bool token_is(const struct source *s, unsigned int i, const char *word);
bool token_same(const struct source *s, unsigned int i, unsigned int j);
/* The last token that begins at this place or before it; s->n when there is none. */
unsigned int token_at(const struct source *s, unsigned int line, unsigned int column);
/* The bracket that closes the one at i; s->n when none does. */
unsigned int token_close(const struct source *s, unsigned int i);
/* The text of the tokens [first, last], line breaks and indentation written as one blank. */
const char *source_slice(const struct source *s, unsigned int first, unsigned int last);
/* The white space that begins the token's line. */
const char *source_indent(const struct source *s, unsigned int token);
/* Does the word, or the sign, stand anywhere in [first, last]? */
bool source_mentions_sign(const struct source *s, unsigned int first, unsigned int last, const char *sign);
bool source_mentions(const struct source *s, unsigned int first, unsigned int last, const char *word);

#endif
