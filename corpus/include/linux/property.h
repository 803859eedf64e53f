#ifndef _LINUX_PROPERTY_H
#define _LINUX_PROPERTY_H

#include <linux/cleanup.h>
#include <linux/types.h>

struct device;

struct fwnode_handle {
	struct device *dev;
};

const void *device_get_match_data(const struct device *dev);
int device_property_read_u32(const struct device *dev, const char *name, u32 *out);
bool device_property_present(const struct device *dev, const char *name);
struct fwnode_handle *dev_fwnode(const struct device *dev);
int fwnode_property_read_u32(const struct fwnode_handle *fwnode, const char *name, u32 *out);
struct fwnode_handle *fwnode_handle_get(struct fwnode_handle *fwnode);
void fwnode_handle_put(struct fwnode_handle *fwnode);
struct fwnode_handle *fwnode_get_named_child_node(const struct fwnode_handle *fwnode, const char *name);
struct fwnode_handle *fwnode_find_reference(const struct fwnode_handle *fwnode, const char *name, unsigned int index);
struct fwnode_handle *device_get_next_child_node(const struct device *dev, struct fwnode_handle *child);
struct fwnode_handle *device_get_named_child_node(const struct device *dev, const char *name);

DEFINE_FREE(fwnode_handle, struct fwnode_handle *, fwnode_handle_put(_T))

#define device_for_each_child_node(dev, child) \
	for (child = device_get_next_child_node(dev, NULL); child; child = device_get_next_child_node(dev, child))
#define device_for_each_child_node_scoped(dev, child)                                                           \
	for (struct fwnode_handle * child __free(fwnode_handle) = device_get_next_child_node(dev, NULL); child; \
	     child = device_get_next_child_node(dev, child))

#endif
