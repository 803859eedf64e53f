/* The count goes down by another name of the device; or a flag outside says that it stays up. */
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/pm_runtime.h>

struct mux;
struct slot {
	struct mux *mux;
	bool busy;
};

struct mux {
	struct device *dev;
	struct slot slots[8];
	bool powered;
};

int mux_write(struct mux *mux);
int mux_light(const struct mux *mux);

static void slot_done(struct slot *slot)
{
	pm_runtime_put_autosuspend(slot->mux->dev);
	slot->busy = false;
}

int slot_send_ok(struct mux *mux, unsigned int i)
{
	struct slot *slot = &mux->slots[i % 8];
	int ret = pm_runtime_resume_and_get(mux->dev);

	if (ret < 0)
		return ret;
	ret = mux_write(mux);
	if (ret < 0)
		slot_done(slot);
	return ret;
}

int slot_send_bad(struct mux *mux, unsigned int i)
{
	struct slot *slot = &mux->slots[i % 8];
	int ret = pm_runtime_resume_and_get(mux->dev);

	if (ret < 0)
		return ret;
	if (slot->busy)
		return -EBUSY; /* expect: leak/error-path runtime PM */
	ret = mux_write(mux);
	if (ret < 0)
		pm_runtime_put_autosuspend(mux->dev);
	return ret;
}

int mux_set_ok(struct mux *mux)
{
	int ret = pm_runtime_resume_and_get(mux->dev);

	if (ret < 0)
		return ret;
	ret = mux_light(mux);
	if (!mux->powered) {
		mux->powered = true;
		return ret;
	}
	pm_runtime_put_autosuspend(mux->dev);
	return ret;
}

int mux_set_bad(struct mux *mux)
{
	int ret = pm_runtime_resume_and_get(mux->dev);

	if (ret < 0)
		return ret;
	ret = mux_light(mux);
	if (ret == -EIO)
		return -EAGAIN; /* expect: leak/error-path runtime PM */
	pm_runtime_put_autosuspend(mux->dev);
	return ret;
}
