/* Kernel style for what a repair writes: indentation, braces, long lines. */
#include "fix/repair.h"

#include <glib.h>
#include <string.h>

enum { COLUMNS = 80, TAB = 8 };

static unsigned int width(const char *s, unsigned int column)
{
	for (; *s; s++)
		column = *s == '\t' ? (column / TAB + 1) * TAB : column + 1;
	return column;
}

/* Where the argument that begins at `s` ends: behind its comma, or at the end. */
static const char *end_of_argument(const char *s)
{
	int depth = 0;
	char quote = 0;

	for (; *s; s++) {
		if (quote) {
			if (*s == '\\' && s[1])
				s++;
			else if (*s == quote)
				quote = 0;
		} else if (*s == '"' || *s == '\'') {
			quote = *s;
		} else if (*s == ',' && depth == 0) {
			return s + 1;
		} else {
			depth += (*s == '(') - (*s == ')');
		}
	}
	return s;
}

/* Tabs, then blanks, as far as the column. */
static void append_align(GString *out, unsigned int column)
{
	for (unsigned int i = 0; i < column / TAB; i++)
		g_string_append_c(out, '\t');
	for (unsigned int i = 0; i < column % TAB; i++)
		g_string_append_c(out, ' ');
}

const char *layout_line(struct arena *a, const char *indent, const char *text)
{
	const char *open = strchr(text, '('), *s;
	unsigned int align, column;
	GString *out;
	const char *result;

	if (!open || width(text, width(indent, 0)) <= COLUMNS)
		return text;
	out = g_string_new_len(text, open + 1 - text);
	align = column = width(out->str, width(indent, 0));
	for (s = open + 1; *s;) {
		const char *end = end_of_argument(s);
		g_autofree char *argument = g_strndup(s, (gsize)(end - s));

		if (column != align && width(argument, column) > COLUMNS) {
			g_string_truncate(out, out->len - (out->str[out->len - 1] == ' '));
			g_string_append_c(out, '\n');
			append_align(out, align);
			g_strchug(argument);
			column = align;
		}
		g_string_append(out, argument);
		column = width(argument, column);
		s = end;
	}
	result = arena_strdup(a, out->str);
	g_string_free(out, TRUE);
	return result;
}

const char *layout_raw(const struct repair *r, const struct stmt *s)
{
	const struct token *first = &r->source->tokens[s->first], *last = &r->source->tokens[s->last];

	return arena_strndup(r->arena, r->source->text + first->start, last->end - first->start);
}

const char *layout_lines(const struct repair *r, const char *indent, const char *const *lines)
{
	GString *out = g_string_new(NULL);
	const char *result;

	for (unsigned int i = 0; lines[i]; i++) {
		if (i)
			g_string_append_printf(out, "\n%s", *lines[i] ? indent : "");
		g_string_append(out, layout_line(r->arena, indent, lines[i]));
	}
	result = arena_strdup(r->arena, out->str);
	g_string_free(out, TRUE);
	return result;
}

static unsigned int end_of(const struct repair *r, unsigned int token)
{
	return r->source->tokens[token].end;
}

/* Behind a comment that follows on the same line. */
static unsigned int end_with_comment(const struct repair *r, unsigned int token)
{
	unsigned int end = end_of(r, token);
	const char *rest = r->source->text + end, *comment = rest + strspn(rest, " \t");
	size_t n = strcspn(comment, "\n");

	if (g_str_has_prefix(comment, "//") ||
	    (g_str_has_prefix(comment, "/*") && n > 3 && !strncmp(comment + n - 2, "*/", 2)))
		return end + (unsigned int)(comment - rest + (long)n);
	return end;
}

static bool stands_alone(const struct stmt *s)
{
	return s->parent && s->parent->kind != STMT_BLOCK;
}

/* The token behind which the brace opens: the head's ')', or `else`. */
static unsigned int brace_opens(const struct stmt *s)
{
	return s->parent->other == s ? s->first - 1 : s->parent->close;
}

static void add_braces(const struct repair *r, struct edits *e, struct stmt *s)
{
	const char *indent = source_indent(r->source, s->parent->first);

	edit_insert(e, end_of(r, brace_opens(s)), " {");
	if (s->parent->body == s && s->parent->other)
		edit_replace(e, end_of(r, s->last), r->source->tokens[s->parent->other->first - 1].start,
			     arena_printf(r->arena, "\n%s} ", indent));
	else
		edit_insert(e, end_with_comment(r, s->last), arena_printf(r->arena, "\n%s}", indent));
}

/* One arm with braces wants them around the other one too. */
static void add_braces_to_twin(const struct repair *r, struct edits *e, struct stmt *s)
{
	struct stmt *p = s->parent, *twin = p->body == s ? p->other : p->body;

	if (p->kind == STMT_IF && twin && twin->kind != STMT_BLOCK && twin->kind != STMT_IF)
		add_braces(r, e, twin);
}

static void embrace(const struct repair *r, struct edits *e, struct stmt *s)
{
	if (!stands_alone(s))
		return;
	add_braces(r, e, s);
	add_braces_to_twin(r, e, s);
}

void layout_replace(const struct repair *r, struct edits *e, struct stmt *s, const char *const *lines)
{
	edit_replace(e, r->source->tokens[s->first].start, end_of(r, s->last),
		     layout_lines(r, source_indent(r->source, s->first), lines));
	if (lines[1])
		embrace(r, e, s);
}

/* Where the statement begins, with the comment that stands right above it and speaks of it. */
static unsigned int start_with_comment(const struct repair *r, const struct stmt *s)
{
	const char *text = r->source->text;
	unsigned int start = r->source->tokens[s->first].start, line = start, above;

	while (line && text[line - 1] != '\n')
		line--;
	above = line ? line - 1 : 0;
	if (stands_alone(s) || !s->prev || above < 2 || strncmp(text + above - 2, "*/", 2) != 0)
		return start;
	while (above > end_of(r, s->prev->last) && strncmp(text + above, "/*", 2) != 0)
		above--;
	/* A comment behind the statement before is that one's. */
	return strncmp(text + above, "/*", 2) == 0 &&
			       memchr(text + end_of(r, s->prev->last), '\n', above - end_of(r, s->prev->last))
		       ? above
		       : start;
}

void layout_before(const struct repair *r, struct edits *e, struct stmt *s, const char *const *lines)
{
	const char *indent = source_indent(r->source, s->first);

	edit_insert(e, start_with_comment(r, s),
		    arena_printf(r->arena, "%s\n%s", layout_lines(r, indent, lines), indent));
	embrace(r, e, s);
}

void layout_behind(const struct repair *r, struct edits *e, struct stmt *s, const char *const *lines)
{
	const char *indent = source_indent(r->source, s->first);

	edit_insert(e, end_with_comment(r, s->last),
		    arena_printf(r->arena, "\n%s%s", *lines[0] ? indent : "", layout_lines(r, indent, lines)));
	embrace(r, e, s);
}

/* An `if` whose block keeps one short statement wants no braces any more. */
static void drop_braces(const struct repair *r, struct edits *e, const struct stmt *block, const struct stmt *left)
{
	const struct token *tokens = r->source->tokens, *close = &tokens[block->last];

	if (!block->parent || block->parent->kind != STMT_IF || block->parent->other || left->kind == STMT_IF ||
	    tokens[left->first].line != tokens[left->last].line || block->parent->parent->kind != STMT_BLOCK)
		return;
	edit_replace(e, tokens[block->first - 1].end, tokens[block->first].end, "");
	edit_replace(e, close->start - (close->column - 1), close->end + (r->source->text[close->end] == '\n'), "");
}

void layout_take_out(const struct repair *r, struct edits *e, const struct stmt *s)
{
	const struct token *first = &r->source->tokens[s->first];
	unsigned int end = end_with_comment(r, s->last), from = first->start - (first->column - 1);

	/* The blank line that set the last one of a block apart; of two around it one goes. */
	if (((s->prev && !s->next) || strncmp(r->source->text + end, "\n\n", 2) == 0) && from > 1 &&
	    strncmp(r->source->text + from - 2, "\n\n", 2) == 0)
		from--;
	edit_replace(e, from, end + (r->source->text[end] == '\n'), "");
}

void layout_drop(const struct repair *r, struct edits *e, const struct stmt *s)
{
	const struct stmt *left = s->prev ? s->prev : s->next;

	layout_take_out(r, e, s);
	if (left && (s->prev ? !s->next && !s->prev->prev : !s->next->next))
		drop_braces(r, e, s->parent, left);
}
