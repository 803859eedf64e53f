/*
 * Reduced from kmb_ocs_sk_run(): what the callee forgets on most of its failures, and gives back on one that comes
 * late, its caller gives back after each of them. Where no caller does, it is the callee's.
 */
#include <linux/dma-mapping.h>
#include <linux/errno.h>
#include <linux/platform_device.h>

struct rings {
	void *src, *dst;
	dma_addr_t src_dma, dst_dma;
	int ready;
};

int rings_start(struct rings *r);
int rings_test(struct rings *r);

static void left_to_caller_cleanup(struct device *dev, struct rings *r)
{
	if (r->src)
		dma_free_coherent(dev, 64, r->src, r->src_dma);
	r->src = NULL;
}

static int left_to_caller_prepare_ok(struct device *dev, struct rings *r)
{
	r->src = dma_alloc_coherent(dev, 64, &r->src_dma, GFP_KERNEL);
	if (!r->src)
		return -ENOMEM;
	if (rings_start(r))
		return -EIO;
	if (rings_test(r)) {
		left_to_caller_cleanup(dev, r);
		return -EINVAL;
	}
	return 0;
}

int left_to_caller_run_ok(struct device *dev, struct rings *r)
{
	int err = left_to_caller_prepare_ok(dev, r);

	if (err)
		goto fail;
	r->ready = 1;
	return 0;
fail:
	left_to_caller_cleanup(dev, r);
	return err;
}

static int left_to_nobody_prepare_bad(struct device *dev, struct rings *r)
{
	r->src = dma_alloc_coherent(dev, 64, &r->src_dma, GFP_KERNEL); /* note: acquired */
	if (!r->src)
		return -ENOMEM;
	if (rings_start(r))
		return -EIO; /* expect: leak/error-path */
	if (rings_test(r)) {
		left_to_caller_cleanup(dev, r);
		return -EINVAL;
	}
	return 0;
}

/* It gives back only after failures of its own. */
int left_to_nobody_run(struct device *dev, struct rings *r)
{
	int err = left_to_nobody_prepare_bad(dev, r);

	if (err)
		return err;
	err = rings_test(r);
	if (err)
		left_to_caller_cleanup(dev, r);
	return err;
}
