/* No index goes past the end of a member array; a counter that only grows stays above where it began. */
#include <linux/errno.h>
#include <linux/slab.h>
#include <linux/string.h>

struct port {
	void *queue, *ring;
};

struct hub {
	struct port port[2];
	void *client;
};

int port_start(int i);

int hub_ok(struct hub *hub, int n)
{
	int i;

	hub->client = kzalloc(8, GFP_KERNEL);
	if (!hub->client)
		return -ENOMEM;
	for (i = 0; i < n; i++) {
		hub->port[i].queue = NULL;
		if (port_start(i)) {
			kfree(hub->client);
			return -EIO;
		}
	}
	return 0;
}

int hub_bad(struct hub *hub, int n)
{
	int i;

	hub->client = kzalloc(8, GFP_KERNEL);
	if (!hub->client)
		return -ENOMEM;
	for (i = 0; i < n; i++) {
		hub->port[i].queue = NULL;
		if (port_start(i) > 1)
			return -EIO; /* expect: leak/error-path memory */
		if (port_start(i)) {
			kfree(hub->client);
			return -EIO;
		}
	}
	return 0;
}

int vectors_ok(int n)
{
	void *first = kzalloc(8, GFP_KERNEL);
	int i, j;

	if (!first)
		return -ENOMEM;
	for (i = 1; i < n; i++)
		if (port_start(i))
			goto err;
	kfree(first);
	return 0;
err:
	for (j = 0; j < i; j++)
		if (j == 0)
			kfree(first);
	return -EIO;
}

int vectors_bad(int n)
{
	void *first = kzalloc(8, GFP_KERNEL);
	int i, j;

	if (!first)
		return -ENOMEM;
	for (i = 0; i < n; i++)
		if (port_start(i))
			goto err;
	kfree(first);
	return 0;
err:
	for (j = 0; j < i; j++)
		if (j == 0)
			kfree(first);
	return -EIO; /* expect: leak/error-path memory */
}

/* Three rounds, and then it is left. */
int three_bad(int n)
{
	void *first = kzalloc(8, GFP_KERNEL);
	int i, most = n ? 3 : 1;

	if (!first)
		return -ENOMEM;
	for (i = 0; i < most; i++)
		if (port_start(i)) {
			kfree(first);
			return -EIO;
		}
	if (n == 7)
		return -EINVAL; /* expect: leak/error-path memory */
	kfree(first);
	return 0;
}
