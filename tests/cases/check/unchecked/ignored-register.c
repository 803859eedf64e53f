/* Nobody looks at what a registration returns, and the removal takes down what may not be there. */
#include <linux/clk.h>
#include <linux/platform_device.h>
#include <linux/slab.h>
#include <linux/watchdog.h>

struct dog {
	struct watchdog_device wdd;
	void *buf;
};

int dog_pause(struct dog *dog);

int dog_start_bad(struct dog *dog)
{
	dog->buf = kzalloc(16, GFP_KERNEL);
	if (!dog->buf)
		return -ENOMEM;
	watchdog_register_device(&dog->wdd); /* expect: check/unchecked */
	return 0;
}

int dog_start_ok(struct dog *dog)
{
	int ret;

	dog->buf = kzalloc(16, GFP_KERNEL);
	if (!dog->buf)
		return -ENOMEM;
	ret = watchdog_register_device(&dog->wdd);
	if (ret) {
		kfree(dog->buf);
		return ret;
	}
	return 0;
}

/* Nobody could be told of the failure. */
void dog_restart_ok(struct dog *dog)
{
	watchdog_register_device(&dog->wdd);
}

/* Later, a clock that does not run is stopped. */
int dog_wake_bad(struct dog *dog, struct clk *clk)
{
	dog->buf = kzalloc(16, GFP_KERNEL);
	if (!dog->buf)
		return -ENOMEM;
	clk_prepare_enable(clk); /* expect: check/unchecked clk (medium) */
	return 0;
}

/* Reduced from tegra_pwm_runtime_suspend(): the function fails already and puts back what was there; no more can be
 * done about it. */
int dog_sleep_ok(struct dog *dog, struct clk *clk)
{
	int ret;

	clk_disable_unprepare(clk);
	ret = dog_pause(dog);
	if (ret) {
		clk_prepare_enable(clk); /* expect: check/unchecked clk (low) */
		return ret;
	}
	return 0;
}
