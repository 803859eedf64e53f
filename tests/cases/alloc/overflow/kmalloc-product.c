/* A product that may wrap around: kcalloc() and array_size() look out for that. */
#include <linux/slab.h>

struct item {
	u64 a, b;
};

struct item *product_bad(size_t n)
{
	return kmalloc(n * sizeof(struct item), GFP_KERNEL); /* expect: alloc/overflow */
}

struct item *product_ok(size_t n)
{
	return kmalloc_array(n, sizeof(struct item), GFP_KERNEL);
}

struct item *constant_ok(void)
{
	return kmalloc(4 * sizeof(struct item), GFP_KERNEL);
}
