#include "engine/failed.h"

#include <string.h>

enum { MAX_VISITS = 600, MAX_ERRNO = 4095, MAX_BEFORE = 8 };

/* NOTHING: a pointer that says by NULL or by an error code that there is none. */
enum known_kind { ANYTHING, NUMBER, ERRNO, NOTHING };
struct known {
	enum known_kind kind;
	int64_t k;
};

/* Calls as sorted numbers, so that sets of them can be compared: see pack() and pack_place(). */
struct calls {
	VEC(uint64_t) all;
};

struct point {
	bool reached, queued;
	struct known *locals;
	struct calls calls;
};

struct ways {
	const struct engine *e;
	const struct ir_function *f;
	struct arena *a;
	uint32_t call;
	struct known *value; /* by instruction */
	struct point *at;    /* by block: when it is entered */
	struct point end;
	VEC(uint32_t) todo;
	struct failed_ways *out;
};

/* ---- values ---- */

static struct known number(int64_t k)
{
	return (struct known){NUMBER, k};
}

static struct known join_known(struct known x, struct known y)
{
	bool x_fails = x.kind == ERRNO || (x.kind == NUMBER && x.k < 0 && x.k >= -MAX_ERRNO);
	bool y_fails = y.kind == ERRNO || (y.kind == NUMBER && y.k < 0 && y.k >= -MAX_ERRNO);

	if (x.kind == y.kind && x.k == y.k)
		return x;
	return (struct known){x_fails && y_fails ? ERRNO : ANYTHING, 0};
}

/* 1, 0, or -1: either. */
static int truth(struct known v)
{
	return v.kind == ANYTHING ? -1 : v.kind == NUMBER ? v.k != 0 : v.kind == ERRNO;
}

static bool relation(enum ir_op op, int64_t x, int64_t y)
{
	switch (op) {
	case IR_EQ:
		return x == y;
	case IR_NE:
		return x != y;
	case IR_LT:
		return x < y;
	case IR_LE:
		return x <= y;
	case IR_GT:
		return x > y;
	default:
		return x >= y;
	}
}

/* An error code is any from -4095 to -1: what holds at both ends and never turns in between is known. */
static struct known compare(enum ir_op op, struct known x, struct known y)
{
	int64_t lo = x.kind == ERRNO ? -MAX_ERRNO : x.k, hi = x.kind == ERRNO ? -1 : x.k;

	if (x.kind == NOTHING && y.kind == NUMBER && y.k == 0 && (op == IR_EQ || op == IR_NE))
		return number(op == IR_EQ);
	if ((x.kind != NUMBER && x.kind != ERRNO) || y.kind != NUMBER ||
	    relation(op, lo, y.k) != relation(op, hi, y.k) || ((op == IR_EQ || op == IR_NE) && lo < y.k && y.k < hi))
		return (struct known){ANYTHING, 0};
	return number(relation(op, lo, y.k));
}

static struct known intrinsic_value(const struct api *api, struct known arg)
{
	bool fails = arg.kind == ERRNO || arg.kind == NOTHING;

	switch (api->intrinsic) {
	case INTRINSIC_IS_ERR:
	case INTRINSIC_IS_ERR_OR_NULL:
		return fails ? number(1) : (struct known){ANYTHING, 0};
	case INTRINSIC_PTR_ERR:
	case INTRINSIC_PTR_ERR_OR_ZERO:
		return fails ? (struct known){ERRNO, 0} : arg;
	case INTRINSIC_ERR_PTR:
		return arg.kind == ERRNO || (arg.kind == NUMBER && arg.k < 0) ? (struct known){NOTHING, 0} : arg;
	case INTRINSIC_RETURNS_ARG:
		return arg;
	case INTRINSIC_RETURNS_CONST:
		return number(api->intrinsic_value);
	default:
		return (struct known){ANYTHING, 0};
	}
}

/* ---- calls ---- */

enum { AT_PLACE = 48 };

static uint64_t pack(uint32_t callee, int arg, int of)
{
	return (uint64_t)callee << 16 | (uint64_t)(arg + 1) << 8 | (uint64_t)(of + 1);
}

static uint64_t pack_place(uint32_t ins)
{
	return (uint64_t)1 << AT_PLACE | ins;
}

static struct failed_call unpack(const struct ir_function *f, uint64_t c)
{
	if (c >> AT_PLACE)
		return (struct failed_call){f->ins[(uint32_t)c].sym, -1, -1, (uint32_t)c};
	return (struct failed_call){(uint32_t)(c >> 16), (int)(c >> 8 & 255) - 1, (int)(c & 255) - 1, IR_NONE};
}

static void add_call(struct ways *w, struct calls *c, uint64_t call)
{
	unsigned int at = 0;

	while (at < c->all.n && c->all.v[at] < call)
		at++;
	if (at < c->all.n && c->all.v[at] == call)
		return;
	vec_push(w->a, &c->all, call);
	memmove(&c->all.v[at + 1], &c->all.v[at], (c->all.n - at - 1) * sizeof(*c->all.v));
	c->all.v[at] = call;
}

/* FALSE: both were the same. */
static bool keep_common(struct calls *to, const struct calls *from)
{
	unsigned int kept = 0, before = to->all.n;

	for (unsigned int i = 0, k = 0; i < before; i++) {
		while (k < from->all.n && from->all.v[k] < to->all.v[i])
			k++;
		if (k < from->all.n && from->all.v[k] == to->all.v[i])
			to->all.v[kept++] = to->all.v[i];
	}
	to->all.n = kept;
	return kept != before;
}

/* Written alike: the same member of what the same variable points to. */
static bool same_expression(const struct ir_function *f, uint32_t x, uint32_t y)
{
	const struct ir_ins *a = &f->ins[x], *b = &f->ins[y];

	if (a->op != b->op || a->sym != b->sym || a->imm != b->imm || a->op == IR_CALL || a->op == IR_ASM)
		return false;
	for (int i = 0; i < ir_ops[a->op].operands; i++)
		if (!same_expression(f, a->a[i], b->a[i]))
			return false;
	return ir_ops[a->op].operands >= 0;
}

static void note_call(struct ways *w, struct calls *c, const struct ir_ins *in)
{
	const struct ir_ins *failed = &w->f->ins[w->call];

	add_call(w, c, pack(in->sym, -1, -1));
	if (w->e->apis[in->sym])
		add_call(w, c, pack_place((uint32_t)(in - w->f->ins)));
	for (uint32_t i = 0; i < in->n_args && i < 8; i++)
		for (uint32_t k = 0; w->e->apis[in->sym] && k < failed->n_args && k < 8; k++)
			if (w->f->ins[in->args[i]].op != IR_CONST &&
			    same_expression(w->f, in->args[i], failed->args[k]))
				add_call(w, c, pack(in->sym, (int)i, (int)k));
}

/* ---- ways ---- */

static uint32_t local_at(const struct ways *w, uint32_t address)
{
	while (w->f->ins[address].op == IR_CAST)
		address = w->f->ins[address].a[0];
	return w->f->ins[address].op == IR_LOCAL ? w->f->ins[address].sym : IR_NONE;
}

static void forget(struct ways *w, struct point *p, const struct ir_ins *in)
{
	for (uint32_t i = 0; i < in->n_args; i++) {
		uint32_t local = local_at(w, in->args[i]);

		if (local != IR_NONE)
			p->locals[local] = (struct known){ANYTHING, 0};
	}
}

static struct known call_value(struct ways *w, struct point *p, const struct ir_ins *in)
{
	const struct api *api = engine_api(w->e, in);

	if (in->sym != IR_NONE)
		note_call(w, &p->calls, in);
	if (api && api->intrinsic != INTRINSIC_NONE && (uint32_t)api->intrinsic_arg < in->n_args)
		return intrinsic_value(api, w->value[in->args[api->intrinsic_arg]]);
	forget(w, p, in);
	return (struct known){ANYTHING, 0};
}

static struct known value_of(struct ways *w, struct point *p, const struct ir_ins *in)
{
	struct known none = {ANYTHING, 0};

	switch (in->op) {
	case IR_CONST:
		return number(in->imm);
	case IR_LOAD:
		return local_at(w, in->a[0]) == IR_NONE ? none : p->locals[local_at(w, in->a[0])];
	case IR_CAST:
		if (w->e->unit->types[in->type].is_bool && truth(w->value[in->a[0]]) >= 0)
			return number(truth(w->value[in->a[0]]));
		return w->value[in->a[0]];
	case IR_LNOT:
		return truth(w->value[in->a[0]]) < 0 ? none : number(!truth(w->value[in->a[0]]));
	case IR_EQ:
	case IR_NE:
	case IR_LT:
	case IR_LE:
	case IR_GT:
	case IR_GE:
		return compare(in->op, w->value[in->a[0]], w->value[in->a[1]]);
	case IR_CALL:
		return call_value(w, p, in);
	default:
		return none;
	}
}

static void execute(struct ways *w, struct point *p, uint32_t i)
{
	const struct ir_ins *in = &w->f->ins[i];

	if (in->op == IR_STORE && local_at(w, in->a[0]) != IR_NONE)
		p->locals[local_at(w, in->a[0])] = w->value[in->a[1]];
	else if (in->op == IR_BEGIN)
		p->locals[in->sym] = (struct known){ANYTHING, 0};
	else if (in->op == IR_ASM)
		forget(w, p, in);
	w->value[i] = value_of(w, p, in);
}

static void enter(struct ways *w, uint32_t block, const struct point *from)
{
	struct point *to = &w->at[block];
	bool changed = !to->reached;

	if (!to->reached) {
		to->reached = true;
		to->locals = ARENA_ARRAY(w->a, struct known, w->f->n_locals + 1);
		memcpy(to->locals, from->locals, w->f->n_locals * sizeof(*to->locals));
		for (unsigned int i = 0; i < from->calls.all.n; i++)
			vec_push(w->a, &to->calls.all, from->calls.all.v[i]);
	} else {
		changed = keep_common(&to->calls, &from->calls);
		for (uint32_t i = 0; i < w->f->n_locals; i++) {
			struct known both = join_known(to->locals[i], from->locals[i]);

			changed |= both.kind != to->locals[i].kind || both.k != to->locals[i].k;
			to->locals[i] = both;
		}
	}
	if (changed && !to->queued) {
		to->queued = true;
		vec_push(w->a, &w->todo, block);
	}
}

/* Does the returned value say that the function has failed (1), that it has not (0), or neither (-1)? */
static int says_failure(const struct ways *w, const struct ir_ins *ret)
{
	const struct ir_type *t = &w->e->unit->types[w->f->type];
	struct known v;

	if (!ret->n_args)
		return 0;
	v = w->value[ret->args[0]];
	if (t->is_bool || v.kind == ANYTHING)
		return -1;
	if (v.kind == NUMBER)
		return t->kind == IR_T_PTR ? v.k == 0 : v.k < 0;
	return 1;
}

static void leave(struct ways *w, const struct point *p, const struct ir_ins *ret)
{
	int fails = says_failure(w, ret);

	if (!w->out->ends) {
		for (unsigned int i = 0; i < p->calls.all.n; i++)
			vec_push(w->a, &w->end.calls.all, p->calls.all.v[i]);
		w->out->passed_on = w->out->goes_on = true;
	}
	w->out->ends = true;
	keep_common(&w->end.calls, &p->calls);
	w->out->passed_on &= fails == 1;
	w->out->goes_on &= fails == 0;
}

static bool case_fits(struct known v, const struct ir_case *c)
{
	if (v.kind == NUMBER)
		return c->lo <= v.k && v.k <= c->hi;
	return v.kind != ERRNO || (c->lo <= -1 && c->hi >= -MAX_ERRNO);
}

static struct point copy_of(const struct ways *w, const struct point *p)
{
	struct point copy = {.locals = ARENA_ARRAY(w->a, struct known, w->f->n_locals + 1)};

	memcpy(copy.locals, p->locals, w->f->n_locals * sizeof(*copy.locals));
	for (unsigned int i = 0; i < p->calls.all.n; i++)
		vec_push(w->a, &copy.calls.all, p->calls.all.v[i]);
	return copy;
}

static uint32_t uncast(const struct ir_function *f, uint32_t value)
{
	while (f->ins[value].op == IR_CAST)
		value = f->ins[value].a[0];
	return value;
}

static bool is_zero(const struct ir_function *f, uint32_t value)
{
	const struct ir_ins *in = &f->ins[uncast(f, value)];

	return in->op == IR_CONST && in->imm == 0;
}

/* That the condition came out so says which local is 0, if none has stored to it since it was read. */
static void learn_zero(struct ways *w, struct point *p, const struct ir_block *b, uint32_t cond, bool truth)
{
	const struct ir_function *f = w->f;
	const struct ir_ins *in;
	uint32_t read, local;

	for (cond = uncast(f, cond); f->ins[cond].op == IR_LNOT; cond = uncast(f, f->ins[cond].a[0]))
		truth = !truth;
	in = &f->ins[cond];
	if ((in->op == IR_EQ || in->op == IR_NE) && is_zero(f, in->a[1])) {
		truth ^= in->op == IR_EQ;
		cond = uncast(f, in->a[0]);
	}
	read = f->ins[cond].op == IR_LOAD && !truth ? cond : IR_NONE;
	local = read == IR_NONE ? IR_NONE : local_at(w, f->ins[read].a[0]);
	for (uint32_t i = read; local != IR_NONE && i < b->first + b->n; i++)
		if (f->ins[i].op == IR_STORE && local_at(w, f->ins[i].a[0]) == local)
			return;
	if (local != IR_NONE && p->locals[local].kind == ANYTHING)
		p->locals[local] = number(0);
}

static void enter_knowing(struct ways *w, const struct ir_block *b, bool truth, const struct point *p)
{
	struct point known = copy_of(w, p);

	learn_zero(w, &known, b, w->f->ins[b->first + b->n - 1].a[0], truth);
	enter(w, b->succ[truth ? 0 : 1], &known);
}

static void branch(struct ways *w, const struct ir_block *b, const struct point *p)
{
	const struct ir_ins *in = &w->f->ins[b->first + b->n - 1];
	int taken = in->op == IR_BRANCH ? truth(w->value[in->a[0]]) : -1;

	if (in->op == IR_RETURN)
		leave(w, p, in);
	if (in->op == IR_SWITCH) {
		for (uint32_t i = 0; i < b->n_cases; i++)
			if (case_fits(w->value[in->a[0]], &b->cases[i]))
				enter(w, b->succ[b->case_succ[i]], p);
		enter(w, b->succ[b->n_succ - 1], p);
		return;
	}
	for (uint32_t i = 0; i < b->n_succ; i++)
		if (in->op == IR_BRANCH && taken < 0)
			enter_knowing(w, b, i == 0, p);
		else if (taken < 0 || (i == 0) == (taken == 1))
			enter(w, b->succ[i], p);
}

/* A way on which the call is made again is over: whatever comes of that is its own. */
static bool run(struct ways *w, uint32_t block, struct point *p, bool failed)
{
	const struct ir_block *b = &w->f->blocks[block];

	for (uint32_t i = b->first; i < b->first + b->n; i++) {
		if (i == w->call && failed)
			return false;
		execute(w, p, i);
		if (w->f->ins[i].op == IR_CALL && w->f->ins[i].sym != IR_NONE &&
		    w->e->unit->functions[w->f->ins[i].sym].is_noreturn)
			return false;
		if (i == w->call) {
			w->value[i] = (struct known){
				w->e->unit->types[w->f->ins[i].type].kind == IR_T_PTR ? NOTHING : ERRNO, 0};
			p->calls.all.n = 0;
		}
	}
	return true;
}

/* What has been found out before the block, on the only way to it. */
static void come_to(struct ways *w, uint32_t block, struct point *p, unsigned int blocks)
{
	const struct ir_block *b = &w->f->blocks[block], *before;

	if (b->n_pred != 1 || !blocks)
		return;
	before = &w->f->blocks[b->pred[0]];
	come_to(w, b->pred[0], p, blocks - 1);
	run(w, b->pred[0], p, false);
	if (before->n_succ == 2 && w->f->ins[before->first + before->n - 1].op == IR_BRANCH)
		learn_zero(w, p, before, w->f->ins[before->first + before->n - 1].a[0], before->succ[0] == block);
}

bool failed_can(const struct ir_unit *u, uint32_t return_type)
{
	const struct ir_type *t = &u->types[return_type];

	return t->kind == IR_T_PTR || (t->kind == IR_T_INT && t->is_signed && !t->is_bool && t->size >= 4);
}

bool failed_follow(const struct engine *e, uint32_t function, uint32_t call, struct arena *a, struct failed_ways *out)
{
	const struct ir_function *f = &e->unit->functions[function];
	struct ways w = {.e = e, .f = f, .a = a, .call = call, .out = out};
	struct point start = {.locals = ARENA_ARRAY(a, struct known, f->n_locals + 1)};
	uint32_t block = ir_block_of(f, call);
	unsigned int visits = 0;

	*out = (struct failed_ways){0};
	w.value = ARENA_ARRAY(a, struct known, f->n_ins + 1);
	w.at = ARENA_ARRAY(a, struct point, f->n_blocks + 1);
	if (block == IR_NONE)
		return true;
	come_to(&w, block, &start, MAX_BEFORE);
	if (!run(&w, block, &start, false))
		return true;
	branch(&w, &f->blocks[block], &start);
	while (w.todo.n && visits++ < MAX_VISITS) {
		struct point p;

		block = w.todo.v[--w.todo.n];
		w.at[block].queued = false;
		p = copy_of(&w, &w.at[block]);
		if (run(&w, block, &p, true))
			branch(&w, &f->blocks[block], &p);
	}
	out->goes_on |= !ir_is_used(f, call);
	for (unsigned int i = 0; i < w.end.calls.all.n; i++)
		vec_push(a, &out->calls, unpack(f, w.end.calls.all.v[i]));
	return !w.todo.n;
}
