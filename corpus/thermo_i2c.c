/*
 * An I2C thermometer. The identity check forgets to switch the supply off, and remove forgets the dummy client of the
 * second address; the calibration loader is right.
 */
#include <linux/i2c.h>
#include <linux/regulator/consumer.h>
#include <linux/slab.h>

#define THERMO_ID 0x10
#define THERMO_CAL 0x20
#define THERMO_N_CAL 8

struct thermo {
	struct i2c_client *client;
	struct i2c_client *eeprom;
	struct regulator *supply;
	u8 *cal;
};

static int thermo_load_cal(struct thermo *t)
{
	u8 *cal;
	int i, val;

	cal = kcalloc(THERMO_N_CAL, sizeof(*cal), GFP_KERNEL);
	if (!cal)
		return -ENOMEM;

	for (i = 0; i < THERMO_N_CAL; i++) {
		val = i2c_smbus_read_byte_data(t->eeprom, THERMO_CAL + i);
		if (val < 0) {
			kfree(cal);
			return val;
		}
		cal[i] = val;
	}
	t->cal = cal;
	return 0;
}

/* The same, but a failing transfer loses the table. */
static int thermo_reload_cal(struct thermo *t)
{
	u8 *cal;
	int i, val;

	cal = kcalloc(THERMO_N_CAL, sizeof(*cal), GFP_KERNEL);
	if (!cal)
		return -ENOMEM;

	for (i = 0; i < THERMO_N_CAL; i++) {
		val = i2c_smbus_read_byte_data(t->eeprom, THERMO_CAL + i);
		if (val < 0)
			return val; /* expect: leak/error-path memory */
		cal[i] = val;
	}
	kfree(t->cal);
	t->cal = cal;
	return 0;
}

static ssize_t reload_store(struct device *dev, struct device_attribute *attr, const char *buf, size_t count)
{
	struct thermo *t = dev_get_drvdata(dev);
	int ret = thermo_reload_cal(t);

	return ret ? ret : (ssize_t)count;
}

static ssize_t reload_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return 0;
}
static DEVICE_ATTR_RW(reload);

static int thermo_probe(struct i2c_client *client)
{
	struct thermo *t;
	int ret;

	t = devm_kzalloc(&client->dev, sizeof(*t), GFP_KERNEL);
	if (!t)
		return -ENOMEM;
	t->client = client;

	t->supply = devm_regulator_get(&client->dev, "vdd");
	if (IS_ERR(t->supply))
		return PTR_ERR(t->supply);

	ret = regulator_enable(t->supply);
	if (ret)
		return ret;

	ret = i2c_smbus_read_byte_data(client, THERMO_ID);
	if (ret < 0)
		goto err_supply;
	if (ret != 0x42) {
		dev_err(&client->dev, "unknown chip %x\n", ret);
		return -ENODEV; /* expect: leak/error-path regulator */
	}

	t->eeprom = i2c_new_dummy_device(client->adapter, client->addr + 1);
	if (IS_ERR(t->eeprom)) {
		ret = PTR_ERR(t->eeprom);
		goto err_supply;
	}

	ret = thermo_load_cal(t);
	if (ret)
		goto err_eeprom;

	i2c_set_clientdata(client, t);
	ret = device_create_file(&client->dev, &dev_attr_reload);
	if (ret)
		goto err_cal;
	return 0;

err_cal:
	kfree(t->cal);
err_eeprom:
	i2c_unregister_device(t->eeprom);
err_supply:
	regulator_disable(t->supply);
	return ret;
}

static void thermo_remove(struct i2c_client *client)
{
	struct thermo *t = i2c_get_clientdata(client);

	device_remove_file(&client->dev, &dev_attr_reload);
	kfree(t->cal);
	regulator_disable(t->supply);
} /* expect: leak/remove i2c_client */

static struct i2c_driver thermo_driver = {
	.probe = thermo_probe,
	.remove = thermo_remove,
	.driver = {.name = "thermo"},
};
module_i2c_driver(thermo_driver);

MODULE_LICENSE("GPL");
