#include <linux/i2c.h>
#include <linux/slab.h>
#include <linux/timer.h>

struct chip {
	struct timer_list timer;
	int ticks;
};

static void tick_any(struct timer_list *t)
{
	struct chip *c = from_timer(c, t, timer);

	c->ticks++;
	mod_timer(&c->timer, jiffies + HZ);
}

static int probe_any(struct i2c_client *client)
{
	struct chip *c = kzalloc(sizeof(*c), GFP_KERNEL); /* expect: devm/candidate memory */

	if (!c)
		return -ENOMEM;
	timer_setup(&c->timer, tick_any, 0);
	i2c_set_clientdata(client, c);
	mod_timer(&c->timer, jiffies + HZ);
	return 0;
}

static void remove_bad(struct i2c_client *client)
{
	struct chip *c = i2c_get_clientdata(client);

	del_timer(&c->timer);
	kfree(c); /* expect: free/use-after */
}

static void remove_ok(struct i2c_client *client)
{
	struct chip *c = i2c_get_clientdata(client);

	timer_delete_sync(&c->timer);
	kfree(c);
}

struct i2c_driver driver_bad = {.probe = probe_any, .remove = remove_bad};
struct i2c_driver driver_ok = {.probe = probe_any, .remove = remove_ok};
