/*
 * A keypad. An input device is given back with input_free_device() until it is registered and with
 * input_unregister_device() alone afterwards; probe_old gets both wrong, probe_new is right.
 */
#include <linux/input.h>
#include <linux/interrupt.h>
#include <linux/platform_device.h>
#include <linux/slab.h>

struct keypad {
	struct input_dev *input;
	void __iomem *regs;
	int irq;
};

static irqreturn_t keypad_irq(int irq, void *data)
{
	struct keypad *k = data;

	input_report_key(k->input, KEY_POWER, readl(k->regs) & 1);
	input_sync(k->input);
	return IRQ_HANDLED;
}

static int keypad_old_probe(struct platform_device *pdev)
{
	struct keypad *k;
	int ret;

	k = kzalloc(sizeof(*k), GFP_KERNEL); /* expect: devm/candidate memory */
	if (!k)
		return -ENOMEM;

	k->input = input_allocate_device();
	if (!k->input) {
		kfree(k);
		return -ENOMEM;
	}

	k->irq = platform_get_irq(pdev, 0);
	if (k->irq < 0) {
		ret = k->irq;
		kfree(k);
		return ret; /* expect: leak/error-path input_dev */
	}

	input_set_capability(k->input, EV_KEY, KEY_POWER);
	ret = input_register_device(k->input);
	if (ret) {
		input_free_device(k->input);
		kfree(k);
		return ret;
	}
	platform_set_drvdata(pdev, k);
	return 0;
}

static void keypad_old_remove(struct platform_device *pdev)
{
	struct keypad *k = platform_get_drvdata(pdev);

	input_unregister_device(k->input);
	input_free_device(k->input); /* expect: free/double input_dev */
	kfree(k);
}

static int keypad_new_probe(struct platform_device *pdev)
{
	struct keypad *k;
	int ret;

	k = devm_kzalloc(&pdev->dev, sizeof(*k), GFP_KERNEL);
	if (!k)
		return -ENOMEM;

	k->regs = devm_platform_ioremap_resource(pdev, 0);
	if (IS_ERR(k->regs))
		return PTR_ERR(k->regs);

	k->irq = platform_get_irq(pdev, 0);
	if (k->irq < 0)
		return k->irq;

	k->input = input_allocate_device();
	if (!k->input)
		return -ENOMEM;
	input_set_capability(k->input, EV_KEY, KEY_POWER);

	ret = request_irq(k->irq, keypad_irq, 0, "keypad", k);
	if (ret)
		goto err_free;

	ret = input_register_device(k->input);
	if (ret)
		goto err_irq;

	platform_set_drvdata(pdev, k);
	return 0;

err_irq:
	free_irq(k->irq, k);
err_free:
	input_free_device(k->input);
	return ret;
}

static void keypad_new_remove(struct platform_device *pdev)
{
	struct keypad *k = platform_get_drvdata(pdev);

	free_irq(k->irq, k);
	input_unregister_device(k->input);
}

static struct platform_driver keypad_old_driver = {
	.probe = keypad_old_probe,
	.remove = keypad_old_remove,
	.driver = {.name = "keypad-old"},
};

static struct platform_driver keypad_new_driver = {
	.probe = keypad_new_probe,
	.remove = keypad_new_remove,
	.driver = {.name = "keypad"},
};

static int __init keypad_init(void)
{
	int ret;

	ret = platform_driver_register(&keypad_new_driver);
	if (ret)
		return ret;
	ret = platform_driver_register(&keypad_old_driver);
	if (ret)
		platform_driver_unregister(&keypad_new_driver);
	return ret;
}
module_init(keypad_init);

static void __exit keypad_exit(void)
{
	platform_driver_unregister(&keypad_old_driver);
	platform_driver_unregister(&keypad_new_driver);
}
module_exit(keypad_exit);

MODULE_LICENSE("GPL");
