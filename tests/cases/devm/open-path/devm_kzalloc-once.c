/* What pairs with a removal runs once for each binding: managed memory does not pile up. In open() it does. */
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <linux/slab.h>

void panic(const char *fmt, ...);

struct w1_slave {
	struct device dev;
};
struct w1_family_ops {
	int (*add_slave)(struct w1_slave *sl);
	void (*remove_slave)(struct w1_slave *sl);
};

static int slave_add_ok(struct w1_slave *sl)
{
	void *p = devm_kzalloc(&sl->dev, 16, GFP_KERNEL);

	if (!p)
		return -ENOMEM;
	dev_set_drvdata(&sl->dev, p);
	return 0;
}

static void slave_remove(struct w1_slave *sl)
{
}

const struct w1_family_ops w1_ops = {.add_slave = slave_add_ok, .remove_slave = slave_remove};

static struct device *the_device;

static int file_open_bad(struct inode *inode, struct file *file)
{
	file->private_data = devm_kzalloc(the_device, 16, GFP_KERNEL); /* expect: devm/open-path memory */
	return file->private_data ? 0 : -ENOMEM;
}

static int file_release(struct inode *inode, struct file *file)
{
	return 0;
}

const struct file_operations file_ops = {.open = file_open_bad, .release = file_release};

/* So does what is done only as long as a member is not set. */
struct trace {
	struct device *dev;
	void *base, *data;
};

static struct trace *the_trace;

static int trace_open_ok(struct inode *inode, struct file *file)
{
	struct trace *t = the_trace;

	if (!t->data) {
		t->base = devm_kzalloc(t->dev, 16, GFP_KERNEL);
		t->data = devm_kzalloc(t->dev, 64, GFP_KERNEL);
		if (!t->base || !t->data)
			panic("no memory");
	}
	file->private_data = t;
	return 0;
}

static int trace_open_bad(struct inode *inode, struct file *file)
{
	struct trace *t = the_trace;

	t->base = devm_kzalloc(t->dev, 16, GFP_KERNEL); /* expect: devm/open-path memory */
	if (!t->base)
		return -ENOMEM;
	file->private_data = t;
	return 0;
}

const struct file_operations trace_ok = {.open = trace_open_ok, .release = file_release};
const struct file_operations trace_bad = {.open = trace_open_bad, .release = file_release};
