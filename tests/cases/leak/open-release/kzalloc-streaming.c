/* Pairs of the media, component and sound frameworks: what streaming, binding and starting take, their ends give back. */
#include <linux/clk.h>
#include <linux/device.h>
#include <linux/regulator/consumer.h>
#include <linux/slab.h>

struct vb2_queue {
	void *drv_priv;
};
struct vb2_ops {
	int (*start_streaming)(struct vb2_queue *q, unsigned int count);
	void (*stop_streaming)(struct vb2_queue *q);
};

struct camera {
	u8 *lines;
	struct clk *clk;
	struct regulator *supply;
};

static int start_any(struct vb2_queue *q, unsigned int count)
{
	struct camera *c = q->drv_priv;

	c->lines = kzalloc(4096, GFP_KERNEL);
	return c->lines ? 0 : -ENOMEM;
}

static void stop_bad(struct vb2_queue *q)
{
	struct camera *c = q->drv_priv;

	c->lines = NULL;
} /* expect: leak/open-release memory */

static void stop_ok(struct vb2_queue *q)
{
	struct camera *c = q->drv_priv;

	kfree(c->lines);
	c->lines = NULL;
}

const struct vb2_ops queue_bad = {.start_streaming = start_any, .stop_streaming = stop_bad};
const struct vb2_ops queue_ok = {.start_streaming = start_any, .stop_streaming = stop_ok};

struct component_ops {
	int (*bind)(struct device *dev, struct device *master, void *data);
	void (*unbind)(struct device *dev, struct device *master, void *data);
};

static int bind_any(struct device *dev, struct device *master, void *data)
{
	struct camera *c = dev_get_drvdata(dev);

	return regulator_enable(c->supply);
}

static void unbind_bad(struct device *dev, struct device *master, void *data)
{
	struct camera *c = dev_get_drvdata(dev);

	c->lines = NULL;
} /* expect: leak/remove regulator */

static void unbind_ok(struct device *dev, struct device *master, void *data)
{
	struct camera *c = dev_get_drvdata(dev);

	regulator_disable(c->supply);
}

const struct component_ops part_bad = {.bind = bind_any, .unbind = unbind_bad};
const struct component_ops part_ok = {.bind = bind_any, .unbind = unbind_ok};

struct snd_pcm_substream;
struct snd_soc_dai {
	void *private_data;
};
struct snd_soc_dai_ops {
	int (*startup)(struct snd_pcm_substream *sub, struct snd_soc_dai *dai);
	void (*shutdown)(struct snd_pcm_substream *sub, struct snd_soc_dai *dai);
};

static int startup_any(struct snd_pcm_substream *sub, struct snd_soc_dai *dai)
{
	struct camera *c = dai->private_data;

	return clk_prepare_enable(c->clk);
}

static void shutdown_bad(struct snd_pcm_substream *sub, struct snd_soc_dai *dai)
{
	struct camera *c = dai->private_data;

	c->lines = NULL;
} /* expect: leak/open-release clk */

static void shutdown_ok(struct snd_pcm_substream *sub, struct snd_soc_dai *dai)
{
	struct camera *c = dai->private_data;

	clk_disable_unprepare(c->clk);
}

const struct snd_soc_dai_ops dai_bad = {.startup = startup_any, .shutdown = shutdown_bad};
const struct snd_soc_dai_ops dai_ok = {.startup = startup_any, .shutdown = shutdown_ok};
