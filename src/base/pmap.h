/*
 * Persistent map from 64-bit keys to 64-bit non-zero values: a hash array mapped trie whose nodes are never edited in
 * place, so that a copy is a pointer and two versions share all but the changed path (Bagwell, "Ideal Hash Trees",
 * 2001).
 *
 * Get, put and drop are O(log32 n); equality of two maps is a comparison of the hashes they carry. The zero-initialised
 * map is empty. Nodes live in the arena given to put and drop. Iteration order depends on keys only.
 */
#ifndef BASE_PMAP_H
#define BASE_PMAP_H

#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

struct pmap_node;

struct pmap {
	const struct pmap_node *root;
	uint64_t hash; /* of the set of pairs, independent of the order of insertion */
	uint32_t n;
};

/* The value, or 0 when absent. */
uint64_t pmap_get(const struct pmap *m, uint64_t key);
/* `value` must not be 0. */
void pmap_put(struct arena *a, struct pmap *m, uint64_t key, uint64_t value);
void pmap_drop(struct arena *a, struct pmap *m, uint64_t key);
static inline bool pmap_equal(const struct pmap *a, const struct pmap *b)
{
	return a->root == b->root || (a->n == b->n && a->hash == b->hash);
}

enum { PMAP_DEPTH = 15 };
struct pmap_iter {
	const struct pmap_node *nodes[PMAP_DEPTH];
	unsigned int at[PMAP_DEPTH], end[PMAP_DEPTH];
	int depth;
	uint64_t key, value;
};
/* for (pmap_first(&it, m); pmap_next(&it);) { it.key, it.value }: changing the map meanwhile is fine. */
void pmap_first(struct pmap_iter *it, const struct pmap *m);
bool pmap_next(struct pmap_iter *it);

/*
 * Told of every key at which two maps differ, with both values, 0 for absent; answers whether to go on. What the maps
 * share is not looked at. FALSE: the answer was FALSE once.
 */
typedef bool pmap_differs(void *ctx, uint64_t key, uint64_t x, uint64_t y);
bool pmap_diff(const struct pmap *x, const struct pmap *y, pmap_differs *each, void *ctx);

#endif
