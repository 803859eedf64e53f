/* The parent's tree keeps the memory of the resource, and the registration is to be undone. */
#include <linux/errno.h>
#include <linux/ioport.h>
#include <linux/slab.h>

int request_resource(struct resource *root, struct resource *r);
int release_resource(struct resource *r);
int window_check(struct resource *root);

int memory_bad(struct resource *root)
{
	struct resource *r = kzalloc(sizeof(*r), GFP_KERNEL);
	int ret;

	if (!r)
		return -ENOMEM;
	ret = request_resource(root, r);
	return ret; /* expect: leak/error-path memory */
}

int memory_ok(struct resource *root)
{
	struct resource *r = kzalloc(sizeof(*r), GFP_KERNEL);
	int ret;

	if (!r)
		return -ENOMEM;
	ret = request_resource(root, r);
	if (ret)
		kfree(r);
	return ret;
}

int registration_bad(struct resource *root, struct resource *r)
{
	int ret = request_resource(root, r);

	if (ret)
		return ret;
	ret = window_check(root);
	if (ret) {
		release_resource(r);
		return ret;
	}
	return window_check(r); /* expect: leak/error-path resource */
}

int registration_ok(struct resource *root, struct resource *r)
{
	int ret = request_resource(root, r);

	if (ret)
		return ret;
	ret = window_check(root);
	if (ret)
		release_resource(r);
	return ret;
}
