/* Callbacks given to a multiplexer, or standing in a clock's slots, queue the work until their registration has ended. */
#include <linux/i2c.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

struct i2c_mux_core {
	void *priv;
};
struct i2c_mux_core *i2c_mux_alloc(struct i2c_adapter *parent, struct device *dev, int max_adapters, int sizeof_priv,
				   u32 flags, int (*select)(struct i2c_mux_core *, u32),
				   int (*deselect)(struct i2c_mux_core *, u32));
int i2c_mux_add_adapter(struct i2c_mux_core *muxc, u32 force_nr, u32 chan_id);
void i2c_mux_del_adapters(struct i2c_mux_core *muxc);

struct ptp_clock_info {
	const char *name;
	int (*gettime)(struct ptp_clock_info *info, void *ts);
};
struct ptp_clock;
struct ptp_clock *ptp_clock_register(struct ptp_clock_info *info, struct device *parent);
int ptp_clock_unregister(struct ptp_clock *ptp);

struct tuner {
	struct i2c_mux_core *muxc;
	struct delayed_work close;
	struct ptp_clock_info info;
	struct ptp_clock *clock;
	int open;
};

static void close_any(struct work_struct *work)
{
	container_of(to_delayed_work(work), struct tuner, close)->open = 0;
}

static int select_any(struct i2c_mux_core *muxc, u32 chan)
{
	return 0;
}

static int deselect_any(struct i2c_mux_core *muxc, u32 chan)
{
	struct tuner *t = muxc->priv;

	schedule_delayed_work(&t->close, HZ);
	return 0;
}

static int probe_mux(struct i2c_client *client)
{
	struct tuner *t = devm_kzalloc(&client->dev, sizeof(*t), GFP_KERNEL);

	if (!t)
		return -ENOMEM;
	INIT_DELAYED_WORK(&t->close, close_any);
	t->muxc = i2c_mux_alloc(client->adapter, &client->dev, 1, 0, 0, select_any, deselect_any);
	if (!t->muxc)
		return -ENOMEM;
	i2c_set_clientdata(client, t);
	return i2c_mux_add_adapter(t->muxc, 0, 0);
}

static void remove_mux_bad(struct i2c_client *client)
{
	struct tuner *t = i2c_get_clientdata(client);

	cancel_delayed_work_sync(&t->close); /* expect: free/use-after delayed work */
	i2c_mux_del_adapters(t->muxc);
}

static void remove_mux_ok(struct i2c_client *client)
{
	struct tuner *t = i2c_get_clientdata(client);

	i2c_mux_del_adapters(t->muxc);
	cancel_delayed_work_sync(&t->close);
}

struct i2c_driver mux_bad = {.probe = probe_mux, .remove = remove_mux_bad};
struct i2c_driver mux_ok = {.probe = probe_mux, .remove = remove_mux_ok};

static int gettime_any(struct ptp_clock_info *info, void *ts)
{
	struct tuner *t = container_of(info, struct tuner, info);

	schedule_delayed_work(&t->close, HZ);
	return 0;
}

static int probe_clock(struct i2c_client *client)
{
	struct tuner *t = devm_kzalloc(&client->dev, sizeof(*t), GFP_KERNEL);

	if (!t)
		return -ENOMEM;
	INIT_DELAYED_WORK(&t->close, close_any);
	t->info.gettime = gettime_any;
	t->clock = ptp_clock_register(&t->info, &client->dev);
	if (IS_ERR(t->clock))
		return PTR_ERR(t->clock);
	i2c_set_clientdata(client, t);
	return 0;
}

static void remove_clock_bad(struct i2c_client *client)
{
	struct tuner *t = i2c_get_clientdata(client);

	cancel_delayed_work_sync(&t->close); /* expect: free/use-after delayed work */
	ptp_clock_unregister(t->clock);
}

static void remove_clock_ok(struct i2c_client *client)
{
	struct tuner *t = i2c_get_clientdata(client);

	ptp_clock_unregister(t->clock);
	cancel_delayed_work_sync(&t->close);
}

struct i2c_driver clock_bad = {.probe = probe_clock, .remove = remove_clock_bad};
struct i2c_driver clock_ok = {.probe = probe_clock, .remove = remove_clock_ok};
