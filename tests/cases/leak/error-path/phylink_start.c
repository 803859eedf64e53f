/* Devlink instances and PHY links that a later failure has to undo. */
#include <linux/err.h>
#include <linux/types.h>

struct net_device;
struct devlink;
struct phylink;
void devlink_register(struct devlink *devlink);
void devlink_unregister(struct devlink *devlink);
void phylink_start(struct phylink *pl);
void phylink_stop(struct phylink *pl);
int start(struct net_device *dev);

struct ring {
	struct net_device *dev;
	struct phylink *pl;
	struct devlink *dl;
};

int open_bad(struct ring *ring)
{
	int ret;

	phylink_start(ring->pl);
	devlink_register(ring->dl);
	ret = start(ring->dev);
	if (ret) {
		devlink_unregister(ring->dl);
		return ret; /* expect: leak/error-path phylink */
	}
	ret = start(ring->dev);
	if (ret) {
		phylink_stop(ring->pl);
		return ret; /* expect: leak/error-path registration */
	}
	return 0;
}

int open_ok(struct ring *ring)
{
	int ret;

	phylink_start(ring->pl);
	devlink_register(ring->dl);
	ret = start(ring->dev);
	if (ret) {
		devlink_unregister(ring->dl);
		phylink_stop(ring->pl);
		return ret;
	}
	return 0;
}
