#include <linux/err.h>
#include <linux/errno.h>
#include <linux/types.h>

void drv_eval(long value);
void drv_reached(void);

/* Two rounds are run one by one, then what the loop writes is unknown. */
void count(void)
{
	int i;

	for (i = 0; i < 10; i++)
		;
	drv_eval(i); /* expect: engine/probe 10 */
}

void down(int n)
{
	while (--n >= 0)
		;
	drv_eval(n); /* expect: engine/probe -1 */ /* expect: engine/probe -2147483649..-1 */
}

void forever(void)
{
	for (;;)
		;
	drv_reached();
}
