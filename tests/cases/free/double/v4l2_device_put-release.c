/* The release callback that the unit stores is the one that a put runs, also where nothing was stored on the path. */
#include <linux/container_of.h>
#include <linux/slab.h>

struct v4l2_device {
	void (*release)(struct v4l2_device *v4l2_dev);
};
void v4l2_device_unregister(struct v4l2_device *v4l2_dev);
int v4l2_device_put(struct v4l2_device *v4l2_dev);

struct cam {
	struct v4l2_device v4l2_dev;
	void *buffer;
	void *frame;
};

static void cam_release(struct v4l2_device *v)
{
	struct cam *cam = container_of(v, struct cam, v4l2_dev);

	kfree(cam->buffer); /* expect: free/double memory */
	kfree(cam);
}

void cam_init(struct cam *cam)
{
	cam->v4l2_dev.release = cam_release;
}

void cam_end_ok(struct cam *cam)
{
	kfree(cam->frame);
	v4l2_device_put(&cam->v4l2_dev);
}

void cam_end_bad(struct cam *cam)
{
	kfree(cam->buffer);
	v4l2_device_put(&cam->v4l2_dev);
}
