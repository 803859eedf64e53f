#include <linux/types.h>

void drv_eval(long value);
void drv_reached(void);

bool test_bit(long nr, const volatile unsigned long *addr);
void set_bit(long nr, volatile unsigned long *addr);
void other(void);

/* The bit tested again is what it was. */
void twice(unsigned long *flags, int nr)
{
	if (test_bit(nr, flags)) {
		other();
		if (!test_bit(nr, flags))
			drv_reached();
		if (!test_bit(nr + 1, flags))
			drv_reached(); /* expect: engine/probe reached */
	}
}

/* Unless somebody writes to it. */
void written(unsigned long *flags, int nr)
{
	if (!test_bit(nr, flags)) {
		set_bit(nr, flags);
		if (test_bit(nr, flags))
			drv_reached(); /* expect: engine/probe reached */
	}
}

void known(void)
{
	unsigned long flags = 4;

	drv_eval(test_bit(2, &flags)); /* expect: engine/probe 1 */
	drv_eval(test_bit(3, &flags)); /* expect: engine/probe 0 */
}
