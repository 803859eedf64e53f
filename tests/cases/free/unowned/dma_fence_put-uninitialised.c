/* A put of a fence that dma_fence_init() has not been called for: the memory is to be freed. */
#include <linux/slab.h>

struct dma_fence {
	int seqno;
};

struct fence_ops;

void dma_fence_init(struct dma_fence *fence, const struct fence_ops *ops);
void dma_fence_put(struct dma_fence *fence);

struct job {
	int id;
	struct dma_fence base;
};

int job_queue(int id);

int job_start_bad(const struct fence_ops *ops, int id)
{
	struct job *job = kzalloc(sizeof(*job), GFP_KERNEL);
	int ret;

	if (!job)
		return -ENOMEM;
	ret = job_queue(id);
	if (ret < 0)
		goto err_put;
	dma_fence_init(&job->base, ops);
	dma_fence_put(&job->base);
	return 0;
err_put:
	dma_fence_put(&job->base); /* expect: free/unowned dma_fence */
	return ret;
}

int job_start_ok(const struct fence_ops *ops, int id)
{
	struct job *job = kzalloc(sizeof(*job), GFP_KERNEL);
	int ret;

	if (!job)
		return -ENOMEM;
	ret = job_queue(id);
	if (ret < 0)
		goto err_free;
	dma_fence_init(&job->base, ops);
	dma_fence_put(&job->base);
	return 0;
err_free:
	kfree(job);
	return ret;
}
