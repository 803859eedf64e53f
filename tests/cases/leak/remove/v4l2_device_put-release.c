/* The last put runs the release callback in the object, which finds the driver's state by container_of(). */
#include <linux/clk.h>
#include <linux/container_of.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct v4l2_device {
	struct device *dev;
	void (*release)(struct v4l2_device *v4l2_dev);
};
struct v4l2_ctrl_handler {
	int error;
};
int v4l2_device_register(struct device *dev, struct v4l2_device *v4l2_dev);
void v4l2_device_unregister(struct v4l2_device *v4l2_dev);
int v4l2_device_put(struct v4l2_device *v4l2_dev);
int v4l2_ctrl_handler_init_class(struct v4l2_ctrl_handler *hdl, unsigned int nr);
void v4l2_ctrl_handler_free(struct v4l2_ctrl_handler *hdl);

struct cam {
	int n;
	struct v4l2_device v4l2_dev;
	struct v4l2_ctrl_handler hdl;
};

static void release_ok(struct v4l2_device *v)
{
	struct cam *cam = container_of(v, struct cam, v4l2_dev);

	v4l2_ctrl_handler_free(&cam->hdl);
	v4l2_device_unregister(&cam->v4l2_dev);
	kfree(cam);
}

static int probe_ok(struct platform_device *pdev)
{
	struct cam *cam = kzalloc(sizeof(*cam), GFP_KERNEL);
	int ret;

	if (!cam)
		return -ENOMEM;
	v4l2_ctrl_handler_init_class(&cam->hdl, 2);
	cam->v4l2_dev.release = release_ok;
	ret = v4l2_device_register(&pdev->dev, &cam->v4l2_dev);
	if (ret) {
		v4l2_ctrl_handler_free(&cam->hdl);
		kfree(cam);
		return ret;
	}
	platform_set_drvdata(pdev, cam);
	return 0;
}

static void remove_ok(struct platform_device *pdev)
{
	struct cam *cam = platform_get_drvdata(pdev);

	v4l2_device_put(&cam->v4l2_dev);
}

struct platform_driver driver_ok = {.probe = probe_ok, .remove = remove_ok};
