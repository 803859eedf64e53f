/* Whoever has the attachment has the buffer. */
#include <linux/err.h>
#include <linux/slab.h>

struct device;
struct dma_buf {
	int n;
};
struct dma_buf_attachment {
	struct dma_buf *dmabuf;
};
struct dma_buf *dma_buf_get(int fd);
void dma_buf_put(struct dma_buf *dmabuf);
struct dma_buf_attachment *dma_buf_attach(struct dma_buf *dmabuf, struct device *dev);
void dma_buf_detach(struct dma_buf *dmabuf, struct dma_buf_attachment *a);
int region_start(struct device *dev);

struct region {
	struct dma_buf_attachment *attach;
};

struct region *region_get_ok(struct device *dev, int fd)
{
	struct dma_buf *dmabuf = dma_buf_get(fd);
	struct region *r;
	int ret;

	if (IS_ERR(dmabuf))
		return ERR_CAST(dmabuf);
	r = kzalloc(sizeof(*r), GFP_KERNEL);
	if (!r) {
		ret = -ENOMEM;
		goto put;
	}
	r->attach = dma_buf_attach(dmabuf, dev);
	if (IS_ERR(r->attach)) {
		ret = PTR_ERR(r->attach);
		goto free;
	}
	return r;
free:
	kfree(r);
put:
	dma_buf_put(dmabuf);
	return ERR_PTR(ret);
}

void region_put(struct region *r)
{
	struct dma_buf *dmabuf = r->attach->dmabuf;

	dma_buf_detach(dmabuf, r->attach);
	dma_buf_put(dmabuf);
	kfree(r);
}

struct region *region_get_bad(struct device *dev, int fd)
{
	struct dma_buf *dmabuf = dma_buf_get(fd);
	struct region *r;

	if (IS_ERR(dmabuf))
		return ERR_CAST(dmabuf);
	r = kzalloc(sizeof(*r), GFP_KERNEL);
	if (!r) {
		dma_buf_put(dmabuf);
		return NULL;
	}
	r->attach = dma_buf_attach(dmabuf, dev);
	if (IS_ERR(r->attach)) {
		dma_buf_put(dmabuf);
		kfree(r);
		return NULL;
	}
	if (region_start(dev)) {
		dma_buf_detach(dmabuf, r->attach);
		kfree(r);
		return NULL; /* expect: leak/error-path dma_buf */
	}
	return r;
}
