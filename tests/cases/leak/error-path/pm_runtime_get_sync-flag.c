/* A flag that is set just where the count is kept is set where it is asked for; another flag is not. */
#include <linux/bits.h>
#include <linux/device.h>
#include <linux/pm_runtime.h>

struct bus {
	unsigned int flags;
};

enum { BUS_BLOCKED = BIT(3),
       BUS_NOTIFY = BIT(4) };

int bus_quirks(struct device *dev);
int bus_start(struct bus *b);

int flag_ok(struct bus *b, struct device *dev)
{
	int ret;

	b->flags = 0;
	pm_runtime_get_sync(dev);
	if (bus_quirks(dev))
		b->flags |= BUS_BLOCKED;
	else
		pm_runtime_put(dev);
	b->flags &= ~BUS_NOTIFY;
	ret = bus_start(b);
	if (ret < 0)
		goto out;
	return 0;
out:
	if (b->flags & BUS_BLOCKED)
		pm_runtime_put(dev);
	return ret;
}

int flag_bad(struct bus *b, struct device *dev)
{
	int ret;

	b->flags = 0;
	pm_runtime_get_sync(dev);
	if (bus_quirks(dev))
		b->flags |= BUS_BLOCKED;
	else
		pm_runtime_put(dev);
	b->flags &= ~BUS_NOTIFY;
	ret = bus_start(b);
	if (ret < 0)
		goto out;
	return 0;
out:
	if (b->flags & BUS_NOTIFY)
		pm_runtime_put(dev);
	return ret; /* expect: leak/error-path runtime PM */
}
