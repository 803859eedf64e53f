#include <linux/mm.h>

int map_page(const struct page *page);

struct page *alloc_bad(void)
{
	struct page *page = alloc_pages(GFP_KERNEL, 2);

	if (!page)
		return NULL;
	if (map_page(page) < 0)
		return NULL; /* expect: leak/error-path pages */
	return page;
}

struct page *alloc_ok(void)
{
	struct page *page = alloc_pages(GFP_KERNEL, 2);

	if (!page)
		return NULL;
	if (map_page(page) < 0) {
		__free_pages(page, 2);
		return NULL;
	}
	return page;
}
