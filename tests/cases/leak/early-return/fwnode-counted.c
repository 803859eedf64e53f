/* Who passes no place for the reference gets none. */
#include <linux/errno.h>

struct fwnode_handle;
struct fwnode_reference_args {
	struct fwnode_handle *fwnode;
};
int fwnode_property_get_reference_args(const struct fwnode_handle *fwnode, const char *prop, const char *nargs_prop,
				       unsigned int nargs, unsigned int index, struct fwnode_reference_args *args);
void fwnode_handle_put(struct fwnode_handle *fwnode);

int count_ok(struct fwnode_handle *fw)
{
	int n = 0;

	while (fwnode_property_get_reference_args(fw, "leds", NULL, 0, n, NULL) == 0)
		n++;
	return n;
}

int first_bad(struct fwnode_handle *fw, int *index)
{
	struct fwnode_reference_args args;

	if (fwnode_property_get_reference_args(fw, "leds", NULL, 0, 0, &args))
		return -ENOENT;
	if (*index)
		return -EINVAL; /* expect: leak/error-path */
	fwnode_handle_put(args.fwnode);
	return 0;
}
