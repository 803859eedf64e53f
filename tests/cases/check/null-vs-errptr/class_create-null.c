#include <linux/device.h>

struct class *cls;

int class_bad(void)
{
	cls = class_create("x");
	if (!cls) /* expect: check/null-vs-errptr */
		return -ENOMEM;
	return 0;
}

int class_ok(void)
{
	cls = class_create("x");
	if (IS_ERR(cls))
		return PTR_ERR(cls);
	return 0;
}
