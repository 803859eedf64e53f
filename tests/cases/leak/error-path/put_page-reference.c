/* Dropping a reference to a page is enough for who took the page, and no end of it for who did not. */
#include <linux/errno.h>
#include <linux/mm.h>

int widget_map(struct page *page);

int taken_ok(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	if (widget_map(page)) {
		put_page(page);
		return -EIO;
	}
	__free_page(page);
	return 0;
}

int taken_bad(void)
{
	struct page *page = alloc_page(GFP_KERNEL);

	if (!page)
		return -ENOMEM;
	if (widget_map(page))
		return -EIO; /* expect: leak/error-path pages */
	__free_page(page);
	return 0;
}

int two_references_ok(void *buffer)
{
	put_page(virt_to_page(buffer));
	if (widget_map(virt_to_page(buffer)))
		return -EIO;
	put_page(virt_to_page(buffer));
	return 0;
}
