/* Who takes a managed action back has to do its work; who releases it has done it. */
#include <linux/platform_device.h>
#include <linux/slab.h>

static void free_state(void *state)
{
	kfree(state); /* expect: free/double memory */
}

static int probe(struct platform_device *pdev)
{
	void *state = kzalloc(16, GFP_KERNEL);
	int ret;

	if (!state)
		return -ENOMEM;
	ret = devm_add_action_or_reset(&pdev->dev, free_state, state);
	if (ret)
		return ret;
	platform_set_drvdata(pdev, state);
	return 0;
}

static void remove_revoked_bad(struct platform_device *pdev)
{
	devm_remove_action(&pdev->dev, free_state, platform_get_drvdata(pdev));
} /* expect: leak/remove memory */

static void remove_revoked_ok(struct platform_device *pdev)
{
	devm_remove_action(&pdev->dev, free_state, platform_get_drvdata(pdev));
	kfree(platform_get_drvdata(pdev));
}

static void remove_released_bad(struct platform_device *pdev)
{
	devm_release_action(&pdev->dev, free_state, platform_get_drvdata(pdev));
	kfree(platform_get_drvdata(pdev)); /* expect: free/double memory */
}

static void remove_released_ok(struct platform_device *pdev)
{
	devm_release_action(&pdev->dev, free_state, platform_get_drvdata(pdev));
}

/* The action runs after this. */
static void remove_by_hand_bad(struct platform_device *pdev)
{
	kfree(platform_get_drvdata(pdev));
}

struct platform_driver revoked_bad = {.probe = probe, .remove = remove_revoked_bad};
struct platform_driver revoked_ok = {.probe = probe, .remove = remove_revoked_ok};
struct platform_driver released_bad = {.probe = probe, .remove = remove_released_bad};
struct platform_driver released_ok = {.probe = probe, .remove = remove_released_ok};
struct platform_driver by_hand_bad = {.probe = probe, .remove = remove_by_hand_bad};
