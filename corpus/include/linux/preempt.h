#ifndef _LINUX_PREEMPT_H
#define _LINUX_PREEMPT_H

#include <linux/types.h>

void preempt_count_add(int n);
void preempt_count_sub(int n);
int preempt_count(void);
#define preempt_disable() preempt_count_add(1)
#define preempt_enable() preempt_count_sub(1)
#define in_interrupt() (preempt_count() & 0xffff00)

unsigned long arch_local_irq_save(void);
void arch_local_irq_restore(unsigned long flags);
#define local_irq_save(flags) ((flags) = arch_local_irq_save())
#define local_irq_restore(flags) arch_local_irq_restore(flags)
void local_bh_disable(void);
void local_bh_enable(void);

#endif
