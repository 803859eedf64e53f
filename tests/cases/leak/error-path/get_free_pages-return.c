#include <linux/gfp.h>

int load_page(unsigned int order);

int page_bad(void)
{
	unsigned long page = __get_free_pages(GFP_KERNEL, 1);

	if (!page)
		return -ENOMEM;
	if (load_page(1))
		return -EIO; /* expect: leak/error-path pages */
	free_pages(page, 1);
	return 0;
}

int page_ok(void)
{
	unsigned long page = get_zeroed_page(GFP_KERNEL);
	int ret;

	if (!page)
		return -ENOMEM;
	ret = load_page(1);
	free_page(page);
	return ret;
}
