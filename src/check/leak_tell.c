/* How a leak is told: under which rule, how sure, where, and in what words. */
#include "check/checks.h"
#include "check/leak.h"

#include <string.h>

static bool is_overwrite(const struct resource *r)
{
	return r->lost_ins != IR_NONE && (r->family->kind == FAMILY_OWNED || r->family->kind == FAMILY_REFERENCE);
}

/* Did the same call run again on this path? Then a loop drops one each time round. */
static const char *rule_of(const struct fn_exit *e, const struct resource *r)
{
	if (is_overwrite(r))
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

/* A guessed pair whose first half can be read and takes nothing that is known: some register is written. */
static bool written_here(const struct fn *fn, const struct resource *r)
{
	const struct ir_ins *in = &fn->f->ins[r->acquire_ins];

	return r->mined && !r->family->counted && in->op == IR_CALL && in->sym != IR_NONE &&
	       fn->e->unit->functions[in->sym].has_body;
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

static bool is_memory(const struct family *f)
{
	return strcmp(f->resource, "memory") == 0;
}

/* Does a path that leaves with the same failure not hold it any more? Then something unseen decides. Among what is
 * unwound, what paths disagree on has only been lost sight of. */
static bool decided_unseen(const struct fn *fn, const struct fn_exit *here, const struct resource *r, bool unwound)
{
	for (unsigned int i = 0; i < fn->exits.n; i++) {
		const struct fn_exit *e = &fn->exits.v[i];
		const struct resource *other =
			e->ins == here->ins && e->ret == here->ret ? state_resource(&e->st, r->key, r->family) : NULL;

		if (other && other->acquire_ins == r->acquire_ins &&
		    (other->state == RES_RELEASED || (other->state == RES_ESCAPED && !unwound)))
			return true;
	}
	return false;
}

/* The test that the release of the other path stands behind, and nothing else; NULL: there is none. */
static const struct ir_block *guard_of(const struct fn *fn, const struct sibling *s)
{
	const struct ir_function *f = fn->f;

	for (uint32_t i = 0; s->res && i < f->n_blocks; i++) {
		const struct ir_block *b = &f->blocks[i];

		if (s->res->release_ins >= b->first && s->res->release_ins < b->first + b->n)
			return b->n_pred == 1 ? &f->blocks[b->pred[0]] : NULL;
	}
	return NULL;
}

static bool asks_for_result(const struct pool *p, uint32_t cond)
{
	const struct sym *s = cond ? sym_at(p, cond) : NULL;

	if (!s || s->kind != SYM_OP)
		return s && s->kind == SYM_FRESH;
	return asks_for_result(p, s->a) || asks_for_result(p, s->b);
}

/* Has this path been at that test, which looks at what is kept somewhere, not at how a call ended? Then merging may
 * have lost which way it goes. */
static bool passed_guard(const struct fn *fn, const struct fn_exit *e, const struct sibling *s)
{
	const struct ir_block *guard = guard_of(fn, s);

	for (const struct step *t = guard ? e->st.trace : NULL; t; t = t->before)
		if (t->kind == STEP_BRANCH && t->ins == guard->first + guard->n - 1 &&
		    !asks_for_result(fn->e->pool, t->cond))
			return true;
	return false;
}

/* Does another path show that it is this function's to give back, and none that this failure is no reason to? */
static bool witnessed(const struct fn *fn, const struct fn_exit *e, const struct resource *r, const struct sibling *s)
{
	enum family_kind k = r->family->kind;

	/* Counts of what the caller has: whoever has the object may drop them. */
	if (r->left || ((k == FAMILY_REFERENCE || k == FAMILY_COUNT) && sym_from_caller(fn->e->pool, r->key)))
		return false;
	return (s->exit || s->counterpart || s->unwound || k == FAMILY_REGISTERED) &&
	       !decided_unseen(fn, e, r, s->unwound) && !passed_guard(fn, e, s);
}

/* The function succeeds, on a path that was not merged with others, and the last that points to it is gone. */
static bool plainly_lost(const struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	return e->class == EXIT_SUCCESS_CLASS && r->family->kind == FAMILY_OWNED && !is_memory(r->family) &&
	       !r->looped && !pmap_get(&e->st.blurred, r->acquire_ins + 1) && !decided_unseen(fn, e, r, false);
}

/*
 * A callee took it, which is one approximation, and either the function succeeds or the paths since then have been
 * merged, which is another. One in four of these was right, and where there are witnesses, two in three. A callee that
 * failed and left it has done so before any merging.
 */
static bool taken_out_of_sight(const struct fn *fn, const struct fn_exit *e, const struct resource *r,
			       const struct sibling *s)
{
	return r->taken.function != fn->index &&
	       (e->class != EXIT_ERROR
			? !s->refused && !plainly_lost(fn, e, r)
			: (!r->left && pmap_get(&e->st.blurred, r->acquire_ins + 1) && !witnessed(fn, e, r, s)));
}

/* A callee took memory or a reference and hung it into what the caller passed; that another path gives it back does not
 * say that this one should: two in nine were right. */
static bool kept_by_callee(struct fn *fn, const struct fn_exit *e, const struct resource *r, const struct sibling *s)
{
	return r->taken.function != fn->index && s->exit && e->class == EXIT_ERROR && leak_is_holding(fn, r) &&
	       !leak_begins_lifecycle(fn) && reach_has(reach_compute(fn, &e->st, e->ret, true), r->key);
}

/* Is it switched on, and left so? Then it is needed, though nobody here will ever give it back. */
static bool is_in_use(const struct state *st, const struct resource *r)
{
	struct pmap_iter it;

	for (pmap_first(&it, &st->res); pmap_next(&it);) {
		const struct resource *on = (const struct resource *)(uintptr_t)it.value;

		if (on->key == r->key && on != r && on->state == RES_OWNED && on->family->kind == FAMILY_COUNT)
			return true;
	}
	return false;
}

/*
 * After a success, what is in use is held. References are seldom; of the others 11 of 13 were in use unseen, but not of
 * those that were taken and forgotten plainly, once, that have one owner, and that failures do not give back either.
 */
static bool may_be_in_use(struct fn *fn, const struct fn_exit *e, const struct resource *r, const struct sibling *s)
{
	enum family_kind k = r->family->kind;

	if (is_memory(r->family))
		return true;
	return e->class == EXIT_SUCCESS_CLASS && (k == FAMILY_OWNED || k == FAMILY_COUNT) &&
	       !(!s->exit && leak_is_holding(fn, r) && r->taken.function == fn->index &&
		 !fn_in_loop(fn, r->acquire_ins) && !r->family->handed_on &&
		 !pmap_get(&e->st.blurred, r->acquire_ins + 1));
}

/* A reference to what was there before, in which it may be for another who holds it: none of 6 was right. */
static bool is_for_another(struct fn *fn, const struct resource *r)
{
	return r->family->kind == FAMILY_REFERENCE && !r->family->first && r->taken.function == fn->index &&
	       !leak_is_holding(fn, r);
}

/* Has the call released a thing of the family on this path, one that is known? */
static bool released_by(const struct state *st, uint32_t ins, const struct family *f)
{
	struct pmap_iter it;

	for (pmap_first(&it, &st->res); pmap_next(&it);) {
		const struct resource *r = (const struct resource *)(uintptr_t)it.value;

		if (r->family == f && r->state == RES_RELEASED && r->release_ins == ins)
			return true;
	}
	return false;
}

/* Does the callee give back such a thing on some way that ends like this? */
static bool gives_back_so(const struct summary *s, enum exit_class class, const struct family *f)
{
	for (unsigned int i = 0; i < s->cases.n; i++)
		for (unsigned int k = 0; s->cases.v[i].class == class && k < s->cases.v[i].resources.n; k++)
			if (releases_one_of(&s->cases.v[i].resources.v[k], f))
				return true;
	return false;
}

/* After it was taken, the path has called a function of the file that gives back such things, and none is known to have
 * gone: it may have found this one by another name. */
static bool perhaps_given_back(const struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	for (const struct step *t = e->st.trace; t && t->ins != r->acquire_ins; t = t->before) {
		const struct ir_ins *in = &fn->f->ins[t->ins];
		const struct summary *s = t->kind == STEP_CALL && in->op == IR_CALL && in->sym != IR_NONE
						  ? engine_summary(fn->e, in->sym)
						  : NULL;

		if (s && t->way && t->way <= s->cases.n && !engine_api(fn->e, in) &&
		    gives_back_so(s, s->cases.v[t->way - 1].class, r->family) &&
		    !released_by(&e->st, t->ins, r->family))
			return true;
	}
	return false;
}

/* A pointer that is NULL or an error, a bool that is false, a number that is not 0. */
static bool says_failure(const struct fn *fn, uint32_t call, struct range v)
{
	uint32_t type = fn->f->ins[call].type;
	const struct ir_type *t = type != IR_NONE ? &fn->e->unit->types[type] : NULL;

	if (!t)
		return false;
	return t->kind == IR_T_PTR || t->is_bool ? range_is_null(v) || range_is_error(v)
						 : t->kind == IR_T_INT && (v.not_zero || v.lo > 0 || v.hi < 0);
}

/* Has a call failed after it was taken? */
static bool fails_since(struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	struct pmap_iter it;

	for (pmap_first(&it, &e->st.cons); pmap_next(&it);) {
		const struct sym *s = sym_at(fn->e->pool, (uint32_t)it.key);
		struct range v = *(const struct range *)(uintptr_t)it.value;

		if (s->kind != SYM_FRESH || s->a != fn->index || s->b >= fn->f->n_ins || s->b <= r->acquire_ins ||
		    fn->f->ins[s->b].op != IR_CALL)
			continue;
		if ((uint32_t)it.key == e->ret || says_failure(fn, s->b, v))
			return true;
	}
	return false;
}

/*
 * Where another path of the function gives it back, the author has thought of that, and a path that does not is
 * mostly one that cannot be or that has handed it on: of memory taken here one in 13 was right, of pointers overwritten
 * none of 3. Where nobody does, 9 of 10 were right.
 */
static bool thought_of(struct fn *fn, const struct fn_exit *e, const struct resource *r, const struct sibling *s)
{
	return s->exit &&
	       (is_overwrite(r) || (r->family->plain && r->taken.function == fn->index && !fails_since(fn, e, r)));
}

/*
 * How sure. Measured by judging findings in drivers: what is taken, kept and forgotten before the reader's eyes is
 * mostly right; where a callee takes or releases it, the pointer to it has been moved on, or the function succeeds,
 * something has often been overlooked. Memory that lives on after a success is in use, unless another success releases
 * it.
 */
static enum confidence sureness(struct fn *fn, const struct fn_exit *e, const struct resource *r,
				const struct sibling *s, enum confidence at_most)
{
	if ((r->spared && !r->torn) || written_here(fn, r) || taken_out_of_sight(fn, e, r, s) ||
	    kept_by_callee(fn, e, r, s) || thought_of(fn, e, r, s) || leak_skipped(fn, e, r) || is_for_another(fn, r) ||
	    (!r->torn && perhaps_given_back(fn, e, r)))
		return CONF_LOW;
	/* One of six: what holds it besides has mostly been overlooked. A loop that drops one each time round is surer.
	 */
	if (is_overwrite(r))
		return r->again ? at_most : MIN(at_most, CONF_MEDIUM);
	if (e->class == EXIT_SUCCESS_CLASS && is_in_use(&e->st, r))
		return CONF_LOW;
	if (e->class != EXIT_ERROR && may_be_in_use(fn, e, r, s) && !leak_undone_at_other(fn, e, r, e->class))
		return CONF_LOW;
	if (e->class != EXIT_ERROR || r->torn || s->exit || s->refused || r->taken.function != fn->index ||
	    r->lost_ins != IR_NONE)
		return MIN(at_most, CONF_MEDIUM);
	return at_most;
}

static struct report report_of(struct fn *fn, const struct fn_exit *e, const struct resource *r,
			       enum confidence at_most, const struct sibling *s)
{
	struct report rep = {.rule = rule_of(e, r),
			     .confidence = sureness(fn, e, r, s, at_most),
			     .st = &e->st,
			     .res = r,
			     .ins = is_overwrite(r) ? r->lost_ins : e->ins,
			     .exit_kind = is_overwrite(r)	   ? "overwrite"
					  : e->class == EXIT_ERROR ? "error"
					  : e->class == EXIT_VOID  ? "void"
								   : "success",
			     .sibling_ins = s->res ? s->res->release_ins : IR_NONE,
			     .at_text = is_overwrite(r) ? "the last pointer to it is overwritten here"
							: "leaves here without releasing it"};

	rep.at = (struct origin){fn->index, rep.ins};
	if (e->class == EXIT_ERROR && !is_overwrite(r))
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
	return x->res->acquire_ins == y->res->acquire_ins && is_overwrite(x->res) == is_overwrite(y->res) &&
	       same_place(x->at, y->at) && (is_overwrite(x->res) || strcmp(x->rule, y->rule) == 0);
}

/* The macro that both leave by, and forget the same: the author sees one mistake. NULL: there is none such. */
static const char *same_macro(const struct fn *fn, const struct report *x, const struct report *y)
{
	const struct ir_ins *a, *b;

	if (x->at.function != fn->index || y->at.function != fn->index || x->res->acquire_ins != y->res->acquire_ins ||
	    is_overwrite(x->res) || is_overwrite(y->res) || strcmp(x->rule, y->rule) != 0 || x->at.ins == y->at.ins)
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

	rep.in_reach = in_reach && !is_overwrite(r);
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
		if (rep.confidence > told->confidence || (is_overwrite(r) && !told->res->again))
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
	       strcmp(x->res->family->resource, y->res->family->resource) == 0 && !is_overwrite(x->res) &&
	       !is_overwrite(y->res);
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
