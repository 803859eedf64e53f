#ifndef _LINUX_KERNEL_H
#define _LINUX_KERNEL_H

#include <linux/err.h>
#include <linux/types.h>

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)
#define READ_ONCE(x) (*(const volatile __typeof__(x) *)&(x))
#define WRITE_ONCE(x, val) (*(volatile __typeof__(x) *)&(x) = (val))

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define BIT(n) (1UL << (n))
#define DIV_ROUND_UP(n, d) (((n) + (d) - 1) / (d))

#define min(a, b)                              \
	({                                     \
		__typeof__(a) min_a = (a);     \
		__typeof__(b) min_b = (b);     \
		min_a < min_b ? min_a : min_b; \
	})
#define max(a, b)                              \
	({                                     \
		__typeof__(a) max_a = (a);     \
		__typeof__(b) max_b = (b);     \
		max_a > max_b ? max_a : max_b; \
	})

#define container_of(ptr, type, member)                                          \
	({                                                                       \
		void *member_ptr = (void *)(ptr);                                \
		(type *)((char *)member_ptr - __builtin_offsetof(type, member)); \
	})

void warn_slowpath(const char *file, int line);
#define WARN_ON(cond)                                      \
	({                                                 \
		int warn_on = !!(cond);                    \
		if (unlikely(warn_on))                     \
			warn_slowpath(__FILE__, __LINE__); \
		unlikely(warn_on);                         \
	})
#define BUG_ON(cond)                      \
	do {                              \
		if (unlikely(cond))       \
			__builtin_trap(); \
	} while (0)

__printf(1, 2) int _printk(const char *fmt, ...);
#define pr_err(...) _printk(__VA_ARGS__)
#define pr_warn(...) _printk(__VA_ARGS__)
#define pr_info(...) _printk(__VA_ARGS__)
#define pr_debug(...) _printk(__VA_ARGS__)

__printf(3, 4) int snprintf(char *buf, size_t size, const char *fmt, ...);
int kstrtoint(const char *s, unsigned int base, int *res);
void might_sleep(void);

#endif
