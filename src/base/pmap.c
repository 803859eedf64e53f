#include "base/pmap.h"

#include <assert.h>
#include <string.h>

enum { BITS = 5, WIDTH = 1 << BITS };

/* The mixed key decides the path; mixing is a bijection, so two keys part at the latest at the last of 13 levels. */
struct entry {
	uint64_t value; /* 0: this slot holds `child` instead of a key */
	union {
		uint64_t key;
		const struct pmap_node *child;
	};
};

struct pmap_node {
	uint32_t used; /* bit i: slot i exists */
	struct entry slot[];
};

static uint64_t mix(uint64_t x)
{
	x ^= x >> 30;
	x *= 0xbf58476d1ce4e5b9u;
	x ^= x >> 27;
	x *= 0x94d049bb133111ebu;
	return x ^ (x >> 31);
}

static uint64_t pair_hash(uint64_t key, uint64_t value)
{
	return mix(mix(key) + 0x9e3779b97f4a7c15u * value);
}

static unsigned int digit(uint64_t mixed, int level)
{
	return (unsigned int)(mixed >> (level * BITS)) & (WIDTH - 1);
}

/* Written out: without an instruction for it, the compiler's own is a call, and it was a twelfth of a scan. */
static inline unsigned int ones(uint32_t x)
{
	x -= x >> 1 & 0x55555555u;
	x = (x & 0x33333333u) + (x >> 2 & 0x33333333u);
	return ((x + (x >> 4)) & 0x0f0f0f0fu) * 0x01010101u >> 24;
}

static inline unsigned int position(const struct pmap_node *n, unsigned int d)
{
	return ones(n->used & ((1u << d) - 1));
}

static inline unsigned int count(const struct pmap_node *n)
{
	return ones(n->used);
}

uint64_t pmap_get(const struct pmap *m, uint64_t key)
{
	const struct pmap_node *n = m->root;
	uint64_t h = mix(key);

	for (int level = 0; n; level++) {
		unsigned int d = digit(h, level);
		const struct entry *e;

		if (!(n->used >> d & 1))
			return 0;
		e = &n->slot[position(n, d)];
		if (e->value)
			return e->key == key ? e->value : 0;
		n = e->child;
	}
	return 0;
}

static struct pmap_node *node_with(struct arena *a, const struct pmap_node *n, unsigned int d, struct entry e)
{
	unsigned int old = n ? count(n) : 0, at = n ? position(n, d) : 0;
	bool replaces = n && (n->used >> d & 1);
	struct pmap_node *m = arena_alloc_raw(a, sizeof(*m) + sizeof(struct entry) * (old + !replaces));

	m->used = (n ? n->used : 0) | 1u << d;
	if (at)
		memcpy(m->slot, n->slot, at * sizeof(e));
	m->slot[at] = e;
	if (old > at + replaces)
		memcpy(m->slot + at + 1, n->slot + at + replaces, (old - at - replaces) * sizeof(e));
	return m;
}

static const struct pmap_node *insert(struct arena *a, const struct pmap_node *n, int level, struct entry e)
{
	unsigned int d = digit(mix(e.key), level);
	const struct entry *old;
	struct entry sub = {0};

	assert(level < PMAP_DEPTH);
	if (!n || !(n->used >> d & 1))
		return node_with(a, n, d, e);
	old = &n->slot[position(n, d)];
	if (old->value && old->key == e.key)
		return node_with(a, n, d, e);
	sub.child = old->value ? insert(a, NULL, level + 1, *old) : old->child;
	sub.child = insert(a, sub.child, level + 1, e);
	return node_with(a, n, d, sub);
}

void pmap_put(struct arena *a, struct pmap *m, uint64_t key, uint64_t value)
{
	uint64_t old = pmap_get(m, key);

	assert(value);
	if (old == value)
		return;
	if (old)
		m->hash ^= pair_hash(key, old);
	else
		m->n++;
	m->hash ^= pair_hash(key, value);
	m->root = insert(a, m->root, 0, (struct entry){.value = value, .key = key});
}

static const struct pmap_node *without(struct arena *a, const struct pmap_node *n, int level, uint64_t key)
{
	unsigned int d = digit(mix(key), level), at = position(n, d), old = count(n);
	const struct entry *e = &n->slot[at];
	struct pmap_node *m;

	if (!e->value) {
		struct entry sub = {.child = without(a, e->child, level + 1, key)};

		if (sub.child)
			return node_with(a, n, d, sub);
	}
	if (old == 1)
		return NULL;
	m = arena_alloc_raw(a, sizeof(*m) + sizeof(struct entry) * (old - 1));
	m->used = n->used & ~(1u << d);
	memcpy(m->slot, n->slot, at * sizeof(*e));
	memcpy(m->slot + at, n->slot + at + 1, (old - at - 1) * sizeof(*e));
	return m;
}

void pmap_drop(struct arena *a, struct pmap *m, uint64_t key)
{
	uint64_t old = pmap_get(m, key);

	if (!old)
		return;
	m->hash ^= pair_hash(key, old);
	m->n--;
	m->root = without(a, m->root, 0, key);
}

static void descend(struct pmap_iter *it, const struct pmap_node *n)
{
	it->depth++;
	it->nodes[it->depth] = n;
	it->at[it->depth] = 0;
	it->end[it->depth] = count(n);
}

void pmap_first(struct pmap_iter *it, const struct pmap *m)
{
	it->depth = -1;
	if (m->root)
		descend(it, m->root);
}

bool pmap_next(struct pmap_iter *it)
{
	while (it->depth >= 0) {
		const struct pmap_node *n = it->nodes[it->depth];
		unsigned int i = it->at[it->depth]++;

		if (i >= it->end[it->depth]) {
			it->depth--;
		} else if (n->slot[i].value) {
			it->key = n->slot[i].key;
			it->value = n->slot[i].value;
			return true;
		} else {
			descend(it, n->slot[i].child);
		}
	}
	return false;
}

/* ---- differences: each function answers whether to go on ---- */

struct diff {
	pmap_differs *each;
	void *ctx;
	bool swapped; /* x and y have changed places */
};

static bool tell(const struct diff *d, uint64_t key, uint64_t x, uint64_t y)
{
	return x == y || d->each(d->ctx, key, d->swapped ? y : x, d->swapped ? x : y);
}

static bool tell_all(const struct diff *d, const struct entry *e, const struct entry *but)
{
	if (e->value)
		return (but && e->key == but->key) || tell(d, e->key, e->value, 0);
	for (unsigned int i = 0, n = count(e->child); i < n; i++)
		if (!tell_all(d, &e->child->slot[i], but))
			return false;
	return true;
}

static uint64_t find_below(const struct pmap_node *n, uint64_t key)
{
	struct pmap below = {.root = n};
	struct pmap_iter it;

	for (pmap_first(&it, &below); pmap_next(&it);)
		if (it.key == key)
			return it.value;
	return 0;
}

static bool diff_nodes(const struct diff *d, const struct pmap_node *x, const struct pmap_node *y);

static bool diff_entries(const struct diff *d, const struct entry *x, const struct entry *y)
{
	struct diff back = {d->each, d->ctx, !d->swapped};

	if (!x->value && !y->value)
		return diff_nodes(d, x->child, y->child);
	if (!x->value)
		return diff_entries(&back, y, x);
	if (y->value && x->key != y->key)
		return tell(d, x->key, x->value, 0) && tell(d, y->key, 0, y->value);
	return tell(d, x->key, x->value, y->value ? y->value : find_below(y->child, x->key)) && tell_all(&back, y, x);
}

static bool diff_nodes(const struct diff *d, const struct pmap_node *x, const struct pmap_node *y)
{
	struct diff back = {d->each, d->ctx, !d->swapped};
	uint32_t in_x = x ? x->used : 0, in_y = y ? y->used : 0;
	bool go_on = true;

	if (x == y)
		return true;
	for (uint32_t left = in_x | in_y, bit, i = 0, k = 0; left && go_on; left &= left - 1) {
		bit = left & -left;
		if (in_x & in_y & bit)
			go_on = diff_entries(d, &x->slot[i++], &y->slot[k++]);
		else if (in_x & bit)
			go_on = tell_all(d, &x->slot[i++], NULL);
		else
			go_on = tell_all(&back, &y->slot[k++], NULL);
	}
	return go_on;
}

bool pmap_diff(const struct pmap *x, const struct pmap *y, pmap_differs *each, void *ctx)
{
	struct diff d = {each, ctx, false};

	return diff_nodes(&d, x->root, y->root);
}
