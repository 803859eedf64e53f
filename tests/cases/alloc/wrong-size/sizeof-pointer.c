/* The size of the pointer instead of what it points to. */
#include <linux/slab.h>

struct big {
	u8 data[256];
};

struct big *pointer_bad(void)
{
	struct big *b = kzalloc(sizeof(b), GFP_KERNEL); /* expect: alloc/wrong-size */

	return b;
}

struct big *pointer_ok(void)
{
	struct big *b = kzalloc(sizeof(*b), GFP_KERNEL);

	return b;
}

struct big **pointers_ok(int n)
{
	struct big **v = kcalloc(n, sizeof(*v), GFP_KERNEL);

	return v;
}
