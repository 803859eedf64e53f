/* The failing element has been freed where it failed, and again by the roll-back that begins with it. */
#include <linux/slab.h>

int start(const u8 *p);

int rollback_bad(u8 **v, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		v[i] = kmalloc(8, GFP_KERNEL);
		if (!v[i])
			goto err_last;
		if (start(v[i])) {
			kfree(v[i]);
			goto err;
		}
	}
	return 0;
err_last:
	i--;
err:
	for (; i >= 0; i--)
		kfree(v[i]); /* expect: free/double memory */
	return -EIO;
}

int rollback_ok(u8 **v, int n)
{
	int i;

	for (i = 0; i < n; i++) {
		v[i] = kmalloc(8, GFP_KERNEL);
		if (!v[i])
			goto err;
		if (start(v[i])) {
			kfree(v[i]);
			goto err;
		}
	}
	return 0;
err:
	while (--i >= 0)
		kfree(v[i]);
	return -EIO;
}
