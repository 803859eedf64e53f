#include "fix/caller.h"

#include <glib.h>
#include <string.h>

enum { MAX_CALLS = 4 };

const struct function *caller_taker(const struct repair *r, const struct finding *f)
{
	const struct finding_event *e = finding_event_of_kind(f, "acquired");
	const struct function *taker;

	if (repair_event_token(r, e) >= r->source->n)
		return NULL;
	taker = stmt_function_at(r->source, e->line);
	return taker && r->function && taker->name != r->function->name ? taker : NULL;
}

/* ---- parameters and arguments ---- */

/* The token of parameter n's name; source->n: there is none, or it is no plain one. */
static unsigned int parameter(const struct source *s, const struct function *f, int n)
{
	unsigned int close = token_close(s, f->name + 1);

	for (unsigned int i = f->name + 2; i <= close && close < s->n; i++) {
		if (token_is(s, i, "(") || token_is(s, i, "["))
			return s->n;
		if (i < close && !token_is(s, i, ","))
			continue;
		if (n-- == 0)
			return i > f->name + 3 && s->tokens[i - 1].kind == TOKEN_WORD ? i - 1 : s->n;
	}
	return s->n;
}

static int parameter_named(const struct source *s, const struct function *f, const char *name)
{
	unsigned int word;

	for (int n = 0; (word = parameter(s, f, n)) < s->n; n++)
		if (token_is(s, word, name))
			return n;
	return -1;
}

/* "struct foo *" of parameter n. */
static const char *type_of_parameter(const struct source *s, const struct function *f, int n)
{
	unsigned int word = parameter(s, f, n), i = word;

	if (word >= s->n)
		return NULL;
	while (!token_is(s, i - 1, "(") && !token_is(s, i - 1, ","))
		i--;
	return source_slice(s, i, word - 1);
}

/* ---- one step up ---- */

struct step {
	const struct repair *r;
	const struct function *callee;
	unsigned int call; /* of it, by the function above */
	unsigned int from; /* the callee has the resource behind this token */
};

/* Is it a variable of the function, not one of the file, a constant or a member? */
static bool is_local(const struct source *s, const struct function *f, unsigned int i)
{
	for (struct stmt *t = f->body->body; t; t = stmt_after(t))
		if (stmt_is_declaration(s, t))
			for (unsigned int k = t->first + 1; k < t->last; k++)
				if (s->tokens[k].kind == TOKEN_WORD && token_same(s, k, i) &&
				    (token_is(s, k - 1, "*") || s->tokens[k - 1].kind == TOKEN_WORD ||
				     token_is(s, k - 1, ",")))
					return true;
	return false;
}

static bool is_path(const struct source *s, unsigned int first, unsigned int last)
{
	for (unsigned int i = first; i <= last; i++)
		if (s->tokens[i].kind != TOKEN_WORD && !token_is(s, i, "->") && !token_is(s, i, ".") &&
		    !(i == first && token_is(s, i, "&")))
			return false;
	return first <= last;
}

/* "p->buf" of `p->buf = held;`, or of `struct foo *held = p->foo;`: another name for a local; NULL. */
static const char *other_name(const struct step *p, const char *held)
{
	const struct source *s = p->r->source;

	for (struct stmt *t = p->callee->body->body; t; t = stmt_after(t)) {
		unsigned int set = t->first;

		if (t->kind != STMT_PLAIN)
			continue;
		while (set < t->last && !token_is(s, set, "="))
			set++;
		if (set >= t->last || set == t->first)
			continue;
		if (token_is(s, set - 1, held) && stmt_is_declaration(s, t) && is_path(s, set + 1, t->last - 1))
			return source_slice(s, set + 1, t->last - 1);
		if (t->first > p->from && token_is(s, set + 1, held) && set + 2 == t->last &&
		    token_is(s, t->first + 1, "->") && !source_mentions_sign(s, t->first, set, "("))
			return source_slice(s, t->first, set - 1);
	}
	return NULL;
}

static bool returns(const struct source *s, const struct function *f, const char *name)
{
	for (struct stmt *t = f->body->body; t; t = stmt_after(t))
		if (t->kind == STMT_RETURN && t->last == t->first + 2 && token_is(s, t->first + 1, name))
			return true;
	return false;
}

/* "p->foo" of `p->foo = call(...)`, also of a declaration. */
static const char *result_of(const struct source *s, unsigned int call)
{
	unsigned int i = call - 1;

	if (call < 2 || !token_is(s, i, "="))
		return NULL;
	for (; i && (s->tokens[i - 1].kind == TOKEN_WORD || token_is(s, i - 1, "->") || token_is(s, i - 1, ".")); i--)
		if (s->tokens[i - 1].kind == TOKEN_WORD && s->tokens[i].kind == TOKEN_WORD)
			break;
	return i < call - 1 ? source_slice(s, i, call - 2) : NULL;
}

static const char *text_above(const struct step *p, const char *text, int depth);

/* What a variable of the callee is to its caller; the name itself for what both know; NULL: nobody can say. */
static const char *word_above(const struct step *p, const struct source *words, unsigned int i, int depth)
{
	const struct source *s = p->r->source;
	const char *name = source_slice(words, i, i), *other;
	int n = parameter_named(s, p->callee, name);
	unsigned int found = p->callee->body->first;

	if (n >= 0)
		return release_argument(s, p->call, n);
	while (found < p->callee->body->last && !token_is(s, found, name))
		found++;
	if (found >= p->callee->body->last || !is_local(s, p->callee, found))
		return name;
	if (returns(s, p->callee, name))
		return result_of(s, p->call);
	other = depth ? other_name(p, name) : NULL;
	return other ? text_above(p, other, depth - 1) : NULL;
}

/* In place of the word at i, which others may follow: "&foo" and "->bar" is "foo.bar". */
static bool put_word(struct edits *e, const struct source *words, unsigned int i, const char *text)
{
	const struct token *t = &words->tokens[i];
	bool arrow = token_is(words, i + 1, "->"), dereferenced = i && token_is(words, i - 1, "*");

	if (*text == '&' && (arrow || dereferenced)) {
		edit_replace(e, dereferenced ? words->tokens[i - 1].start : t->start,
			     arrow ? words->tokens[i + 1].end : t->end,
			     arena_printf(e->arena, "%s%s", text + 1, arrow ? "." : ""));
		return !(arrow && dereferenced);
	}
	if (strpbrk(text, " (") && (arrow || dereferenced))
		return false;
	edit_replace(e, t->start, t->end, text);
	return true;
}

static const char *text_above(const struct step *p, const char *text, int depth)
{
	struct source *words = source_read(p->r->arena, text);
	struct edits e = {.arena = p->r->arena};

	for (unsigned int i = 0; i < words->n; i++) {
		const char *above;

		if (words->tokens[i].kind != TOKEN_WORD || token_is(words, i + 1, "(") ||
		    (i && (token_is(words, i - 1, "->") || token_is(words, i - 1, "."))))
			continue;
		above = word_above(p, words, i, depth);
		if (!above || !put_word(&e, words, i, above))
			return NULL;
	}
	return edits_apply(&e, text);
}

/* ---- all steps ---- */

/* The one call of the function that r->function makes; source->n: there is none, or more. */
static unsigned int only_call(const struct repair *r, const struct function *callee)
{
	const struct source *s = r->source;
	unsigned int found = s->n;

	for (unsigned int i = r->function->body->first; i < r->function->body->last; i++)
		if (token_same(s, i, callee->name) && token_is(s, i + 1, "(")) {
			if (found < s->n)
				return s->n;
			found = i;
		}
	return found;
}

/* Where it is called on the way to the finding. What callbacks begin with is told as if the kernel called that. */
static unsigned int call_of(const struct repair *r, const struct finding *f, const struct function *callee)
{
	for (uint32_t i = 0; i < f->n_events; i++) {
		unsigned int token = repair_event_token(r, &f->events[i]);

		if (strcmp(f->events[i].kind, "called") == 0 && token < r->source->n && token != callee->name &&
		    token_same(r->source, token, callee->name) && token_is(r->source, token + 1, "("))
			return token;
	}
	return only_call(r, callee);
}

unsigned int caller_call(const struct repair *r, const struct finding *f)
{
	const struct function *callee = caller_taker(r, f);

	return callee ? call_of(r, f, callee) : r->source->n;
}

const char *caller_words(const struct repair *r, const struct finding *f, const char *text)
{
	struct step p = {.r = r, .callee = caller_taker(r, f)};

	p.from = repair_event_token(r, finding_event_of_kind(f, "acquired"));
	for (int n = 0; p.callee && text && n < MAX_CALLS; n++) {
		p.call = call_of(r, f, p.callee);
		if (p.call >= r->source->n)
			return NULL;
		text = text_above(&p, text, 1);
		p.callee = stmt_function_at(r->source, r->source->tokens[p.call].line);
		p.from = p.call;
		if (p.callee && p.callee->name == r->function->name)
			return text;
	}
	return NULL;
}

/* ---- what undoes a callee ---- */

static bool takes_nothing(const struct source *s, const struct function *f)
{
	return token_is(s, f->name + 2, "void") && token_is(s, f->name + 3, ")");
}

/* The arguments of the counterpart: what the callee got, or returned, of their types. */
static const char *undo_arguments(const struct repair *r, const struct function *callee, unsigned int call,
				  const struct function *undo)
{
	const struct source *s = r->source;
	const char *text = "", *type;

	for (int n = 0; (type = type_of_parameter(s, undo, n)); n++) {
		const char *own, *argument = NULL;

		for (int k = 0; !argument && (own = type_of_parameter(s, callee, k)); k++)
			if (strcmp(own, type) == 0)
				argument = release_argument(s, call, k);
		if (!argument)
			return NULL;
		text = arena_printf(r->arena, "%s%s%s", text, n ? ", " : "", argument);
	}
	return *text || (takes_nothing(s, undo) && takes_nothing(s, callee)) ? text : NULL;
}

const char *caller_undo(const struct repair *r, const struct finding *f)
{
	const struct source *s = r->source;
	unsigned int call = repair_acquire_token(r, f);
	const struct function *callee = NULL, *undo;
	const char *arguments;

	if (call < s->n && s->tokens[call].kind == TOKEN_WORD && token_is(s, call + 1, "("))
		callee = stmt_function_named(r->source, source_slice(s, call, call));
	for (unsigned int i = 0; callee && i + 1 < s->n; i++) {
		if (s->tokens[i].kind != TOKEN_WORD || !token_is(s, i + 1, "(") ||
		    !model_is_pair(r->request->model, source_slice(s, call, call), source_slice(s, i, i)))
			continue;
		undo = stmt_function_named(r->source, source_slice(s, i, i));
		arguments = undo ? undo_arguments(r, callee, call, undo) : NULL;
		if (arguments)
			return arena_printf(r->arena, "%s(%s);", source_slice(s, i, i), arguments);
	}
	return NULL;
}
