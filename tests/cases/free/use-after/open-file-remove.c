/* A file that is open when the device is unbound goes on reading: what it follows may not be freed by remove. */
#include <linux/fs.h>
#include <linux/kref.h>
#include <linux/miscdevice.h>
#include <linux/mutex.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

/* The record itself stays; what remove frees is a member that read follows. */
struct bad {
	struct miscdevice misc;
	u32 *samples;
};
static struct bad the_bad;

static ssize_t read_bad(struct file *file, char __user *to, size_t n, loff_t *at)
{
	return the_bad.samples[0];
}

static const struct file_operations fops_bad = {.owner = THIS_MODULE, .read = read_bad};

static int probe_bad(struct platform_device *pdev)
{
	struct bad *b = &the_bad;
	int ret;

	b->samples = kcalloc(16, sizeof(*b->samples), GFP_KERNEL); /* expect: devm/candidate memory */
	if (!b->samples)
		return -ENOMEM;
	b->misc.fops = &fops_bad;
	platform_set_drvdata(pdev, b);
	ret = misc_register(&b->misc); /* note: acquired */
	if (ret)
		kfree(b->samples);
	return ret;
}

static void remove_bad(struct platform_device *pdev)
{
	struct bad *b = platform_get_drvdata(pdev);

	misc_deregister(&b->misc);
	kfree(b->samples); /* expect: free/use-after registration */
}

struct platform_driver driver_bad = {.probe = probe_bad, .remove = remove_bad};

/* remove says that it is gone, and read asks. */
struct asked {
	struct mutex lock;
	bool gone;
	u32 *samples;
};
static struct asked the_asked;

static ssize_t read_asked_ok(struct file *file, char __user *to, size_t n, loff_t *at)
{
	struct asked *a = &the_asked;
	ssize_t value;

	mutex_lock(&a->lock);
	value = a->gone ? -ENODEV : a->samples[0];
	mutex_unlock(&a->lock);
	return value;
}

static const struct file_operations fops_asked = {.owner = THIS_MODULE, .read = read_asked_ok};
static struct miscdevice misc_asked = {.name = "asked", .fops = &fops_asked};

static int probe_asked(struct platform_device *pdev)
{
	int ret;

	the_asked.samples = kcalloc(16, sizeof(u32), GFP_KERNEL); /* expect: devm/candidate memory */
	if (!the_asked.samples)
		return -ENOMEM;
	platform_set_drvdata(pdev, &the_asked);
	ret = misc_register(&misc_asked);
	if (ret)
		kfree(the_asked.samples);
	return ret;
}

static void remove_asked_ok(struct platform_device *pdev)
{
	struct asked *a = platform_get_drvdata(pdev);

	misc_deregister(&misc_asked);
	mutex_lock(&a->lock);
	a->gone = true;
	mutex_unlock(&a->lock);
	kfree(a->samples);
}

struct platform_driver driver_asked = {.probe = probe_asked, .remove = remove_asked_ok};

/* The record is freed, and an open file leads to it. */
struct plain {
	struct mutex lock;
	int value;
};
static struct plain *the_plain;

static int open_plain(struct inode *inode, struct file *file)
{
	file->private_data = the_plain;
	return 0;
}

static ssize_t read_plain(struct file *file, char __user *to, size_t n, loff_t *at)
{
	struct plain *p = file->private_data;

	return p->value;
}

static const struct file_operations fops_plain = {.owner = THIS_MODULE, .open = open_plain, .read = read_plain};
static struct miscdevice misc_plain = {.name = "plain", .fops = &fops_plain};

static int probe_plain(struct platform_device *pdev)
{
	int ret;

	the_plain = kzalloc(sizeof(*the_plain), GFP_KERNEL); /* expect: devm/candidate memory */
	if (!the_plain)
		return -ENOMEM;
	ret = misc_register(&misc_plain);
	if (ret)
		kfree(the_plain);
	return ret;
}

static void remove_plain_bad(struct platform_device *pdev)
{
	misc_deregister(&misc_plain);
	kfree(the_plain); /* expect: free/use-after registration */
}

struct platform_driver driver_plain = {.probe = probe_plain, .remove = remove_plain_bad};

/* Each file holds a reference. */
struct held {
	struct kref users;
	int value;
};
static struct held *the_held;

static void free_held(struct kref *users)
{
	kfree(container_of(users, struct held, users));
}

static int open_held_ok(struct inode *inode, struct file *file)
{
	kref_get(&the_held->users);
	file->private_data = the_held;
	return 0;
}

static ssize_t read_held_ok(struct file *file, char __user *to, size_t n, loff_t *at)
{
	struct held *h = file->private_data;

	return h->value;
}

static int release_held_ok(struct inode *inode, struct file *file)
{
	struct held *h = file->private_data;

	kref_put(&h->users, free_held);
	return 0;
}

static const struct file_operations fops_held = {
	.owner = THIS_MODULE, .open = open_held_ok, .read = read_held_ok, .release = release_held_ok};
static struct miscdevice misc_held = {.name = "held", .fops = &fops_held};

static int probe_held(struct platform_device *pdev)
{
	int ret;

	the_held = kzalloc(sizeof(*the_held), GFP_KERNEL);
	if (!the_held)
		return -ENOMEM;
	kref_init(&the_held->users);
	ret = misc_register(&misc_held);
	if (ret)
		kref_put(&the_held->users, free_held);
	return ret;
}

static void remove_held_ok(struct platform_device *pdev)
{
	misc_deregister(&misc_held);
	kref_put(&the_held->users, free_held);
}

struct platform_driver driver_held = {.probe = probe_held, .remove = remove_held_ok};
