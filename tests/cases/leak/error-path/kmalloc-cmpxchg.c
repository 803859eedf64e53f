/* Whether an atomic exchange took the pointer is said by what it answers; a number of bytes is no error code. */
#include <linux/errno.h>
#include <linux/slab.h>

struct file_data {
	void *buffer;
};

unsigned long copied(void *to, unsigned long n);

#define exchange(place, old, new)                                                                            \
	({                                                                                                   \
		void *_ret;                                                                                  \
		asm volatile("cmpxchgq %2,%1" : "=a"(_ret), "+m"(*(place)) : "r"(new), "0"(old) : "memory"); \
		_ret;                                                                                        \
	})

long keep_ok(struct file_data *f, void *to)
{
	long ret = copied(to, 64);
	void *buf = kmalloc(64, GFP_KERNEL);

	if (!buf)
		return -ENOMEM;
	if (exchange(&f->buffer, NULL, buf))
		kfree(buf);
	return ret;
}

long keep_bad(struct file_data *f, void *to)
{
	long ret = copied(to, 64);
	void *buf = kmalloc(64, GFP_KERNEL);

	if (!buf)
		return -ENOMEM;
	if (ret > 32)
		return -EINVAL; /* expect: leak/error-path memory */
	if (exchange(&f->buffer, NULL, buf))
		kfree(buf);
	return ret;
}
