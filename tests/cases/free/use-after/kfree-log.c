/* A log line after the fact. */
#include <linux/kernel.h>
#include <linux/slab.h>

int start(const char *name);

int log_bad(void)
{
	char *name = kasprintf(GFP_KERNEL, "unit%d", 1);
	int ret;

	if (!name)
		return -ENOMEM;
	ret = start(name);
	kfree(name);
	if (ret)
		pr_err("%s: cannot start\n", name); /* expect: free/use-after memory */
	return ret;
}

int log_ok(void)
{
	char *name = kasprintf(GFP_KERNEL, "unit%d", 1);
	int ret;

	if (!name)
		return -ENOMEM;
	ret = start(name);
	if (ret)
		pr_err("%s: cannot start\n", name);
	kfree(name);
	return ret;
}
