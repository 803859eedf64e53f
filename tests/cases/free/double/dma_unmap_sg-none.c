/* Unmapping no entries undoes nothing. */
#include <linux/device.h>
#include <linux/errno.h>

struct scatterlist;
unsigned int dma_map_sg_attrs(struct device *dev, struct scatterlist *sg, int n, int dir, unsigned long attrs);
void dma_unmap_sg_attrs(struct device *dev, struct scatterlist *sg, int n, int dir, unsigned long attrs);
int sg_count(struct scatterlist *sg, int len);
int queue(struct scatterlist *sg);

int send_ok(struct device *dev, struct scatterlist *sg, int n)
{
	int ret;

	if (n && !dma_map_sg_attrs(dev, sg, n, 1, 0))
		return -EIO;
	ret = queue(sg);
	dma_unmap_sg_attrs(dev, sg, n, 1, 0);
	return ret;
}

int send_bad(struct device *dev, struct scatterlist *sg, int n)
{
	int ret;

	if (n <= 0 || !dma_map_sg_attrs(dev, sg, n, 1, 0))
		return -EIO;
	ret = queue(sg);
	if (ret)
		dma_unmap_sg_attrs(dev, sg, n, 1, 0);
	dma_unmap_sg_attrs(dev, sg, n, 1, 0); /* expect: free/double */
	return ret;
}

int send_none_ok(struct device *dev, struct scatterlist *sg, int len)
{
	int n = 0, ret;

	if (len) {
		n = sg_count(sg, len);
		if (n && !dma_map_sg_attrs(dev, sg, n, 1, 0))
			return -EIO;
	}
	ret = queue(sg);
	if (ret)
		dma_unmap_sg_attrs(dev, sg, n, 1, 0);
	return ret;
}
