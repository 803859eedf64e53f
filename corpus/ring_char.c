/*
 * A character device with a ring buffer for every opener. open() keeps what it took in file->private_data; release()
 * gives the ring back but not its log. The second set of operations is right.
 */
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>

#define RING_SIZE 65536
#define RING_LOG 128

struct ring {
	u8 *data;
	char *log;
	size_t used;
};

static int ring_open(struct inode *inode, struct file *file)
{
	struct ring *r;

	r = kzalloc(sizeof(*r), GFP_KERNEL);
	if (!r)
		return -ENOMEM;

	r->data = vmalloc(RING_SIZE);
	if (!r->data) {
		kfree(r);
		return -ENOMEM;
	}

	r->log = kzalloc(RING_LOG, GFP_KERNEL);
	if (!r->log) {
		kfree(r);
		return -ENOMEM; /* expect: leak/error-path memory */
	}

	file->private_data = r;
	return nonseekable_open(inode, file);
}

static int ring_release(struct inode *inode, struct file *file)
{
	struct ring *r = file->private_data;

	vfree(r->data);
	kfree(r);
	return 0; /* expect: leak/open-release memory */ /* xfail-fn: a failing open() would free it: taken for settled */
}

static ssize_t ring_write(struct file *file, const char __user *buf, size_t n, loff_t *off)
{
	struct ring *r = file->private_data;

	n = min(n, (size_t)RING_SIZE);
	if (copy_from_user(r->data, buf, n))
		return -EFAULT;
	r->used = n;
	return n;
}

static const struct file_operations ring_fops = {
	.owner = THIS_MODULE,
	.open = ring_open,
	.release = ring_release,
	.write = ring_write,
};

static int quiet_open(struct inode *inode, struct file *file)
{
	struct ring *r;

	r = kzalloc(sizeof(*r), GFP_KERNEL);
	if (!r)
		return -ENOMEM;

	r->data = vmalloc(RING_SIZE);
	if (!r->data) {
		kfree(r);
		return -ENOMEM;
	}
	file->private_data = r;
	return 0;
}

static int quiet_release(struct inode *inode, struct file *file)
{
	struct ring *r = file->private_data;

	vfree(r->data);
	kfree(r);
	return 0;
}

static const struct file_operations quiet_fops = {
	.owner = THIS_MODULE,
	.open = quiet_open,
	.release = quiet_release,
	.write = ring_write,
};

static struct miscdevice ring_misc = {.minor = MISC_DYNAMIC_MINOR, .name = "ring", .fops = &ring_fops};
static struct miscdevice quiet_misc = {.minor = MISC_DYNAMIC_MINOR, .name = "quiet", .fops = &quiet_fops};

static int __init ring_init(void)
{
	int ret;

	ret = misc_register(&ring_misc);
	if (ret)
		return ret;
	ret = misc_register(&quiet_misc);
	if (ret)
		misc_deregister(&ring_misc);
	return ret;
}
module_init(ring_init);

static void __exit ring_exit(void)
{
	misc_deregister(&quiet_misc);
	misc_deregister(&ring_misc);
}
module_exit(ring_exit);

MODULE_LICENSE("GPL");
