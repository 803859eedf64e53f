/* What open keeps in file->private_data is release's to free. */
#include <linux/fs.h>
#include <linux/slab.h>

struct session {
	u8 *buf;
};

static int open_any(struct inode *inode, struct file *file)
{
	struct session *s = kzalloc(sizeof(*s), GFP_KERNEL);

	if (!s)
		return -ENOMEM;
	s->buf = kmalloc(64, GFP_KERNEL);
	if (!s->buf) {
		kfree(s);
		return -ENOMEM;
	}
	file->private_data = s;
	return 0;
}

static int release_bad(struct inode *inode, struct file *file)
{
	struct session *s = file->private_data;

	kfree(s);
	return 0; /* expect: leak/open-release memory */
}

const struct file_operations fops_bad = {.open = open_any, .release = release_bad};

static int release_ok(struct inode *inode, struct file *file)
{
	struct session *s = file->private_data;

	kfree(s->buf);
	kfree(s);
	return 0;
}

const struct file_operations fops_ok = {.open = open_any, .release = release_ok};
