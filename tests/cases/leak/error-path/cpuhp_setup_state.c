/* States of CPU hotplug: a dynamic one is known by what its registration returns, a static one by its name. */
#include <linux/err.h>
#include <linux/types.h>

enum cpuhp_state { CPUHP_AP_GADGET_STARTING = 90,
		   CPUHP_AP_ONLINE_DYN = 190 };
int __cpuhp_setup_state(enum cpuhp_state state, const char *name, bool invoke, int (*startup)(unsigned int cpu),
			int (*teardown)(unsigned int cpu), bool multi_instance);
void __cpuhp_remove_state(enum cpuhp_state state, bool invoke);
int starting(unsigned int cpu);
int dying(unsigned int cpu);
int announce(void);

int dynamic_bad(void)
{
	int state = __cpuhp_setup_state(CPUHP_AP_ONLINE_DYN, "gadget", true, starting, dying, false);
	int ret;

	if (state < 0)
		return state;
	ret = announce();
	if (ret)
		return ret; /* expect: leak/error-path registration */
	return 0;
}

int dynamic_ok(void)
{
	int state = __cpuhp_setup_state(CPUHP_AP_ONLINE_DYN, "gadget", true, starting, dying, false);
	int ret;

	if (state < 0)
		return state;
	ret = announce();
	if (ret) {
		__cpuhp_remove_state(state, true);
		return ret;
	}
	return 0;
}

int static_ok(void)
{
	int ret = __cpuhp_setup_state(CPUHP_AP_GADGET_STARTING, "gadget", true, starting, dying, false);

	if (ret)
		return ret;
	ret = announce();
	if (ret)
		__cpuhp_remove_state(CPUHP_AP_GADGET_STARTING, true);
	return ret;
}
