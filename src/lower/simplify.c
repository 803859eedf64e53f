/*
 * Fewer blocks: jumps to jumps are shortened, a branch whose two ways are one becomes a jump, and a block whose only
 * predecessor has no other way to go joins it.
 *
 * Requires closed blocks. Keeps instructions where they are: of a joined chain the first block becomes the home of all
 * (block.next links them), and the jumps between are left out by finish.c.
 */
#include "lower/internal.h"

/* Does nothing but jump? What it may compute its users can compute themselves. */
static bool is_hop(const struct fn *f, uint32_t b)
{
	const struct block *block = &f->blocks.v[b];

	if (!block->closed || f->ins.v[block->first + block->n - 1].op != IR_JUMP)
		return false;
	for (uint32_t i = block->first; i + 1 < block->first + block->n; i++)
		if (!value_is_free(f, i))
			return false;
	return true;
}

static uint32_t target(const struct fn *f, uint32_t b)
{
	for (uint32_t hops = 0; hops < f->blocks.n && is_hop(f, b); hops++)
		b = f->blocks.v[b].succ[0];
	return b;
}

static struct ir_ins *terminator(struct fn *f, const struct block *b)
{
	return &f->ins.v[b->first + b->n - 1];
}

static void shorten(struct fn *f)
{
	for (uint32_t i = 0; i < f->blocks.n; i++) {
		struct block *b = &f->blocks.v[i];
		struct ir_ins *last;

		for (uint32_t s = 0; s < b->n_succ; s++)
			b->succ[s] = target(f, b->succ[s]);
		if (!b->closed)
			continue;
		last = terminator(f, b);
		if (last->op == IR_BRANCH && b->succ[0] == b->succ[1]) {
			last->op = IR_JUMP;
			last->a[0] = IR_NONE;
			b->n_succ = 1;
		}
	}
}

static void reach(struct fn *f, uint32_t entry)
{
	uint32_t *stack = ARENA_ARRAY(f->lw->fn_mem, uint32_t, f->blocks.n), n = 0;

	f->blocks.v[entry].reached = true;
	stack[n++] = entry;
	while (n) {
		const struct block *b = &f->blocks.v[stack[--n]];

		for (uint32_t i = 0; i < b->n_succ; i++) {
			if (f->blocks.v[b->succ[i]].reached)
				continue;
			f->blocks.v[b->succ[i]].reached = true;
			stack[n++] = b->succ[i];
		}
	}
}

/* A label that is jumped to but stands nowhere (clang reported an error) ends the path. */
static void place_missing(struct fn *f)
{
	for (uint32_t b = 0, n = f->blocks.n; b < n; b++) {
		if (!f->blocks.v[b].reached || f->blocks.v[b].closed)
			continue;
		if (!f->blocks.v[b].placed)
			block_start(f, b);
		f->cur = b;
		end_unreachable(f);
	}
}

static void join(struct fn *f, uint32_t entry)
{
	uint32_t *preds = ARENA_ARRAY(f->lw->fn_mem, uint32_t, f->blocks.n);

	for (uint32_t i = 0; i < f->blocks.n; i++)
		for (uint32_t s = 0; f->blocks.v[i].reached && s < f->blocks.v[i].n_succ; s++)
			preds[f->blocks.v[i].succ[s]]++;
	for (uint32_t i = 0; i < f->blocks.n; i++) {
		struct block *b = &f->blocks.v[i];

		b->next = IR_NONE;
		if (!b->reached || terminator(f, b)->op != IR_JUMP)
			continue;
		if (preds[b->succ[0]] != 1 || b->succ[0] == entry || b->succ[0] == i)
			continue;
		b->next = b->succ[0];
		f->blocks.v[b->next].joined = true;
	}
}

static void move_home(struct fn *f, uint32_t head)
{
	for (uint32_t b = head; b != IR_NONE; b = f->blocks.v[b].next)
		for (uint32_t i = 0; i < f->blocks.v[b].n; i++)
			f->home.v[f->blocks.v[b].first + i] = head;
}

void body_simplify(struct fn *f)
{
	uint32_t entry = f->order.v[0];

	shorten(f);
	reach(f, entry);
	place_missing(f);
	join(f, entry);
	for (uint32_t i = 0; i < f->blocks.n; i++)
		if (f->blocks.v[i].reached && !f->blocks.v[i].joined)
			move_home(f, i);
}
