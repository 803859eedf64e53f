/* How a leak is told: under which rule, where, and in what words. */
#include "check/checks.h"
#include "check/leak.h"

#include <string.h>

/* Did the same call run again on this path? Then a loop drops one each time round. */
static const char *rule_of(const struct fn_exit *e, const struct resource *r)
{
	if (leak_is_overwrite(r))
		return r->again ? "leak/loop" : "leak/overwrite";
	return e->class == EXIT_ERROR ? "leak/error-path" : "leak/early-return";
}

/* Does a constant argument keep the callee off the way that the case describes (`enable` is false)? */
static bool call_rules_out(const struct fn *fn, const struct ir_function *caller, const struct ir_ins *call,
			   const struct sum_case *c)
{
	for (unsigned int i = 0; i < c->pre.n; i++) {
		const struct sym *s = sym_at(fn->e->pool, c->pre.v[i].sym);
		struct range r = c->pre.v[i].range;

		if (s->kind == SYM_PARAM && s->b == call->sym && s->a < call->n_args &&
		    caller->ins[call->args[s->a]].op == IR_CONST) {
			int64_t k = caller->ins[call->args[s->a]].imm;

			if (k < r.lo || k > r.hi || (r.not_zero && k == 0))
				return true;
		}
	}
	return false;
}

/* Is there one call only that can have left it so? */
static bool has_one_caller(const struct fn *fn, const struct resource *r)
{
	const struct ir_unit *u = fn->e->unit;
	unsigned int excused = 0;

	for (uint32_t i = 0; i < u->n_functions && fn->e->n_callers[r->left_in] > 1; i++)
		for (uint32_t k = 0; k < u->functions[i].n_ins; k++) {
			const struct ir_ins *in = &u->functions[i].ins[k];

			excused += in->op == IR_CALL && in->sym == r->left_in &&
				   call_rules_out(fn, &u->functions[i], in, r->left);
		}
	return fn->e->n_callers[r->left_in] == excused + 1;
}

/* Another function makes such a call and gives back what it refuses. */
static void tell_who_takes_back(struct fn *fn, struct report *rep, const struct sibling *s)
{
	struct finding_event *after;

	if (!s->refused)
		return;
	after = ARENA_NEW(fn->w.arena, struct finding_event);
	*after = event_at(fn->e, "sibling", s->taken_back,
			  "another function, when this fails, takes back what it has handed over");
	rep->after = after;
	rep->n_after = 1;
}

/*
 * A callee took it and failed without giving it back: that is the place to mend, unless others call it too and may
 * clean up behind it, or this function does so on another path.
 */
static void tell_where_left(const struct fn *fn, struct report *rep, const struct resource *r, const struct sibling *s)
{
	if (!r->left || (s->res && s->res->left) || !has_one_caller(fn, r))
		return;
	rep->elsewhere = true;
	rep->at = (struct origin){r->left_in, r->left->exit_ins};
	rep->in_case = r->left;
}

/* The families of guessed pairs come behind the model's own. */
static const char *leak_message(struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	const char *what = resource_text(fn, r), *path = e->class == EXIT_ERROR ? "error" : "return";

	if (*what)
		what = arena_printf(fn->w.arena, " ('%s')", what);
	if (r->family->index >= model_n_families(fn->e->model))
		return arena_printf(fn->w.arena, "%s%s is not undone (%s) on this %s path", r->family->noun, what,
				    r->family->release, path);
	return arena_printf(fn->w.arena, "%s from %s()%s is not released%s%s%s on this %s path", r->family->noun,
			    r->acquire, what, r->release ? " (" : "", r->release ? r->release : "",
			    r->release ? ")" : "", path);
}

static struct report report_of(struct fn *fn, const struct fn_exit *e, const struct resource *r,
			       enum confidence at_most, const struct sibling *s)
{
	struct report rep = {.rule = rule_of(e, r),
			     .confidence = leak_sureness(fn, e, r, s, at_most),
			     .st = &e->st,
			     .res = r,
			     .ins = leak_is_overwrite(r) ? r->lost_ins : e->ins,
			     .exit_kind = leak_is_overwrite(r)	   ? "overwrite"
					  : e->class == EXIT_ERROR ? "error"
					  : e->class == EXIT_VOID  ? "void"
								   : "success",
			     .sibling_ins = s->res ? s->res->release_ins : IR_NONE,
			     .at_text = leak_is_overwrite(r) ? "the last pointer to it is overwritten here"
							     : "leaves here without releasing it"};

	rep.at = (struct origin){fn->index, rep.ins};
	if (e->class == EXIT_ERROR && !leak_is_overwrite(r))
		tell_where_left(fn, &rep, r, s);
	tell_who_takes_back(fn, &rep, s);
	rep.message = leak_message(fn, e, r);
	return rep;
}

static bool same_place(struct origin x, struct origin y)
{
	return x.function == y.function && x.ins == y.ins;
}

/* Are they one finding? A loop that drops one each time round is told as such, not as one overwriting the other, too.
 */
static bool same_leak(const struct report *x, const struct report *y)
{
	return x->res->acquire_ins == y->res->acquire_ins && leak_is_overwrite(x->res) == leak_is_overwrite(y->res) &&
	       same_place(x->at, y->at) && (leak_is_overwrite(x->res) || strcmp(x->rule, y->rule) == 0);
}

/* The macro that both leave by, and forget the same: the author sees one mistake. NULL: there is none such. */
static const char *same_macro(const struct fn *fn, const struct report *x, const struct report *y)
{
	const struct ir_ins *a, *b;

	if (x->at.function != fn->index || y->at.function != fn->index || x->res->acquire_ins != y->res->acquire_ins ||
	    leak_is_overwrite(x->res) || leak_is_overwrite(y->res) || strcmp(x->rule, y->rule) != 0 ||
	    x->at.ins == y->at.ins)
		return NULL;
	a = &fn->f->ins[x->at.ins];
	b = &fn->f->ins[y->at.ins];
	return a->op == IR_RETURN && b->op == IR_RETURN && a->macro && b->macro && strcmp(a->macro, b->macro) == 0
		       ? a->macro
		       : NULL;
}

/* What one call took and one exit forgets is one finding, however much it is: the surest. */
void leak_found(struct fn *fn, struct leaks *leaks, const struct fn_exit *e, const struct resource *r,
		enum confidence at_most, const struct sibling *s, bool in_reach)
{
	struct report rep = report_of(fn, e, r, at_most, s);

	if (rep.confidence == CONF_LOW && at_most > CONF_LOW && e->class == EXIT_ERROR)
		summary_doubt(fn->e->summaries[fn->index], e, r);
	rep.in_reach = in_reach && !leak_is_overwrite(r);
	for (unsigned int i = 0; i < leaks->all.n; i++) {
		struct report *told = &leaks->all.v[i];
		const char *macro = same_macro(fn, told, &rep);

		if (macro && !told->more_exits) {
			told->more_exits = true;
			told->message =
				arena_printf(fn->w.arena, "%s, nor at other returns by %s()", told->message, macro);
		}
		if (macro)
			return;
		if (!same_leak(told, &rep))
			continue;
		if (rep.confidence > told->confidence || (leak_is_overwrite(r) && !told->res->again))
			*told = rep;
		return;
	}
	vec_push(fn->w.arena, &leaks->all, rep);
}

void leak_reported(struct fn *fn, struct leaks *leaks, const struct report *rep)
{
	for (unsigned int i = 0; i < leaks->all.n; i++) {
		struct report *told = &leaks->all.v[i];

		if (!same_place(told->res->taken, rep->res->taken))
			continue;
		if (rep->confidence > told->confidence)
			*told = *rep;
		return;
	}
	vec_push(fn->w.arena, &leaks->all, *rep);
}

/* Forgotten at one place by one mistake: the same kind of thing, at the same exit. */
static bool forgotten_together(const struct report *x, const struct report *y)
{
	return same_place(x->at, y->at) && strcmp(x->rule, y->rule) == 0 &&
	       strcmp(x->res->family->resource, y->res->family->resource) == 0 && !leak_is_overwrite(x->res) &&
	       !leak_is_overwrite(y->res);
}

/* Of those that are forgotten together, the one that was taken last is told first. */
static bool taken_later(const struct resource *x, const struct resource *y)
{
	if (x->acquire_ins != y->acquire_ins)
		return x->acquire_ins > y->acquire_ins;
	return x->taken.function != y->taken.function ? x->taken.function > y->taken.function
						      : x->taken.ins > y->taken.ins;
}

/* Each by itself: what belongs together becomes one finding when the list is complete (finding/group.c). */
void leaks_tell(struct fn *fn, const struct leaks *leaks)
{
	for (unsigned int i = 0; i < leaks->all.n; i++) {
		struct report told = leaks->all.v[i];

		for (unsigned int k = 0; k < leaks->all.n; k++) {
			const struct report *other = &leaks->all.v[k];

			if (k == i || !forgotten_together(&told, other))
				continue;
			told.group = fn->f->name;
			told.rank += taken_later(told.res, other->res);
		}
		fn_report(fn, &told);
	}
}
