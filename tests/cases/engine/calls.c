#include <linux/err.h>
#include <linux/errno.h>
#include <linux/types.h>

void drv_eval(long value);
void drv_reached(void);

struct box {
	int value;
};

static int set(struct box *b, int v)
{
	if (v < 0)
		return -EINVAL;
	b->value = v;
	return 0;
}

int caller(void)
{
	struct box b = {1};

	if (set(&b, 5) < 0)
		drv_reached();
	drv_eval(b.value); /* expect: engine/probe 5 */
	if (set(&b, -1) == 0)
		drv_reached();
	return 0;
}
