/* Reduced from em28xx_v4l2_init(): what has been registered answers that it is. */
#include <linux/errno.h>

struct video_device {
	unsigned long flags;
	int minor;
};

int video_register_device(struct video_device *vdev, int type, int nr);
void video_unregister_device(struct video_device *vdev);
int video_is_registered(struct video_device *vdev);
int attach(struct video_device *vdev);

int start_ok(struct video_device *radio, struct video_device *vbi)
{
	int ret = video_register_device(radio, 0, -1);

	if (ret)
		return ret;
	ret = video_register_device(vbi, 0, -1);
	if (ret)
		goto out;
	ret = attach(vbi);
	if (ret)
		goto out;
	return 0;
out:
	if (video_is_registered(vbi))
		video_unregister_device(vbi);
	if (video_is_registered(radio))
		video_unregister_device(radio);
	return ret;
}

int start_bad(struct video_device *radio, struct video_device *vbi)
{
	int ret = video_register_device(radio, 0, -1);

	if (ret)
		return ret;
	ret = video_register_device(vbi, 0, -1);
	if (ret)
		goto out;
	ret = attach(vbi);
	if (ret)
		goto out;
	return 0;
out:
	if (video_is_registered(radio))
		video_unregister_device(radio);
	return ret; /* expect: leak/error-path registration */
}
