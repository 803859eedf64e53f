/* close(), set at run time, cancels the work: it has run by the time remove frees the memory. Where nobody cancels, the
 * work may still be pending. */
#include <linux/input.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct haptic {
	struct input_dev *input;
	struct work_struct play, report;
};

static void play_any(struct work_struct *work)
{
}

static void close_any(struct input_dev *input)
{
	struct haptic *h = input_get_drvdata(input);

	cancel_work_sync(&h->play);
}

static int probe_ok(struct platform_device *pdev)
{
	struct haptic *h = kzalloc(sizeof(*h), GFP_KERNEL); /* expect: devm/candidate memory */

	if (!h)
		return -ENOMEM;
	INIT_WORK(&h->play, play_any);
	h->input = platform_get_drvdata(pdev);
	h->input->close = close_any;
	platform_set_drvdata(pdev, h);
	schedule_work(&h->play);
	return 0;
}

static void remove_ok(struct platform_device *pdev)
{
	struct haptic *h = platform_get_drvdata(pdev);

	input_unregister_device(h->input);
	kfree(h);
}

static int probe_bad(struct platform_device *pdev)
{
	struct haptic *h = kzalloc(sizeof(*h), GFP_KERNEL); /* expect: devm/candidate memory */

	if (!h)
		return -ENOMEM;
	INIT_WORK(&h->report, play_any);
	platform_set_drvdata(pdev, h);
	schedule_work(&h->report);
	return 0;
}

static void remove_bad(struct platform_device *pdev)
{
	struct haptic *h = platform_get_drvdata(pdev);

	kfree(h); /* expect: free/use-after */
}

struct platform_driver driver_ok = {.probe = probe_ok, .remove = remove_ok};
struct platform_driver driver_bad = {.probe = probe_bad, .remove = remove_bad};
