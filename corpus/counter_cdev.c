/*
 * A character device the long way: region, cdev, class and device. Module init undoes all but the class when the last
 * step fails, and module exit forgets the region of numbers.
 */
#include <linux/cdev.h>
#include <linux/fs.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

struct counter {
	struct cdev cdev;
	dev_t devt;
	struct class *class;
	struct device *dev;
	unsigned long value;
};

static struct counter *counter;

static ssize_t counter_read(struct file *file, char __user *buf, size_t n, loff_t *off)
{
	char text[24];
	int len;

	len = snprintf(text, sizeof(text), "%lu\n", counter->value++);
	n = min(n, (size_t)len);
	if (copy_to_user(buf, text, n))
		return -EFAULT;
	return n;
}

static ssize_t counter_write(struct file *file, const char __user *buf, size_t n, loff_t *off)
{
	char *text;
	int ret, value;

	text = memdup_user_nul(buf, n);
	if (IS_ERR(text))
		return PTR_ERR(text);

	ret = kstrtoint(text, 0, &value);
	if (ret)
		return ret; /* expect: leak/error-path memory */

	counter->value = value;
	kfree(text);
	return n;
}

static const struct file_operations counter_fops = {
	.owner = THIS_MODULE,
	.read = counter_read,
	.write = counter_write,
};

static int __init counter_init(void)
{
	int ret;

	counter = kzalloc(sizeof(*counter), GFP_KERNEL);
	if (!counter)
		return -ENOMEM;

	ret = alloc_chrdev_region(&counter->devt, 0, 1, "counter");
	if (ret)
		goto err_free;

	cdev_init(&counter->cdev, &counter_fops);
	ret = cdev_add(&counter->cdev, counter->devt, 1);
	if (ret)
		goto err_region;

	counter->class = class_create("counter");
	if (IS_ERR(counter->class)) {
		ret = PTR_ERR(counter->class);
		goto err_cdev;
	}

	counter->dev = device_create(counter->class, NULL, counter->devt, counter, "counter");
	if (IS_ERR(counter->dev)) {
		ret = PTR_ERR(counter->dev);
		goto err_cdev;
	}
	return 0;

err_cdev:
	cdev_del(&counter->cdev);
err_region:
	unregister_chrdev_region(counter->devt, 1);
err_free:
	kfree(counter);
	return ret; /* expect: leak/error-path class */
}
module_init(counter_init);

static void __exit counter_exit(void)
{
	device_destroy(counter->class, counter->devt);
	class_destroy(counter->class);
	cdev_del(&counter->cdev);
	kfree(counter);
} /* expect: leak/remove registration */ /* xfail-fn: the number lies in a freed global object */
module_exit(counter_exit);

MODULE_LICENSE("GPL");
