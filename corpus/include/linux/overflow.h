#ifndef _LINUX_OVERFLOW_H
#define _LINUX_OVERFLOW_H

#include <linux/types.h>

#define check_add_overflow(a, b, d) __builtin_add_overflow(a, b, d)
#define check_mul_overflow(a, b, d) __builtin_mul_overflow(a, b, d)
size_t array_size(size_t a, size_t b);
size_t size_mul(size_t a, size_t b);
size_t size_add(size_t a, size_t b);
#define struct_size(p, member, count) size_add(sizeof(*(p)), size_mul(count, sizeof((p)->member[0])))

#endif
