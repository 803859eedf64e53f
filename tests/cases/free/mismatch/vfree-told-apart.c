/* A function with two ways of releasing tells by something that is not followed which one is right. */
#include <linux/slab.h>
#include <linux/vmalloc.h>

struct journal {
	void *buffer;
	int small;
};

int is_vmalloc_page(const void *p);

static void page_free(void *p)
{
	kfree(p);
}

static void buffer_free(void *p)
{
	if (!p)
		return;
	if (is_vmalloc_page(p))
		vfree(p);
	else
		page_free(p);
}

void journal_free_ok(struct journal *j)
{
	void *p = vmalloc(4096);

	j->small = !p;
	buffer_free(p);
}

static void buffer_kfree(void *p)
{
	if (p && !is_vmalloc_page(p))
		kfree(p); /* expect: free/mismatch */
}

void journal_free_bad(struct journal *j, int old)
{
	void *p = vmalloc(4096);

	j->small = !p;
	if (old)
		buffer_kfree(p);
	else
		vfree(p);
}
