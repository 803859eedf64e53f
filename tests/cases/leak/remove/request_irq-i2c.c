/* The handler may still be called after the driver is gone. */
#include <linux/i2c.h>
#include <linux/interrupt.h>

struct chip {
	int events;
};

static irqreturn_t chip_irq(int irq, void *data)
{
	return IRQ_HANDLED;
}

static int probe_any(struct i2c_client *client)
{
	struct chip *c = devm_kzalloc(&client->dev, sizeof(*c), GFP_KERNEL);

	if (!c)
		return -ENOMEM;
	i2c_set_clientdata(client, c);
	return request_threaded_irq(client->irq, NULL, chip_irq, IRQF_ONESHOT, "chip", c);
}

static void remove_bad(struct i2c_client *client)
{
	disable_irq(client->irq);
} /* expect: leak/remove irq */

struct i2c_driver driver_bad = {.probe = probe_any, .remove = remove_bad};

static void remove_ok(struct i2c_client *client)
{
	free_irq(client->irq, i2c_get_clientdata(client));
}

struct i2c_driver driver_ok = {.probe = probe_any, .remove = remove_ok};
