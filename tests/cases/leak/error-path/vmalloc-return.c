#include <linux/slab.h>
#include <linux/vmalloc.h>

int load(const void *from, size_t n);

int virt_bad(size_t n)
{
	void *p = vmalloc(n), *q;

	if (!p)
		return -ENOMEM;
	q = vzalloc(n);
	if (!q)
		return -ENOMEM; /* expect: leak/error-path memory */
	load(p, n);
	load(q, n);
	vfree(q);
	vfree(p);
	return 0;
}

int virt_ok(size_t n)
{
	void *p = vmalloc(n), *q = vzalloc(n);
	int ret = -ENOMEM;

	if (p && q)
		ret = load(p, n);
	vfree(q);
	vfree(p);
	return ret;
}
