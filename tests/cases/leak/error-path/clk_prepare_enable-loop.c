/* Clocks in an array, switched on one after the other. */
#include <linux/clk.h>

struct bank {
	struct clk *clk[3];
};

int bank_bad(struct bank *b)
{
	int i, ret;

	for (i = 0; i < 3; i++) {
		ret = clk_prepare_enable(b->clk[i]);
		if (ret)
			return ret; /* expect: leak/error-path clk */
	}
	return 0;
}

int bank_ok(struct bank *b)
{
	int i, ret;

	for (i = 0; i < 3; i++) {
		ret = clk_prepare_enable(b->clk[i]);
		if (ret)
			goto err;
	}
	return 0;
err:
	while (--i >= 0)
		clk_disable_unprepare(b->clk[i]);
	return ret;
}
