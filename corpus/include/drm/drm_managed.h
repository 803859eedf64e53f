#ifndef _DRM_MANAGED_H_
#define _DRM_MANAGED_H_

#include <linux/gfp.h>

struct drm_device;

void *drmm_kzalloc(struct drm_device *dev, size_t size, gfp_t gfp);
void *drmm_kmalloc(struct drm_device *dev, size_t size, gfp_t gfp);
void drmm_kfree(struct drm_device *dev, void *data);

#endif
