/* The last put of a buffer runs the exporter's release, which frees what the exporter has put into it. */
#include <linux/dma-buf.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/slab.h>

struct heap_buffer {
	struct dma_buf *dmabuf;
	size_t size;
};

static void heap_release(struct dma_buf *dmabuf)
{
	struct heap_buffer *buffer = dmabuf->priv;

	kfree(buffer);
}

static const struct dma_buf_ops heap_ops = {.release = heap_release};

int heap_export_bad(size_t size)
{
	struct dma_buf_export_info info = {.ops = &heap_ops, .size = size};
	struct heap_buffer *buffer = kzalloc(sizeof(*buffer), GFP_KERNEL);
	int fd;

	if (!buffer)
		return -ENOMEM;
	buffer->size = size;
	info.priv = buffer;
	buffer->dmabuf = dma_buf_export(&info);
	if (IS_ERR(buffer->dmabuf)) {
		fd = PTR_ERR(buffer->dmabuf);
		goto err_free;
	}
	fd = dma_buf_fd(buffer->dmabuf, 0);
	if (fd < 0)
		goto err_put;
	return fd;

err_put:
	dma_buf_put(buffer->dmabuf);
err_free:
	kfree(buffer); /* expect: free/double memory (medium) */
	return fd;
}

int heap_export_ok(size_t size)
{
	struct dma_buf_export_info info = {.ops = &heap_ops, .size = size};
	struct heap_buffer *buffer = kzalloc(sizeof(*buffer), GFP_KERNEL);
	int fd;

	if (!buffer)
		return -ENOMEM;
	buffer->size = size;
	info.priv = buffer;
	buffer->dmabuf = dma_buf_export(&info);
	if (IS_ERR(buffer->dmabuf)) {
		fd = PTR_ERR(buffer->dmabuf);
		kfree(buffer);
		return fd;
	}
	fd = dma_buf_fd(buffer->dmabuf, 0);
	if (fd < 0)
		dma_buf_put(buffer->dmabuf);
	return fd;
}
