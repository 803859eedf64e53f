#include <linux/i2c.h>

int adapter_bad(int nr)
{
	struct i2c_adapter *adap = i2c_get_adapter(nr);
	struct i2c_client *client;

	if (!adap)
		return -ENODEV;
	client = i2c_new_dummy_device(adap, 0x50);
	if (IS_ERR(client))
		return PTR_ERR(client); /* expect: leak/error-path i2c_adapter */
	i2c_unregister_device(client);
	i2c_put_adapter(adap);
	return 0;
}

int adapter_ok(int nr)
{
	struct i2c_adapter *adap = i2c_get_adapter(nr);
	struct i2c_client *client;

	if (!adap)
		return -ENODEV;
	client = i2c_new_dummy_device(adap, 0x50);
	if (!IS_ERR(client))
		i2c_unregister_device(client);
	i2c_put_adapter(adap);
	return PTR_ERR_OR_ZERO(client);
}
