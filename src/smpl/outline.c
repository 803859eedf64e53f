/* Finding functions by the shape of lines; see outline.h for what this relies on. */
#include "smpl/outline.h"

#include <string.h>

/* One line of the text: [start, end), end at its newline. */
struct line {
	const char *start, *end;
};

static GArray *lines_split(const char *text)
{
	GArray *lines = g_array_new(FALSE, FALSE, sizeof(struct line));

	for (const char *p = text; *p;) {
		const char *end = p + strcspn(p, "\n");
		struct line l = {p, end};

		g_array_append_val(lines, l);
		p = *end ? end + 1 : end;
	}
	return lines;
}

/* True for a line that cannot belong to the signature below it. */
static bool ends_declaration(const struct line *l)
{
	const char *e = l->end;

	while (e > l->start && g_ascii_isspace(e[-1]))
		e--;
	if (e == l->start || *l->start == '#' || *l->start == '}')
		return true;
	return e[-1] == ';' || (e - l->start >= 2 && e[-1] == '/' && e[-2] == '*');
}

static bool is_word(char c)
{
	return g_ascii_isalnum(c) || c == '_';
}

/* The word that ends just before `p`, not going before `floor`. */
static char *word_before(const char *floor, const char *p)
{
	const char *end;

	while (p > floor && g_ascii_isspace(p[-1]))
		p--;
	for (end = p; p > floor && is_word(p[-1]); p--)
		;
	return g_strndup(p, end - p);
}

/* The name in a signature: the first word with a parenthesis; one with leading underscores only when no other is there.
 */
static char *signature_name(const char *start, const char *end)
{
	char *fallback = NULL;
	int depth = 0;

	for (const char *p = start; p < end; p++) {
		char *name;

		if (*p == ')')
			depth--;
		if (*p != '(' || depth++)
			continue;
		name = word_before(start, p);
		if (*name && !g_str_has_prefix(name, "__")) {
			g_free(fallback);
			return name;
		}
		if (*name && !fallback)
			fallback = name;
		else
			g_free(name);
	}
	return fallback;
}

static bool has_assignment(const char *start, const char *end)
{
	return memchr(start, '=', end - start) != NULL;
}

static bool preprocessor_balanced(const GArray *lines, unsigned int from, unsigned int to)
{
	int depth = 0;

	for (unsigned int i = from; i <= to; i++) {
		const char *p = g_array_index(lines, struct line, i).start;

		if (*p != '#')
			continue;
		for (p++; *p == ' ' || *p == '\t'; p++)
			;
		if (g_str_has_prefix(p, "if"))
			depth++;
		else if (g_str_has_prefix(p, "endif"))
			depth--;
		else if (g_str_has_prefix(p, "el") && depth == 0)
			return false;
		if (depth < 0)
			return false;
	}
	return depth == 0;
}

/* The body's opening brace when line i starts one: alone in column 0, or at the end of a signature in column 0. */
static const char *body_open(const struct line *l)
{
	const char *e = l->end;

	if (*l->start == '{')
		return l->start;
	while (e > l->start && g_ascii_isspace(e[-1]))
		e--;
	if (e - l->start < 4 || e[-1] != '{' || !(is_word(*l->start)))
		return NULL;
	return memchr(l->start, '(', e - l->start) ? e - 1 : NULL;
}

static unsigned int find_close(const GArray *lines, unsigned int i)
{
	for (i++; i < lines->len; i++)
		if (*g_array_index(lines, struct line, i).start == '}')
			break;
	return i;
}

/* The signature's first line, above line i; directives such as "#define FLAG" may stand between it and the body. */
static unsigned int find_head(const GArray *lines, unsigned int i)
{
	unsigned int head = i;

	while (head > 0 && *g_array_index(lines, struct line, head - 1).start == '#')
		head--;
	while (head > 0 && i - head < 16 && !ends_declaration(&g_array_index(lines, struct line, head - 1)))
		head--;
	return head;
}

static void function_free(void *p)
{
	g_free(((struct outline_function *)p)->name);
}

/* Fills `f` with the function whose body opens in line i; false when that is no function. */
static bool function_at(const char *text, const GArray *lines, unsigned int i, struct outline_function *f)
{
	const struct line *l = &g_array_index(lines, struct line, i);
	const char *open = body_open(l);
	unsigned int head = find_head(lines, i), close;

	if (!open)
		return false;
	f->head = g_array_index(lines, struct line, head).start - text;
	if (has_assignment(text + f->head, open))
		return false;
	close = find_close(lines, i);
	if (close == lines->len)
		return false;
	f->name = signature_name(text + f->head, open);
	if (!f->name)
		return false;
	f->open = open - text;
	f->close = g_array_index(lines, struct line, close).start - text;
	f->first = head + 1;
	f->last = close + 1;
	f->balanced = preprocessor_balanced(lines, i, close);
	return true;
}

GArray *outline_scan(const char *text)
{
	GArray *functions = g_array_new(FALSE, TRUE, sizeof(struct outline_function));
	g_autoptr(GArray) lines = lines_split(text);

	g_array_set_clear_func(functions, function_free);
	for (unsigned int i = 0; i < lines->len; i++) {
		struct outline_function f = {0};

		if (!function_at(text, lines, i, &f))
			continue;
		g_array_append_val(functions, f);
		i = f.last - 1;
	}
	return functions;
}

const struct outline_function *outline_at(const GArray *functions, unsigned int line)
{
	for (unsigned int i = 0; i < functions->len; i++) {
		const struct outline_function *f = &g_array_index(functions, struct outline_function, i);

		if (line >= f->first && line <= f->last)
			return f;
	}
	return NULL;
}
