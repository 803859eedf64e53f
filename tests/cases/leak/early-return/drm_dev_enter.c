/* Sections in which a DRM device cannot go, and walks that hold the connector they stand at. */
#include <linux/err.h>
#include <linux/types.h>

struct drm_device;
struct drm_connector;
struct drm_connector_list_iter {
	struct drm_device *dev;
	struct drm_connector *conn;
};
bool drm_dev_enter(struct drm_device *dev, int *idx);
void drm_dev_exit(int idx);
void drm_connector_list_iter_begin(struct drm_device *dev, struct drm_connector_list_iter *iter);
struct drm_connector *drm_connector_list_iter_next(struct drm_connector_list_iter *iter);
void drm_connector_list_iter_end(struct drm_connector_list_iter *iter);
int check(struct drm_device *dev);
int probe(struct drm_connector *connector);

void update_bad(struct drm_device *dev)
{
	int idx;

	if (!drm_dev_enter(dev, &idx))
		return;
	if (check(dev))
		return; /* expect: leak/early-return drm_device */
	drm_dev_exit(idx);
}

void update_ok(struct drm_device *dev)
{
	int idx;

	if (!drm_dev_enter(dev, &idx))
		return;
	check(dev);
	drm_dev_exit(idx);
}

int enable_bad(struct drm_device *dev)
{
	int idx, ret;

	if (!drm_dev_enter(dev, &idx))
		return -ENODEV;
	ret = check(dev);
	if (ret)
		return ret; /* expect: leak/error-path drm_device */
	drm_dev_exit(idx);
	return 0;
}

int enable_ok(struct drm_device *dev)
{
	int idx, ret;

	if (!drm_dev_enter(dev, &idx))
		return -ENODEV;
	ret = check(dev);
	drm_dev_exit(idx);
	return ret;
}

int walk_bad(struct drm_device *dev)
{
	struct drm_connector_list_iter iter;
	struct drm_connector *connector;
	int ret;

	drm_connector_list_iter_begin(dev, &iter);
	while ((connector = drm_connector_list_iter_next(&iter))) {
		ret = probe(connector);
		if (ret)
			return ret; /* expect: leak/error-path connector iterator */
	}
	drm_connector_list_iter_end(&iter);
	return 0;
}

int walk_ok(struct drm_device *dev)
{
	struct drm_connector_list_iter iter;
	struct drm_connector *connector;
	int ret = 0;

	drm_connector_list_iter_begin(dev, &iter);
	while ((connector = drm_connector_list_iter_next(&iter))) {
		ret = probe(connector);
		if (ret)
			break;
	}
	drm_connector_list_iter_end(&iter);
	return ret;
}
