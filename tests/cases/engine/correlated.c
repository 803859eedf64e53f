#include <linux/err.h>
#include <linux/errno.h>
#include <linux/types.h>

void drv_eval(long value);
void drv_reached(void);

int get(void);

/* The flag and the error code that were set together stay together. */
int flag(int n)
{
	int ret = 0, taken = 0;

	if (n > 3) {
		taken = 1;
		ret = -EINVAL;
	}
	if (taken)
		drv_eval(ret); /* expect: engine/probe -22 */
	else
		drv_eval(ret); /* expect: engine/probe 0 */
	return ret;
}

/* The same condition again goes the same way. */
void twice(const int *p)
{
	int x = get();

	if (x & 4)
		x = 1;
	else if (x & 4)
		drv_reached();
	if (p)
		drv_eval(!p); /* expect: engine/probe 0 */
}
