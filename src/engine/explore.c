/*
 * Exploration of one function: states flow along the control-flow graph, blocks in reverse postorder, so that all
 * states that can reach a join are there when it is executed. Equal states are one; too many are merged, those that
 * agree on resources first (property simulation: Das, Lerner, Seigle, "ESP", PLDI 2002). A loop is run LOOP_VISITS
 * times, then widened: what its body writes becomes unknown, it is run once more, and left.
 */
#include "engine/fn.h"

#include <string.h>

/* Epochs of contents that two merged paths disagree on; the other epochs stay below. */
#define JOIN_EPOCH 0x80000000u

/* A function whose states need more than this is given up like one that takes too many steps. */
#define MAX_BYTES ((size_t)384 << 20)

enum { LOOP_VISITS = 2, MANY_EXITS = 24, MAX_CURSORS = 24 };

struct pending {
	VEC(struct state) states;
};

struct loop_info {
	bool *body; /* by block; NULL: not computed */
};

struct explorer {
	struct fn *fn;
	struct pending *pending; /* by block */
};

/* ---- merging ---- */

/* A parameter stored outside may be a resource of the caller's: the caller must see that somebody holds it. */
static bool holds(struct fn *fn, const struct state *st, uint64_t key, uint32_t value)
{
	struct pool *p = fn->e->pool;

	return state_is_key(&fn->w, st, value) ||
	       (sym_at(p, sym_base(p, value))->kind == SYM_PARAM && obj_at(p, mem_obj(key))->kind != OBJ_LOCAL);
}

/* Where the two disagree the value is unknown, but for what holds on to a resource: that must stay reachable. */
static void merge_values(struct fn *fn, const struct state *x, const struct state *y, struct state *m, uint32_t block)
{
	struct pmap_iter it;

	m->mem = (struct pmap){0};
	for (pmap_first(&it, &x->mem); pmap_next(&it);) {
		uint32_t vx = (uint32_t)it.value, vy = (uint32_t)pmap_get(&y->mem, it.key), v = vx;
		struct range r;

		if (!vy) {
			if (holds(fn, x, it.key, vx))
				pmap_put(fn->w.arena, &m->mem, it.key, vx);
			continue;
		}
		if (vx != vy && (holds(fn, x, it.key, vx) || holds(fn, y, it.key, vy))) {
			v = holds(fn, x, it.key, vx) ? vx : vy;
		} else if (vx != vy) {
			r = range_join(state_range(&fn->w, x, vx), state_range(&fn->w, y, vy));
			v = sym_init(fn->e->pool, mem_obj(it.key), mem_offset(it.key),
				     JOIN_EPOCH | block << 8 | (m->epoch & 255), range_any);
			pmap_put(fn->w.arena, &m->cons, v, (uint64_t)(uintptr_t)world_range(&fn->w, r));
		}
		pmap_put(fn->w.arena, &m->mem, it.key, v);
	}
	for (pmap_first(&it, &y->mem); pmap_next(&it);)
		if (!pmap_get(&m->mem, it.key) && holds(fn, y, it.key, (uint32_t)it.value))
			pmap_put(fn->w.arena, &m->mem, it.key, it.value);
}

static void merge_constraints(struct fn *fn, const struct state *x, const struct state *y, struct state *m)
{
	struct pmap_iter it;

	m->cons = (struct pmap){0};
	for (pmap_first(&it, &x->cons); pmap_next(&it);) {
		const struct range *ry = (const struct range *)(uintptr_t)pmap_get(&y->cons, it.key);
		struct range r;

		if (!ry)
			continue;
		r = range_join(*(const struct range *)(uintptr_t)it.value, *ry);
		if (r.lo != INT64_MIN || r.hi != INT64_MAX || r.not_zero)
			pmap_put(fn->w.arena, &m->cons, it.key, (uint64_t)(uintptr_t)world_range(&fn->w, r));
	}
}

/* Two states that agree on resources become one that allows what either allows. */
static struct state merge(struct fn *fn, const struct state *x, const struct state *y, uint32_t block)
{
	struct state m = *x;

	merge_constraints(fn, x, y, &m);
	merge_values(fn, x, y, &m, block);
	fn->e->stats->merged++;
	return m;
}

static bool mergeable(const struct state *x, const struct state *y)
{
	return pmap_equal(&x->res, &y->res) && pmap_equal(&x->dead, &y->dead) && pmap_equal(&x->objs, &y->objs) &&
	       pmap_equal(&x->loops, &y->loops) && pmap_equal(&x->given, &y->given) && x->epoch == y->epoch &&
	       x->n_managed == y->n_managed && x->atomic == y->atomic;
}

static bool merge_one_pair(struct explorer *x, uint32_t block)
{
	struct pending *p = &x->pending[block];

	for (unsigned int i = p->states.n; i-- > 1;)
		for (unsigned int j = i; j-- > 0;)
			if (mergeable(&p->states.v[i], &p->states.v[j])) {
				p->states.v[j] = merge(x->fn, &p->states.v[j], &p->states.v[i], block);
				p->states.v[i] = p->states.v[--p->states.n];
				return true;
			}
	return false;
}

static void add_state(struct explorer *x, uint32_t block, const struct state *st)
{
	struct pending *p = &x->pending[block];
	unsigned int max = x->fn->e->opt.max_disjuncts;

	for (unsigned int i = 0; i < p->states.n; i++)
		if (state_same(&p->states.v[i], st))
			return;
	vec_push(x->fn->w.arena, &p->states, *st);
	if (p->states.n > max && !merge_one_pair(x, block) && p->states.n > max * 3) {
		p->states.n--;
		x->fn->e->stats->dropped++;
	}
}

/* ---- loops ---- */

static const bool *loop_body(struct fn *fn, uint32_t header, uint32_t source)
{
	const struct ir_function *f = fn->f;
	struct loop_info *l = &fn->loops[header];
	VEC(uint32_t) work = {0};

	if (!l->body) {
		l->body = ARENA_ARRAY(fn->w.arena, bool, f->n_blocks);
		l->body[header] = true;
	}
	if (l->body[source])
		return l->body;
	l->body[source] = true;
	vec_push(fn->w.arena, &work, source);
	while (work.n) {
		const struct ir_block *b = &f->blocks[work.v[--work.n]];

		for (uint32_t i = 0; i < b->n_pred; i++)
			if (!l->body[b->pred[i]] && b->pred[i] > header) {
				l->body[b->pred[i]] = true;
				vec_push(fn->w.arena, &work, b->pred[i]);
			}
	}
	return l->body;
}

static bool in_body(const struct fn *fn, const bool *body, uint32_t ins)
{
	for (uint32_t b = 0; b < fn->f->n_blocks; b++)
		if (body[b] && ins >= fn->f->blocks[b].first && ins < fn->f->blocks[b].first + fn->f->blocks[b].n)
			return true;
	return false;
}

bool fn_in_loop(const struct fn *fn, uint32_t ins)
{
	for (uint32_t h = 0; h < fn->f->n_blocks; h++)
		if (fn->loops[h].body && in_body(fn, fn->loops[h].body, ins))
			return true;
	return false;
}

/* Locals that the body writes become unknown; resources taken inside it are no longer told one by one. */
static void widen(struct fn *fn, struct state *st, uint32_t header, const bool *body)
{
	const struct ir_function *f = fn->f;
	struct pmap_iter it;

	fn->e->stats->widened++;
	for (uint32_t b = 0; b < f->n_blocks; b++) {
		if (!body[b])
			continue;
		for (uint32_t i = f->blocks[b].first; i < f->blocks[b].first + f->blocks[b].n; i++) {
			const struct ir_ins *in = &f->ins[i];
			const struct ir_ins *to;
			uint32_t obj;

			if (in->op != IR_STORE || f->ins[in->a[0]].op != IR_LOCAL)
				continue;
			to = &f->ins[in->a[0]];
			obj = obj_local(fn->e->pool, fn->index, to->sym);
			pmap_put(fn->w.arena, &st->mem, mem_key(obj, 0),
				 sym_fresh(fn->e->pool, fn->index, f->n_ins + header, st->epoch, to->sym + 1,
					   fn_type_range(fn, f->locals[to->sym].type)));
		}
	}
	for (pmap_first(&it, &st->res); pmap_next(&it);) {
		struct resource r = *(const struct resource *)(uintptr_t)it.value;

		if (r.state != RES_OWNED || r.acquire_ins == IR_NONE || !in_body(fn, body, r.acquire_ins))
			continue;
		r.state = RES_ESCAPED;
		state_set_resource(&fn->w, st, r);
	}
}

/* What a loop's body releases through memory (the next element of a list) is another thing each time round. */
static void forget_released(struct fn *fn, struct state *st, const bool *body)
{
	struct pmap_iter it;

	for (pmap_first(&it, &st->res); pmap_next(&it);) {
		struct resource r = *(const struct resource *)(uintptr_t)it.value;

		if (r.state != RES_RELEASED || r.acquire_ins != IR_NONE || !in_body(fn, body, r.release_ins))
			continue;
		r.state = RES_ESCAPED;
		state_set_resource(&fn->w, st, r);
		state_set_dead(&fn->w, st, r.key, NULL);
	}
}

/* Along an edge back to a loop's header. FALSE: visited often enough. */
static bool go_round(struct fn *fn, struct state *st, uint32_t from, uint32_t header)
{
	uint64_t visits = pmap_get(&st->loops, header + 1) + 1;
	const bool *body = loop_body(fn, header, from);

	if (visits > LOOP_VISITS + 1)
		return false;
	st->epoch++;
	forget_released(fn, st, body);
	pmap_put(fn->w.arena, &st->loops, header + 1, visits);
	if (visits == LOOP_VISITS + 1)
		widen(fn, st, header, body);
	return true;
}

static void leave_to(struct explorer *x, const struct state *st, uint32_t from, uint32_t to)
{
	struct state next = *st;

	if (to <= from) {
		if (!go_round(x->fn, &next, from, to))
			return;
	} else if (pmap_get(&next.loops, to + 1)) {
		pmap_drop(x->fn->w.arena, &next.loops, to + 1);
	}
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
		if (known < 0)
			state_step(&fn->w, &st, STEP_BRANCH, c->ip, way, cond);
		leave_to(x, &st, c->block, b->succ[way]);
	}
}

static void switch_on(struct explorer *x, const struct cursor *c, const struct ir_ins *in)
{
	struct fn *fn = x->fn;
	const struct ir_block *b = &fn->f->blocks[c->block];
	uint32_t v = operand(fn, c, in->a[0]);
	struct range r = state_range(&fn->w, &c->st, v);

	for (uint32_t i = 0; i < b->n_cases; i++) {
		struct state st = c->st;

		if (!state_narrow(&fn->w, &st, v, (struct range){b->cases[i].lo, b->cases[i].hi, false}))
			continue;
		state_step(&fn->w, &st, STEP_SWITCH, c->ip, b->case_succ[i], 0);
		leave_to(x, &st, c->block, b->succ[b->case_succ[i]]);
		if (r.lo == r.hi)
			return;
	}
	leave_to(x, &c->st, c->block, b->succ[b->n_succ - 1]);
}

static enum exit_class classify(struct fn *fn, const struct state *st, uint32_t ret, uint32_t type)
{
	const struct ir_type *t = &fn->e->unit->types[type];
	struct range r = state_range(&fn->w, st, ret);

	if (t->kind == IR_T_PTR)
		return r.hi <= 0 ? EXIT_ERROR : EXIT_SUCCESS_CLASS;
	if (t->kind == IR_T_INT && !t->is_bool)
		return r.hi < 0 ? EXIT_ERROR : EXIT_SUCCESS_CLASS;
	return EXIT_SUCCESS_CLASS;
}

/* Exits that agree on what was taken and released are one: checks and summaries ask for no more. */
static void add_exit(struct fn *fn, const struct state *st, uint32_t ins, uint32_t ret, enum exit_class class)
{
	struct fn_exit e = {*st, ins, ret, class};

	for (unsigned int i = fn->exits.n; i-- > 0;) {
		struct fn_exit *x = &fn->exits.v[i];

		if (x->ins == ins && x->class == class && pmap_equal(&x->st.res, &st->res) &&
		    pmap_equal(&x->st.dead, &st->dead) && pmap_equal(&x->st.given, &st->given) &&
		    x->st.atomic == st->atomic && (x->ret == ret || fn->exits.n > MANY_EXITS)) {
			struct range r =
				ret ? range_join(state_range(&fn->w, &x->st, x->ret), state_range(&fn->w, st, ret))
				    : range_any;

			x->st = merge(fn, &x->st, st, fn->f->n_blocks);
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

/* An int that may be negative or not leaves twice: as a failure and as a success. */
static void return_value(struct fn *fn, const struct state *st, uint32_t ins, uint32_t ret)
{
	const struct ir_type *t = &fn->e->unit->types[fn->f->type];
	struct range r = state_range(&fn->w, st, ret);
	struct state err = *st, ok = *st;

	enum sym_kind kind = sym_at(fn->e->pool, ret)->kind;

	if (t->kind == IR_T_INT && t->is_signed && r.lo < 0 && r.hi >= 0 && t->size >= 4 &&
	    (kind == SYM_FRESH || kind == SYM_INIT)) {
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
		leave_to(x, &c->st, c->block, b->succ[0]);
		break;
	case IR_BRANCH:
		branch(x, c, in);
		break;
	case IR_SWITCH:
		switch_on(x, c, in);
		break;
	case IR_CHOOSE:
		for (uint32_t i = 0; i < b->n_succ; i++)
			leave_to(x, &c->st, c->block, b->succ[i]);
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

		if (stack.all.n > MAX_CURSORS || ++executed > MAX_CURSORS * 4) {
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
		uint32_t v = sym_param(fn->e->pool, fn->index, i, fn_type_range(fn, fn->f->locals[i].type));
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

	fn->loops = ARENA_ARRAY(fn->w.arena, struct loop_info, fn->f->n_blocks);
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
