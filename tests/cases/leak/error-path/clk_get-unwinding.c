/* A path that gives back what it took before, but not what it took since and keeps on success in the same way. */
#include <linux/clk.h>
#include <linux/errno.h>

struct nand {
	struct clk *ahb, *master;
};

int add_chips(void);

int nand_init_bad(struct nand *n, struct device *dev)
{
	n->ahb = clk_get(dev, "ahb");
	if (IS_ERR(n->ahb))
		return PTR_ERR(n->ahb);
	n->master = clk_get(dev, "master");
	if (IS_ERR(n->master)) {
		clk_put(n->ahb);
		return PTR_ERR(n->master);
	}
	if (add_chips() < 0) {
		clk_put(n->ahb);
		return -EIO; /* expect: leak/error-path clk */
	}
	return 0;
}

int nand_init_ok(struct nand *n, struct device *dev)
{
	n->ahb = clk_get(dev, "ahb");
	if (IS_ERR(n->ahb))
		return PTR_ERR(n->ahb);
	n->master = clk_get(dev, "master");
	if (IS_ERR(n->master)) {
		clk_put(n->ahb);
		return PTR_ERR(n->master);
	}
	if (add_chips() < 0) {
		clk_put(n->master);
		clk_put(n->ahb);
		return -EIO;
	}
	return 0;
}

/* Who calls it cleans up; it gives back nothing. */
int nand_open_ok(struct nand *n, struct device *dev)
{
	n->ahb = clk_get(dev, "ahb");
	if (IS_ERR(n->ahb))
		return PTR_ERR(n->ahb);
	n->master = clk_get(dev, "master");
	if (IS_ERR(n->master))
		return PTR_ERR(n->master);
	return add_chips() < 0 ? -EIO : 0;
}

static struct clk *get_master(struct device *dev)
{
	struct clk *clk = clk_get(dev, "master");

	return IS_ERR(clk) ? NULL : clk;
}

/* The same where a callee takes it and hands it over. */
int nand_attach_bad(struct nand *n, struct device *dev)
{
	n->ahb = clk_get(dev, "ahb");
	if (IS_ERR(n->ahb))
		return PTR_ERR(n->ahb);
	n->master = get_master(dev);
	if (!n->master) {
		clk_put(n->ahb);
		return -ENODEV;
	}
	if (add_chips() < 0) {
		clk_put(n->ahb);
		return -EIO; /* expect: leak/error-path clk */
	}
	return 0;
}
