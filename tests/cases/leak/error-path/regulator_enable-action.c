/* A managed action that was registered before the enable undoes it after a failed probe, even a failed enable. */
#include <linux/device.h>
#include <linux/i2c.h>
#include <linux/regulator/consumer.h>

struct touch {
	struct regulator *vdd;
};

int touch_check(struct touch *t);

static void touch_off(void *data)
{
	struct touch *t = data;

	regulator_disable(t->vdd);
}

static int touch_probe_ok(struct i2c_client *client) /* expect: free/unowned regulator */
{
	struct touch *t = i2c_get_clientdata(client);
	int ret = devm_add_action(&client->dev, touch_off, t);

	if (ret)
		return ret;
	ret = regulator_enable(t->vdd);
	if (ret)
		return ret;
	return touch_check(t);
}

static int touch_probe_bad(struct i2c_client *client)
{
	struct touch *t = i2c_get_clientdata(client);
	int ret = regulator_enable(t->vdd);

	if (ret)
		return ret;
	return touch_check(t); /* expect: leak/error-path regulator */
}

struct i2c_driver touch_ok = {.probe = touch_probe_ok};
struct i2c_driver touch_bad = {.probe = touch_probe_bad};
