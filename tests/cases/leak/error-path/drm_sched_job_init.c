/* Graphics: jobs, fences and registrations that a later failure has to undo. */
#include <linux/err.h>

struct drm_sched_job;
struct drm_sched_entity;
struct drm_exec;
struct dma_resv;
struct dma_fence;
struct host1x_client;
struct pci_dev;
int drm_sched_job_init(struct drm_sched_job *job, struct drm_sched_entity *entity, unsigned int credits, void *owner);
void drm_sched_job_cleanup(struct drm_sched_job *job);
void drm_exec_init(struct drm_exec *exec, unsigned int flags, unsigned int nr);
void drm_exec_fini(struct drm_exec *exec);
struct dma_fence *sync_file_get_fence(int fd);
int dma_resv_get_singleton(struct dma_resv *obj, int usage, struct dma_fence **fence);
void dma_fence_put(struct dma_fence *fence);
int __host1x_client_register(struct host1x_client *client);
void host1x_client_unregister(struct host1x_client *client);
int vga_client_register(struct pci_dev *pdev, unsigned int (*decode)(struct pci_dev *pdev, int state));
void vga_client_unregister(struct pci_dev *pdev);
int follow(void);

int job_bad(struct drm_sched_job *j, struct drm_sched_entity *e)
{
	int ret;

	ret = drm_sched_job_init(j, e, 1, NULL);
	if (ret)
		return ret;
	ret = follow();
	if (ret)
		return ret; /* expect: leak/error-path scheduler job */
	ret = follow();
	if (ret) {
		drm_sched_job_cleanup(j);
		return ret;
	}
	return 0;
}

int job_ok(struct drm_sched_job *j, struct drm_sched_entity *e)
{
	int ret;

	ret = drm_sched_job_init(j, e, 1, NULL);
	if (ret)
		return ret;
	ret = follow();
	if (ret) {
		drm_sched_job_cleanup(j);
		return ret;
	}
	return 0;
}

int exec_bad(struct drm_exec *x)
{
	int ret;

	drm_exec_init(x, 0, 0);
	ret = follow();
	if (ret)
		return ret; /* expect: leak/error-path drm_exec */
	ret = follow();
	if (ret) {
		drm_exec_fini(x);
		return ret;
	}
	return 0;
}

int exec_ok(struct drm_exec *x)
{
	int ret;

	drm_exec_init(x, 0, 0);
	ret = follow();
	if (ret) {
		drm_exec_fini(x);
		return ret;
	}
	return 0;
}

int sync_file_bad(int fd, struct dma_fence **out)
{
	struct dma_fence *p = sync_file_get_fence(fd);
	int ret;

	if (!p)
		return -EINVAL;
	ret = follow();
	if (ret)
		return ret; /* expect: leak/error-path dma_fence */
	ret = follow();
	if (ret) {
		dma_fence_put(p);
		return ret;
	}
	*out = p;
	return 0;
}

int sync_file_ok(int fd, struct dma_fence **out)
{
	struct dma_fence *p = sync_file_get_fence(fd);
	int ret;

	if (!p)
		return -EINVAL;
	ret = follow();
	if (ret) {
		dma_fence_put(p);
		return ret;
	}
	*out = p;
	return 0;
}

int singleton_bad(struct dma_resv *r)
{
	struct dma_fence *f;
	int ret;

	ret = dma_resv_get_singleton(r, 1, &f);
	if (ret)
		return ret;
	ret = follow();
	if (ret)
		return ret; /* expect: leak/error-path dma_fence */
	ret = follow();
	if (ret) {
		dma_fence_put(f);
		return ret;
	}
	return 0;
}

int singleton_ok(struct dma_resv *r)
{
	struct dma_fence *f;
	int ret;

	ret = dma_resv_get_singleton(r, 1, &f);
	if (ret)
		return ret;
	ret = follow();
	if (ret) {
		dma_fence_put(f);
		return ret;
	}
	return 0;
}

int client_bad(struct host1x_client *c)
{
	int ret;

	ret = __host1x_client_register(c);
	if (ret)
		return ret;
	ret = follow();
	if (ret)
		return ret; /* expect: leak/error-path registration */
	ret = follow();
	if (ret) {
		host1x_client_unregister(c);
		return ret;
	}
	return 0;
}

int client_ok(struct host1x_client *c)
{
	int ret;

	ret = __host1x_client_register(c);
	if (ret)
		return ret;
	ret = follow();
	if (ret) {
		host1x_client_unregister(c);
		return ret;
	}
	return 0;
}

int vga_bad(struct pci_dev *d)
{
	int ret;

	ret = vga_client_register(d, NULL);
	if (ret)
		return ret;
	ret = follow();
	if (ret)
		return ret; /* expect: leak/error-path registration */
	ret = follow();
	if (ret) {
		vga_client_unregister(d);
		return ret;
	}
	return 0;
}

int vga_ok(struct pci_dev *d)
{
	int ret;

	ret = vga_client_register(d, NULL);
	if (ret)
		return ret;
	ret = follow();
	if (ret) {
		vga_client_unregister(d);
		return ret;
	}
	return 0;
}
