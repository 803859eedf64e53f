/*
 * Where something stands in a rule file. libcyaml tells lines only of what it refuses itself; what the model refuses
 * later (an unknown family, a bad place) is found again here: names and effects stand in the file in the order in which
 * libcyaml delivered them, so a cursor that only moves forward meets each of them. Private to model/.
 */
#ifndef MODEL_TEXT_H
#define MODEL_TEXT_H

#include <stdbool.h>
#include <stddef.h>

struct text {
	const char *path;
	char *data; /* nul-terminated */
	size_t length;
};

struct text_cursor {
	size_t offset;
	unsigned int line; /* from 1 */
};

/* The start of line `line`, or the end of the text. */
struct text_cursor text_line(const struct text *t, unsigned int line);
/* The line after a top-level `key:`; the start of the text when there is none. */
struct text_cursor text_section(const struct text *t, const char *key);
/* Moves behind the next whole `word` outside comments. When there is none: false, and the cursor stays. */
bool text_find(const struct text *t, struct text_cursor *at, const char *word);

#endif
