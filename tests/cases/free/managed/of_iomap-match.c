/* What the match data says holds from the first test to the last, wherever the data came from. */
#include <linux/of_address.h>
#include <linux/platform_device.h>

struct desc {
	bool shared;
	int part[9];
};

struct clocks;

const struct desc *desc_by_id(struct platform_device *pdev);
struct clocks *clocks_of(void __iomem *base);
int clocks_add(struct clocks *c, int part);
void clocks_remove(struct clocks *c, int part);

int clocks_probe_ok(struct platform_device *pdev)
{
	const struct desc *d = device_get_match_data(&pdev->dev);
	void __iomem *base;
	struct clocks *c;
	int ret = 0;

	if (!d) {
		d = desc_by_id(pdev);
		if (!d)
			return -EINVAL;
	}
	if (d->shared)
		base = of_iomap(pdev->dev.of_node, 0);
	else
		base = devm_ioremap(&pdev->dev, 0, 64);
	if (!base)
		return -ENOMEM;
	c = clocks_of(base);
	if (d->part[0]) {
		ret = clocks_add(c, 0);
		if (ret)
			goto undo_0;
	}
	if (d->part[1]) {
		ret = clocks_add(c, 1);
		if (ret)
			goto undo_1;
	}
	if (d->part[2]) {
		ret = clocks_add(c, 2);
		if (ret)
			goto undo_2;
	}
	if (d->part[3]) {
		ret = clocks_add(c, 3);
		if (ret)
			goto undo_3;
	}
	if (d->part[4]) {
		ret = clocks_add(c, 4);
		if (ret)
			goto undo_4;
	}
	if (d->part[5]) {
		ret = clocks_add(c, 5);
		if (ret)
			goto undo_5;
	}
	if (d->part[6]) {
		ret = clocks_add(c, 6);
		if (ret)
			goto undo_6;
	}
	if (d->part[7]) {
		ret = clocks_add(c, 7);
		if (ret)
			goto undo_7;
	}
	if (d->part[8]) {
		ret = clocks_add(c, 8);
		if (ret)
			goto undo_8;
	}
	platform_set_drvdata(pdev, base);
	return 0;
undo_8:
	if (d->part[7])
		clocks_remove(c, 7);
undo_7:
	if (d->part[6])
		clocks_remove(c, 6);
undo_6:
	if (d->part[5])
		clocks_remove(c, 5);
undo_5:
	if (d->part[4])
		clocks_remove(c, 4);
undo_4:
	if (d->part[3])
		clocks_remove(c, 3);
undo_3:
	if (d->part[2])
		clocks_remove(c, 2);
undo_2:
	if (d->part[1])
		clocks_remove(c, 1);
undo_1:
	if (d->part[0])
		clocks_remove(c, 0);
undo_0:
	if (d->shared)
		iounmap(base);
	return ret;
}
