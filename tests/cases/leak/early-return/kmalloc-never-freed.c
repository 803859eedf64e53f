/* No path releases it, the normal one included. */
#include <linux/slab.h>

void sum_up(const int *v);

int scratch_bad(void)
{
	int *v = kmalloc_array(8, sizeof(*v), GFP_KERNEL);

	if (!v)
		return -ENOMEM;
	sum_up(v);
	return 0; /* expect: leak/early-return memory */
}

int scratch_ok(void)
{
	int *v __free(kfree) = kmalloc_array(8, sizeof(*v), GFP_KERNEL);

	if (!v)
		return -ENOMEM;
	sum_up(v);
	return 0;
}
