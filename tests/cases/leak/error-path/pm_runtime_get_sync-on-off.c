/* Nobody looks whether the power could be switched on, and everybody switches it off again. */
#include <linux/errno.h>
#include <linux/pm_runtime.h>

struct sensor {
	struct device *dev;
};

static int set_power(struct sensor *sensor, bool on)
{
	if (on)
		return pm_runtime_get_sync(sensor->dev);
	return pm_runtime_put(sensor->dev);
}

int read_level(struct sensor *sensor);
int read_range(struct sensor *sensor);
void stop(struct sensor *sensor);
int start(struct sensor *sensor);

int level_ok(struct sensor *sensor)
{
	int level;

	set_power(sensor, true);
	level = read_level(sensor);
	set_power(sensor, false);
	return level;
}

int range_ok(struct sensor *sensor)
{
	int ret = start(sensor), err;

	if (!ret) {
		err = set_power(sensor, true);
		if (err)
			read_level(sensor);
		read_range(sensor);
		set_power(sensor, false);
	}
	if (ret)
		stop(sensor);
	return ret;
}

static int set_checked_power(struct sensor *sensor, bool on)
{
	if (on)
		return pm_runtime_get_sync(sensor->dev); /* expect: leak/error-path */
	return pm_runtime_put(sensor->dev);
}

int level_bad(struct sensor *sensor)
{
	int ret = set_checked_power(sensor, true);

	if (ret < 0)
		return ret;
	ret = read_level(sensor);
	set_checked_power(sensor, false);
	return ret;
}
