/* A section that may be nested: who holds it already only counts, and ends it with the last one. */
#include <linux/slab.h>
#include <linux/spinlock.h>

static DEFINE_SPINLOCK(tree_lock);
static int depth;
static void *owner;
void *me(void);
void tree_sort(void);

static void tree_enter(void)
{
	if (owner == me()) {
		depth++;
		return;
	}
	spin_lock(&tree_lock);
	owner = me();
	depth = 1;
}

static void tree_leave(void)
{
	if (--depth)
		return;
	owner = NULL;
	spin_unlock(&tree_lock);
}

void *grow_ok(void)
{
	tree_enter();
	tree_sort();
	tree_leave();
	return kmalloc(64, GFP_KERNEL);
}

static void sort_locked(void)
{
	tree_enter();
	tree_sort();
	tree_leave();
}

void *sort_bad(spinlock_t *lock)
{
	void *p;

	spin_lock(lock);
	sort_locked();
	p = kmalloc(64, GFP_KERNEL); /* expect: gfp/sleep-in-atomic */
	spin_unlock(lock);
	return p;
}

struct group {
	spinlock_t lock;
};

struct group *group_find(int id);

static struct group *group_get(int id)
{
	struct group *g = group_find(id);

	if (g)
		spin_lock(&g->lock);
	return g;
}

static void group_put(struct group **pg)
{
	struct group *g = *pg;

	*pg = NULL;
	if (!g)
		return;
	spin_unlock(&g->lock);
}

void *use_ok(int id)
{
	struct group *g = group_get(id);

	if (!g)
		return NULL;
	group_put(&g);
	return kmalloc(64, GFP_KERNEL);
}

void *use_bad(int id)
{
	struct group *g = group_get(id);
	void *p;

	if (!g)
		return NULL;
	p = kmalloc(64, GFP_KERNEL); /* expect: gfp/sleep-in-atomic */
	group_put(&g);
	return p;
}
