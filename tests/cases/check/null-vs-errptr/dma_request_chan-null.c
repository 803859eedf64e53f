#include <linux/dmaengine.h>

struct dma_chan *chan_bad(struct device *dev)
{
	struct dma_chan *chan = dma_request_chan(dev, "rx");

	if (!chan) /* expect: check/null-vs-errptr */
		return NULL;
	return chan;
}

struct dma_chan *chan_ok(struct device *dev)
{
	struct dma_chan *chan = dma_request_chan(dev, "rx");

	if (IS_ERR(chan))
		return NULL;
	return chan;
}
