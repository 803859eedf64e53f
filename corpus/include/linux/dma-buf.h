/* Buffers shared between devices. */
#ifndef _LINUX_DMA_BUF_H
#define _LINUX_DMA_BUF_H

#include <linux/types.h>

struct dma_buf;

struct dma_buf_ops {
	void (*release)(struct dma_buf *dmabuf);
};

struct dma_buf {
	size_t size;
	const struct dma_buf_ops *ops;
	void *priv;
};

struct dma_buf_export_info {
	const char *exp_name;
	const struct dma_buf_ops *ops;
	size_t size;
	int flags;
	void *priv;
};

struct dma_buf *dma_buf_export(const struct dma_buf_export_info *exp_info);
int dma_buf_fd(struct dma_buf *dmabuf, int flags);
struct dma_buf *dma_buf_get(int fd);
void dma_buf_put(struct dma_buf *dmabuf);

#endif
