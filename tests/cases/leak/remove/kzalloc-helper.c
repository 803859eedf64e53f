/* Both halves in helpers; the wrong teardown forgets what the object points to. */
#include <linux/platform_device.h>
#include <linux/slab.h>

struct ctx {
	u8 *buf;
};

static struct ctx *ctx_create(void)
{
	struct ctx *c = kzalloc(sizeof(*c), GFP_KERNEL);

	if (!c)
		return NULL;
	c->buf = kmalloc(32, GFP_KERNEL);
	if (!c->buf) {
		kfree(c);
		return NULL;
	}
	return c;
}

static void ctx_destroy(struct ctx *c)
{
	kfree(c->buf);
	kfree(c);
}

static int probe_any(struct platform_device *pdev)
{
	struct ctx *c = ctx_create();

	if (!c)
		return -ENOMEM;
	platform_set_drvdata(pdev, c);
	return 0;
}

static void remove_bad(struct platform_device *pdev)
{
	kfree(platform_get_drvdata(pdev));
} /* expect: leak/remove memory */

struct platform_driver driver_bad = {.probe = probe_any, .remove = remove_bad};

static void remove_ok(struct platform_device *pdev)
{
	ctx_destroy(platform_get_drvdata(pdev));
}

struct platform_driver driver_ok = {.probe = probe_any, .remove = remove_ok};
