/* Channels that probe takes in a loop, kept in an array of the driver data. */
#include <linux/platform_device.h>
#include <linux/slab.h>

enum { CHANNELS = 8 };

struct channel {
	int number;
};

struct dma {
	struct channel *channels[CHANNELS];
	u8 *buffers[CHANNELS];
	int used;
};

static int probe_any(struct platform_device *pdev)
{
	struct dma *d = devm_kzalloc(&pdev->dev, sizeof(*d), GFP_KERNEL);
	int i;

	if (!d)
		return -ENOMEM;
	platform_set_drvdata(pdev, d);
	for (i = 0; i < CHANNELS; i++) {
		d->channels[i] = kzalloc(sizeof(*d->channels[i]), GFP_KERNEL);
		if (!d->channels[i])
			goto fail;
		d->channels[i]->number = i;
	}
	return 0;

fail:
	while (--i >= 0)
		kfree(d->channels[i]);
	return -ENOMEM;
}

static void remove_bad(struct platform_device *pdev)
{
	struct dma *d = platform_get_drvdata(pdev);

	d->used = 0;
} /* expect: leak/remove memory */

struct platform_driver driver_bad = {.probe = probe_any, .remove = remove_bad};

static void remove_ok(struct platform_device *pdev)
{
	struct dma *d = platform_get_drvdata(pdev);
	int i;

	for (i = 0; i < CHANNELS; i++)
		kfree(d->channels[i]);
}

struct platform_driver driver_ok = {.probe = probe_any, .remove = remove_ok};

/* Bytes: only the place says what they are. */
static int probe_bytes(struct platform_device *pdev)
{
	struct dma *d = devm_kzalloc(&pdev->dev, sizeof(*d), GFP_KERNEL);
	u8 *buffer;
	int i;

	if (!d)
		return -ENOMEM;
	platform_set_drvdata(pdev, d);
	for (i = 0; i < CHANNELS; i++) {
		buffer = kmalloc(256, GFP_KERNEL);
		if (!buffer)
			goto fail;
		d->buffers[i] = buffer;
	}
	return 0;

fail:
	while (--i >= 0)
		kfree(d->buffers[i]);
	return -ENOMEM;
}

static void remove_bytes_bad(struct platform_device *pdev)
{
	struct dma *d = platform_get_drvdata(pdev);

	d->used = 0;
} /* expect: leak/remove memory */

struct platform_driver driver_bytes_bad = {.probe = probe_bytes, .remove = remove_bytes_bad};

static void remove_bytes_ok(struct platform_device *pdev)
{
	struct dma *d = platform_get_drvdata(pdev);
	u8 **at = d->buffers;
	int i;

	for (i = 0; i < CHANNELS; i++)
		kfree(at[i]);
}

struct platform_driver driver_bytes_ok = {.probe = probe_bytes, .remove = remove_bytes_ok};
