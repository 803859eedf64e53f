/* Reduced from i740fb_probe(): the memory of a framebuffer is zeroed, but its `par` points to the part behind it. */
#include <linux/errno.h>
#include <linux/i2c.h>

struct fb_cmap {
	unsigned int len;
};

struct fb_info {
	struct fb_cmap cmap;
	void *par;
};

struct device;
struct fb_info *framebuffer_alloc(unsigned long size, struct device *dev);
void framebuffer_release(struct fb_info *info);
int fb_alloc_cmap(struct fb_cmap *cmap, int len, int transp);
void fb_dealloc_cmap(struct fb_cmap *cmap);
int find_mode(struct fb_info *info);

struct par {
	struct i2c_adapter ddc;
	int registered;
};

static int setup_ddc(struct fb_info *info)
{
	struct par *par = info->par;

	return i2c_add_adapter(&par->ddc);
}

int card_probe_ok(struct device *dev)
{
	struct fb_info *info = framebuffer_alloc(sizeof(struct par), dev);
	struct par *par;
	int ret;

	if (!info)
		return -ENOMEM;
	par = info->par;
	if (setup_ddc(info) == 0)
		par->registered = 1;
	ret = find_mode(info);
	if (ret)
		goto err;
	return 0;
err:
	if (par->registered)
		i2c_del_adapter(&par->ddc);
	framebuffer_release(info);
	return ret;
}

/* No entries: that is how a map is released. */
int map_ok(struct fb_info *info)
{
	int ret = fb_alloc_cmap(&info->cmap, 256, 0);

	if (ret)
		return ret;
	ret = find_mode(info);
	if (ret) {
		fb_dealloc_cmap(&info->cmap);
		return ret;
	}
	return 0;
}

int no_map_ok(struct fb_info *info)
{
	fb_alloc_cmap(&info->cmap, 0, 0);
	return find_mode(info) ? -EIO : 0;
}

int map_bad(struct fb_info *info)
{
	int ret = fb_alloc_cmap(&info->cmap, 256, 0);

	if (ret)
		return ret;
	return find_mode(info) ? -EIO : 0; /* expect: leak/error-path fb_cmap */
}
