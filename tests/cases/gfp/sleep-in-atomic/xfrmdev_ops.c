/* IPsec states are deleted under their lock, freed outside of it; HDLC protocols are started with interrupts off. */
#include <linux/mutex.h>

struct xfrm_state;
struct net_device;
struct xfrmdev_ops {
	void (*xdo_dev_state_delete)(struct xfrm_state *x);
	void (*xdo_dev_state_free)(struct xfrm_state *x);
};
struct hdlc_proto {
	int (*open)(struct net_device *dev);
	void (*start)(struct net_device *dev);
};
struct iommu_flush_ops {
	void (*tlb_flush_all)(void *cookie);
};

static DEFINE_MUTEX(lock);
static int count;

static void delete_bad(struct xfrm_state *x)
{
	mutex_lock(&lock); /* expect: gfp/sleep-in-atomic */
	count--;
	mutex_unlock(&lock);
}

static void free_ok(struct xfrm_state *x)
{
	mutex_lock(&lock);
	count--;
	mutex_unlock(&lock);
}

const struct xfrmdev_ops xfrm_ops = {
	.xdo_dev_state_delete = delete_bad,
	.xdo_dev_state_free = free_ok,
};

static int open_ok(struct net_device *dev)
{
	mutex_lock(&lock);
	count++;
	mutex_unlock(&lock);
	return 0;
}

static void start_bad(struct net_device *dev)
{
	mutex_lock(&lock); /* expect: gfp/sleep-in-atomic */
	count++;
	mutex_unlock(&lock);
}

const struct hdlc_proto proto = {
	.open = open_ok,
	.start = start_bad,
};

static void flush_bad(void *cookie)
{
	mutex_lock(&lock); /* expect: gfp/sleep-in-atomic */
	count++;
	mutex_unlock(&lock);
}

const struct iommu_flush_ops flush_ops = {
	.tlb_flush_all = flush_bad,
};
