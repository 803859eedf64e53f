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

bool test_and_set_bit(long nr, volatile unsigned long *addr);
void clear_bit(long nr, volatile unsigned long *addr);

/* What was set is set, and its neighbours are as they were. */
void set_since(unsigned long *flags)
{
	if (test_bit(70, flags))
		return;
	set_bit(3, flags);
	set_bit(65, flags);
	if (!test_bit(3, flags) || !test_bit(65, flags) || test_bit(70, flags))
		drv_reached();
	if (test_bit(66, flags))
		drv_reached(); /* expect: engine/probe reached */
	clear_bit(3, flags);
	if (test_bit(3, flags) || !(flags[1] & 2))
		drv_reached();
}

void once(unsigned long *flags)
{
	if (test_and_set_bit(1, flags))
		return;
	if (!test_and_set_bit(1, flags))
		drv_reached();
	other();
}

/* Whichever it was: it may have been that one. */
void set_some(unsigned long *flags, int nr)
{
	if (test_bit(3, flags))
		return;
	set_bit(nr, flags);
	if (test_bit(3, flags))
		drv_reached(); /* expect: engine/probe reached */
}
