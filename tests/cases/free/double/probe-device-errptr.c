/* A beginning that returns an error pointer has failed: its end does not run. */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/slab.h>

struct iommu_device;
struct iommu_ops {
	struct iommu_device *(*probe_device)(struct device *dev);
	void (*release_device)(struct device *dev);
};

struct endpoint {
	struct device *dev;
	struct iommu_device *iommu;
};

int endpoint_ask(struct endpoint *ep);

static struct iommu_device *probe_ok(struct device *dev)
{
	struct endpoint *ep = kzalloc(sizeof(*ep), GFP_KERNEL);
	int ret;

	if (!ep)
		return ERR_PTR(-ENOMEM);
	dev_set_drvdata(dev, ep);
	ret = endpoint_ask(ep);
	if (ret) {
		kfree(ep);
		return ERR_PTR(ret);
	}
	return ep->iommu;
}

static void release_ok(struct device *dev)
{
	struct endpoint *ep = dev_get_drvdata(dev);

	kfree(ep);
}

const struct iommu_ops ops_ok = {.probe_device = probe_ok, .release_device = release_ok};

static struct iommu_device *probe_bad(struct device *dev)
{
	struct endpoint *ep = kzalloc(sizeof(*ep), GFP_KERNEL);
	struct iommu_device *iommu;

	if (!ep)
		return ERR_PTR(-ENOMEM);
	dev_set_drvdata(dev, ep);
	endpoint_ask(ep);
	iommu = ep->iommu;
	kfree(ep);
	return iommu;
}

static void release_bad(struct device *dev)
{
	struct endpoint *ep = dev_get_drvdata(dev);

	kfree(ep); /* expect: free/double memory */
}

const struct iommu_ops ops_bad = {.probe_device = probe_bad, .release_device = release_bad};
