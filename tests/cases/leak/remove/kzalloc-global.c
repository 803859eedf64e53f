/* The object is only known through a global variable. */
#include <linux/platform_device.h>
#include <linux/slab.h>

struct priv {
	int id;
};

static struct priv *one_bad, *one_ok;

static int probe_bad(struct platform_device *pdev)
{
	one_bad = kzalloc(sizeof(*one_bad), GFP_KERNEL);
	return one_bad ? 0 : -ENOMEM;
}

static void remove_bad(struct platform_device *pdev)
{
	one_bad = NULL;
} /* expect: leak/remove memory */

struct platform_driver driver_bad = {.probe = probe_bad, .remove = remove_bad};

static int probe_ok(struct platform_device *pdev)
{
	one_ok = kzalloc(sizeof(*one_ok), GFP_KERNEL); /* expect: devm/candidate memory */
	return one_ok ? 0 : -ENOMEM;
}

static void remove_ok(struct platform_device *pdev)
{
	kfree(one_ok);
	one_ok = NULL;
}

struct platform_driver driver_ok = {.probe = probe_ok, .remove = remove_ok};
