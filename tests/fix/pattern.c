/* What semantic patches repair. */
#include <linux/err.h>
#include <linux/io.h>
#include <linux/of.h>
#include <linux/platform_device.h>
#include <linux/printk.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

struct msg {
	int id;
};

struct msg *cleared(void)
{
	struct msg *m;

	m = kmalloc(sizeof(*m), GFP_KERNEL);
	if (!m)
		return NULL;
	memset(m, 0, sizeof(*m));
	return m;
}

int *product(unsigned int n)
{
	return kmalloc(n * sizeof(int), GFP_KERNEL);
}

int *words(unsigned int n)
{
	return kmalloc(n * 4, GFP_KERNEL);
}

struct msg *told(struct device *dev)
{
	struct msg *m;

	m = kzalloc(sizeof(*m), GFP_KERNEL);
	if (!m) {
		dev_err(dev, "no memory for a message\n");
		return NULL;
	}
	return m;
}

void tested(struct msg *m)
{
	if (m)
		kfree(m);
}

int never_null(struct platform_device *pdev)
{
	void __iomem *regs = devm_platform_ioremap_resource(pdev, 0);

	if (!regs)
		return -ENOMEM;
	writel(1, regs);
	return 0;
}

int never_an_error(struct device_node *np)
{
	struct device_node *target = of_parse_phandle(np, "target", 0);

	if (IS_ERR(target))
		return PTR_ERR(target);
	of_node_put(target);
	return 0;
}

void *zone(size_t size)
{
	return kmalloc(size, GFP_KERNEL | GFP_DMA);
}

u8 *locked(spinlock_t *lock, u8 **slot)
{
	spin_lock(lock);
	*slot = kmalloc(64, GFP_KERNEL);
	spin_unlock(lock);
	return *slot;
}

/* The message is all that the test is for. */
struct msg *only_told(struct device *dev)
{
	struct msg *m;

	m = kzalloc(sizeof(*m), GFP_KERNEL);

	if (m == NULL) {
		dev_err(dev, "no memory for a message\n");
		return NULL;
	}

	return m;
}

void *grow(u32 *old, int n)
{
	return krealloc(old, n * sizeof(u32), GFP_KERNEL);
}

void *copy_it(struct msg *m)
{
	return kmemdup(m, sizeof(m), GFP_KERNEL);
}
