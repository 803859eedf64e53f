/* The roll-back loop stops before element 0. */
#include <linux/slab.h>

int bound_bad(u8 **v, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		v[i] = kmalloc(8, GFP_KERNEL);
		if (!v[i])
			goto err;
	}
	return 0;
err:
	for (i--; i > 0; i--)
		kfree(v[i]);
	return -ENOMEM; /* expect: leak/error-path memory */ /* xfail-fn: elements of arrays are not counted */
}

int bound_ok(u8 **v, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		v[i] = kmalloc(8, GFP_KERNEL);
		if (!v[i])
			goto err;
	}
	return 0;
err:
	for (i--; i >= 0; i--)
		kfree(v[i]);
	return -ENOMEM;
}
