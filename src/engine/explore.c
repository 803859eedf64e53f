/*
 * Exploration of one function: states flow along the control-flow graph, blocks in reverse postorder, so that all
 * states that can reach a join are there when it is executed. Equal states are one; too many are merged, those that
 * agree on resources first (property simulation: Das, Lerner, Seigle, "ESP", PLDI 2002). A loop is run LOOP_VISITS
 * times, then widened: what its body writes becomes unknown, it is run once more, and left.
 */
#include "engine/fn.h"

#include <errno.h>
#include <string.h>

/* The kernel's own, include/linux/errno.h. */
enum { EIOCBQUEUED = 529 };

/* A function whose states need more than this is given up like one that takes too many steps. */
#define MAX_BYTES ((size_t)448 << 20)

enum { MANY_EXITS = 24, MANY_ANSWERS = 8, MAX_CURSORS = 32 };

struct pending {
	VEC(struct state) states;
};

struct explorer {
	struct fn *fn;
	struct pending *pending; /* by block */
};

/* ---- what is to be executed ---- */

/* The state goes into the one that it differs from least. FALSE: there is none that agrees on resources. */
static bool merge_in(struct explorer *x, uint32_t block, unsigned int which, bool loosely)
{
	struct pending *p = &x->pending[block];
	unsigned int best = which, least = UINT32_MAX;

	for (unsigned int i = 0; i < p->states.n; i++) {
		unsigned int d = i != which && states_mergeable(&p->states.v[i], &p->states.v[which], loosely)
					 ? states_distance(x->fn, &p->states.v[i], &p->states.v[which], least)
					 : UINT32_MAX;

		if (d < least) {
			best = i;
			least = d;
		}
	}
	if (best == which)
		return false;
	p->states.v[best] = state_merge(x->fn, &p->states.v[best], &p->states.v[which], block);
	p->states.v[which] = p->states.v[--p->states.n];
	return true;
}

static bool merge_any(struct explorer *x, uint32_t block, bool loosely)
{
	for (unsigned int i = x->pending[block].states.n; i-- > 0;)
		if (merge_in(x, block, i, loosely))
			return true;
	return false;
}

/* Who has used up half of what a function may cost goes on with fewer states: rather coarse than not at all. */
static unsigned int max_disjuncts(const struct fn *fn)
{
	unsigned int max = fn->e->opt.max_disjuncts;

	return fn->steps > fn->e->opt.max_steps / 2 ? (max + 3) / 4 : max;
}

static void add_state(struct explorer *x, uint32_t block, const struct state *st)
{
	struct pending *p = &x->pending[block];
	unsigned int max = max_disjuncts(x->fn);

	for (unsigned int i = 0; i < p->states.n; i++)
		if (state_same(&p->states.v[i], st))
			return;
	vec_push(x->fn->w.arena, &p->states, *st);
	if (p->states.n <= max || merge_any(x, block, false) || p->states.n <= max * 2)
		return;
	if (!merge_any(x, block, true) && p->states.n > max * 3) {
		p->states.n--;
		x->fn->e->stats->dropped++;
	}
}

/* `known`: that this way is taken follows from values, it was not just assumed. */
static void leave_to(struct explorer *x, const struct state *st, uint32_t from, uint32_t to, bool known)
{
	struct state next = *st;

	if (!loop_may_go(x->fn, &next, from, to, known) || (to <= from && !loop_go_round(x->fn, &next, to)))
		return;
	if (to > from && pmap_get(&next.loops, to + 1))
		pmap_drop(x->fn->w.arena, &next.loops, to + 1);
	if (!known)
		loop_leave(x->fn, &next, from, to);
	loop_settle(x->fn, &next, to);
	add_state(x, to, &next);
}

/* ---- terminators ---- */

static uint32_t operand(const struct fn *fn, const struct cursor *c, uint32_t ins)
{
	return c->val[ins - fn->f->blocks[c->block].first];
}

static void branch(struct explorer *x, const struct cursor *c, const struct ir_ins *in)
{
	struct fn *fn = x->fn;
	const struct ir_block *b = &fn->f->blocks[c->block];
	uint32_t cond = operand(fn, c, in->a[0]);
	int known = state_truth(&fn->w, &c->st, cond);

	for (unsigned int i = 0; engine_checks[i]; i++)
		if (engine_checks[i]->branch)
			engine_checks[i]->branch(fn, &c->st, cond, c->ip);
	for (uint32_t way = 0; way < 2; way++) {
		struct state st = c->st;

		if (!state_assume(&fn->w, &st, cond, way == 0))
			continue;
		loop_not_run(fn, &st, c->block, b->succ[way], cond);
		if (known < 0) {
			state_step(&fn->w, &st, STEP_BRANCH, c->ip, way, cond);
			state_prune(&fn->w, &st);
		}
		leave_to(x, &st, c->block, b->succ[way], known >= 0);
	}
}

/* What is left of a value's range once the cases at its ends are taken away; FALSE: nothing. */
static bool without_cases(const struct ir_block *b, struct range *r)
{
	for (uint32_t i = 0; i < b->n_cases && r->lo <= r->hi; i++) {
		const struct ir_case *c = &b->cases[i];
		bool low = c->lo <= r->lo && r->lo <= c->hi, high = c->lo <= r->hi && r->hi <= c->hi;

		if (low && high)
			return false;
		if (low)
			r->lo = c->hi + 1;
		else if (high)
			r->hi = c->lo - 1;
		/* The cases before this one may be at an end now. */
		if (low || high)
			i = UINT32_MAX;
	}
	return true;
}

static void switch_on(struct explorer *x, const struct cursor *c, const struct ir_ins *in)
{
	struct fn *fn = x->fn;
	const struct ir_block *b = &fn->f->blocks[c->block];
	uint32_t v = operand(fn, c, in->a[0]);
	struct range r = state_range(&fn->w, &c->st, v);
	struct state other = c->st;

	for (uint32_t i = 0; i < b->n_cases; i++) {
		struct state st = c->st;

		if (!state_narrow(&fn->w, &st, v, (struct range){b->cases[i].lo, b->cases[i].hi, false}))
			continue;
		state_step(&fn->w, &st, STEP_SWITCH, c->ip, b->case_succ[i], 0);
		leave_to(x, &st, c->block, b->succ[b->case_succ[i]], r.lo == r.hi);
		if (r.lo == r.hi)
			return;
	}
	if (without_cases(b, &r) && state_narrow(&fn->w, &other, v, r))
		leave_to(x, &other, c->block, b->succ[b->n_succ - 1], false);
}

/* "Queued, the answer comes later": what crypto and aio calls return when all went well; or one of some codes, that
 * among them (-EBUSY with a backlog). */
static bool is_pending(struct range r)
{
	return r.lo == -EINPROGRESS || r.lo == -EIOCBQUEUED;
}

static enum exit_class classify(struct fn *fn, const struct state *st, uint32_t ret, uint32_t type)
{
	const struct ir_type *t = &fn->e->unit->types[type];
	struct range r = state_range(&fn->w, st, ret);

	if (t->kind == IR_T_PTR)
		return r.hi <= 0 ? EXIT_ERROR : EXIT_SUCCESS_CLASS;
	if (t->kind == IR_T_INT && !t->is_bool)
		return r.hi < 0 && !is_pending(r) ? EXIT_ERROR : EXIT_SUCCESS_CLASS;
	return EXIT_SUCCESS_CLASS;
}

/* A question is answered alike for several reasons: the caller may know that none of them holds. */
static bool other_reason(struct fn *fn, const struct state *x, const struct state *y)
{
	return fn->exits.n <= MANY_ANSWERS && looks_only(fn->e, fn->index) && states_contradict(x, y);
}

/* Exits that agree on what was taken and released are one: checks and summaries ask for no more. */
static void add_exit(struct fn *fn, const struct state *st, uint32_t ins, uint32_t ret, enum exit_class class)
{
	struct fn_exit e = {*st, ins, ret, class};

	for (unsigned int i = fn->exits.n; i-- > 0;) {
		struct fn_exit *x = &fn->exits.v[i];

		if (x->ins == ins && x->class == class && !other_reason(fn, &x->st, st) &&
		    states_mergeable(&x->st, st, fn->exits.n > MANY_EXITS * 4) &&
		    (fn->exits.n > MANY_EXITS ||
		     (x->ret == ret && pmap_equal(&x->st.given, &st->given) && states_hold_alike(fn, &x->st, st)))) {
			struct range r =
				ret ? range_join(state_range(&fn->w, &x->st, x->ret), state_range(&fn->w, st, ret))
				    : range_any;

			x->st = state_merge(fn, &x->st, st, fn->f->n_blocks);
			if (ret && x->ret != ret)
				x->ret = sym_fresh(fn->e->pool, fn->index, fn->f->n_ins + fn->f->n_blocks, 0, i,
						   range_any);
			if (ret)
				state_narrow(&fn->w, &x->st, x->ret, r);
			return;
		}
	}
	vec_push(fn->w.arena, &fn->exits, e);
}

/* What a member of the caller's has been all along (how many there are): nothing went wrong here. */
static bool is_member(const struct fn *fn, uint32_t ret)
{
	const struct sym *s = sym_at(fn->e->pool, ret);

	return s->kind == SYM_INIT && s->b == EPOCH_ENTRY && obj_at(fn->e->pool, s->a)->kind != OBJ_LOCAL;
}

/* A number of bytes, what was not copied: it cannot be negative. */
static bool is_unsigned_result(const struct fn *fn, uint32_t ret)
{
	const struct sym *s = sym_at(fn->e->pool, ret);
	const struct ir_ins *in =
		s->kind == SYM_FRESH && s->a == fn->index && s->b < fn->f->n_ins ? &fn->f->ins[s->b] : NULL;
	const struct ir_type *t = in && in->op == IR_CALL && in->type != IR_NONE ? &fn->e->unit->types[in->type] : NULL;

	return t && t->kind == IR_T_INT && !t->is_signed;
}

/* An int that may be negative or not leaves twice: as a failure and as a success. */
static void return_value(struct fn *fn, const struct state *st, uint32_t ins, uint32_t ret)
{
	const struct ir_type *t = &fn->e->unit->types[fn->f->type];
	struct range r = state_range(&fn->w, st, ret);
	struct state err = *st, ok = *st;

	enum sym_kind kind = sym_at(fn->e->pool, ret)->kind;

	/* No round of a loop was run: it is meant that one is, and that it goes well. */
	if (fn_is_not_set(fn, ret) && state_narrow(&fn->w, &ok, ret, (struct range){0, INT64_MAX, false})) {
		add_exit(fn, &ok, ins, ret, EXIT_SUCCESS_CLASS);
		return;
	}
	if (t->kind == IR_T_INT && t->is_signed && r.lo < 0 && r.hi >= 0 && t->size >= 4 &&
	    (kind == SYM_FRESH || kind == SYM_INIT) && !is_member(fn, ret) && !is_unsigned_result(fn, ret)) {
		if (state_narrow(&fn->w, &err, ret, (struct range){-4095, -1, false}))
			add_exit(fn, &err, ins, ret, EXIT_ERROR);
		/* Known not to be zero, it was tested as an error code: that it might be positive is theory. */
		if (!r.not_zero && state_narrow(&fn->w, &ok, ret, (struct range){0, INT64_MAX, false}))
			add_exit(fn, &ok, ins, ret, EXIT_SUCCESS_CLASS);
		return;
	}
	/* Pointers that were read from memory are hardly ever error codes. */
	if (t->kind == IR_T_PTR && kind == SYM_INIT && r.lo < 0 && r.hi >= 0)
		state_narrow(&fn->w, &ok, ret, (struct range){0, INT64_MAX, false});
	add_exit(fn, &ok, ins, ret, classify(fn, &ok, ret, fn->f->type));
}

static void terminate(struct explorer *x, const struct cursor *c)
{
	struct fn *fn = x->fn;
	const struct ir_block *b = &fn->f->blocks[c->block];
	const struct ir_ins *in = &fn->f->ins[c->ip];

	switch (in->op) {
	case IR_JUMP:
		leave_to(x, &c->st, c->block, b->succ[0], true);
		break;
	case IR_BRANCH:
		branch(x, c, in);
		break;
	case IR_SWITCH:
		switch_on(x, c, in);
		break;
	case IR_CHOOSE:
		for (uint32_t i = 0; i < b->n_succ; i++)
			leave_to(x, &c->st, c->block, b->succ[i], false);
		break;
	case IR_RETURN:
		if (in->n_args)
			return_value(fn, &c->st, c->ip, operand(fn, c, in->args[0]));
		else
			add_exit(fn, &c->st, c->ip, 0, EXIT_VOID);
		break;
	default:
		break;
	}
}

static void run_block(struct explorer *x, uint32_t block, const struct state *st)
{
	struct fn *fn = x->fn;
	const struct ir_block *b = &fn->f->blocks[block];
	struct cursor_stack stack = {0};
	unsigned int executed = 0;
	struct cursor first = {*st, block, b->first, ARENA_ARRAY(fn->w.arena, uint32_t, b->n)};

	vec_push(fn->w.arena, &stack.all, first);
	while (stack.all.n) {
		struct cursor c = stack.all.v[--stack.all.n];

		if (stack.all.n > MAX_CURSORS || ++executed > MAX_CURSORS * 3) {
			fn->e->stats->dropped++;
			continue;
		}
		if (exec_to_terminator(fn, &c, &stack))
			terminate(x, &c);
	}
}

static void enter(struct fn *fn, struct state *st)
{
	for (uint32_t i = 0; i < fn->f->n_params; i++) {
		uint32_t v = fn->bound && fn->bound[i] != IR_NONE
				     ? sym_addr(fn->e->pool, obj_func(fn->e->pool, fn->bound[i]), 0)
				     : sym_param(fn->e->pool, fn->index, i, fn_type_range(fn, fn->f->locals[i].type));
		uint32_t addr = sym_addr(fn->e->pool, obj_local(fn->e->pool, fn->index, i), 0);

		pool_name_place(fn->e->pool, addr, 0, fn->f->locals[i].name);
		pool_name_value(fn->e->pool, v, addr);
		state_store(&fn->w, st, addr, v);
	}
}

static void mark_used(struct fn *fn)
{
	fn->used = ARENA_ARRAY(fn->w.arena, bool, fn->f->n_ins);
	for (uint32_t i = 0; i < fn->f->n_ins; i++) {
		const struct ir_ins *in = &fn->f->ins[i];

		for (int k = 0; k < 2; k++)
			if (in->a[k] != IR_NONE && in->a[k] < fn->f->n_ins && k < ir_ops[in->op].operands)
				fn->used[in->a[k]] = true;
		for (uint32_t k = 0; k < in->n_args; k++)
			fn->used[in->args[k]] = true;
	}
}

void fn_explore(struct fn *fn)
{
	struct explorer x = {fn, ARENA_ARRAY(fn->w.arena, struct pending, fn->f->n_blocks)};
	struct state st = {0};
	uint32_t block;

	fn_find_loops(fn);
	mark_used(fn);
	enter(fn, &st);
	add_state(&x, 0, &st);
	for (block = 0; block < fn->f->n_blocks; block++) {
		struct pending now = x.pending[block];

		if (!now.states.n)
			continue;
		x.pending[block] = (struct pending){0};
		for (unsigned int i = 0; i < now.states.n; i++) {
			fn->e->stats->states++;
			if (++fn->steps > fn->e->opt.max_steps || arena_used(fn->w.arena) > MAX_BYTES) {
				fn->out_of_steps = true;
				fn->e->stats->out_of_steps++;
				return;
			}
			run_block(&x, block, &now.states.v[i]);
		}
		/* Back edges lead to blocks before this one: start again at the first that has something to do. */
		for (uint32_t b = 0; b <= block; b++)
			if (x.pending[b].states.n) {
				block = b - 1;
				break;
			}
	}
}
