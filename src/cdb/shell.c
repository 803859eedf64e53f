/* Splits the shell commands that compile databases, .cmd files and make print into words. */
#include "cdb/internal.h"

#include <string.h>

static const char *skip_blank(const char *s)
{
	while (*s == ' ' || *s == '\t' || (s[0] == '\\' && s[1] == '\n'))
		s += *s == '\\' ? 2 : 1;
	return s;
}

/* Copies what stands between double quotes; `s` is behind the opening one. NULL when there is no closing one. */
static const char *double_quoted(const char *s, GString *word)
{
	while (*s && *s != '"') {
		if (s[0] == '\\' && s[1] && strchr("$`\"\\\n", s[1])) {
			s++;
			if (*s == '\n') {
				s++;
				continue;
			}
		}
		g_string_append_c(word, *s++);
	}
	return *s ? s + 1 : NULL;
}

static const char *single_quoted(const char *s, GString *word)
{
	const char *end = strchr(s, '\'');

	if (!end)
		return NULL;
	g_string_append_len(word, s, end - s);
	return end + 1;
}

static const char *one_word(const char *s, GString *word)
{
	while (s && *s && !strchr(" \t\n;&|<>", *s)) {
		switch (*s) {
		case '"':
			s = double_quoted(s + 1, word);
			break;
		case '\'':
			s = single_quoted(s + 1, word);
			break;
		case '\\':
			if (s[1] && s[1] != '\n')
				g_string_append_c(word, s[1]);
			s += s[1] ? 2 : 1;
			break;
		default:
			g_string_append_c(word, *s++);
		}
	}
	return s;
}

char **shell_split(const char *command, const char **rest)
{
	GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
	GString *word = g_string_new(NULL);
	const char *s = skip_blank(command);

	while (s && *s && !strchr("\n;&|<>", *s)) {
		g_string_truncate(word, 0);
		s = one_word(s, word);
		if (!s)
			break;
		g_ptr_array_add(words, g_strndup(word->str, word->len));
		s = skip_blank(s);
	}
	g_string_free(word, TRUE);
	if (rest)
		*rest = s;
	if (!s) {
		g_ptr_array_free(words, TRUE);
		return NULL;
	}
	g_ptr_array_add(words, NULL);
	return (char **)g_ptr_array_free(words, FALSE);
}
