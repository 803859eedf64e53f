/* A late step returns where its neighbours release. */
#include <linux/slab.h>

int setup(u8 *buf);
int start(u8 *buf);

int late_bad(void)
{
	u8 *buf = kzalloc(64, GFP_KERNEL);
	int ret;

	if (!buf)
		return -ENOMEM;
	ret = setup(buf);
	if (ret) {
		kfree(buf);
		return ret;
	}
	ret = start(buf);
	if (ret)
		return ret; /* expect: leak/error-path memory */
	kfree(buf);
	return 0;
}

int late_ok(void)
{
	u8 *buf = kzalloc(64, GFP_KERNEL);
	int ret;

	if (!buf)
		return -ENOMEM;
	ret = setup(buf);
	if (!ret)
		ret = start(buf);
	kfree(buf);
	return ret;
}
