#include <linux/slab.h>

struct drm_syncobj {
	int count;
};

void drm_syncobj_put(struct drm_syncobj *obj);
int clock_start(void);

/* Where such objects are made, the first reference is the memory. */
int syncobj_create_ok(struct drm_syncobj **out)
{
	struct drm_syncobj *obj = kzalloc(sizeof(*obj), GFP_KERNEL);

	if (!obj)
		return -ENOMEM;
	obj->count = 1;
	if (clock_start()) {
		drm_syncobj_put(obj);
		return -EIO;
	}
	*out = obj;
	return 0;
}

int syncobj_create_bad(struct drm_syncobj **out)
{
	struct drm_syncobj *obj = kzalloc(sizeof(*obj), GFP_KERNEL);

	if (!obj)
		return -ENOMEM;
	obj->count = 1;
	if (clock_start())
		return -EIO; /* expect: leak/error-path memory */
	*out = obj;
	return 0;
}
