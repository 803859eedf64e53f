/* The roll-back begins one before the element that failed, though that element has its first half already. */
#include <linux/slab.h>

#define N 4

struct pair {
	u8 *a, *b;
};

int rollback_bad(struct pair *p)
{
	int i;

	for (i = 0; i < N; i++) {
		p[i].a = kmalloc(8, GFP_KERNEL);
		if (!p[i].a)
			goto err;
		p[i].b = kmalloc(8, GFP_KERNEL);
		if (!p[i].b)
			goto err;
	}
	return 0;
err:
	while (--i >= 0) {
		kfree(p[i].b);
		kfree(p[i].a);
	}
	return -ENOMEM; /* expect: leak/error-path memory */
}

int rollback_ok(struct pair *p)
{
	int i;

	for (i = 0; i < N; i++) {
		p[i].a = kmalloc(8, GFP_KERNEL);
		if (!p[i].a)
			goto err;
		p[i].b = kmalloc(8, GFP_KERNEL);
		if (!p[i].b) {
			kfree(p[i].a);
			goto err;
		}
	}
	return 0;
err:
	while (--i >= 0) {
		kfree(p[i].b);
		kfree(p[i].a);
	}
	return -ENOMEM;
}
