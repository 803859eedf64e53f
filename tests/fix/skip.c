/* Releases by which a path should not come. */
#include <linux/clk.h>
#include <linux/err.h>
#include <linux/regulator/consumer.h>
#include <linux/slab.h>

int start(void *p);

struct lamp {
	struct regulator *supply;
	struct clk *clk;
	void *buf;
};

/* One step too early. */
int lamp_on(struct lamp *l)
{
	int ret;

	ret = clk_prepare_enable(l->clk);
	if (ret)
		return ret;
	ret = regulator_enable(l->supply);
	if (ret)
		goto err_regulator;
	ret = start(l);
	if (ret)
		goto err_regulator;
	return 0;

err_regulator:
	regulator_disable(l->supply);
err_clk:
	clk_disable_unprepare(l->clk);
	return ret;
}

/* There is no label behind the release yet. */
int lamp_twice(struct lamp *l)
{
	int ret;

	ret = clk_prepare_enable(l->clk);
	if (ret)
		return ret;
	ret = regulator_enable(l->supply);
	if (ret)
		goto err_out;
	ret = start(l);
	if (ret)
		goto err_out;
	return 0;

err_out:
	regulator_disable(l->supply);
	clk_disable_unprepare(l->clk);
	return ret;
}

/* Nothing is left to undo. */
int lamp_first(struct lamp *l)
{
	int ret;

	ret = regulator_enable(l->supply);
	if (ret)
		goto out;
	ret = start(l);
	if (ret)
		goto out;
	return 0;
out:
	regulator_disable(l->supply);
	return ret;
}

/* An error pointer. */
int lamp_clock(struct lamp *l)
{
	struct clk *clk;
	int ret;

	clk = clk_get(NULL, "lamp");
	if (IS_ERR(clk)) {
		ret = PTR_ERR(clk);
		goto put;
	}
	ret = start(clk);
put:
	clk_put(clk);
	return ret;
}

void lamp_rate(struct lamp *l)
{
	struct clk *clk = clk_get(NULL, "lamp");

	if (!IS_ERR(clk))
		start(clk);
	start(l);
	clk_put(clk);
}
