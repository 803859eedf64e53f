#ifndef _LINUX_OF_H
#define _LINUX_OF_H

#include <linux/cleanup.h>
#include <linux/kobject.h>

struct device;

struct property {
	const char *name;
	int length;
	void *value;
};

struct device_node {
	const char *name;
	u32 phandle;
	struct kobject kobj;
	struct device_node *parent;
};

struct of_device_id {
	char compatible[64];
	const void *data;
};

struct of_phandle_args {
	struct device_node *np;
	int args_count;
	u32 args[16];
};

struct device_node *of_node_get(struct device_node *node);
void of_node_put(struct device_node *node);
struct device_node *of_find_node_by_name(struct device_node *from, const char *name);
struct device_node *of_find_node_by_path(const char *path);
struct device_node *of_find_compatible_node(struct device_node *from, const char *type, const char *compat);
struct device_node *of_find_matching_node(struct device_node *from, const struct of_device_id *matches);
struct device_node *of_get_parent(const struct device_node *node);
struct device_node *of_get_next_child(const struct device_node *node, struct device_node *prev);
struct device_node *of_get_next_available_child(const struct device_node *node, struct device_node *prev);
struct device_node *of_get_child_by_name(const struct device_node *node, const char *name);
struct device_node *of_get_compatible_child(const struct device_node *parent, const char *compatible);
struct device_node *of_parse_phandle(const struct device_node *np, const char *name, int index);
int of_parse_phandle_with_args(const struct device_node *np, const char *list_name, const char *cells_name, int index,
			       struct of_phandle_args *out);
int of_property_read_u32(const struct device_node *np, const char *name, u32 *out);
int of_property_read_u32_array(const struct device_node *np, const char *name, u32 *out, size_t n);
int of_property_read_string(const struct device_node *np, const char *name, const char **out);
bool of_property_read_bool(const struct device_node *np, const char *name);
const void *of_get_property(const struct device_node *np, const char *name, int *len);
bool of_device_is_available(const struct device_node *np);
bool of_device_is_compatible(const struct device_node *np, const char *compat);
int of_get_child_count(const struct device_node *np);
int of_alias_get_id(const struct device_node *np, const char *stem);
const struct of_device_id *of_match_node(const struct of_device_id *matches, const struct device_node *node);

DEFINE_FREE(device_node, struct device_node *, if (_T) of_node_put(_T))

#define for_each_child_of_node(parent, child) \
	for (child = of_get_next_child(parent, NULL); child; child = of_get_next_child(parent, child))
#define for_each_child_of_node_scoped(parent, child)                                                  \
	for (struct device_node * child __free(device_node) = of_get_next_child(parent, NULL); child; \
	     child = of_get_next_child(parent, child))
#define for_each_available_child_of_node(parent, child)                \
	for (child = of_get_next_available_child(parent, NULL); child; \
	     child = of_get_next_available_child(parent, child))
#define for_each_available_child_of_node_scoped(parent, child)                                                  \
	for (struct device_node * child __free(device_node) = of_get_next_available_child(parent, NULL); child; \
	     child = of_get_next_available_child(parent, child))
#define for_each_compatible_node(dn, type, compatible)                 \
	for (dn = of_find_compatible_node(NULL, type, compatible); dn; \
	     dn = of_find_compatible_node(dn, type, compatible))

#endif
