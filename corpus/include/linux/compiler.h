#ifndef _LINUX_COMPILER_H
#define _LINUX_COMPILER_H

#include <linux/kernel.h>

#endif
