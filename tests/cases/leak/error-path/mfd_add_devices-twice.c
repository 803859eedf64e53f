/* mfd_remove_devices() removes all children, however often some were added. */
#include <linux/device.h>
#include <linux/errno.h>

struct mfd_cell;

int mfd_add_devices(struct device *parent, int id, const struct mfd_cell *cells, int n_devs, void *mem_base,
		    int irq_base, void *domain);
void mfd_remove_devices(struct device *parent);
int board_start(struct device *dev);

int twice_ok(struct device *dev, const struct mfd_cell *a, const struct mfd_cell *b)
{
	int ret = mfd_add_devices(dev, -1, a, 2, NULL, 0, NULL);

	if (ret)
		return ret;
	ret = mfd_add_devices(dev, 0, b, 2, NULL, 0, NULL);
	if (ret)
		goto remove;
	ret = board_start(dev);
	if (ret)
		goto remove;
	return 0;
remove:
	mfd_remove_devices(dev);
	return ret;
}

int twice_bad(struct device *dev, const struct mfd_cell *a, const struct mfd_cell *b)
{
	int ret = mfd_add_devices(dev, -1, a, 2, NULL, 0, NULL);

	if (ret)
		return ret;
	ret = mfd_add_devices(dev, 0, b, 2, NULL, 0, NULL);
	if (ret)
		return ret; /* expect: leak/error-path mfd cells */
	ret = board_start(dev);
	if (ret)
		mfd_remove_devices(dev);
	return ret;
}
