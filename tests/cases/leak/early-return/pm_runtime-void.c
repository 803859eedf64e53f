/* Functions that return nothing: each path has to give back what it takes. */
#include <linux/device.h>
#include <linux/pm_runtime.h>

struct sensor {
	struct device *dev;
	int stop;
};

void measure(struct sensor *s);
bool measures_later(struct sensor *s);
void measure_later(struct sensor *s);

void work_bad(struct sensor *s)
{
	if (pm_runtime_resume_and_get(s->dev) < 0)
		return;
	if (s->stop)
		return; /* expect: leak/early-return runtime PM */
	measure(s);
	pm_runtime_put(s->dev);
}

/* Who goes on in the background gives it back in the end. */
void later_ok(struct sensor *s)
{
	if (pm_runtime_resume_and_get(s->dev) < 0)
		return;
	if (measures_later(s))
		return;
	if (s->stop) {
		measure_later(s);
		return;
	}
	measure(s);
	pm_runtime_put(s->dev);
}

void work_ok(struct sensor *s)
{
	if (pm_runtime_resume_and_get(s->dev) < 0)
		return;
	if (!s->stop)
		measure(s);
	pm_runtime_put(s->dev);
}

/* One of the ways in is the first half, the other the second. */
void toggle_ok(struct sensor *s, bool on)
{
	if (on) {
		pm_runtime_get_noresume(s->dev);
		return;
	}
	measure(s);
	pm_runtime_put(s->dev);
}

void enable_bad(struct sensor *s)
{
	int ret = pm_runtime_get_sync(s->dev);

	if (ret < 0)
		return; /* expect: leak/early-return runtime PM */
	measure(s);
}

bool drm_dev_enter(struct device *dev, int *idx);
void drm_dev_exit(int idx);

/* What is left out on the way to the only end without an error is no reason to break off. */
void enable_ok(struct sensor *s)
{
	int idx;

	if (!drm_dev_enter(s->dev, &idx))
		return;
	if (pm_runtime_resume_and_get(s->dev) < 0)
		goto exit;
	if (measures_later(s))
		goto put;
	if (s->stop)
		measure(s);
	drm_dev_exit(idx);
	return;

put:
	pm_runtime_put(s->dev);
exit:
	drm_dev_exit(idx);
}
