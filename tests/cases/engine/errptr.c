#include <linux/err.h>
#include <linux/errno.h>
#include <linux/types.h>

void drv_eval(long value);
void drv_reached(void);

void *get(void);

int pointer(void)
{
	void *p = get();

	if (IS_ERR(p)) {
		drv_eval(PTR_ERR(p)); /* expect: engine/probe -4095..-1 */
		return PTR_ERR(p);
	}
	if (!p) {
		drv_eval(PTR_ERR_OR_ZERO(p)); /* expect: engine/probe 0 */
		return -ENOMEM;
	}
	drv_eval((long)p); /* expect: engine/probe 1.. */
	return 0;
}
