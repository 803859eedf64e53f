/* A managed action runs when probe fails later on: what it frees must not be freed by hand. */
#include <linux/platform_device.h>
#include <linux/slab.h>

static void free_state(void *state)
{
	kfree(state); /* expect: free/double memory */
}

static int probe_bad(struct platform_device *pdev)
{
	void *state = kzalloc(16, GFP_KERNEL);
	int ret;

	if (!state)
		return -ENOMEM;
	ret = devm_add_action_or_reset(&pdev->dev, free_state, state);
	if (ret)
		return ret;
	ret = platform_get_irq(pdev, 0);
	if (ret < 0) {
		kfree(state);
		return ret;
	}
	return 0;
}

struct platform_driver driver_bad = {.probe = probe_bad};

static void free_state_ok(void *state)
{
	kfree(state);
}

static int probe_ok(struct platform_device *pdev)
{
	void *state = kzalloc(16, GFP_KERNEL);
	int ret;

	if (!state)
		return -ENOMEM;
	ret = devm_add_action_or_reset(&pdev->dev, free_state_ok, state);
	if (ret)
		return ret;
	ret = platform_get_irq(pdev, 0);
	if (ret < 0)
		return ret;
	return 0;
}

struct platform_driver driver_ok = {.probe = probe_ok};

static int probe_removed_ok(struct platform_device *pdev)
{
	void *state = kzalloc(16, GFP_KERNEL);
	int ret;

	if (!state)
		return -ENOMEM;
	ret = devm_add_action_or_reset(&pdev->dev, free_state_ok, state);
	if (ret)
		return ret;
	ret = platform_get_irq(pdev, 0);
	if (ret < 0) {
		devm_remove_action(&pdev->dev, free_state_ok, state);
		kfree(state);
		return ret;
	}
	return 0;
}

struct platform_driver driver_removed_ok = {.probe = probe_removed_ok};
