/*
 * What a release that has gone leaves behind: a label under which nothing is undone any more, a variable that nobody
 * uses, a callback that does nothing. Each step reads the text that the last one made.
 */
#include "fix/prune.h"

#include <glib.h>
#include <string.h>

/* The text as a source of its own, with the function's tree; false when that is not understood. */
static bool reread(const struct repair *r, const char *text, const char *function, struct repair *now)
{
	*now = *r;
	now->source = source_read(r->arena, text);
	now->function = stmt_function_named(now->source, function);
	return now->function != NULL;
}

static const char *applied(const struct repair *now, const struct edits *e)
{
	const char *text = edits_apply(e, now->source->text);

	return text ? text : now->source->text;
}

/* ---- labels ---- */

static struct stmt *label_named(const struct repair *r, const char *name)
{
	for (struct stmt *t = r->function->body; t; t = stmt_after(t))
		if (t->kind == STMT_LABEL && token_is(r->source, t->first, name))
			return t;
	return NULL;
}

/* The value of `ret = VALUE;` in front of a jump, when `return ret;` is all that comes of it; NULL. */
static const char *value_set_before(const struct repair *r, const struct stmt *jump, const struct stmt *end)
{
	const struct source *s = r->source;
	const struct stmt *set = jump->prev;

	if (end->last != end->first + 2 || !set || set->kind != STMT_PLAIN || set->last < set->first + 3 ||
	    !token_same(s, set->first, end->first + 1) || !token_is(s, set->first + 1, "="))
		return NULL;
	return source_slice(s, set->first + 2, set->last - 1);
}

static void return_there(const struct repair *r, struct edits *e, struct stmt *jump, const struct stmt *end)
{
	const char *value = value_set_before(r, jump, end), *lines[] = {layout_raw(r, end), NULL};

	if (value) {
		lines[0] = arena_printf(r->arena, "return %s;", value);
		layout_drop(r, e, jump->prev);
	}
	layout_replace(r, e, jump, lines);
}

static bool is_blank(const char *text, unsigned int from, unsigned int to)
{
	return strspn(text + from, " \t\n") >= to - from;
}

/* Takes out what only the jumps led to, with the blank line above. */
static void drop_end(const struct repair *r, struct edits *e, const struct stmt *label, const struct stmt *last)
{
	const struct source *s = r->source;
	unsigned int from = s->tokens[label->prev->last].end;

	if (is_blank(s->text, from, s->tokens[label->first].start) && last != label)
		edit_replace(e, from, s->tokens[last->last].end, "");
	else
		layout_drop(r, e, label);
}

const char *prune_label(const struct repair *r, const char *text, const char *function, const char *name)
{
	struct edits e = {.arena = r->arena};
	struct repair now;
	struct stmt *label = reread(r, text, function, &now) ? label_named(&now, name) : NULL;
	struct stmt *next = label ? label->next : NULL;
	bool ends;

	if (!next || !label->prev || (next->kind != STMT_LABEL && next->kind != STMT_RETURN))
		return text;
	for (struct stmt *t = now.function->body; t; t = stmt_after(t)) {
		const struct token *word = &now.source->tokens[t->first + 1];

		if (t->kind != STMT_GOTO || !token_is(now.source, t->first + 1, name))
			continue;
		if (next->kind == STMT_LABEL)
			edit_replace(&e, word->start, word->end, ladder_name(&now, next));
		else
			return_there(&now, &e, t, next);
	}
	ends = next->kind == STMT_RETURN && (label->prev->kind == STMT_RETURN || label->prev->kind == STMT_GOTO);
	drop_end(&now, &e, label, ends ? next : label);
	return applied(&now, &e);
}

/* ---- variables ---- */

/* The variable of a declaration with one declarator; source->n: none. */
static unsigned int declared(const struct source *s, const struct stmt *t)
{
	for (unsigned int i = t->first + 1; i <= t->last; i++) {
		if (token_is(s, i, "=") || token_is(s, i, ";"))
			return source_mentions_sign(s, t->first, i, ",") ? s->n : i - 1;
		if (s->tokens[i].kind != TOKEN_WORD && !token_is(s, i, "*"))
			return s->n;
	}
	return s->n;
}

static unsigned int mentions(const struct repair *r, unsigned int word)
{
	unsigned int n = 0;

	for (unsigned int i = r->function->body->first; i < r->function->body->last; i++)
		n += r->source->tokens[i].kind == TOKEN_WORD && token_same(r->source, i, word);
	return n;
}

/* `name = ...;` in the function's outermost block. */
static struct stmt *assignment_of(const struct repair *r, unsigned int word)
{
	for (struct stmt *t = r->function->body->body; t; t = t->next)
		if (t->kind == STMT_PLAIN && t->first != word && token_same(r->source, t->first, word) &&
		    token_is(r->source, t->first + 1, "="))
			return t;
	return NULL;
}

/* With its line, and the blank line that set the declarations apart when it was their last. */
static void drop_declaration(const struct repair *r, struct edits *e, const struct stmt *t)
{
	const struct source *s = r->source;
	unsigned int end = s->tokens[t->last].end;
	bool alone = !t->prev && !(t->next && stmt_is_declaration(s, t->next));

	if (alone && g_str_has_prefix(s->text + end, "\n\n"))
		edit_replace(e, s->tokens[t->first].start - (s->tokens[t->first].column - 1), end + 2, "");
	else
		layout_drop(r, e, t);
}

/* The words of what went, and of what goes with it: only what they name may go, too. */
static bool drop_one(const struct repair *r, struct edits *e, const char **words)
{
	const struct source *s = r->source, *gone = source_read(r->arena, *words);

	for (struct stmt *t = r->function->body->body; t && stmt_is_declaration(s, t); t = t->next) {
		unsigned int word = declared(s, t), n = word < s->n ? mentions(r, word) : 0;
		struct stmt *set = n == 2 && token_is(s, word + 1, ";") ? assignment_of(r, word) : NULL;

		if ((n != 1 && !set) || !source_mentions(gone, 0, gone->n, source_slice(s, word, word)))
			continue;
		*words = arena_printf(r->arena, "%s %s %s", *words, layout_raw(r, t), set ? layout_raw(r, set) : "");
		drop_declaration(r, e, t);
		if (set)
			layout_drop(r, e, set);
		return true;
	}
	return false;
}

const char *prune_variables(const struct repair *r, const char *text, const char *function, const char *words)
{
	struct repair now;

	while (reread(r, text, function, &now)) {
		struct edits e = {.arena = r->arena};
		const char *less = drop_one(&now, &e, &words) ? edits_apply(&e, text) : NULL;

		if (!less)
			break;
		text = less;
	}
	return text;
}

/* ---- callbacks ---- */

static bool does_nothing(const struct repair *r)
{
	const struct stmt *t = r->function->body->body;

	return !t || (t->kind == STMT_RETURN && !t->next && t->last <= t->first + 2);
}

/* The slot that `.slot = function,` fills, on a line of its own, and that is the only mention but the definition. */
static unsigned int slot_of(const struct repair *r)
{
	const struct source *s = r->source;
	unsigned int slot = s->n, n = 0;

	for (unsigned int i = 3; i + 1 < s->n; i++) {
		if (!token_same(s, i, r->function->name) || s->tokens[i].kind != TOKEN_WORD)
			continue;
		n++;
		if (token_is(s, i - 1, "=") && token_is(s, i - 3, ".") && token_is(s, i + 1, ",") &&
		    s->tokens[i - 3].line != s->tokens[i - 4].line && s->tokens[i + 1].line != s->tokens[i + 2].line)
			slot = i - 2;
	}
	return n == 2 ? slot : s->n;
}

/* "platform_driver" of the initialiser that the token stands in; NULL. */
static const char *initialised(const struct source *s, unsigned int token)
{
	unsigned int depth = 1, i = token;

	while (i > 4 && depth) {
		i--;
		depth += token_is(s, i, "}");
		depth -= token_is(s, i, "{");
	}
	return i > 4 && token_is(s, i - 1, "=") && token_is(s, i - 4, "struct") ? source_slice(s, i - 3, i - 3) : NULL;
}

static bool may_be_empty(const struct repair *r, unsigned int slot)
{
	const char *record = initialised(r->source, slot), *name;

	name = record ? arena_printf(r->arena, "%s.%s", record, source_slice(r->source, slot, slot)) : "";
	for (char *const *o = r->request->optional; o && *o; o++)
		if (strcmp(*o, name) == 0)
			return true;
	return false;
}

/* From behind the blank line above the function to its end and the blank line below; false when more is in between. */
static bool extent(const struct repair *r, unsigned int *from, unsigned int *to)
{
	const struct source *s = r->source;
	const char *text = s->text;
	unsigned int at = s->tokens[r->function->name].start;

	while (at > 1 && strncmp(text + at - 2, "\n\n", 2) != 0)
		at--;
	*from = at;
	*to = s->tokens[r->function->body->last].end;
	*to += (unsigned int)strspn(text + *to, "\n");
	return !memchr(text + at, '#', s->tokens[r->function->name].start - at) &&
	       !memchr(text + at, '}', s->tokens[r->function->name].start - at);
}

const char *prune_callback(const struct repair *r, const char *text, const char *function)
{
	struct edits e = {.arena = r->arena};
	struct repair now;
	unsigned int slot, from, to;

	if (!reread(r, text, function, &now) || !does_nothing(&now))
		return text;
	slot = slot_of(&now);
	if (slot >= now.source->n || !may_be_empty(&now, slot) || !extent(&now, &from, &to))
		return text;
	edit_replace(&e, from, to, "");
	edit_replace(&e, now.source->tokens[slot - 1].start - (now.source->tokens[slot - 1].column - 1),
		     now.source->tokens[slot + 3].end + 1, "");
	return applied(&now, &e);
}
