#include <linux/err.h>
#include <linux/errno.h>
#include <linux/types.h>

void drv_eval(long value);
void drv_reached(void);

void compare(int x)
{
	if (x > 3 && x <= 10)
		drv_eval(x); /* expect: engine/probe 4..10 */
}

void nested(int x)
{
	if (x < 0)
		return;
	if (x < 5) {
		if (x >= 5)
			drv_reached();
		drv_eval(x + 1); /* expect: engine/probe 1..5 */
	}
}

void equal(int x)
{
	if (x == 7)
		drv_eval(x - 7); /* expect: engine/probe 0 */
}

void negated(int x)
{
	if (!(x != 2))
		drv_eval(x); /* expect: engine/probe 2 */
}
