/*
 * Loops: their bodies, how often a path went round, and what is unknown after many rounds. A loop is run LOOP_VISITS
 * times, then widened: what its body writes becomes unknown, and one more round stands for all the others. It is left
 * behind that one, not before it. One that counts to a small constant, or from one, is run as often as that.
 */
#include "engine/fn.h"

#include <string.h>

enum { LOOP_VISITS = 2, MAX_COUNTED = 4, POINTER_BYTES = 8 };

/* Sub-numbers of what a widened loop leaves in members, apart from those of locals. */
#define MEMBER_SUB 0x80000000u

struct loop_info {
	bool *body;	 /* by block; NULL: the block is no loop's header */
	bool counted;	 /* to a small constant */
	uint64_t visits; /* rounds before it is widened */
	bool *releases;	 /* by family: some call in the body releases it; NULL: nobody has asked yet */
};

static void add_to_body(struct fn *fn, uint32_t header, uint32_t source)
{
	const struct ir_function *f = fn->f;
	bool *body = fn->loops[header].body;
	VEC(uint32_t) work = {0};

	if (!body) {
		body = fn->loops[header].body = ARENA_ARRAY(fn->w.arena, bool, f->n_blocks);
		body[header] = true;
	}
	if (body[source])
		return;
	body[source] = true;
	vec_push(fn->w.arena, &work, source);
	while (work.n) {
		const struct ir_block *b = &f->blocks[work.v[--work.n]];

		for (uint32_t i = 0; i < b->n_pred; i++)
			if (!body[b->pred[i]] && b->pred[i] > header) {
				body[b->pred[i]] = true;
				vec_push(fn->w.arena, &work, b->pred[i]);
			}
	}
}

/* Does the body do nothing to the local but count it, up (IR_ADD) or down (IR_SUB)? */
static bool counts(const struct fn *fn, const bool *body, uint32_t local, enum ir_op op)
{
	const struct ir_function *f = fn->f;

	for (uint32_t b = 0; b < f->n_blocks; b++)
		for (uint32_t i = f->blocks[b].first; body[b] && i < f->blocks[b].first + f->blocks[b].n; i++) {
			const struct ir_ins *in = &f->ins[i], *v, *by;

			if (in->op != IR_STORE || f->ins[in->a[0]].op != IR_LOCAL || f->ins[in->a[0]].sym != local)
				continue;
			v = &f->ins[in->a[1]];
			by = v->op == op ? &f->ins[v->a[1]] : NULL;
			if (!by || by->op != IR_CONST || by->imm < 0 || f->ins[v->a[0]].op != IR_LOAD ||
			    f->ins[f->ins[v->a[0]].a[0]].op != IR_LOCAL || f->ins[f->ins[v->a[0]].a[0]].sym != local)
				return false;
		}
	return true;
}

static bool is_const(const struct ir_ins *in, int64_t from, int64_t to)
{
	return in->op == IR_CONST && in->imm >= from && in->imm <= to;
}

/* "i", "i > 0", "--i >= 0", "i--": the local; IR_NONE: it is none. */
static uint32_t tested_for_zero(const struct ir_function *f, uint32_t value)
{
	const struct ir_ins *in = &f->ins[value];

	if ((in->op == IR_GE || in->op == IR_GT || in->op == IR_NE) && is_const(&f->ins[in->a[1]], 0, 0))
		in = &f->ins[in->a[0]];
	if (in->op == IR_SUB && is_const(&f->ins[in->a[1]], 1, 1))
		in = &f->ins[in->a[0]];
	return in->op == IR_LOAD && f->ins[in->a[0]].op == IR_LOCAL ? f->ins[in->a[0]].sym : IR_NONE;
}

/* How often it goes round, as far as it counts to a small constant ("i < 4") or from one ("i--"); 0: it does not. */
static uint64_t rounds(const struct fn *fn, uint32_t header)
{
	const struct ir_function *f = fn->f;
	const struct ir_block *b = &f->blocks[header];
	const struct ir_ins *last = &f->ins[b->first + b->n - 1], *test;
	uint32_t local;

	if (last->op != IR_BRANCH)
		return 0;
	test = &f->ins[last->a[0]];
	if ((test->op == IR_LT || test->op == IR_NE) && is_const(&f->ins[test->a[1]], 1, MAX_COUNTED))
		return (uint64_t)f->ins[test->a[1]].imm;
	local = tested_for_zero(f, last->a[0]);
	return local != IR_NONE && counts(fn, fn->loops[header].body, local, IR_SUB) ? MAX_COUNTED : 0;
}

/* Blocks are in reverse postorder: an edge that does not go up closes a loop at its target. */
void fn_find_loops(struct fn *fn)
{
	const struct ir_function *f = fn->f;

	fn->loops = ARENA_ARRAY(fn->w.arena, struct loop_info, f->n_blocks);
	for (uint32_t b = 0; b < f->n_blocks; b++)
		for (uint32_t i = 0; i < f->blocks[b].n_succ; i++)
			if (f->blocks[b].succ[i] <= b)
				add_to_body(fn, f->blocks[b].succ[i], b);
	for (uint32_t b = 0; b < f->n_blocks; b++) {
		uint64_t n = fn->loops[b].body ? rounds(fn, b) : 0;

		fn->loops[b].counted = n > 0;
		fn->loops[b].visits = n > LOOP_VISITS ? n : LOOP_VISITS;
	}
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

/* What the local may be after any number of rounds. */
static struct range after_rounds(struct fn *fn, struct state *st, const bool *body, uint32_t local)
{
	struct range r = fn_type_range(fn, fn->f->locals[local].type);
	uint32_t now = state_peek(&fn->w, st, sym_addr(fn->e->pool, obj_local(fn->e->pool, fn->index, local), 0));
	int64_t lo = now ? state_range(&fn->w, st, now).lo : r.lo;

	if (lo >= 0 && lo > r.lo && counts(fn, body, local, IR_ADD))
		r.lo = lo;
	return r;
}

/* Numbers kept in a member of that name (a count of what has been taken so far) are not known after any number of
 * rounds. */
static void widen_members(struct fn *fn, struct state *st, uint32_t header, const char *member)
{
	struct pool *p = fn->e->pool;
	struct pmap mem = st->mem;
	struct pmap_iter it;

	for (pmap_first(&it, &mem); pmap_next(&it);) {
		uint32_t addr = sym_addr(p, mem_obj(it.key), mem_offset(it.key));
		const char *name = sym_at(p, (uint32_t)it.value)->kind == SYM_CONST ? pool_place_name(p, addr) : NULL;

		/* The place's number makes the name of its value, so that paths agree on it. */
		if (name && strcmp(name, member) == 0)
			state_store(&fn->w, st, addr,
				    sym_fresh(p, fn->index, fn->f->n_ins + header, st->epoch, MEMBER_SUB | addr,
					      range_any));
	}
}

static bool stands_somewhere(struct fn *fn, const struct state *st, uint32_t key)
{
	struct pmap_iter it;

	for (pmap_first(&it, &st->mem); pmap_next(&it);)
		if (sym_base(fn->e->pool, (uint32_t)it.value) == key)
			return true;
	return false;
}

static bool stood_in_widened(struct fn *fn, const struct state *before, const struct state *st, uint32_t key)
{
	struct pmap_iter it;

	for (pmap_first(&it, &before->mem); pmap_next(&it);)
		if (sym_base(fn->e->pool, (uint32_t)it.value) == key && pmap_get(&st->mem, it.key) != it.value)
			return true;
	return false;
}

/* What was taken in the body is no longer told one by one; what stood in a local of which nothing is known any more may
 * have gone in any round, and if it stands elsewhere as well, may be what that local still holds. */
static void widen_resources(struct fn *fn, struct state *st, const struct state *before, const bool *body)
{
	struct pmap_iter it;

	for (pmap_first(&it, &before->res); pmap_next(&it);) {
		struct resource r = *(const struct resource *)(uintptr_t)it.value;
		bool taken_in_body;

		if (r.state != RES_OWNED || r.acquire_ins == IR_NONE)
			continue;
		taken_in_body = in_body(fn, body, r.acquire_ins);
		if (!taken_in_body && !stood_in_widened(fn, before, st, r.key))
			continue;
		if (taken_in_body || !stands_somewhere(fn, st, r.key))
			r.state = RES_ESCAPED;
		else
			r.spared = true;
		state_set_resource(&fn->w, st, r);
	}
}

/* Locals and members that the body writes become unknown. */
static void widen(struct fn *fn, struct state *st, uint32_t header, const bool *body)
{
	const struct ir_function *f = fn->f;
	const struct state before = *st;

	fn->e->stats->widened++;
	for (uint32_t b = 0; b < f->n_blocks; b++) {
		if (!body[b])
			continue;
		for (uint32_t i = f->blocks[b].first; i < f->blocks[b].first + f->blocks[b].n; i++) {
			const struct ir_ins *in = &f->ins[i];
			const struct ir_ins *to;
			struct range counted;
			uint32_t obj, now;

			if (in->op != IR_STORE)
				continue;
			to = &f->ins[in->a[0]];
			if (to->op == IR_FIELD)
				widen_members(fn, st, header, to->str);
			if (to->op != IR_LOCAL)
				continue;
			obj = obj_local(fn->e->pool, fn->index, to->sym);
			counted = after_rounds(fn, st, body, to->sym);
			now = sym_fresh(fn->e->pool, fn->index, f->n_ins + header, st->epoch, to->sym + 1,
					fn_type_range(fn, f->locals[to->sym].type));
			pmap_put(fn->w.arena, &st->mem, mem_key(obj, 0), now);
			state_narrow(&fn->w, st, now, counted);
		}
	}
	widen_resources(fn, st, &before, body);
}

/* Does the call get an element of an array, at an index that the loop counts up? That is another one each time. */
static bool takes_elements(const struct fn *fn, const bool *body, uint32_t call)
{
	const struct ir_ins *ins = fn->f->ins;

	for (uint32_t i = 0; ins[call].op == IR_CALL && i < ins[call].n_args; i++) {
		const struct ir_ins *arg = &ins[ins[call].args[i]], *index;

		if (arg->op != IR_LOAD || ins[arg->a[0]].op != IR_INDEX)
			continue;
		index = &ins[ins[arg->a[0]].a[1]];
		if (index->op == IR_LOAD && ins[index->a[0]].op == IR_LOCAL &&
		    counts(fn, body, ins[index->a[0]].sym, IR_ADD))
			return true;
	}
	return false;
}

/* What a loop's body releases through memory (the next element of a list) is another thing each time round; what the
 * function was given is the same. */
static void forget_released(struct fn *fn, struct state *st, const bool *body)
{
	struct pmap_iter it;

	for (pmap_first(&it, &st->res); pmap_next(&it);) {
		struct resource r = *(const struct resource *)(uintptr_t)it.value;

		if (r.state != RES_RELEASED || r.acquire_ins != IR_NONE || !in_body(fn, body, r.release_ins) ||
		    (r.family->dead_after_release &&
		     (sym_at(fn->e->pool, r.key)->kind == SYM_PARAM || takes_elements(fn, body, r.release_ins))))
			continue;
		r.state = RES_ESCAPED;
		state_set_resource(&fn->w, st, r);
		if (!r.mined)
			state_set_dead(&fn->w, st, r.key, NULL);
	}
}

/* The variable whose value, moved on perhaps, this is; IR_NONE: of none. */
static uint32_t variable_behind(const struct ir_function *f, uint32_t value)
{
	const struct ir_ins *in = &f->ins[value];

	while (in->op == IR_CAST || in->op == IR_INDEX || in->op == IR_FIELD || in->op == IR_ADD)
		in = &f->ins[in->a[0]];
	return in->op == IR_LOAD && f->ins[in->a[0]].op == IR_LOCAL ? f->ins[in->a[0]].sym : IR_NONE;
}

static void spare(struct fn *fn, struct state *st, uint32_t local)
{
	struct pool *p = fn->e->pool;
	uint32_t now = state_peek(&fn->w, st, sym_addr(p, obj_local(p, fn->index, local), 0));
	struct pmap res = st->res;
	struct pmap_iter it;

	for (pmap_first(&it, &res); now && pmap_next(&it);) {
		struct resource r = *(const struct resource *)(uintptr_t)it.value;

		if (r.state != RES_OWNED || r.spared || r.key != sym_base(p, now))
			continue;
		r.spared = true;
		state_set_resource(&fn->w, st, r);
	}
}

/* What a round stores somewhere is left only if there is none: few count from 0 to 0. */
static void spare_stored(struct fn *fn, struct state *st, const bool *body)
{
	const struct ir_function *f = fn->f;

	for (uint32_t b = 0; b < f->n_blocks; b++)
		for (uint32_t i = f->blocks[b].first; body[b] && i < f->blocks[b].first + f->blocks[b].n; i++) {
			const struct ir_ins *in = &f->ins[i];
			uint32_t local = in->op == IR_STORE && f->ins[in->a[0]].op != IR_LOCAL
						 ? variable_behind(f, in->a[1])
						 : IR_NONE;

			if (local != IR_NONE)
				spare(fn, st, local);
		}
}

void loop_not_run(struct fn *fn, struct state *st, uint32_t from, uint32_t to, uint32_t cond)
{
	const struct sym c = *sym_at(fn->e->pool, cond);
	const bool *body = fn->loops[from].body;
	enum sym_kind kind = c.kind == SYM_OP && c.b ? sym_at(fn->e->pool, c.b)->kind : SYM_CONST;
	struct state counted = *st;
	int64_t from_k;

	if (body && !body[to] && !pmap_get(&st->loops, from + 1))
		spare_stored(fn, st, body);
	if (!body || body[to] || c.kind != SYM_OP || c.op != IR_LT || !sym_is_const(fn->e->pool, c.a, &from_k) ||
	    from_k != 0 || (kind != SYM_INIT && kind != SYM_PARAM))
		return;
	if (state_narrow(&fn->w, &counted, c.b, (struct range){0, INT64_MAX, false}))
		*st = counted;
}

/* Along an edge back to a loop's header. FALSE: visited often enough. */
bool loop_go_round(struct fn *fn, struct state *st, uint32_t header)
{
	uint64_t visits = pmap_get(&st->loops, header + 1) + 1;
	uint64_t most = fn->loops[header].visits;
	const bool *body = fn->loops[header].body;

	if (visits > most + 2)
		return false;
	if (!fn->loops[header].counted || visits > most)
		forget_released(fn, st, body);
	pmap_put(fn->w.arena, &st->loops, header + 1, visits);
	if (visits == most + 1)
		widen(fn, st, header, body);
	else if (visits == most + 2)
		widen_resources(fn, st, st, body);
	return true;
}

bool loop_may_go(const struct fn *fn, const struct state *st, uint32_t from, uint32_t to, bool known)
{
	const bool *body = fn->loops[from].body;
	uint64_t visits = body ? pmap_get(&st->loops, from + 1) : 0;

	/* Header and end of the round in one. */
	for (uint32_t i = 0; body && i < fn->f->blocks[from].n_succ; i++)
		if (fn->f->blocks[from].succ[i] == from)
			return true;
	return !body || visits <= fn->loops[from].visits || (known && !body[to]) ||
	       body[to] == (visits == fn->loops[from].visits + 1);
}

/*
 * Forgets the rounds of loops that the block is not in, and numbers what is left: calls in different rounds of the
 * loops around them have results of different names, and whatever follows a loop is named alike however often it ran.
 */
void loop_settle(struct fn *fn, struct state *st, uint32_t block)
{
	st->epoch = 0;
	if (!st->loops.n)
		return;
	for (uint32_t h = 0; h < fn->f->n_blocks; h++) {
		uint64_t visits = fn->loops[h].body ? pmap_get(&st->loops, h + 1) : 0;

		if (visits && !fn->loops[h].body[block])
			pmap_drop(fn->w.arena, &st->loops, h + 1);
		else if (fn->loops[h].body && fn->loops[h].body[block])
			st->epoch = st->epoch * (MAX_COUNTED + 3) + (uint32_t)visits;
	}
}

static void add_releases(struct fn *fn, const struct ir_ins *in, bool *releases)
{
	const struct api *api = in->sym == IR_NONE ? NULL : fn->e->apis[in->sym];
	const struct summary *sum = NULL;

	for (unsigned int i = 0; api && i < api->n_effects; i++)
		for (unsigned int k = 0; api->effects[i].kind == EFFECT_RELEASE && k < api->effects[i].n_families; k++)
			releases[api->effects[i].families[k]->index] = true;
	if (!api && in->sym != IR_NONE)
		sum = engine_summary(fn->e, in->sym);
	for (unsigned int i = 0; sum && i < sum->cases.n; i++) {
		const struct sum_case *c = &sum->cases.v[i];

		for (unsigned int k = 0; k < c->resources.n; k++) {
			const struct sum_resource *r = &c->resources.v[k];

			for (unsigned int j = 0; r->delta < 0 && j < r->n_families; j++)
				releases[r->families[j]->index] = true;
			if (r->delta < 0)
				releases[r->family->index] = true;
		}
		for (unsigned int k = 0; k < c->given.n; k++)
			if (c->given.v[k].family)
				releases[c->given.v[k].family->index] = true;
	}
}

static const bool *released_in(struct fn *fn, uint32_t header)
{
	struct loop_info *l = &fn->loops[header];

	if (l->releases)
		return l->releases;
	l->releases = ARENA_ARRAY(fn->w.arena, bool, model_n_families(fn->e->model) + 1);
	for (uint32_t b = header; b < fn->f->n_blocks; b++)
		for (uint32_t i = 0; l->body[b] && i < fn->f->blocks[b].n; i++)
			if (fn->f->ins[fn->f->blocks[b].first + i].op == IR_CALL)
				add_releases(fn, &fn->f->ins[fn->f->blocks[b].first + i], l->releases);
	return l->releases;
}

static bool has_name(struct pool *p, uint32_t obj, int64_t offset)
{
	return pool_place_name(p, sym_addr(p, obj, offset)) != NULL;
}

/* Does it hang in an array? An element has no name of its own, but for the first, and that has others like it behind
 * it. */
static bool hangs_in_array(struct fn *fn, const struct state *st, const struct resource *r)
{
	struct pool *p = fn->e->pool;
	struct pmap_iter it;

	for (pmap_first(&it, &st->mem); pmap_next(&it);) {
		uint32_t obj = mem_obj(it.key), next;
		int64_t offset = mem_offset(it.key);

		if (sym_base(p, (uint32_t)it.value) != r->key || obj_at(p, obj)->kind == OBJ_LOCAL)
			continue;
		if (obj_at(p, obj)->kind == OBJ_ELEM || !has_name(p, obj, offset))
			return true;
		next = (uint32_t)pmap_get(&st->mem, mem_key(obj, offset + POINTER_BYTES));
		if (next && !has_name(p, obj, offset + POINTER_BYTES) &&
		    state_resource(st, sym_base(p, next), r->family))
			return true;
	}
	return false;
}

/* `but`: a loop of this function whose own takings are not meant; NULL: none. `reach`: what is within reach of the
 * callee that does it; NULL: everything. */
static void release_looped_but(struct fn *fn, struct state *st, const struct family *f, const bool *but,
			       const struct reach *reach, uint32_t ins)
{
	struct pmap_iter it;

	pmap_put(fn->w.arena, &st->given, f->index, GIVEN_LOOPED);
	for (pmap_first(&it, &st->res); pmap_next(&it);) {
		struct resource r = *(const struct resource *)(uintptr_t)it.value;

		if (r.family != f || r.state != RES_OWNED || r.device)
			continue;
		if (!r.looped && (r.acquire_ins == IR_NONE || !fn_in_loop(fn, r.acquire_ins)) &&
		    !hangs_in_array(fn, st, &r))
			continue;
		if (but && r.acquire_ins != IR_NONE && in_body(fn, but, r.acquire_ins))
			continue;
		if (reach && f->kind == FAMILY_OWNED && !reach_has(reach, r.key) && reach_lost(reach, r.key))
			continue;
		r.state = RES_ESCAPED;
		r.release_ins = ins;
		state_set_resource(&fn->w, st, r);
	}
}

void release_looped(struct fn *fn, struct state *st, const struct family *f, const struct reach *reach, uint32_t ins)
{
	release_looped_but(fn, st, f, NULL, reach, ins);
}

void loop_leave(struct fn *fn, struct state *st, uint32_t from, uint32_t to)
{
	for (uint32_t h = 0; h <= from; h++) {
		const bool *body = fn->loops[h].body, *releases;

		if (!body || !body[from] || body[to])
			continue;
		releases = released_in(fn, h);
		for (unsigned int i = 0; i < model_n_families(fn->e->model); i++)
			if (releases[i])
				release_looped_but(fn, st, model_family_at(fn->e->model, i), body, NULL, IR_NONE);
	}
}
