/* Work that may still run uses what remove frees. */
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct priv {
	struct delayed_work work;
	int n;
};

static void work_any(struct work_struct *work)
{
	struct priv *p = container_of(to_delayed_work(work), struct priv, work);

	p->n++;
}

static int probe_any(struct platform_device *pdev)
{
	struct priv *p = kzalloc(sizeof(*p), GFP_KERNEL); /* expect: devm/candidate memory */

	if (!p)
		return -ENOMEM;
	INIT_DELAYED_WORK(&p->work, work_any);
	platform_set_drvdata(pdev, p);
	schedule_delayed_work(&p->work, HZ);
	return 0;
}

static void remove_bad(struct platform_device *pdev)
{
	struct priv *p = platform_get_drvdata(pdev);

	kfree(p); /* expect: free/use-after */
}

static void remove_async_bad(struct platform_device *pdev)
{
	struct priv *p = platform_get_drvdata(pdev);

	cancel_delayed_work(&p->work);
	kfree(p); /* expect: free/use-after */
}

static void remove_ok(struct platform_device *pdev)
{
	struct priv *p = platform_get_drvdata(pdev);

	cancel_delayed_work_sync(&p->work);
	kfree(p);
}

struct platform_driver driver_bad = {.probe = probe_any, .remove = remove_bad};
struct platform_driver driver_async_bad = {.probe = probe_any, .remove = remove_async_bad};
struct platform_driver driver_ok = {.probe = probe_any, .remove = remove_ok};
