#ifndef _LINUX_IDR_H
#define _LINUX_IDR_H

#include <linux/gfp.h>

struct ida {
	int next;
};

#define DEFINE_IDA(name) struct ida name

int ida_alloc(struct ida *ida, gfp_t gfp);
int ida_alloc_range(struct ida *ida, unsigned int min, unsigned int max, gfp_t gfp);
void ida_free(struct ida *ida, unsigned int id);
void ida_destroy(struct ida *ida);

struct idr {
	int next;
};

void idr_init(struct idr *idr);
int idr_alloc(struct idr *idr, void *ptr, int start, int end, gfp_t gfp);
void *idr_remove(struct idr *idr, unsigned long id);
void *idr_find(const struct idr *idr, unsigned long id);
void idr_destroy(struct idr *idr);

#endif
