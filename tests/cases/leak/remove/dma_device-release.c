/* The object holds the function by which it ends: who drops the last count of what is registered calls that. */
#include <linux/container_of.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct dma_device {
	struct device *dev;
	void (*device_release)(struct dma_device *dma);
};
int dma_async_device_register(struct dma_device *dma);
void dma_async_device_unregister(struct dma_device *dma);

struct engine {
	int channels;
	struct dma_device dma;
};

static void release(struct dma_device *dma)
{
	kfree(container_of(dma, struct engine, dma));
}

static int probe_ok(struct platform_device *pdev)
{
	struct engine *engine = kzalloc(sizeof(*engine), GFP_KERNEL);
	int ret;

	if (!engine)
		return -ENOMEM;
	engine->dma.device_release = release;
	ret = dma_async_device_register(&engine->dma);
	if (ret) {
		kfree(engine);
		return ret;
	}
	platform_set_drvdata(pdev, engine);
	return 0;
}

static void remove_ok(struct platform_device *pdev)
{
	struct engine *engine = platform_get_drvdata(pdev);

	dma_async_device_unregister(&engine->dma);
}

struct platform_driver driver_ok = {.probe = probe_ok, .remove = remove_ok};

static int probe_bad(struct platform_device *pdev)
{
	struct engine *engine = kzalloc(sizeof(*engine), GFP_KERNEL);
	int ret;

	if (!engine)
		return -ENOMEM;
	ret = dma_async_device_register(&engine->dma);
	if (ret) {
		kfree(engine);
		return ret;
	}
	platform_set_drvdata(pdev, engine);
	return 0;
}

static void remove_bad(struct platform_device *pdev)
{
	struct engine *engine = platform_get_drvdata(pdev);

	dma_async_device_unregister(&engine->dma);
} /* expect: leak/remove memory */

struct platform_driver driver_bad = {.probe = probe_bad, .remove = remove_bad};
