#ifndef _LINUX_MM_H
#define _LINUX_MM_H

#include <linux/gfp.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

struct vm_area_struct {
	unsigned long vm_start, vm_end, vm_pgoff;
	void *vm_private_data;
};

void get_page(struct page *page);
void put_page(struct page *page);

#endif
