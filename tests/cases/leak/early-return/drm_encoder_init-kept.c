/* The mode configuration keeps an encoder once it is initialised, and nothing before. */
#include <linux/errno.h>
#include <linux/slab.h>

struct drm_device;
struct drm_encoder {
	int type;
};
struct panel_encoder {
	struct drm_encoder base;
	int port;
};

int drm_encoder_init(struct drm_device *dev, struct drm_encoder *encoder, const void *funcs, int type, const char *name,
		     ...);
int panel_detect(struct drm_device *dev);

int encoder_bad(struct drm_device *dev)
{
	struct panel_encoder *e = kzalloc(sizeof(*e), GFP_KERNEL);

	if (!e)
		return -ENOMEM;
	if (panel_detect(dev))
		return -ENODEV; /* expect: leak/error-path memory */
	return drm_encoder_init(dev, &e->base, NULL, 0, NULL);
}

int encoder_ok(struct drm_device *dev)
{
	struct panel_encoder *e = kzalloc(sizeof(*e), GFP_KERNEL);

	if (!e)
		return -ENOMEM;
	if (panel_detect(dev)) {
		kfree(e);
		return -ENODEV;
	}
	return drm_encoder_init(dev, &e->base, NULL, 0, NULL);
}
