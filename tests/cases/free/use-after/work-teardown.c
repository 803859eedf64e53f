/* A function of another file that by its name ends something may end what lies inside its argument. */
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct battery {
	struct delayed_work work;
};

int battery_setup(struct battery *b);
void battery_teardown(struct battery *b);
void battery_log(struct battery *b);

static void battery_poll(struct work_struct *work)
{
}

static int probe_any(struct platform_device *pdev)
{
	struct battery *b = kzalloc(sizeof(*b), GFP_KERNEL); /* expect: devm/candidate memory */

	if (!b)
		return -ENOMEM;
	INIT_DELAYED_WORK(&b->work, battery_poll);
	schedule_delayed_work(&b->work, HZ);
	platform_set_drvdata(pdev, b);
	return 0;
}

static void battery_end(struct battery *b)
{
	battery_teardown(b);
}

static void remove_ok(struct platform_device *pdev)
{
	struct battery *b = platform_get_drvdata(pdev);

	battery_end(b);
	kfree(b);
}

static void remove_bad(struct platform_device *pdev)
{
	struct battery *b = platform_get_drvdata(pdev);

	battery_log(b);
	kfree(b); /* expect: free/use-after */
}

struct platform_driver driver_ok = {.probe = probe_any, .remove = remove_ok};
struct platform_driver driver_bad = {.probe = probe_any, .remove = remove_bad};
