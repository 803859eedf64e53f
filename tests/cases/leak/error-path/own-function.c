/* A driver's own functions may be called like those that the rules know. */
#include <linux/device.h>
#include <linux/io.h>
#include <linux/platform_device.h>

struct lamp {
	void *regs;
};

int start(struct lamp *l);

/* Not the framework's phy_init(): it takes nothing. */
static int phy_init(struct lamp *l)
{
	writel(1, l->regs);
	return start(l) < 0 ? -EIO : 0;
}

int lamp_on(struct lamp *l)
{
	int ret;

	ret = phy_init(l);
	if (ret)
		return ret;
	if (start(l) < 0)
		return -EIO;
	return 0;
}

int lamp_again(struct lamp *l)
{
	int ret = phy_init(l);

	return ret ? ret : start(l);
}
