/* What others, callees and loops write: the code behind it is reached, and leaks there are seen. */
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

int chip_start(struct device *dev);
int chip_read(struct device *dev, unsigned char *to, int n);
int chip_transfer(struct device *dev, struct message *m);
int chip_walk(struct device *dev, int (*each)(struct device *dev, void *data), void *data);
void *chip_table(void *data);
void stop_here(void) __attribute__((noreturn));

static int leak_unless_started(struct device *dev)
{
	char *name = kzalloc(16, GFP_KERNEL);

	if (!name)
		return -ENOMEM;
	if (chip_start(dev))
		return -EIO; /* expect: leak/error-path memory */
	kfree(name);
	return 0;
}

/* An interrupt sets it. */
int awaited(struct chip *c)
{
	char *name;
	int rounds = 3;

	c->done = 0;
	while (!c->done && rounds--)
		msleep(1);
	if (!c->done)
		return -ETIMEDOUT;
	name = kzalloc(16, GFP_KERNEL);
	if (!name)
		return -ENOMEM;
	if (chip_start(c->dev))
		return -EIO; /* expect: leak/error-path memory */
	kfree(name);
	return 0;
}

int filled(struct chip *c)
{
	unsigned char *id = kzalloc(4, GFP_KERNEL);
	char *name;

	if (!id)
		return -ENOMEM;
	if (chip_read(c->dev, id, 4) || id[0] != 0x73) {
		kfree(id);
		return -ENODEV;
	}
	kfree(id);
	name = kzalloc(16, GFP_KERNEL);
	if (!name)
		return -ENOMEM;
	if (chip_start(c->dev))
		return -EIO; /* expect: leak/error-path memory */
	kfree(name);
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
	char *name;

	if (read_by_message(c->dev, &state))
		return -EIO;
	if (state != 0x73)
		return -ENODEV;
	name = kzalloc(16, GFP_KERNEL);
	if (!name)
		return -ENOMEM;
	if (chip_start(c->dev))
		return -EIO; /* expect: leak/error-path memory */
	kfree(name);
	return 0;
}

static bool is_known(const unsigned char id[4])
{
	return id[0] == 0x73;
}

int array_parameter(struct chip *c)
{
	unsigned char id[4];
	char *name;

	if (chip_read(c->dev, id, 4))
		return -EIO;
	if (!is_known(id))
		return -ENODEV;
	name = kzalloc(16, GFP_KERNEL);
	if (!name)
		return -ENOMEM;
	if (chip_start(c->dev))
		return -EIO; /* expect: leak/error-path memory */
	kfree(name);
	return 0;
}

int counted_in_member(struct chip *c)
{
	char *name;

	for (c->n = 0; c->n < 8; c->n++)
		c->list[c->n] = c->n;
	name = kzalloc(16, GFP_KERNEL);
	if (!name)
		return -ENOMEM;
	if (chip_start(c->dev))
		return -EIO; /* expect: leak/error-path memory */
	kfree(name);
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
	return leak_unless_started(c->dev);
}
