/* What one call takes can be given back in two steps; the first alone is not enough. */
#include <linux/clk.h>
#include <linux/errno.h>
int go(void);
int half_bad(struct clk *c)
{
	if (clk_prepare_enable(c))
		return -EIO;
	if (go() < 0) {
		clk_disable(c);
		return -EIO; /* expect: leak/error-path clk */
	}
	if (go() < 0) {
		clk_disable_unprepare(c);
		return -EIO;
	}
	return 0;
}
int half_ok(struct clk *c)
{
	if (clk_prepare_enable(c))
		return -EIO;
	if (go() < 0) {
		clk_disable(c);
		clk_unprepare(c);
		return -EIO;
	}
	if (go() < 0) {
		clk_disable_unprepare(c);
		return -EIO;
	}
	return 0;
}
int steps_ok(struct clk *c)
{
	if (clk_prepare(c))
		return -EIO;
	if (clk_enable(c)) {
		clk_unprepare(c);
		return -EIO;
	}
	if (go() < 0) {
		clk_disable_unprepare(c);
		return -EIO;
	}
	return 0;
}
int prepared_ok(struct clk *c)
{
	if (clk_prepare_enable(c))
		return -EIO;
	clk_disable(c);
	if (go() < 0) {
		clk_unprepare(c);
		return -EIO;
	}
	if (clk_enable(c)) {
		clk_unprepare(c);
		return -EIO;
	}
	if (go() < 0) {
		clk_disable_unprepare(c);
		return -EIO;
	}
	return 0;
}
