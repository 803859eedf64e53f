#include <linux/dmaengine.h>

struct dma_chan *chan_bad(struct device *dev, struct dma_slave_config *cfg)
{
	struct dma_chan *chan = dma_request_chan(dev, "rx");
	int ret;

	if (IS_ERR(chan))
		return chan;
	ret = dmaengine_slave_config(chan, cfg);
	if (ret)
		return ERR_PTR(ret); /* expect: leak/error-path dma channel */
	return chan;
}

struct dma_chan *chan_ok(struct device *dev, struct dma_slave_config *cfg)
{
	struct dma_chan *chan = dma_request_chan(dev, "rx");
	int ret;

	if (IS_ERR(chan))
		return chan;
	ret = dmaengine_slave_config(chan, cfg);
	if (ret) {
		dma_release_channel(chan);
		return ERR_PTR(ret);
	}
	return chan;
}
