/* What releases a finding's resource: what another path of the function does, else what the rules say. */
#include "fix/caller.h"
#include "fix/ladder.h"

#include <glib.h>
#include <string.h>

unsigned int repair_event_token(const struct repair *r, const struct finding_event *e)
{
	if (!e || strcmp(e->file, r->finding->file) != 0)
		return r->source->n;
	return token_at(r->source, e->line, e->column);
}

static bool in_function(const struct repair *r, unsigned int token)
{
	return token < r->source->n && token >= r->function->body->first && token <= r->function->body->last;
}

static unsigned int inside(const struct repair *r, unsigned int token)
{
	return in_function(r, token) ? token : r->source->n;
}

unsigned int repair_acquire_token(const struct repair *r, const struct finding *f)
{
	for (uint32_t i = 0; i < f->n_events; i++) {
		const struct finding_event *e = &f->events[i];
		unsigned int token;

		if (strcmp(e->kind, "acquired") != 0 && strcmp(e->kind, "called") != 0)
			continue;
		token = repair_event_token(r, e);
		if (in_function(r, token))
			return token;
	}
	return r->function ? inside(r, caller_call(r, f)) : r->source->n;
}

/* Is the statement nothing but one call? */
static bool is_call(const struct source *s, const struct stmt *t)
{
	return t->kind == STMT_PLAIN && s->tokens[t->first].kind == TOKEN_WORD && token_is(s, t->first + 1, "(") &&
	       token_close(s, t->first + 1) + 1 == t->last;
}

/* The first word among the call's arguments that the condition is about as well. */
static bool is_about(const struct source *s, const struct stmt *condition, const struct stmt *call)
{
	for (unsigned int i = call->first + 2; i < call->last; i++) {
		g_autofree char *word = g_strndup(s->text + s->tokens[i].start, s->tokens[i].end - s->tokens[i].start);

		if (s->tokens[i].kind == TOKEN_WORD && source_mentions(s, condition->first + 1, condition->close, word))
			return true;
	}
	return false;
}

/* `if (x)`, whatever else is done then. */
static bool asks_for_it(const struct source *s, const struct stmt *t, const struct stmt *call)
{
	const char *argument = release_argument(s, call->first, 0);

	return t->kind == STMT_IF && argument && strcmp(source_slice(s, t->first + 2, t->close - 1), argument) == 0;
}

/* `if (x) release(x)`: what is released there only if it is there. */
static struct stmt *guard_of(const struct source *s, struct stmt *t)
{
	struct stmt *p = t->parent;

	if (p && p->kind == STMT_BLOCK && p->body == t && !t->next)
		p = p->parent;
	else if (p && p->kind == STMT_BLOCK && p->parent && asks_for_it(s, p->parent, t))
		return p->parent;
	return p && p->kind == STMT_IF && !p->other && p->body && is_about(s, p, t) ? p : NULL;
}

/* A roll-back names its elements by its own index: elsewhere that is another one. */
static bool is_of_another(const struct repair *r, struct stmt *t, const struct finding *f)
{
	unsigned int leaves = repair_event_token(r, finding_event_of_kind(f, "leaves"));
	const struct stmt *loop = stmt_loop_of(t);

	return loop && source_mentions_sign(r->source, t->first, t->last, "[") &&
	       !(leaves >= loop->first && leaves <= loop->last);
}

static bool from_sibling(const struct repair *r, const struct finding *f, struct release *out)
{
	unsigned int token = repair_event_token(r, finding_event_of_kind(f, "sibling"));
	struct stmt *t = in_function(r, token) ? stmt_at(r->function, token) : NULL, *guard;

	if (!t || !is_call(r->source, t))
		return false;
	out->at = t;
	if (is_of_another(r, t, f))
		return false;
	guard = guard_of(r->source, t);
	out->call = source_slice(r->source, t->first, t->last);
	out->at = guard ? guard : t;
	if (guard && !(asks_for_it(r->source, guard, t) && repair_accepts_null(r, t)))
		out->guard = source_slice(r->source, guard->first + 2, guard->close - 1);
	return true;
}

/* The path of members and indices that ends before `end`: "priv->ring[i].buf". NULL when it is something else. */
static const char *path_before(const struct source *s, unsigned int end)
{
	unsigned int i = end;

	while (i) {
		if (token_is(s, i - 1, "]")) {
			for (i--; i && !token_is(s, i, "["); i--)
				;
			continue;
		}
		if (s->tokens[i - 1].kind != TOKEN_WORD)
			return NULL;
		i--;
		if (!i || (!token_is(s, i - 1, "->") && !token_is(s, i - 1, ".")))
			break;
		i--;
	}
	/* `*out = acquire()`, but not `struct foo *p = acquire()` */
	if (i > 1 && token_is(s, i - 1, "*") && strchr(";{})", s->text[s->tokens[i - 2].start]))
		i--;
	return i < end ? source_slice(s, i, end - 1) : NULL;
}

const char *release_argument(const struct source *s, unsigned int call, int n)
{
	unsigned int close, first = call + 2;

	if (!token_is(s, call + 1, "("))
		return NULL;
	close = token_close(s, call + 1);
	for (unsigned int i = first; i <= close && close < s->n; i++) {
		if (i < close && strchr("([{", s->text[s->tokens[i].start])) {
			i = token_close(s, i);
			continue;
		}
		if (i < close && !token_is(s, i, ","))
			continue;
		if (n-- == 0)
			return i > first ? source_slice(s, first, i - 1) : NULL;
		first = i + 1;
	}
	return NULL;
}

static const struct effect *effect_of(const struct model *m, const char *function, enum effect_kind kind)
{
	const struct api *api = *function ? model_api(m, function) : NULL;

	for (unsigned int i = 0; api && i < api->n_effects; i++)
		if (api->effects[i].kind == kind)
			return &api->effects[i];
	return NULL;
}

static const char *pointed_to(const struct repair *r, const char *expression)
{
	if (!expression)
		return NULL;
	return *expression == '&' ? expression + 1 : arena_printf(r->arena, "*%s", expression);
}

static const char *member_of(const struct repair *r, const char *expression, const char *member)
{
	if (!expression || *expression == '*')
		return NULL;
	return *expression == '&' ? arena_printf(r->arena, "%s.%s", expression + 1, member)
				  : arena_printf(r->arena, "%s->%s", expression, member);
}

static const struct effect *taken_by(const struct repair *r, const struct finding *f)
{
	const struct effect *e = effect_of(r->request->model, f->acquire, EFFECT_ACQUIRE);

	return e ? e : effect_of(r->request->model, f->acquire, EFFECT_ARM);
}

static const char *expression_at(const struct repair *r, const struct finding *f, unsigned int call)
{
	const struct effect *e = taken_by(r, f);
	const char *text;

	if (!e || e->at.field || !token_is(r->source, call, f->acquire))
		return NULL;
	if (e->at.root == PLACE_RETURN)
		return call && token_is(r->source, call - 1, "=") ? path_before(r->source, call - 1) : NULL;
	text = e->at.root == PLACE_ARG ? release_argument(r->source, call, e->at.arg) : NULL;
	if (e->member)
		return member_of(r, text, e->member);
	return e->at.deref ? pointed_to(r, text) : text;
}

/* The engine's own name for it, if it could stand in the source. */
static const char *told_expression(const struct repair *r, const struct finding *f)
{
	const char *s = f->expression + (*f->expression == '&');
	g_autofree char *root = g_strndup(s, strspn(s, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "_"));

	if (!*root || !r->function || strchr(f->expression, ' '))
		return NULL;
	return source_mentions(r->source, r->function->name, r->function->body->last, root) ? f->expression : NULL;
}

const char *release_expression(const struct repair *r, const struct finding *f)
{
	unsigned int call = r->function ? repair_acquire_token(r, f) : r->source->n;
	const char *text = call < r->source->n ? expression_at(r, f, call) : NULL;

	return text ? text : told_expression(r, f);
}

const char *release_expression_in(const struct repair *r, const struct function *f)
{
	struct repair there = *r;

	there.function = f;
	return release_expression(&there, r->finding);
}

/*
 * The arguments before the resource, which acquiring and releasing mostly have in common (the bus, the cache, the
 * number of clocks): the first `n` of the acquiring call, each followed by a comma. NULL when it has fewer.
 */
static const char *leading_arguments(const struct repair *r, const struct finding *f, int n)
{
	unsigned int call = repair_acquire_token(r, f);
	const char *text = "";

	for (int i = 0; i < n; i++) {
		const char *next = call < r->source->n && token_is(r->source, call, f->acquire)
					   ? release_argument(r->source, call, i)
					   : NULL;

		if (!next)
			return NULL;
		text = arena_printf(r->arena, "%s%s, ", text, next);
	}
	return text;
}

/* What the release takes behind the resource because the two must agree in it (a handler's argument): ", dev". */
static const char *agreed_argument(const struct repair *r, const struct finding *f, const struct effect *e)
{
	const struct effect *taken = api_acquires(model_api(r->request->model, f->acquire));
	unsigned int call = repair_acquire_token(r, f);
	const char *text;

	if (!e || e->with.root != PLACE_ARG || e->with.arg != e->at.arg + 1)
		return "";
	if (!taken || taken->with.root != PLACE_ARG || call >= r->source->n || !token_is(r->source, call, f->acquire))
		return NULL;
	text = release_argument(r->source, call, taken->with.arg);
	return text ? arena_printf(r->arena, ", %s", text) : NULL;
}

/* `register_driver();` is undone without arguments, too. */
static bool takes_nothing(const struct repair *r, const struct finding *f)
{
	unsigned int call = repair_acquire_token(r, f);

	return call < r->source->n && token_is(r->source, call, f->acquire) && token_is(r->source, call + 1, "(") &&
	       token_is(r->source, call + 2, ")") && model_is_pair(r->request->model, f->acquire, f->release);
}

static bool from_rules(const struct repair *r, const struct finding *f, struct release *out)
{
	const struct effect *e = effect_of(r->request->model, f->release, EFFECT_RELEASE);
	const char *expression = release_expression(r, f), *leading, *agreed;

	if (*f->release && takes_nothing(r, f)) {
		out->call = arena_printf(r->arena, "%s();", f->release);
		return true;
	}
	if (!*f->release || !expression || (e && (e->at.root != PLACE_ARG || e->at.field)))
		return false;
	leading = leading_arguments(r, f, e ? e->at.arg : 0);
	agreed = agreed_argument(r, f, e);
	if (!leading || !agreed)
		return false;
	if (e && e->at.deref)
		expression = *expression == '*' ? expression + 1 : arena_printf(r->arena, "&%s", expression);
	out->call = arena_printf(r->arena, "%s(%s%s%s);", f->release, leading, expression, agreed);
	return true;
}

/* Does the function say so itself somewhere? */
static bool says(const struct repair *r, const char *text)
{
	const char *body = source_slice(r->source, r->function->name, r->function->body->last);

	for (const char *at = body; *text && (at = strstr(at, text)); at++) {
		char next = at[strlen(text)], last = at > body ? at[-1] : ' ';

		if (!g_ascii_isalnum(next) && next != '_' && !g_ascii_isalnum(last) && !strchr("_.>", last))
			return true;
	}
	return false;
}

/* What the function that took it would say, in the words of the one that called that. */
static bool from_callee(const struct repair *r, const struct finding *f, struct release *out)
{
	const struct function *taker = caller_taker(r, f);
	struct repair there = *r;
	struct release rel = {0};

	there.function = taker;
	out->call = taker && from_rules(&there, f, &rel) ? caller_words(r, f, rel.call) : NULL;
	return out->call != NULL;
}

/* The engine's name for what a callee took may be one that nobody would write. */
static bool from_knowledge(const struct repair *r, const struct finding *f, struct release *out)
{
	if (r->function && caller_taker(r, f) && !says(r, f->expression) && from_callee(r, f, out))
		return true;
	return from_rules(r, f, out);
}

/*
 * The other path's own words are best, arguments and all, but not where it does something else with the resource than
 * to give it back (hands a buffer on).
 */
static bool says_release(const struct repair *r, const struct finding *f, const struct release *rel)
{
	g_autofree char *name = g_strndup(rel->call, strcspn(rel->call, "("));

	return (*f->acquire && strcmp(name, f->release) == 0) || model_sounds_like_release(r->request->model, name);
}

/* Members, flags and negations, without calls and assignments: what it says now it says later, too. */
static bool can_be_asked_again(const struct source *s, unsigned int first, unsigned int last)
{
	bool member = false;

	for (unsigned int i = first; i <= last; i++) {
		bool word = s->tokens[i].kind == TOKEN_WORD || s->tokens[i].kind == TOKEN_NUMBER;

		if (!word && !strchr("!&|-.()", s->text[s->tokens[i].start]))
			return false;
		if (word && token_is(s, i + 1, "(") && i < last)
			return false;
		member |= token_is(s, i, "->") || token_is(s, i, ".");
	}
	return member;
}

/* Has it a value before this statement? A local need not have one. */
static bool has_value(const struct repair *r, const char *held, const struct stmt *before)
{
	const struct source *s = r->source;
	unsigned int close = token_close(s, r->function->name + 1);

	if (strpbrk(held, ".>") || source_mentions(s, r->function->name + 2, close, held))
		return true;
	for (struct stmt *t = r->function->body->body; t; t = t->next)
		if (t->kind == STMT_PLAIN && source_mentions(s, t->first, t->last, held) &&
		    (t->first < before->first || stmt_is_declaration(s, t)))
			return strstr(source_slice(s, t->first, t->last), arena_printf(r->arena, "%s =", held)) != NULL;
	return true;
}

/* A pointer tells by itself whether it is there. */
static bool ask_for_itself(const struct repair *r, const struct finding *f, const struct stmt *taken_under,
			   struct release *out)
{
	const struct api *api = model_api(r->request->model, f->release);
	const struct effect *taken = effect_of(r->request->model, f->acquire, EFFECT_ACQUIRE);
	const char *held = release_expression(r, f);

	if (!taken || taken->at.root != PLACE_RETURN || taken->at.field || !held || *held == '*' || *held == '&' ||
	    !has_value(r, held, taken_under))
		return false;
	out->guard = api && (api->null_ok & 1) ? NULL : held;
	return true;
}

/* Does a condition decide about the release, rather than about leaving? In a ladder it decides for all. */
static bool is_asked_for(struct stmt *release)
{
	for (struct stmt *t = release->parent; t; t = t->parent)
		if (t->kind == STMT_IF && t->body && !stmt_jump_of(t->body))
			return true;
	return false;
}

/*
 * The condition under which the function takes it, where the path leaves the `if` again before it fails. False when
 * nobody can ask for it there. A release further down that does not ask is right without.
 */
static bool find_guard(const struct repair *r, const struct finding *f, struct release *out)
{
	unsigned int leaves = repair_event_token(r, finding_event_of_kind(f, "leaves"));
	const struct stmt *t = out->acquired < r->source->n ? stmt_at(r->function, out->acquired) : NULL;

	/* What may still run is stopped, whether or not it was begun. */
	if (leaves >= r->source->n && strcmp(r->finding->rule, "free/mismatch") != 0)
		return true;
	for (; t && t->parent; t = t->parent) {
		const struct stmt *p = t->parent;

		if (p->kind != STMT_IF || (leaves >= p->first && leaves <= p->last) ||
		    (out->at && out->at->first > p->last && (!is_asked_for(out->at) || ladder_label_of(r, out->at))))
			continue;
		if (out->guard)
			return false;
		if (p->body == t && can_be_asked_again(r->source, p->first + 2, p->close - 1))
			out->guard = source_slice(r->source, p->first + 2, p->close - 1);
		else
			return ask_for_itself(r, f, p, out);
	}
	return true;
}

/* Does a configuration decide whether it is taken, and not whether this path is there? */
static bool is_configured_away(const struct repair *r, const struct finding *f, const struct release *rel)
{
	const struct source *s = r->source;
	unsigned int leaves = repair_event_token(r, finding_event_of_kind(f, "leaves"));
	int depth = 0;

	if (rel->acquired >= s->n || leaves >= s->n)
		return false;
	for (unsigned int at = s->tokens[rel->acquired].end; at < s->tokens[leaves].start && depth >= 0; at++) {
		if (s->text[at] != '\n')
			continue;
		depth += strncmp(s->text + at, "\n#if", 4) == 0;
		depth -= strncmp(s->text + at, "\n#endif", 7) == 0;
	}
	return depth < 0;
}

/*
 * The finding tells of no other path that releases it; the function may have one all the same, below a label: the
 * statement there, which may ask first.
 */
static struct stmt *same_in_ladder(const struct repair *r, const char *call, const char **guard)
{
	struct stmt *found = NULL;

	for (struct stmt *t = r->function ? r->function->body : NULL; t; t = stmt_after(t)) {
		struct stmt *top = t;

		if (t->kind != STMT_PLAIN || !is_call(r->source, t) ||
		    strcmp(source_slice(r->source, t->first, t->last), call) != 0)
			continue;
		while (top->parent && top->parent != r->function->body)
			top = top->parent;
		if ((top != t && (top->kind != STMT_IF || top->other)) || !ladder_label_before(top))
			continue;
		if (found)
			return NULL;
		found = top;
	}
	if (found && found->kind == STMT_IF && !*guard)
		*guard = source_slice(r->source, found->first + 2, found->close - 1);
	return found;
}

/* `register_foo(&f, KIND)` is undone by `unregister_foo(&f, KIND)`. */
static const char *with_all_arguments(const struct repair *r, const struct finding *f)
{
	const struct source *s = r->source;
	unsigned int n, call = repair_acquire_token(r, f), close = call < s->n ? token_close(s, call + 1) : s->n;
	const struct api *const *all = model_apis(r->request->model, &n);
	const struct effect *taken = taken_by(r, f);

	if (close >= s->n || close == call + 2 || !token_is(s, call, f->acquire) || !taken ||
	    taken->at.root != PLACE_ARG)
		return NULL;
	for (unsigned int i = 0; i < n; i++)
		if (model_is_pair(r->request->model, f->acquire, all[i]->name) && api_releases(all[i], taken->family))
			return arena_printf(r->arena, "%s(%s);", all[i]->name, source_slice(s, call + 2, close - 1));
	return NULL;
}

bool release_find_another(const struct repair *r, const struct finding *f, const struct release *but,
			  struct release *out)
{
	*out = (struct release){.acquired = repair_acquire_token(r, f)};
	if (!r->function || out->acquired >= r->source->n || (but && but->at))
		return false;
	out->call = caller_taker(r, f) ? caller_undo(r, f) : with_all_arguments(r, f);
	if (!out->call || (but && strcmp(but->call, out->call) == 0))
		return false;
	out->at = same_in_ladder(r, out->call, &out->guard);
	return !is_configured_away(r, f, out) && find_guard(r, f, out);
}

bool release_find(const struct repair *r, const struct finding *f, struct release *out)
{
	struct release rule = {0};
	bool sibling;

	*out = (struct release){.acquired = repair_acquire_token(r, f)};
	sibling = from_sibling(r, f, out);
	if (!(sibling && says_release(r, f, out)) && from_knowledge(r, f, &rule)) {
		if (!sibling || strcmp(out->call, rule.call) != 0)
			out->guard = NULL;
		out->call = rule.call;
		sibling = true;
	}
	if (sibling && !out->at)
		out->at = same_in_ladder(r, out->call, &out->guard);
	/* Whoever was given it may hand it on: that is no way to be rid of it elsewhere. */
	if (sibling && !*f->acquire && !says_release(r, f, out))
		return false;
	return sibling && !is_configured_away(r, f, out) && (out->guard || !r->function || find_guard(r, f, out));
}
