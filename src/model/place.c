/* Places of rules: return, *return, return->member, argN, *argN, argN->member, any. */
#include "model/tables.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static bool is_member(const char *s)
{
	if (!isalpha((unsigned char)*s) && *s != '_')
		return false;
	while (isalnum((unsigned char)*s) || *s == '_')
		s++;
	return !*s || (*s == '.' && is_member(s + 1));
}

static bool parse_arg(struct model *m, const char *s, struct place *out)
{
	char *end;
	unsigned long n;

	if (strncmp(s, "arg", 3) || !isdigit((unsigned char)s[3]))
		return false;
	n = strtoul(s + 3, &end, 10);
	if (n >= MAX_ARGS)
		return false;
	out->root = PLACE_ARG;
	out->arg = (int)n;
	if (!strncmp(end, "->", 2) && !out->deref && is_member(end + 2)) {
		out->field = intern_str(m->strings, end + 2);
		return true;
	}
	return !*end;
}

bool place_parse(struct model *m, const char *text, struct place *out)
{
	*out = (struct place){0};
	if (!strcmp(text, "any")) {
		out->root = PLACE_ANY;
		return true;
	}
	if (*text == '*') {
		out->deref = 1;
		text++;
	}
	if (!strncmp(text, "return", 6) &&
	    (!text[6] || (!strncmp(text + 6, "->", 2) && !out->deref && is_member(text + 8)))) {
		out->root = PLACE_RETURN;
		out->field = text[6] ? intern_str(m->strings, text + 8) : NULL;
		return true;
	}
	return parse_arg(m, text, out);
}
