#include "fix/tree.h"

#include <glib.h>
#include <string.h>

enum { MAX_DEPTH = 200 };

struct reader {
	struct source *s;
	unsigned int at, end; /* end: the function's closing brace */
	unsigned int depth;
	bool bad;
};

static struct stmt *read_statement(struct reader *r, struct stmt *parent);

static bool is(const struct reader *r, const char *word)
{
	return r->at < r->end && token_is(r->s, r->at, word);
}

static struct stmt *stmt_new(struct reader *r, enum stmt_kind kind, struct stmt *parent)
{
	struct stmt *t = ARENA_NEW(r->s->arena, struct stmt);

	*t = (struct stmt){.kind = kind, .first = r->at, .last = r->at, .close = r->at, .parent = parent};
	return t;
}

static void finish(struct reader *r, struct stmt *t)
{
	if (r->bad || r->at <= t->first)
		r->bad = true;
	else
		t->last = r->at - 1;
}

/* Past the bracket pair that begins here. */
static void skip_brackets(struct reader *r)
{
	unsigned int close = token_close(r->s, r->at);

	r->bad |= close >= r->end;
	r->at = r->bad ? r->end : close + 1;
}

/* Past the next `sign` that is in no brackets. */
static void skip_past(struct reader *r, const char *sign)
{
	while (r->at < r->end && !is(r, sign)) {
		if (is(r, "(") || is(r, "[") || is(r, "{"))
			skip_brackets(r);
		else
			r->at++;
	}
	r->bad |= r->at >= r->end;
	r->at++;
}

static void read_head(struct reader *r, struct stmt *t)
{
	r->bad |= !is(r, "(");
	if (!r->bad)
		skip_brackets(r);
	t->close = r->at - 1;
}

static struct stmt *read_block(struct reader *r, struct stmt *parent)
{
	struct stmt *t = stmt_new(r, STMT_BLOCK, parent), *last = NULL;

	r->at++;
	while (!r->bad && !token_is(r->s, r->at, "}")) {
		struct stmt *inner = read_statement(r, t);

		inner->prev = last;
		if (last)
			last->next = inner;
		else
			t->body = inner;
		last = inner;
	}
	r->at++;
	finish(r, t);
	return t;
}

static struct stmt *read_controlled(struct reader *r, enum stmt_kind kind, struct stmt *parent)
{
	struct stmt *t = stmt_new(r, kind, parent);

	r->at++;
	read_head(r, t);
	t->body = read_statement(r, t);
	if (kind == STMT_IF && is(r, "else")) {
		r->at++;
		t->other = read_statement(r, t);
	}
	finish(r, t);
	return t;
}

static struct stmt *read_do(struct reader *r, struct stmt *parent)
{
	struct stmt *t = stmt_new(r, STMT_LOOP, parent);

	r->at++;
	t->body = read_statement(r, t);
	skip_past(r, ";");
	finish(r, t);
	return t;
}

static struct stmt *read_until(struct reader *r, enum stmt_kind kind, struct stmt *parent, const char *sign)
{
	struct stmt *t = stmt_new(r, kind, parent);

	skip_past(r, sign);
	finish(r, t);
	return t;
}

/* A word, parentheses, and then what begins a statement: a macro that has a body. */
static bool is_macro_head(const struct reader *r)
{
	unsigned int close;

	if (r->s->tokens[r->at].kind != TOKEN_WORD || !token_is(r->s, r->at + 1, "("))
		return false;
	close = token_close(r->s, r->at + 1);
	return close + 1 < r->end && (r->s->tokens[close + 1].kind == TOKEN_WORD || token_is(r->s, close + 1, "{"));
}

static enum stmt_kind macro_kind(const struct reader *r)
{
	const struct token *t = &r->s->tokens[r->at];
	g_autofree char *name = g_strndup(r->s->text + t->start, t->end - t->start);

	return strstr(name, "for_each") ? STMT_LOOP : STMT_GUARD;
}

static struct stmt *read_any(struct reader *r, struct stmt *parent)
{
	static const struct {
		const char *word;
		enum stmt_kind kind;
	} controlled[] = {{"if", STMT_IF}, {"while", STMT_LOOP}, {"for", STMT_LOOP}, {"switch", STMT_SWITCH}},
	  ended[] = {{"return", STMT_RETURN}, {"goto", STMT_GOTO}, {"break", STMT_BREAK}, {"continue", STMT_CONTINUE}};

	if (is(r, "{"))
		return read_block(r, parent);
	for (size_t i = 0; i < G_N_ELEMENTS(controlled); i++)
		if (is(r, controlled[i].word))
			return read_controlled(r, controlled[i].kind, parent);
	for (size_t i = 0; i < G_N_ELEMENTS(ended); i++)
		if (is(r, ended[i].word))
			return read_until(r, ended[i].kind, parent, ";");
	if (is(r, "do"))
		return read_do(r, parent);
	if (is(r, "case") || is(r, "default"))
		return read_until(r, STMT_CASE, parent, ":");
	if (r->s->tokens[r->at].kind == TOKEN_WORD && token_is(r->s, r->at + 1, ":"))
		return read_until(r, STMT_LABEL, parent, ":");
	if (is_macro_head(r))
		return read_controlled(r, macro_kind(r), parent);
	return read_until(r, STMT_PLAIN, parent, ";");
}

static struct stmt *read_statement(struct reader *r, struct stmt *parent)
{
	struct stmt *t;

	if (r->at >= r->end || r->depth >= MAX_DEPTH)
		r->bad = true;
	if (r->bad)
		return stmt_new(r, STMT_PLAIN, parent);
	r->depth++;
	t = read_any(r, parent);
	r->depth--;
	return t;
}

/* The name before the parameters that end at `close`. */
static unsigned int name_before(const struct source *s, unsigned int close)
{
	unsigned int depth = 0;

	for (unsigned int i = close + 1; i-- > 0;) {
		depth += token_is(s, i, ")");
		if (token_is(s, i, "(") && --depth == 0)
			return i && s->tokens[i - 1].kind == TOKEN_WORD ? i - 1 : s->n;
	}
	return s->n;
}

static const struct function *read_function(struct source *s, unsigned int name, unsigned int open)
{
	struct function *f = ARENA_NEW(s->arena, struct function);
	struct reader r = {.s = s, .at = open, .end = token_close(s, open) + 1};

	f->name = name;
	f->body = r.end > s->n ? NULL : read_block(&r, NULL);
	return r.bad || !f->body || r.at != r.end ? NULL : f;
}

/* Calls `wanted` for each function's name and body until it says yes. */
static const struct function *find(struct source *s, const char *called, unsigned int line)
{
	for (unsigned int i = 1; i < s->n; i++) {
		unsigned int close, name;

		if (!token_is(s, i, "{"))
			continue;
		close = token_close(s, i);
		name = token_is(s, i - 1, ")") ? name_before(s, i - 1) : s->n;
		if (close < s->n && name < s->n &&
		    (called ? token_is(s, name, called)
			    : s->tokens[name].line <= line && line <= s->tokens[close].line))
			return read_function(s, name, i);
		i = close;
	}
	return NULL;
}

const struct function *stmt_function_at(struct source *s, unsigned int line)
{
	return find(s, NULL, line);
}

const struct function *stmt_function_named(struct source *s, const char *name)
{
	return find(s, name, 0);
}

static struct stmt *child_at(struct stmt *t, unsigned int token)
{
	struct stmt *children[] = {t->body, t->other};

	for (size_t i = 0; i < G_N_ELEMENTS(children); i++)
		for (struct stmt *c = children[i]; c; c = c->next)
			if (c->first <= token && token <= c->last)
				return c;
	return NULL;
}

struct stmt *stmt_at(const struct function *f, unsigned int token)
{
	struct stmt *t = f->body, *inner;

	if (token < t->first || token > t->last)
		return NULL;
	while ((inner = child_at(t, token)))
		t = inner;
	return t;
}

struct stmt *stmt_last(struct stmt *block)
{
	struct stmt *t = block->body;

	while (t && t->next)
		t = t->next;
	return t;
}

struct stmt *stmt_jump_of(struct stmt *s)
{
	if (s && s->kind == STMT_BLOCK)
		s = stmt_last(s);
	return s && s->kind >= STMT_RETURN ? s : NULL;
}

struct stmt *stmt_after(struct stmt *s)
{
	if (s->body)
		return s->body;
	while (s) {
		if (s->next)
			return s->next;
		if (s->parent && s->parent->other && s->parent->body == s)
			return s->parent->other;
		s = s->parent;
	}
	return NULL;
}

struct stmt *stmt_label(const struct function *f, const struct source *s, unsigned int word)
{
	for (struct stmt *t = f->body; t; t = stmt_after(t))
		if (t->kind == STMT_LABEL && token_same(s, t->first, word))
			return t;
	return NULL;
}

bool stmt_holds(const struct stmt *outer, const struct stmt *inner)
{
	return outer->first <= inner->first && inner->last <= outer->last;
}

struct stmt *stmt_loop_of(struct stmt *s)
{
	while (s && s->kind != STMT_LOOP)
		s = s->parent;
	return s;
}

bool stmt_has_break(struct stmt *loop)
{
	for (struct stmt *t = loop->body; t && stmt_holds(loop, t); t = stmt_after(t)) {
		const struct stmt *target = t->parent;

		while (target->kind != STMT_LOOP && target->kind != STMT_SWITCH)
			target = target->parent;
		if (t->kind == STMT_GOTO || (t->kind == STMT_BREAK && target == loop))
			return true;
	}
	return false;
}

/* An expression that is a statement calls, assigns or counts; what begins with two words or a pointer declares. */
bool stmt_is_declaration(const struct source *s, const struct stmt *t)
{
	return t->kind == STMT_PLAIN && t->first < t->last &&
	       (s->tokens[t->first + 1].kind == TOKEN_WORD || token_is(s, t->first + 1, "*"));
}

/* Is the address of the variable taken, rather than that of something it points to? */
static bool is_address(const struct source *s, unsigned int i)
{
	return i && token_is(s, i - 1, "&") && !token_is(s, i + 1, "->");
}

bool stmt_changes_arguments(const struct source *s, const struct stmt *t, const struct stmt *call)
{
	for (unsigned int i = t->first; i < t->last; i++) {
		if (s->tokens[i].kind != TOKEN_WORD)
			continue;
		if (!token_is(s, i + 1, "=") && !token_is(s, i + 1, "++") && !is_address(s, i))
			continue;
		for (unsigned int k = call->first + 2; k < call->last; k++)
			if (s->tokens[k].kind == TOKEN_WORD && token_same(s, i, k))
				return true;
	}
	return false;
}

/* A break or continue of a loop, or a case of a switch, that is part of the outer statement. */
static bool is_inside(const struct stmt *outer, const struct stmt *t)
{
	bool jump = t->kind == STMT_BREAK || t->kind == STMT_CONTINUE;

	for (const struct stmt *p = t->parent; (jump || t->kind == STMT_CASE) && p && stmt_holds(outer, p);
	     p = p->parent)
		if ((p->kind == STMT_LOOP && jump) || (p->kind == STMT_SWITCH && t->kind != STMT_CONTINUE))
			return true;
	return false;
}

bool stmt_breaks_flow(const struct stmt *t)
{
	const struct stmt *end = t->next;

	for (struct stmt *inner = (struct stmt *)t; inner && inner != end && stmt_holds(t, inner);
	     inner = stmt_after(inner))
		if ((inner->kind == STMT_LABEL || inner->kind == STMT_CASE || inner->kind >= STMT_RETURN) &&
		    !is_inside(t, inner))
			return true;
	return false;
}

unsigned int stmt_last_word(const struct source *s, const struct stmt *call)
{
	unsigned int i = call->last;

	while (i > call->first && s->tokens[i].kind != TOKEN_WORD)
		i--;
	return i;
}
