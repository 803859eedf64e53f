/* The last use of a framebuffer calls fb_destroy(), which may free it. */
#include <linux/errno.h>
#include <linux/platform_device.h>

struct fb_info;
struct fb_ops {
	void (*fb_destroy)(struct fb_info *info);
};
struct fb_info {
	const struct fb_ops *fbops;
	void *par;
};
struct fb_info *framebuffer_alloc(size_t size, struct device *dev);
void framebuffer_release(struct fb_info *info);
int register_framebuffer(struct fb_info *info);
void unregister_framebuffer(struct fb_info *info);

static void destroy(struct fb_info *info)
{
	framebuffer_release(info);
}

static const struct fb_ops destroying = {.fb_destroy = destroy};
static const struct fb_ops plain;

static int show(struct platform_device *pdev, const struct fb_ops *ops)
{
	struct fb_info *info = framebuffer_alloc(64, &pdev->dev);
	int ret;

	if (!info)
		return -ENOMEM;
	info->fbops = ops;
	ret = register_framebuffer(info);
	if (ret) {
		framebuffer_release(info);
		return ret;
	}
	platform_set_drvdata(pdev, info);
	return 0;
}

static int probe_ok(struct platform_device *pdev)
{
	return show(pdev, &destroying);
}

static void remove_ok(struct platform_device *pdev)
{
	unregister_framebuffer(platform_get_drvdata(pdev));
}

struct platform_driver driver_ok = {.probe = probe_ok, .remove = remove_ok};

static int probe_bad(struct platform_device *pdev)
{
	return show(pdev, &plain);
}

static void remove_bad(struct platform_device *pdev)
{
	unregister_framebuffer(platform_get_drvdata(pdev));
} /* expect: leak/remove fb_info */

struct platform_driver driver_bad = {.probe = probe_bad, .remove = remove_bad};
