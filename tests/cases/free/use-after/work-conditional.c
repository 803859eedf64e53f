/* Work that remove stops on some ways: what decides may be what decided whether it was ever armed. */
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct priv {
	struct work_struct work, other;
	int n;
};

bool polls(void);

static void work_any(struct work_struct *work)
{
	struct priv *p = container_of(work, struct priv, work);

	p->n++;
}

static void other_any(struct work_struct *work)
{
	struct priv *p = container_of(work, struct priv, other);

	p->n--;
}

static int probe_any(struct platform_device *pdev)
{
	struct priv *p = kzalloc(sizeof(*p), GFP_KERNEL); /* expect: devm/candidate memory */

	if (!p)
		return -ENOMEM;
	INIT_WORK(&p->work, work_any);
	INIT_WORK(&p->other, other_any);
	platform_set_drvdata(pdev, p);
	if (polls())
		schedule_work(&p->work);
	schedule_work(&p->other);
	return 0;
}

static void remove_bad(struct platform_device *pdev)
{
	struct priv *p = platform_get_drvdata(pdev);

	if (polls())
		cancel_work_sync(&p->work);
	cancel_work_sync(&p->other);
	kfree(p); /* expect: free/use-after work (low) */
}

/* Another one is stopped, this one never. */
static void remove_other_bad(struct platform_device *pdev)
{
	struct priv *p = platform_get_drvdata(pdev);

	cancel_work_sync(&p->other);
	kfree(p); /* expect: free/use-after work (medium) */
}

struct platform_driver driver_bad = {.probe = probe_any, .remove = remove_bad};
struct platform_driver driver_other_bad = {.probe = probe_any, .remove = remove_other_bad};
