/* Memory in a structure of the caller's: an error path that frees it shows that this function has to. */
#include <linux/slab.h>

struct dev_state {
	u8 *rx, *tx;
};

int attach(struct dev_state *s);
int enable(struct dev_state *s);

int member_bad(struct dev_state *s)
{
	int ret;

	s->rx = kzalloc(64, GFP_KERNEL);
	if (!s->rx)
		return -ENOMEM;
	ret = attach(s);
	if (ret)
		goto err_rx;
	ret = enable(s);
	if (ret)
		return ret; /* expect: leak/error-path memory */ /* xfail-fn: enable() may have kept it: ret != 0 is no failure */
	return 0;
err_rx:
	kfree(s->rx);
	return ret;
}

int member_ok(struct dev_state *s)
{
	int ret;

	s->rx = kzalloc(64, GFP_KERNEL);
	if (!s->rx)
		return -ENOMEM;
	ret = attach(s);
	if (ret)
		goto err_rx;
	ret = enable(s);
	if (ret)
		goto err_rx;
	return 0;
err_rx:
	kfree(s->rx);
	return ret;
}
