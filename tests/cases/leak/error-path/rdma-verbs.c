/* What the RDMA core hands out comes as error pointers, and goes in the reverse order. */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/types.h>

struct ib_device;
struct ib_pd;
struct ib_mr;
struct ib_cq;

struct ib_pd *__ib_alloc_pd(struct ib_device *device, unsigned int flags, const char *caller);
int ib_dealloc_pd_user(struct ib_pd *pd, void *udata);
struct ib_mr *ib_alloc_mr(struct ib_pd *pd, int type, u32 max_num_sg);
int ib_dereg_mr_user(struct ib_mr *mr, void *udata);
struct ib_cq *ib_cq_pool_get(struct ib_device *dev, unsigned int nr_cqe, int hint, int ctx);
void ib_cq_pool_put(struct ib_cq *cq, unsigned int nr_cqe);
int connect(struct ib_pd *pd, struct ib_mr *mr);

int setup_ok(struct ib_device *dev)
{
	struct ib_pd *pd = __ib_alloc_pd(dev, 0, "acme");
	struct ib_mr *mr;
	int ret;

	if (IS_ERR(pd))
		return PTR_ERR(pd);
	mr = ib_alloc_mr(pd, 0, 16);
	if (IS_ERR(mr)) {
		ret = PTR_ERR(mr);
		goto err_pd;
	}
	ret = connect(pd, mr);
	if (ret)
		goto err_mr;
	return 0;

err_mr:
	ib_dereg_mr_user(mr, 0);
err_pd:
	ib_dealloc_pd_user(pd, 0);
	return ret;
}

int setup_bad(struct ib_device *dev)
{
	struct ib_pd *pd = __ib_alloc_pd(dev, 0, "acme");
	struct ib_mr *mr;
	int ret;

	if (IS_ERR(pd))
		return PTR_ERR(pd);
	mr = ib_alloc_mr(pd, 0, 16);
	if (IS_ERR(mr))
		return PTR_ERR(mr); /* expect: leak/error-path protection domain */
	ret = connect(pd, mr);
	ib_dereg_mr_user(mr, 0);
	ib_dealloc_pd_user(pd, 0);
	return ret;
}

/* What was asked for of the shared queue must be what is given back. */
int share_ok(struct ib_device *dev, int (*use)(struct ib_cq *cq))
{
	struct ib_cq *cq = ib_cq_pool_get(dev, 64, 0, 0);
	int ret;

	if (IS_ERR(cq))
		return PTR_ERR(cq);
	ret = use(cq);
	ib_cq_pool_put(cq, 64);
	return ret;
}

int share_bad(struct ib_device *dev, int (*use)(struct ib_cq *cq))
{
	struct ib_cq *cq = ib_cq_pool_get(dev, 64, 0, 0);
	int ret;

	if (IS_ERR(cq))
		return PTR_ERR(cq);
	ret = use(cq);
	ib_cq_pool_put(cq, 32); /* expect: free/mismatch completion queue */
	return ret;
}
