/* A page by its address and by its struct are one thing, whichever of the two is stored or given back. */
#include <linux/errno.h>
#include <linux/mm.h>

extern unsigned long vmemmap_base, page_offset_base;

unsigned long __phys_addr(unsigned long addr);
int widget_map(struct page *page);

#define page_of(addr) ((struct page *)vmemmap_base + (__phys_addr((unsigned long)(addr)) >> 12))
#define address_of(phys) ((void *)((unsigned long)(phys) + page_offset_base))

struct widget {
	struct page *page;
	unsigned long phys;
};

int freed_ok(void)
{
	unsigned long addr = get_zeroed_page(GFP_KERNEL);

	if (!addr)
		return -ENOMEM;
	if (widget_map(page_of(addr))) {
		__free_page(page_of(addr));
		return -EIO;
	}
	free_page(addr);
	return 0;
}

int freed_bad(void)
{
	unsigned long addr = get_zeroed_page(GFP_KERNEL);

	if (!addr)
		return -ENOMEM;
	if (widget_map(page_of(addr)))
		return -EIO; /* expect: leak/error-path pages */
	__free_page(page_of(addr));
	return 0;
}

int stored_ok(struct widget *w)
{
	unsigned long addr = get_zeroed_page(GFP_KERNEL);

	if (!addr)
		return -ENOMEM;
	w->page = page_of(addr);
	return 0;
}

void twice_bad(void)
{
	unsigned long addr = get_zeroed_page(GFP_KERNEL);

	if (!addr)
		return;
	__free_page(page_of(addr));
	free_page(addr); /* expect: free/double pages */
}

int by_physical_address_ok(struct widget *w)
{
	unsigned long addr = get_zeroed_page(GFP_KERNEL);

	if (!addr)
		return -ENOMEM;
	w->phys = __phys_addr(addr);
	if (widget_map(page_of(addr))) {
		free_page((unsigned long)address_of(w->phys));
		return -EIO;
	}
	return 0;
}
