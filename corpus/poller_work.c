/*
 * Deferred work and timers that use memory which goes away: one driver frees without stopping them, its twin stops
 * them first.
 */
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct poller {
	struct delayed_work work;
	struct timer_list timer;
	u32 last, seen;
};

static void poller_work(struct work_struct *work)
{
	struct poller *p = container_of(to_delayed_work(work), struct poller, work);

	p->last++;
	schedule_delayed_work(&p->work, HZ);
}

static void poller_tick(struct timer_list *t)
{
	struct poller *p = from_timer(p, t, timer);

	p->seen = p->last;
	mod_timer(&p->timer, jiffies + HZ);
}

static struct poller *poller_create(void)
{
	struct poller *p;

	p = kzalloc(sizeof(*p), GFP_KERNEL);
	if (!p)
		return NULL;
	INIT_DELAYED_WORK(&p->work, poller_work);
	timer_setup(&p->timer, poller_tick, 0);
	return p;
}

static int careless_probe(struct platform_device *pdev)
{
	struct poller *p = poller_create();

	if (!p)
		return -ENOMEM;
	platform_set_drvdata(pdev, p);
	schedule_delayed_work(&p->work, HZ);
	return 0;
}

static void careless_remove(struct platform_device *pdev)
{
	struct poller *p = platform_get_drvdata(pdev);

	kfree(p); /* expect: free/use-after delayed work */
}

static int careful_probe(struct platform_device *pdev)
{
	struct poller *p = poller_create();

	if (!p)
		return -ENOMEM;
	platform_set_drvdata(pdev, p);
	schedule_delayed_work(&p->work, HZ);
	mod_timer(&p->timer, jiffies + HZ);
	return 0;
}

static void careful_remove(struct platform_device *pdev)
{
	struct poller *p = platform_get_drvdata(pdev);

	timer_delete_sync(&p->timer);
	cancel_delayed_work_sync(&p->work);
	kfree(p);
}

static struct platform_driver careless_driver = {
	.probe = careless_probe,
	.remove = careless_remove,
	.driver = {.name = "careless"},
};

static struct platform_driver careful_driver = {
	.probe = careful_probe,
	.remove = careful_remove,
	.driver = {.name = "careful"},
};

static int __init poller_init(void)
{
	int ret;

	ret = platform_driver_register(&careful_driver);
	if (ret)
		return ret;
	ret = platform_driver_register(&careless_driver);
	if (ret)
		platform_driver_unregister(&careful_driver);
	return ret;
}
module_init(poller_init);

static void __exit poller_exit(void)
{
	platform_driver_unregister(&careless_driver);
	platform_driver_unregister(&careful_driver);
}
module_exit(poller_exit);

MODULE_LICENSE("GPL");
