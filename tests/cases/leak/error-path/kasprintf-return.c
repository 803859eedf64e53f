#include <linux/kernel.h>
#include <linux/slab.h>

int add_name(const char *name, int len);

int name_bad(int i)
{
	char *name = kasprintf(GFP_KERNEL, "port%d", i);

	if (!name)
		return -ENOMEM;
	if (i > 3)
		return -EINVAL; /* expect: leak/error-path memory */
	i = add_name(name, 8);
	kfree(name);
	return i;
}

int name_ok(int i)
{
	char *name;

	if (i > 3)
		return -EINVAL;
	name = kasprintf(GFP_KERNEL, "port%d", i);
	if (!name)
		return -ENOMEM;
	i = add_name(name, 8);
	kfree(name);
	return i;
}
