/* A target's constructor puts the devices it got when it fails. */
#include <linux/errno.h>
#include <linux/slab.h>

struct dm_target {
	void *private;
	char *error;
};
struct dm_dev;
struct mirror {
	struct dm_dev *dev;
	unsigned long len;
};

int dm_get_device(struct dm_target *ti, const char *path, unsigned int mode, struct dm_dev **result);
void dm_put_device(struct dm_target *ti, struct dm_dev *d);
int mirror_check(const struct mirror *m);

int mirror_ctr_ok(struct dm_target *ti, const char *path)
{
	struct mirror *m = kzalloc(sizeof(*m), GFP_KERNEL);

	if (!m)
		return -ENOMEM;
	if (dm_get_device(ti, path, 3, &m->dev)) {
		ti->error = "no device";
		kfree(m);
		return -EINVAL;
	}
	if (mirror_check(m)) {
		dm_put_device(ti, m->dev);
		kfree(m);
		return -EINVAL;
	}
	ti->private = m;
	return 0;
}

int mirror_ctr_bad(struct dm_target *ti, const char *path)
{
	struct mirror *m = kzalloc(sizeof(*m), GFP_KERNEL);

	if (!m)
		return -ENOMEM;
	if (dm_get_device(ti, path, 3, &m->dev)) {
		ti->error = "no device";
		kfree(m);
		return -EINVAL;
	}
	if (mirror_check(m)) {
		kfree(m);
		return -EINVAL; /* expect: leak/error-path dm_dev */
	}
	ti->private = m;
	return 0;
}
