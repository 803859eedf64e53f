/*
 * A callback that takes something which its counterpart (remove, close, stop) should give back and does not: the
 * release is put into the counterpart, in the reverse order of taking, told with the variables that there are.
 */
#include "fix/undo.h"

#include <glib.h>
#include <string.h>

enum { MAX_PLACES = 6, MAX_DEPTH = 3 };

struct callbacks {
	struct repair *r;
	const char *guard;	      /* the condition that it was taken under; NULL: none */
	const char **lines;	      /* what gives back all that is told at once; NULL-terminated */
	const struct function *taker; /* r->function is the one that should release */
	unsigned int taken;	      /* token of the call that took it */
};

static unsigned int acquired_at(const struct repair *r)
{
	return repair_event_token(r, finding_event_of_kind(r->finding, "acquired"));
}

/* A call of the release function in the taker (its error ladder): its words are known to be right there. */
static const char *release_in_taker(const struct callbacks *p, const char *expression)
{
	const struct source *s = p->r->source;

	for (struct stmt *t = p->taker->body; t; t = stmt_after(t)) {
		const char *text;

		if (t->kind != STMT_PLAIN || t->first < p->taken || !token_is(s, t->first, p->r->finding->release))
			continue;
		text = source_slice(s, t->first, t->last);
		if (expression && strstr(text, expression))
			return text;
	}
	return NULL;
}

/* Does a declaration of this variable begin at token i? "struct foo *", "int": all that stands before the name. */
static const char *type_before(const struct source *s, unsigned int name, unsigned int from)
{
	unsigned int i = name;

	while (i > from && (token_is(s, i - 1, "*") || s->tokens[i - 1].kind == TOKEN_WORD))
		i--;
	return i < name && s->tokens[i].kind == TOKEN_WORD ? source_slice(s, i, name - 1) : NULL;
}

static bool begins_declaration(const struct source *s, unsigned int i)
{
	return token_is(s, i, "(") || token_is(s, i, ",") || token_is(s, i, ";") || token_is(s, i, "{");
}

/* The type that the function declares the name with, as a parameter or local; NULL. */
static const char *type_of(const struct source *s, const struct function *f, const char *name)
{
	for (unsigned int i = f->name + 2; i < f->body->last; i++) {
		unsigned int k = i;
		const char *type;

		if (!token_is(s, i, name) || !strchr(",;=)[", s->text[s->tokens[i + 1].start]))
			continue;
		while (k > f->name && (token_is(s, k - 1, "*") || s->tokens[k - 1].kind == TOKEN_WORD))
			k--;
		type = k > f->name + 1 && begins_declaration(s, k - 1) ? type_before(s, i, k) : NULL;
		if (type)
			return type;
	}
	return NULL;
}

/* A parameter or local of the function that has this type; NULL. */
static const char *variable_of(const struct source *s, const struct function *f, const char *type)
{
	for (unsigned int i = f->name + 2; i < f->body->last; i++) {
		const char *name, *other;

		if (s->tokens[i].kind != TOKEN_WORD || !strchr(",;=)", s->text[s->tokens[i + 1].start]))
			continue;
		name = source_slice(s, i, i);
		other = type_of(s, f, name);
		if (other && strcmp(other, type) == 0)
			return name;
	}
	return NULL;
}

/* What a local of the taker begins with: "&pdev->dev" of `struct device *dev = &pdev->dev;`. NULL when it is a call. */
static const char *initialiser_of(const struct callbacks *p, const char *name)
{
	const struct source *s = p->r->source;

	for (struct stmt *t = p->taker->body->body; t; t = t->next) {
		unsigned int i = t->last;

		while (t->kind == STMT_PLAIN && i > t->first && !token_is(s, i, "="))
			i--;
		if (i > t->first && token_is(s, i - 1, name) && !source_mentions(s, t->first, i - 2, name) &&
		    type_of(s, p->taker, name) && !strchr(source_slice(s, i + 1, t->last), '('))
			return source_slice(s, i + 1, t->last - 1);
	}
	return NULL;
}

/* The taker's variable in the terms of the function that should release; NULL. */
static const char *counterpart_of(const struct callbacks *p, const char *name, int depth);

/*
 * The text in the terms of the function that should release; NULL when a variable has no counterpart there. `depth`
 * ends what would go round in circles.
 */
static const char *translate(const struct callbacks *p, const char *text, int depth)
{
	struct source *words = source_read(p->r->arena, text);
	struct edits e = {.arena = p->r->arena};

	for (unsigned int i = 0; i < words->n; i++) {
		const struct token *t = &words->tokens[i];
		const char *name, *here;

		if (t->kind != TOKEN_WORD || (i && (token_is(words, i - 1, "->") || token_is(words, i - 1, "."))))
			continue;
		name = source_slice(words, i, i);
		if (!type_of(p->r->source, p->taker, name))
			continue;
		here = counterpart_of(p, name, depth);
		if (!here)
			return NULL;
		edit_replace(&e, t->start, t->end, here);
	}
	return edits_apply(&e, text);
}

static const char *counterpart_of(const struct callbacks *p, const char *name, int depth)
{
	const struct source *s = p->r->source;
	const char *type = type_of(s, p->taker, name), *here = type_of(s, p->r->function, name), *value;

	if (here && strcmp(here, type) == 0)
		return name;
	/* One number is not another. */
	here = strchr(type, '*') ? variable_of(s, p->r->function, type) : NULL;
	if (here || !depth)
		return here;
	value = initialiser_of(p, name);
	return value ? translate(p, value, depth - 1) : NULL;
}

/* When the taker got at what this statement's first argument names; 0: not told. */
static unsigned int first_touched(const struct callbacks *p, const struct stmt *t)
{
	const struct source *s = p->r->source;
	unsigned int member = 0;

	for (unsigned int i = t->first + 1; i < t->last && !token_is(s, i, ",") && !token_is(s, i, ")"); i++)
		if (s->tokens[i].kind == TOKEN_WORD && (token_is(s, i - 1, "->") || token_is(s, i - 1, ".")))
			member = i;
	for (unsigned int i = p->taker->body->first; member && i < p->taker->body->last; i++)
		if (token_same(s, i, member) && token_is(s, i + 1, "="))
			return i;
	return 0;
}

static void put(const struct callbacks *p, struct stmt *t, bool behind)
{
	struct edits e = {.arena = p->r->arena};

	(behind ? layout_behind : layout_before)(p->r, &e, t, p->lines);
	repair_propose(p->r, &e, "release it in the callback that ends its use");
}

/* The last statement that undoes what was done later, and the first behind it about what was there earlier; or NULL. */
static void find_order(const struct callbacks *p, struct stmt **later, struct stmt **earlier)
{
	const struct source *s = p->r->source;

	*later = *earlier = NULL;
	for (struct stmt *t = p->r->function->body->body; t; t = t->next)
		if (undo_in(p->r, t, p->taken + 1, p->taker->body->last) &&
		    !undo_in(p->r, t, p->taker->body->first, p->taken))
			*later = t;
	for (struct stmt *t = *later ? (*later)->next : p->r->function->body->body; t && !*earlier; t = t->next) {
		unsigned int when = t->kind == STMT_PLAIN && !stmt_is_declaration(s, t) ? first_touched(p, t) : 0;

		if ((when && when < p->taken) || undo_in(p->r, t, p->taker->body->first, p->taken))
			*earlier = t;
	}
}

/* First where the order of taking says, then from the end upwards. */
static void place(const struct callbacks *p)
{
	struct stmt *last = stmt_last(p->r->function->body), *later, *earlier, *t;
	int n = 0;

	find_order(p, &later, &earlier);
	if (later)
		put(p, later, true);
	else if (earlier)
		put(p, earlier, false);
	if (last && last->kind != STMT_RETURN)
		put(p, last, true);
	for (t = last; t && n++ < MAX_PLACES && !stmt_is_declaration(p->r->source, t); t = t->prev)
		put(p, t, false);
}

/* What the taker would say to give it back. */
static const char *release_call(struct callbacks *p)
{
	struct repair there = *p->r;
	struct release rel;
	const char *own;

	there.function = p->taker;
	own = release_in_taker(p, release_expression_in(p->r, p->taker));
	if (own)
		return own;
	if (!release_find(&there, p->r->finding, &rel))
		return NULL;
	p->guard = rel.guard;
	return rel.call;
}

/* False when one of the two functions is not understood. */
static bool find_taker(struct callbacks *p, struct repair *r)
{
	*p = (struct callbacks){.r = r, .taken = acquired_at(r)};
	if (p->taken < r->source->n)
		p->taker = stmt_function_at(r->source, r->source->tokens[p->taken].line);
	if (!r->function || !p->taker)
		repair_give_up(r, "the layout of the functions is not understood");
	return r->function && p->taker;
}

static const char *call_here(struct callbacks *p)
{
	const char *call = release_call(p);

	if (!call) {
		repair_give_up(p->r, "what to release it with, and with which arguments, is not known");
		return NULL;
	}
	if (p->taker->name != p->r->function->name) {
		const char *guard = p->guard;

		call = translate(p, call, MAX_DEPTH);
		p->guard = guard ? translate(p, guard, MAX_DEPTH) : NULL;
		if (guard && !p->guard)
			call = NULL;
	}
	if (!call)
		repair_give_up(p->r, "the callback that should release it has no variable that leads to it");
	return call;
}

const char *repair_counterpart_call(struct repair *r)
{
	struct callbacks p;

	return find_taker(&p, r) ? call_here(&p) : NULL;
}

static void add_lines(struct callbacks *p, const struct callbacks *one, const char *call)
{
	unsigned int n = 0;

	while (p->lines[n]) {
		if (strstr(p->lines[n], call))
			return;
		n++;
	}
	if (one->guard)
		p->lines[n++] = arena_printf(p->r->arena, "if (%s)", one->guard);
	p->lines[n] = one->guard ? arena_printf(p->r->arena, "\t%s", call) : call;
}

/* What is told with it is forgotten in the same way. */
static void add_parts(struct callbacks *p)
{
	const struct finding *f = p->r->finding;

	for (unsigned int i = 0; i < f->n_parts; i++) {
		struct repair there = *p->r;
		struct callbacks one;
		const char *call;

		there.finding = &f->parts[i];
		call = find_taker(&one, &there) ? call_here(&one) : NULL;
		if (call && one.taker->name == p->taker->name)
			add_lines(p, &one, call);
	}
}

void repair_counterpart(struct repair *r)
{
	struct callbacks p;
	const char *call;

	if (!find_taker(&p, r))
		return;
	if (p.taker->name == r->function->name) {
		repair_give_up(r, "there is no callback yet that could release it");
		return;
	}
	call = call_here(&p);
	if (!call)
		return;
	p.lines = ARENA_ARRAY(r->arena, const char *, 2 * r->finding->n_parts + 3);
	add_lines(&p, &p, call);
	add_parts(&p);
	place(&p);
}
