/* Nothing to find here: an I2C driver that mixes managed and unmanaged resources in the right order. */
#include <linux/i2c.h>
#include <linux/interrupt.h>
#include <linux/leds.h>
#include <linux/pm_runtime.h>
#include <linux/regulator/consumer.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct lamp {
	struct i2c_client *client;
	struct regulator *supply;
	struct led_classdev led;
	struct delayed_work fade;
	u8 *curve;
};

static void lamp_fade(struct work_struct *work)
{
	struct lamp *l = container_of(to_delayed_work(work), struct lamp, fade);

	i2c_smbus_write_byte_data(l->client, 1, l->curve[0]);
}

static int lamp_set(struct led_classdev *led, unsigned int brightness)
{
	struct lamp *l = container_of(led, struct lamp, led);
	int ret;

	ret = pm_runtime_resume_and_get(&l->client->dev);
	if (ret)
		return ret;
	ret = i2c_smbus_write_byte_data(l->client, 0, brightness);
	schedule_delayed_work(&l->fade, HZ);
	pm_runtime_put(&l->client->dev);
	return ret;
}

static irqreturn_t lamp_irq(int irq, void *data)
{
	struct lamp *l = data;

	dev_dbg(&l->client->dev, "over temperature\n");
	return IRQ_HANDLED;
}

static int lamp_probe(struct i2c_client *client)
{
	struct device *dev = &client->dev;
	struct lamp *l;
	int ret;

	l = devm_kzalloc(dev, sizeof(*l), GFP_KERNEL);
	if (!l)
		return -ENOMEM;
	l->client = client;
	INIT_DELAYED_WORK(&l->fade, lamp_fade);
	i2c_set_clientdata(client, l);

	l->supply = devm_regulator_get(dev, "vcc");
	if (IS_ERR(l->supply))
		return dev_err_probe(dev, PTR_ERR(l->supply), "no supply\n");

	ret = devm_request_irq(dev, client->irq, lamp_irq, 0, "lamp", l);
	if (ret)
		return ret;

	l->curve = kmalloc(256, GFP_KERNEL); /* expect: devm/candidate memory */
	if (!l->curve)
		return -ENOMEM;

	ret = regulator_enable(l->supply);
	if (ret)
		goto err_curve;

	pm_runtime_enable(dev);
	l->led.name = "lamp";
	l->led.brightness_set_blocking = lamp_set;
	ret = led_classdev_register(dev, &l->led);
	if (ret)
		goto err_pm;
	return 0;

err_pm:
	pm_runtime_disable(dev);
	regulator_disable(l->supply);
err_curve:
	kfree(l->curve);
	return ret;
}

static void lamp_remove(struct i2c_client *client)
{
	struct lamp *l = i2c_get_clientdata(client);

	led_classdev_unregister(&l->led);
	cancel_delayed_work_sync(&l->fade);
	pm_runtime_disable(&client->dev);
	regulator_disable(l->supply);
	kfree(l->curve);
}

static struct i2c_driver lamp_driver = {
	.probe = lamp_probe,
	.remove = lamp_remove,
	.driver = {.name = "lamp"},
};
module_i2c_driver(lamp_driver);

MODULE_LICENSE("GPL");
