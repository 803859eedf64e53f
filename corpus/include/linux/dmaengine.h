#ifndef _LINUX_DMAENGINE_H
#define _LINUX_DMAENGINE_H

#include <linux/device.h>

struct dma_chan {
	int chan_id;
};

struct dma_slave_config {
	int direction;
	phys_addr_t src_addr, dst_addr;
};

struct dma_chan *dma_request_chan(struct device *dev, const char *name);
void dma_release_channel(struct dma_chan *chan);
int dmaengine_slave_config(struct dma_chan *chan, struct dma_slave_config *config);
int dmaengine_terminate_sync(struct dma_chan *chan);

#endif
