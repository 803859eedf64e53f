/* Helpers of the same file that only talk to the hardware, so that nothing but their names and uses tells. */
#include <linux/io.h>

struct engine {
	void __iomem *regs;
};

static int engine_hw_init(struct engine *e)
{
	writel(1, e->regs);
	return readl(e->regs) ? 0 : -EIO;
}

static void engine_hw_exit(struct engine *e)
{
	writel(0, e->regs);
}

int engine_load(struct engine *e);
int engine_register(struct engine *e);

int local_pair_bad(struct engine *e)
{
	int ret = engine_hw_init(e);

	if (ret)
		return ret;
	ret = engine_load(e);
	if (ret)
		goto err_exit;
	ret = engine_register(e);
	if (ret)
		return ret; /* expect: leak/error-path other */
	return 0;
err_exit:
	engine_hw_exit(e);
	return ret;
}

int local_pair_ok(struct engine *e)
{
	int ret = engine_hw_init(e);

	if (ret)
		return ret;
	ret = engine_load(e);
	if (ret)
		goto err_exit;
	ret = engine_register(e);
	if (ret)
		goto err_exit;
	return 0;
err_exit:
	engine_hw_exit(e);
	return ret;
}
