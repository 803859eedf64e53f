/*
 * From the building site to the IR's promise: only blocks that can be reached, only instructions that matter, and no
 * value used outside the block that defines it.
 *
 * Requires that a definition dominates its uses, which lowering's order gives. A value used elsewhere is computed again
 * there when that costs nothing (constants, addresses), else kept in a local made for it.
 */
#include "lower/internal.h"

#include <string.h>

struct finish {
	struct fn *f;
	bool *needed;	/* instructions that have an effect or a use */
	uint32_t *slot; /* per instruction: the local that keeps it for other blocks */
	uint32_t *now;	/* per instruction: its index in the result, as seen from block `now_in` */
	uint32_t *now_in;
	uint32_t block;
	bool name_macros; /* asking for a file's text is dear: only for the unit's own */
	struct site here; /* of the instruction that is put now */
	VEC(struct ir_ins) out;
};

static bool has_effect(const struct ir_ins *in)
{
	switch (in->op) {
	case IR_LOAD:
	case IR_CALL:
	case IR_ASM:
	case IR_UNKNOWN:
		return true;
	default:
		return !ir_ops[in->op].defines;
	}
}

static void each_operand(struct ir_ins *in, void (*visit)(void *, uint32_t *), void *ctx)
{
	for (uint32_t i = 0; i < 2; i++)
		if (in->a[i] != IR_NONE)
			visit(ctx, &in->a[i]);
	for (uint32_t i = 0; i < in->n_args; i++)
		visit(ctx, &in->args[i]);
}

struct crossing {
	struct finish *x;
	uint32_t block;
};

static void need(void *ctx, uint32_t *value)
{
	struct crossing *c = ctx;
	struct fn *f = c->x->f;

	if (f->home.v[*value] == c->block || !value_is_free(f, *value))
		c->x->needed[*value] = true;
}

/* Operands precede their users, so one backward pass finds every need. */
static void find_needed(struct finish *x)
{
	for (uint32_t i = x->f->ins.n; i-- > 0;) {
		struct ir_ins *in = &x->f->ins.v[i];
		struct crossing c = {x, x->f->home.v[i]};

		if (!x->f->blocks.v[c.block].reached)
			continue;
		if (x->needed[i] || has_effect(in)) {
			x->needed[i] = true;
			each_operand(in, need, &c);
		}
	}
}

static void mark_crossing(void *ctx, uint32_t *value)
{
	struct crossing *c = ctx;
	struct fn *f = c->x->f;

	if (f->home.v[*value] == c->block)
		return;
	if (value_is_free(f, *value)) {
		struct crossing inner = {c->x, c->block};

		each_operand(&f->ins.v[*value], mark_crossing, &inner);
	} else if (c->x->slot[*value] == IR_NONE) {
		c->x->slot[*value] = local_new(f, NULL, f->ins.v[*value].type, false);
	}
}

static void find_crossings(struct finish *x)
{
	for (uint32_t i = 0; i < x->f->ins.n; i++) {
		struct crossing c = {x, x->f->home.v[i]};

		x->slot[i] = IR_NONE;
		x->now_in[i] = IR_NONE;
		if (x->needed[i])
			each_operand(&x->f->ins.v[i], mark_crossing, &c);
	}
}

static uint32_t put(struct finish *x, struct ir_ins in)
{
	in.loc = x->here.loc;
	in.spelling = x->here.spelling;
	vec_push(x->f->lw->fn_mem, &x->out, in);
	return x->out.n - 1;
}

static uint32_t put_slot(struct finish *x, uint32_t local)
{
	uint32_t type = type_pointer_to(x->f->lw, x->f->locals.v[local].type);

	return put(x, (struct ir_ins){.op = IR_LOCAL, .type = type, .a = {IR_NONE, IR_NONE}, .sym = local});
}

static void localise(void *ctx, uint32_t *value);

static uint32_t bring_here(struct finish *x, uint32_t value)
{
	struct ir_ins in = x->f->ins.v[value];

	if (x->slot[value] != IR_NONE) {
		uint32_t slot = put_slot(x, x->slot[value]);

		return put(x, (struct ir_ins){.op = IR_LOAD, .type = in.type, .a = {slot, IR_NONE}, .sym = IR_NONE});
	}
	each_operand(&in, localise, x);
	return put(x, in);
}

static void localise(void *ctx, uint32_t *value)
{
	struct finish *x = ctx;
	uint32_t v = *value;

	if (x->now_in[v] != x->block) {
		x->now[v] = bring_here(x, v);
		x->now_in[v] = x->block;
	}
	*value = x->now[v];
}

static void finish_ins(struct finish *x, uint32_t i)
{
	struct ir_ins in = x->f->ins.v[i];

	if (!x->needed[i])
		return;
	x->here = site_of(x->f->lw, x->f->where.v[i]);
	if (x->name_macros && (in.op == IR_CALL || in.op == IR_RETURN || in.op == IR_BRANCH))
		in.macro = macro_at(x->f->lw, x->f->where.v[i], &x->here);
	each_operand(&in, localise, x);
	x->now[i] = put(x, in);
	x->now_in[i] = x->block;
	if (x->slot[i] != IR_NONE) {
		uint32_t slot = put_slot(x, x->slot[i]);

		put(x, (struct ir_ins){.op = IR_STORE, .type = IR_NONE, .a = {slot, x->now[i]}, .sym = IR_NONE});
	}
	x->f->n_unknown += in.op == IR_UNKNOWN;
}

/* `head` and the blocks that it goes on in; the jumps between them go. */
static void finish_block(struct finish *x, uint32_t head, struct ir_block *out, const uint32_t *to)
{
	struct block *b = &x->f->blocks.v[head];

	x->block = head;
	out->first = x->out.n;
	for (;; b = &x->f->blocks.v[b->next]) {
		for (uint32_t i = 0; i < b->n; i++)
			if (b->next == IR_NONE || i + 1 < b->n)
				finish_ins(x, b->first + i);
		if (b->next == IR_NONE)
			break;
	}
	out->n = x->out.n - out->first;
	out->n_succ = b->n_succ;
	out->succ = ARENA_ARRAY(x->f->lw->a, uint32_t, b->n_succ);
	for (uint32_t i = 0; i < b->n_succ; i++)
		out->succ[i] = to[b->succ[i]];
	out->cases = b->cases;
	out->case_succ = b->case_succ;
	out->n_cases = b->n_cases;
}

static void *copy_out(struct fn *f, const void *from, size_t size)
{
	void *to = arena_alloc(f->lw->a, size);

	return size ? memcpy(to, from, size) : to;
}

static struct finish finish_start(struct fn *f)
{
	struct finish x = {.f = f, .name_macros = f->lw->functions.v[f->index].in_main_file};

	x.needed = ARENA_ARRAY(f->lw->fn_mem, bool, f->ins.n);
	x.slot = ARENA_ARRAY(f->lw->fn_mem, uint32_t, f->ins.n);
	x.now = ARENA_ARRAY(f->lw->fn_mem, uint32_t, f->ins.n);
	x.now_in = ARENA_ARRAY(f->lw->fn_mem, uint32_t, f->ins.n);
	find_needed(&x);
	find_crossings(&x);
	return x;
}

static bool is_head(const struct fn *f, uint32_t b)
{
	return f->blocks.v[b].reached && !f->blocks.v[b].joined;
}

/* Requires body_simplify(). */
void body_finish(struct fn *f)
{
	struct finish x = finish_start(f);
	struct ir_function *out = &f->lw->functions.v[f->index];
	uint32_t *to = ARENA_ARRAY(f->lw->fn_mem, uint32_t, f->blocks.n), n = 0;

	for (uint32_t i = 0; i < f->order.n; i++)
		if (is_head(f, f->order.v[i]))
			to[f->order.v[i]] = n++;
	out->blocks = ARENA_ARRAY(f->lw->a, struct ir_block, n);
	out->n_blocks = n;
	for (uint32_t i = 0; i < f->order.n; i++)
		if (is_head(f, f->order.v[i]))
			finish_block(&x, f->order.v[i], &out->blocks[to[f->order.v[i]]], to);
	out->ins = copy_out(f, x.out.v, sizeof(*x.out.v) * x.out.n);
	out->n_ins = x.out.n;
	for (uint32_t i = 0; i < f->locals.n; i++)
		f->locals.v[i].loc = site_of(f->lw, f->local_where.v[i]).loc;
	out->locals = copy_out(f, f->locals.v, sizeof(*f->locals.v) * f->locals.n);
	out->n_locals = f->locals.n;
	out->n_unknown = f->n_unknown;
	out->has_body = true;
	f->lw->u->n_unknown += f->n_unknown;
}
