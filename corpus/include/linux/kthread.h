#ifndef _LINUX_KTHREAD_H
#define _LINUX_KTHREAD_H

#include <linux/err.h>

struct task_struct;

struct task_struct *kthread_create(int (*fn)(void *data), void *data, const char *fmt, ...);
struct task_struct *kthread_run(int (*fn)(void *data), void *data, const char *fmt, ...);
int kthread_stop(struct task_struct *k);
bool kthread_should_stop(void);
int wake_up_process(struct task_struct *k);

#endif
