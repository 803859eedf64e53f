/* memunmap() knows what ioremap() has mapped; the other way round it would not do. */
#include <linux/io.h>

void *memremap(resource_size_t offset, size_t size, unsigned long flags);
void memunmap(void *addr);
void iounmap(volatile void __iomem *addr);

int memunmap_any_ok(resource_size_t at, bool io)
{
	void *p = io ? (void *)ioremap(at, 16) : memremap(at, 16, 1);

	if (!p)
		return -1;
	memunmap(p);
	return 0;
}

int iounmap_bad(resource_size_t at)
{
	void *p = memremap(at, 16, 1);

	if (!p)
		return -1;
	iounmap(p); /* expect: free/mismatch */
	return 0;
}
