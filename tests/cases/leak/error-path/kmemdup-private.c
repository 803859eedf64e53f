/* What is returned has been used: it is no NULL, and the caller's test for one sees nothing of what was taken. */
#include <linux/errno.h>
#include <linux/slab.h>

struct radio;

struct widget {
	struct radio *radio;
	void *copy;
};

struct radio {
	struct widget *priv;
};

struct radio *radio_alloc(void);
int widget_start(struct widget *w);

static struct widget *widget_alloc(const void *data)
{
	struct radio *radio;
	struct widget *w;
	void *copy = kmemdup(data, 16, GFP_KERNEL);

	if (!copy)
		return NULL;
	radio = radio_alloc();
	if (!radio) {
		kfree(copy);
		return NULL;
	}
	w = radio->priv;
	w->radio = radio;
	w->copy = copy;
	return w;
}

int made_ok(const void *data)
{
	struct widget *w = widget_alloc(data);

	if (!w)
		return -ENOMEM;
	if (widget_start(w)) {
		kfree(w->copy);
		return -EIO;
	}
	return 0;
}

int made_bad(const void *data)
{
	struct widget *w = widget_alloc(data);
	int ret;

	if (!w)
		return -ENOMEM;
	ret = widget_start(w);
	if (ret == -EAGAIN)
		return -EBUSY; /* expect: leak/error-path memory */
	if (ret)
		kfree(w->copy);
	return ret;
}
