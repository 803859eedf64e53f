/*
 * Control-flow graph: reachable blocks only, in reverse postorder, with predecessors.
 *
 * Instructions keep their index, so values keep their names; those of dropped blocks stay in function.ins, in no block.
 */
#include "ir/ir.h"

struct walk {
	const struct ir_function *f;
	uint32_t *stack, *next; /* blocks on the path, and how many of their successors are done */
	uint32_t depth;
	bool *seen;
	uint32_t *post; /* blocks in postorder */
	uint32_t n_post;
};

static void walk_enter(struct walk *w, uint32_t b)
{
	w->seen[b] = true;
	w->stack[w->depth] = b;
	w->next[w->depth] = 0;
	w->depth++;
}

/* Last successor first: the reverse then lists the first successor (the taken branch) right behind its block. */
static void walk_from(struct walk *w, uint32_t entry)
{
	walk_enter(w, entry);
	while (w->depth) {
		uint32_t top = w->depth - 1, b = w->stack[top];
		const struct ir_block *block = &w->f->blocks[b];

		if (w->next[top] == block->n_succ) {
			w->post[w->n_post++] = b;
			w->depth--;
			continue;
		}
		uint32_t to = block->succ[block->n_succ - 1 - w->next[top]++];

		if (!w->seen[to])
			walk_enter(w, to);
	}
}

static void reorder(struct arena *a, struct ir_function *f, const struct walk *w)
{
	uint32_t *to = ARENA_ARRAY(a, uint32_t, f->n_blocks);
	struct ir_block *blocks = ARENA_ARRAY(a, struct ir_block, w->n_post);

	for (uint32_t i = 0; i < w->n_post; i++) {
		uint32_t old = w->post[w->n_post - 1 - i];

		to[old] = i;
		blocks[i] = f->blocks[old];
	}
	for (uint32_t i = 0; i < w->n_post; i++) {
		uint32_t *succ = ARENA_ARRAY(a, uint32_t, blocks[i].n_succ);

		for (uint32_t s = 0; s < blocks[i].n_succ; s++)
			succ[s] = to[blocks[i].succ[s]];
		blocks[i].succ = succ;
	}
	f->blocks = blocks;
	f->n_blocks = w->n_post;
}

/* Each block lists a predecessor once, however many edges come from it. */
static void fill_preds(struct arena *a, struct ir_function *f)
{
	for (uint32_t pass = 0; pass < 2; pass++) {
		for (uint32_t b = 0; b < f->n_blocks; b++) {
			if (pass)
				f->blocks[b].pred = ARENA_ARRAY(a, uint32_t, f->blocks[b].n_pred);
			f->blocks[b].n_pred = 0;
		}
		uint32_t *last = ARENA_ARRAY(a, uint32_t, f->n_blocks);

		for (uint32_t b = 0; b < f->n_blocks; b++) {
			for (uint32_t s = 0; s < f->blocks[b].n_succ; s++) {
				uint32_t to = f->blocks[b].succ[s];

				if (last[to] == b + 1)
					continue;
				last[to] = b + 1;
				if (pass)
					f->blocks[to].pred[f->blocks[to].n_pred] = b;
				f->blocks[to].n_pred++;
			}
		}
	}
}

void ir_cfg(struct ir_unit *u, struct ir_function *f)
{
	struct arena *a = u->arena;
	struct walk w = {.f = f};

	if (!f->n_blocks)
		return;
	w.stack = ARENA_ARRAY(a, uint32_t, f->n_blocks);
	w.next = ARENA_ARRAY(a, uint32_t, f->n_blocks);
	w.seen = ARENA_ARRAY(a, bool, f->n_blocks);
	w.post = ARENA_ARRAY(a, uint32_t, f->n_blocks);
	walk_from(&w, 0);
	reorder(a, f, &w);
	fill_preds(a, f);
}

uint32_t ir_block_of(const struct ir_function *f, uint32_t ins)
{
	for (uint32_t b = 0; b < f->n_blocks; b++)
		if (ins - f->blocks[b].first < f->blocks[b].n)
			return b;
	return IR_NONE;
}

bool ir_leads_to(const struct ir_function *f, uint32_t from, uint32_t to, bool *seen)
{
	for (uint32_t i = 0; i < f->blocks[from].n_succ; i++) {
		uint32_t next = f->blocks[from].succ[i];

		if (next == to)
			return true;
		if (seen[next])
			continue;
		seen[next] = true;
		if (ir_leads_to(f, next, to, seen))
			return true;
	}
	return false;
}

bool ir_is_alias(const struct ir_function *f)
{
	return !f->is_static && f->n_ins == 2 && f->ins[0].op == IR_CALL && f->ins[0].sym != IR_NONE &&
	       f->ins[1].op == IR_RETURN;
}

bool ir_calls(const struct ir_function *f, uint32_t callee)
{
	for (uint32_t i = 0; i < f->n_ins; i++)
		if (f->ins[i].op == IR_CALL && f->ins[i].sym == callee)
			return true;
	return false;
}

bool ir_is_used(const struct ir_function *f, uint32_t value)
{
	const struct ir_block *b = &f->blocks[ir_block_of(f, value)];

	for (uint32_t i = value + 1; i < b->first + b->n; i++) {
		const struct ir_ins *in = &f->ins[i];

		for (int k = 0; k < ir_ops[in->op].operands; k++)
			if (in->a[k] == value)
				return true;
		for (uint32_t k = 0; k < in->n_args; k++)
			if (in->args[k] == value)
				return true;
	}
	return false;
}

bool ir_holds_function(const struct ir_global *g, uint32_t function)
{
	for (uint32_t i = 0; i < g->n_inits; i++)
		if (g->inits[i].kind == IR_INIT_FUNC && g->inits[i].sym == function)
			return true;
	return false;
}
