/* The card's private_free callback frees what remove frees by hand as well. */
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <sound/core.h>

struct chip {
	int id;
};

static void chip_free(struct snd_card *card)
{
	kfree(card->private_data);
}

static int probe_any(struct platform_device *pdev)
{
	struct snd_card *card;
	int ret = snd_card_new(&pdev->dev, 0, NULL, NULL, 0, &card);

	if (ret)
		return ret;
	card->private_data = kzalloc(sizeof(struct chip), GFP_KERNEL);
	if (!card->private_data) {
		snd_card_free(card);
		return -ENOMEM;
	}
	card->private_free = chip_free;
	platform_set_drvdata(pdev, card);
	return 0;
}

static void remove_bad(struct platform_device *pdev)
{
	struct snd_card *card = platform_get_drvdata(pdev);

	kfree(card->private_data);
	snd_card_free(card); /* expect: free/double memory */ /* xfail-fn: private_free is not run by snd_card_free() */
}

static void remove_ok(struct platform_device *pdev)
{
	snd_card_free(platform_get_drvdata(pdev));
}

struct platform_driver driver_bad = {.probe = probe_any, .remove = remove_bad};
struct platform_driver driver_ok = {.probe = probe_any, .remove = remove_ok};
