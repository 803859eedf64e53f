#include "fix/ladder.h"

#include <glib.h>
#include <string.h>

static bool ends_flow(const struct stmt *t)
{
	return t->kind == STMT_RETURN || t->kind == STMT_GOTO;
}

struct stmt *ladder_label_before(struct stmt *t)
{
	for (t = t->prev; t && !ends_flow(t); t = t->prev)
		if (t->kind == STMT_LABEL)
			return t;
	return NULL;
}

struct stmt *ladder_label_of(const struct repair *r, struct stmt *release)
{
	for (struct stmt *t = release; t && t != r->function->body; t = t->parent) {
		struct stmt *label = ladder_label_before(t);

		if (label)
			return label;
	}
	return NULL;
}

bool ladder_stands_apart(struct stmt *label)
{
	struct stmt *t = label->prev;

	while (t && !ends_flow(t))
		t = t->prev;
	return t != NULL;
}

/* The return that ends the ladder; NULL: the function's end does, or something else. */
static const struct stmt *final_return(const struct stmt *label)
{
	const struct stmt *t = label;

	while (t && !ends_flow(t))
		t = t->next;
	return t && t->kind == STMT_RETURN ? t : NULL;
}

static bool runs_off_the_end(const struct stmt *label)
{
	const struct stmt *t = label;

	while (t && !ends_flow(t))
		t = t->next;
	return label && !t && label->parent && !label->parent->parent;
}

/* The word that [first, last] and the value agree on but for what stands in its place: "ret" in "ERR_PTR(ret)". */
static const char *carrier(const struct repair *r, unsigned int first, unsigned int last)
{
	const struct source *s = r->source;

	if (first == last && s->tokens[first].kind == TOKEN_WORD)
		return source_slice(s, first, first);
	if (last == first + 3 && token_is(s, first + 1, "(") && token_is(s, last, ")") &&
	    s->tokens[first + 2].kind == TOKEN_WORD)
		return source_slice(s, first + 2, first + 2);
	return NULL;
}

/* A name in capitals is a constant, not a variable. */
static bool is_constant(const char *word)
{
	for (; *word; word++)
		if (g_ascii_islower(*word))
			return false;
	return true;
}

const char *ladder_variable(const struct repair *r, const struct stmt *label)
{
	const struct stmt *end = final_return(label);
	const char *name = end && end->last > end->first + 1 ? carrier(r, end->first + 1, end->last - 1) : NULL;

	return name && !is_constant(name) ? name : NULL;
}

const char *ladder_name(const struct repair *r, const struct stmt *label)
{
	return source_slice(r->source, label->first, label->first);
}

static const char *const *leave(const struct repair *r, const struct stmt *label, const char *variable,
				const char *value)
{
	const char **lines = ARENA_ARRAY(r->arena, const char *, 3), *jump;

	jump = arena_printf(r->arena, "goto %s;", ladder_name(r, label));
	if (value && strcmp(value, variable) != 0)
		*lines++ = arena_printf(r->arena, "%s = %s;", variable, value);
	else
		jump = arena_strdup(r->arena, jump);
	lines[0] = jump;
	return value && strcmp(value, variable) != 0 ? lines - 1 : lines;
}

/* What `return VALUE` says in the terms of the ladder's return: for "ERR_PTR(ret)" the inside of "ERR_PTR(-EIO)". */
static const char *value_for(const struct repair *r, const struct stmt *jump, const struct stmt *end)
{
	const struct source *s = r->source;
	unsigned int first = jump->first + 1, last = jump->last - 1;

	if (end->last == end->first + 2)
		return source_slice(s, first, last);
	if (last > first + 2 && token_same(s, first, end->first + 1) && token_is(s, first + 1, "(") &&
	    token_close(s, first + 1) == last)
		return source_slice(s, first + 2, last - 1);
	return NULL;
}

const char *const *ladder_leave(const struct repair *r, const struct stmt *jump, const struct stmt *label)
{
	const struct stmt *end = final_return(label);
	const char *variable = ladder_variable(r, label), *value;

	if (end && stmt_holds(end, jump))
		return NULL;
	if (jump->last == jump->first + 1)
		return runs_off_the_end(label) || (end && end->last == end->first + 1) ? leave(r, label, "", NULL)
										       : NULL;
	if (!end || end->last == end->first + 1)
		return NULL;
	if (strcmp(layout_raw(r, jump), layout_raw(r, end)) == 0)
		return leave(r, label, "", NULL);
	value = variable ? value_for(r, jump, end) : NULL;
	return value ? leave(r, label, variable, value) : NULL;
}

static bool is_taken(const struct repair *r, const char *name)
{
	return source_mentions(r->source, r->function->body->first, r->function->body->last, name);
}

/* "put" of of_node_put: the word of a release's name that says what it does; all of it when none is known. */
static const char *verb_of(const struct repair *r, const char *release)
{
	g_auto(GStrv) words = g_strsplit(release, "_", -1);

	for (char **w = words; *w; w++)
		if (**w && model_sounds_like_release(r->request->model, *w))
			return arena_strdup(r->arena, *w);
	return release;
}

/* "buf" of priv->ring[i].buf; "" when it is no path. */
static const char *noun_of(const struct repair *r, const char *expression)
{
	const char *end = expression ? expression + strlen(expression) : "", *start;

	while (expression && end > expression && end[-1] == ']')
		while (end > expression && *--end != '[')
			;
	for (start = end; expression && start > expression && (g_ascii_isalnum(start[-1]) || start[-1] == '_'); start--)
		;
	return arena_strndup(r->arena, start, (size_t)(end - start));
}

/* The one argument of a call; "" when there are several. */
static const char *only_argument(const struct repair *r, const char *call)
{
	const char *open = strchr(call, '('), *close = open ? strchr(open, ')') : NULL;

	if (!close || memchr(open, ',', (size_t)(close - open)))
		return "";
	return arena_strndup(r->arena, open + 1, (size_t)(close - open - 1));
}

/* As the kernel's coding style wants labels: what the goto does, and to what. */
const char *ladder_rung_name(const struct repair *r, const struct stmt *label, const char *release,
			     const char *expression)
{
	const char *old = ladder_name(r, label), *bar = strchr(old, '_'), *verb = verb_of(r, release);
	const char *noun = noun_of(r, expression), *begin, *name, *free_name;

	if (g_str_has_suffix(verb, "free"))
		verb = "free";
	begin = bar ? arena_strndup(r->arena, old, (size_t)(bar - old)) : "err";
	name = arena_printf(r->arena, "%s%s%s%s%s", strcmp(begin, verb) == 0 ? "" : begin,
			    strcmp(begin, verb) == 0 ? "" : "_", verb, *noun ? "_" : "", noun);
	free_name = name;
	for (int i = 2; is_taken(r, free_name); i++)
		free_name = arena_printf(r->arena, "%s_%d", name, i);
	return free_name;
}

const char *ladder_new_name(const struct repair *r, const struct stmt *label, const char *call)
{
	const char *expression = release_expression(r, r->finding);

	if (!*noun_of(r, expression))
		expression = only_argument(r, call);
	return ladder_rung_name(r, label, r->finding->release, expression);
}
