/* Several failures leave by one way, and so many paths do that they are merged: among them is the failed get. */
#include <linux/clk.h>
#include <linux/pm_runtime.h>

struct engine {
	struct device *dev;
	struct clk *clk;
	int a, b, c, d;
};

void start(struct engine *e);
void set(int what);

static void choose(struct engine *e)
{
	if (e->a)
		set(1);
	if (e->b)
		set(2);
	if (e->c)
		set(3);
	if (e->d)
		set(4);
}

/* The interrupt that tells of the end gives it back. */
void work_bad(struct engine *e)
{
	int ret;

	choose(e);
	ret = pm_runtime_get_sync(e->dev);
	if (ret < 0)
		goto failed;
	ret = clk_prepare_enable(e->clk);
	if (ret)
		goto failed;
	start(e);
	return;
failed:
	set(0);
} /* expect: leak/early-return runtime PM */

void work_ok(struct engine *e)
{
	int ret;

	choose(e);
	ret = pm_runtime_resume_and_get(e->dev);
	if (ret < 0)
		goto failed;
	ret = clk_prepare_enable(e->clk);
	if (ret) {
		pm_runtime_put(e->dev);
		goto failed;
	}
	start(e);
	return;
failed:
	set(0);
}
