/* What others, callees and loops write is not known any more: the code behind it is reached. */
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/errno.h>
#include <linux/slab.h>

struct message {
	const void *out;
	unsigned char *in;
	int n;
};

struct chip {
	struct device *dev;
	int done, n;
	int list[8];
};

void drv_reached(void);
int chip_read(struct device *dev, unsigned char *to, int n);
int chip_transfer(struct device *dev, struct message *m);
void stop_here(void) __attribute__((noreturn));

/* An interrupt sets it. */
int awaited(struct chip *c)
{
	int rounds = 3;

	c->done = 0;
	while (!c->done && rounds--)
		msleep(1);
	if (!c->done)
		return -ETIMEDOUT;
	drv_reached(); /* expect: engine/probe reached */
	return 0;
}

int filled(struct chip *c)
{
	unsigned char *id = kzalloc(4, GFP_KERNEL);

	if (!id)
		return -ENOMEM;
	if (chip_read(c->dev, id, 4) || id[0] != 0x73) {
		kfree(id);
		return -ENODEV;
	}
	kfree(id);
	drv_reached(); /* expect: engine/probe reached */
	return 0;
}

static int read_by_message(struct device *dev, unsigned char *to)
{
	struct message m = {.in = to, .n = 1};

	return chip_transfer(dev, &m);
}

int filled_by_message(struct chip *c)
{
	unsigned char state = 0;

	if (read_by_message(c->dev, &state))
		return -EIO;
	if (state != 0x73)
		return -ENODEV;
	drv_reached(); /* expect: engine/probe reached */
	return 0;
}

static bool is_known(const unsigned char id[4])
{
	return id[0] == 0x73;
}

int array_parameter(struct chip *c)
{
	unsigned char id[4];

	if (chip_read(c->dev, id, 4))
		return -EIO;
	if (!is_known(id))
		return -ENODEV;
	drv_reached(); /* expect: engine/probe reached */
	return 0;
}

int counted_in_member(struct chip *c)
{

	for (c->n = 0; c->n < 8; c->n++)
		c->list[c->n] = c->n;
	drv_reached(); /* expect: engine/probe reached */
	return 0;
}

static void check_size(unsigned long n)
{
	const unsigned long most = ~0ul;

	if (most < n)
		stop_here();
}

int unsigned_limit(struct chip *c, unsigned long n)
{
	check_size(n);
	drv_reached(); /* expect: engine/probe reached */
	return 0;
}
