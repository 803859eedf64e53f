#ifndef _LINUX_JIFFIES_H
#define _LINUX_JIFFIES_H

#define HZ 250
extern unsigned long volatile jiffies;
unsigned long msecs_to_jiffies(unsigned int m);

#endif
