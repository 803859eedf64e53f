/* What a callee took, given back in the caller's words. */
#include <linux/clk.h>
#include <linux/kref.h>
#include <linux/module.h>
#include <linux/of.h>
#include <linux/platform_device.h>
#include <linux/power_supply.h>
#include <linux/slab.h>

int start(void *p);

struct bridge {
	struct clk *core;
	char *map;
};

struct user {
	struct bridge own;
	struct clk *clk;
	struct kref count;
};

static int clock_init(struct clk *clk, const char *name)
{
	int ret;

	ret = clk_prepare_enable(clk);
	if (ret)
		return ret;
	return 0;
}

static int map_init(struct bridge *b)
{
	char *map;

	map = kzalloc(64, GFP_KERNEL);
	if (!map)
		return -ENOMEM;
	b->map = map;
	return 0;
}

/* By where the callee put it, the argument being an address; by the argument. */
static int user_probe(struct platform_device *pdev)
{
	struct user *u = platform_get_drvdata(pdev);
	int ret;

	ret = map_init(&u->own);
	if (ret)
		return ret;
	ret = start(u);
	if (ret)
		return ret;
	ret = clock_init(u->clk, "user");
	if (ret) {
		kfree(u->own.map);
		return ret;
	}
	return start(NULL);
}

static void user_remove(struct platform_device *pdev)
{
	struct user *u = platform_get_drvdata(pdev);

	clk_disable_unprepare(u->clk);
	kfree(u->own.map);
}

static struct platform_driver user_driver = {
	.probe = user_probe,
	.remove = user_remove,
	.driver = {.name = "user"},
};
module_platform_driver(user_driver);

static void user_free(struct kref *count)
{
	kfree(container_of(count, struct user, count));
}

static void user_get(struct user *u)
{
	kref_get(&u->count);
}

static void user_put(struct user *u)
{
	kref_put(&u->count, user_free);
}

/* By the name of what undoes it. */
int user_open(struct user *u, int mode)
{
	char *p;

	user_get(u);
	p = kmalloc(16, GFP_KERNEL);
	if (!p)
		return -ENOMEM;
	if (mode) {
		kfree(p);
		user_put(u);
		return -EINVAL;
	}
	u->own.map = p;
	return 0;
}
