/* A GEM object whose handle cannot be made. */
#include <linux/err.h>
#include <linux/types.h>

struct drm_device;
struct drm_file;

struct drm_gem_object {
	size_t size;
};

struct drm_gem_shmem_object {
	struct drm_gem_object base;
};

struct drm_gem_shmem_object *drm_gem_shmem_create(struct drm_device *dev, size_t size);
void drm_gem_object_put(struct drm_gem_object *obj);
int drm_gem_handle_create(struct drm_file *file, struct drm_gem_object *obj, u32 *handle);

int gem_create_bad(struct drm_file *file, struct drm_device *dev, u32 *handle)
{
	struct drm_gem_shmem_object *shmem = drm_gem_shmem_create(dev, 4096);
	int ret;

	if (IS_ERR(shmem))
		return PTR_ERR(shmem);
	ret = drm_gem_handle_create(file, &shmem->base, handle);
	if (ret)
		return ret; /* expect: leak/error-path drm_gem_object */
	drm_gem_object_put(&shmem->base);
	return 0;
}

int gem_create_ok(struct drm_file *file, struct drm_device *dev, u32 *handle)
{
	struct drm_gem_shmem_object *shmem = drm_gem_shmem_create(dev, 4096);
	int ret;

	if (IS_ERR(shmem))
		return PTR_ERR(shmem);
	ret = drm_gem_handle_create(file, &shmem->base, handle);
	drm_gem_object_put(&shmem->base);
	return ret;
}
