#include <linux/kthread.h>

int start(void);

int thread_bad(int (*fn)(void *), void *data, struct task_struct **out)
{
	struct task_struct *t = kthread_run(fn, data, "x");

	if (IS_ERR(t))
		return PTR_ERR(t);
	if (start())
		return -EIO; /* expect: leak/error-path kthread */
	*out = t;
	return 0;
}

int thread_ok(int (*fn)(void *), void *data, struct task_struct **out)
{
	struct task_struct *t = kthread_run(fn, data, "x");

	if (IS_ERR(t))
		return PTR_ERR(t);
	if (start()) {
		kthread_stop(t);
		return -EIO;
	}
	*out = t;
	return 0;
}
