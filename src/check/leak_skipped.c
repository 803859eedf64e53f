/* Leaks: has the path come by a release, and has a condition that nothing decides led it round it? */
#include "check/leak.h"

#define MAX_REGION 64
#define MAX_ARM 6 /* blocks of an else branch */

/* Is the block run only after the arm, by a way without other entries? */
static bool only_from(const struct ir_function *f, uint32_t block, uint32_t arm)
{
	for (uint32_t left = f->n_blocks; left; left--) {
		if (f->blocks[block].n_pred != 1)
			return false;
		if (block == arm)
			return true;
		block = f->blocks[block].pred[0];
	}
	return false;
}

static bool listed(const uint32_t *v, uint32_t n, uint32_t x)
{
	for (uint32_t i = 0; i < n; i++)
		if (v[i] == x)
			return true;
	return false;
}

/* Do all ways from the block come to one of the two, by at most so many blocks? */
static bool comes_to(const struct ir_function *f, uint32_t block, uint32_t other, uint32_t header, uint32_t max)
{
	uint32_t seen[MAX_REGION] = {block}, n = 1;

	for (uint32_t i = 0; i < n; i++) {
		const struct ir_block *b = &f->blocks[seen[i]];

		if (b->n_succ == 0)
			return false;
		for (uint32_t k = 0; k < b->n_succ; k++) {
			uint32_t to = b->succ[k];

			if (to == other || to == header || listed(seen, n, to))
				continue;
			if (n == max)
				return false;
			seen[n++] = to;
		}
	}
	return true;
}

/* The next round of a loop is no place where ways meet: who breaks a round off is not led round anything. */
static bool goes_round(const struct ir_function *f, uint32_t block)
{
	for (uint32_t k = 0; k < f->blocks[block].n_succ; k++)
		if (f->blocks[block].succ[k] <= block)
			return true;
	return false;
}

/* Do the two ways of a condition meet again soon: the release's, and the one taken? */
static bool meet_again(const struct ir_function *f, uint32_t release, uint32_t taken, uint32_t header)
{
	if (comes_to(f, release, taken, header, MAX_REGION))
		return true;
	for (uint32_t b = release, left = MAX_ARM; left && f->blocks[b].n_succ == 1; left--) {
		b = f->blocks[b].succ[0];
		if (f->blocks[b].n_pred > 1 && !goes_round(f, b) && comes_to(f, taken, b, b, MAX_ARM))
			return true;
	}
	return false;
}

/* Has the path been at a condition behind one of whose ways, and no other, the release stands, and taken the other? */
static bool led_round(const struct fn *fn, const struct fn_exit *e, const struct resource *r, uint32_t release)
{
	const struct ir_function *f = fn->f;
	uint32_t block = ir_block_of(f, release);

	for (const struct step *t = e->st.trace; t; t = t->before) {
		const struct ir_block *b;

		if (t->kind != STEP_BRANCH || t->ins < r->acquire_ins)
			continue;
		b = &f->blocks[ir_block_of(f, t->ins)];
		if (only_from(f, block, b->succ[!t->way]) &&
		    meet_again(f, block, b->succ[t->way], ir_block_of(f, t->ins)))
			return true;
	}
	return false;
}

bool leak_skipped(const struct fn *fn, const struct fn_exit *e, const struct resource *r)
{
	for (unsigned int i = 0; i < fn->exits.n; i++) {
		const struct resource *other = leak_released_at(&fn->exits.v[i], r);

		if (other && led_round(fn, e, r, other->release_ins))
			return true;
	}
	return false;
}
