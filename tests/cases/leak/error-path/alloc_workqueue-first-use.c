/* Made at the first use, for as long as there is the device: a later failure is no reason to end it. */
#include <linux/clk.h>
#include <linux/workqueue.h>

struct line {
	struct clk *clk;
	struct workqueue_struct *queue;
};

int line_run(struct line *line);

int line_first_use_ok(struct line *line)
{
	int ret = clk_prepare_enable(line->clk);

	if (ret)
		return ret;
	if (!line->queue) {
		line->queue = alloc_workqueue("line", 0, 0);
		if (!line->queue) {
			clk_disable_unprepare(line->clk);
			return -ENOMEM;
		}
	}
	ret = line_run(line);
	if (ret)
		clk_disable_unprepare(line->clk);
	return ret; /* expect: leak/error-path workqueue (low) */
}

int line_each_time_bad(struct line *line)
{
	int ret = clk_prepare_enable(line->clk);

	if (ret)
		return ret;
	line->queue = alloc_workqueue("line", 0, 0);
	if (!line->queue) {
		clk_disable_unprepare(line->clk);
		return -ENOMEM;
	}
	ret = line_run(line);
	if (ret)
		clk_disable_unprepare(line->clk);
	return ret; /* expect: leak/error-path workqueue (medium) */
}
