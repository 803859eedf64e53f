/* What a helper frees in a loop is what it can reach; a member of what has just been freed is not. */
#include <linux/list.h>
#include <linux/slab.h>

struct arena {
	struct list_head list;
	u8 *map;
};

struct pool {
	struct list_head arenas;
};

int arena_read(const struct arena *arena);

static void free_arenas(struct pool *pool)
{
	struct arena *a, *next;

	list_for_each_entry_safe(a, next, &pool->arenas, list) {
		list_del(&a->list);
		kfree(a->map);
		kfree(a);
	}
}

int add_arena_bad(struct pool *pool)
{
	struct arena *a = kzalloc(sizeof(*a), GFP_KERNEL);

	if (!a)
		return -ENOMEM;
	a->map = kzalloc(64, GFP_KERNEL);
	if (!a->map)
		goto out;
	if (arena_read(a))
		goto out;
	list_add_tail(&a->list, &pool->arenas);
	return 0;
out:
	kfree(a);
	free_arenas(pool);
	return -EIO; /* expect: leak/error-path memory */
}

int add_arena_ok(struct pool *pool)
{
	struct arena *a = kzalloc(sizeof(*a), GFP_KERNEL);

	if (!a)
		return -ENOMEM;
	a->map = kzalloc(64, GFP_KERNEL);
	if (!a->map)
		goto out;
	if (arena_read(a))
		goto out_map;
	list_add_tail(&a->list, &pool->arenas);
	return 0;
out_map:
	kfree(a->map);
out:
	kfree(a);
	free_arenas(pool);
	return -EIO;
}
