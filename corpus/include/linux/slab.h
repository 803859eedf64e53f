/*
 * The slab allocators. With KMALLOC_PROFILING defined before the include, the allocators have the form they have
 * since 6.10: macros around *_noprof functions.
 */
#ifndef _LINUX_SLAB_H
#define _LINUX_SLAB_H

#include <linux/err.h>
#include <linux/gfp.h>
#include <linux/overflow.h>
#include <linux/string.h>

#define SLAB_HWCACHE_ALIGN 0x2000u

struct kmem_cache;

void *kmalloc_noprof(size_t size, gfp_t flags);
void *kzalloc_noprof(size_t size, gfp_t flags);
void *kcalloc_noprof(size_t n, size_t size, gfp_t flags);

struct alloc_tag {
	int counter;
};
struct alloc_tag *alloc_tag_save(struct alloc_tag *tag);
void alloc_tag_restore(struct alloc_tag *tag, struct alloc_tag *old);

#ifdef KMALLOC_PROFILING
#define alloc_hooks(call)                                                          \
	({                                                                         \
		static struct alloc_tag alloc_tag_here;                            \
		struct alloc_tag *alloc_tag_old = alloc_tag_save(&alloc_tag_here); \
		__typeof__(call) alloc_res = call;                                 \
		alloc_tag_restore(&alloc_tag_here, alloc_tag_old);                 \
		alloc_res;                                                         \
	})
#define kmalloc(...) alloc_hooks(kmalloc_noprof(__VA_ARGS__))
#define kzalloc(...) alloc_hooks(kzalloc_noprof(__VA_ARGS__))
#define kcalloc(...) alloc_hooks(kcalloc_noprof(__VA_ARGS__))
#else
void *kmalloc(size_t size, gfp_t flags);
void *kzalloc(size_t size, gfp_t flags);
void *kcalloc(size_t n, size_t size, gfp_t flags);
#endif

void *kzalloc_node(size_t size, gfp_t flags, int node);
void *kmalloc_array(size_t n, size_t size, gfp_t flags);
void *__must_check krealloc(const void *p, size_t size, gfp_t flags);
void *__must_check krealloc_array(void *p, size_t n, size_t size, gfp_t flags);
void kfree(const void *p);
void kfree_sensitive(const void *p);
size_t ksize(const void *p);

void *kvmalloc(size_t size, gfp_t flags);
void *kvzalloc(size_t size, gfp_t flags);
void *kvcalloc(size_t n, size_t size, gfp_t flags);
void *kvmalloc_array(size_t n, size_t size, gfp_t flags);
void kvfree(const void *p);

struct kmem_cache *kmem_cache_create(const char *name, unsigned int size, unsigned int align, unsigned int flags,
				     void (*ctor)(void *));
void kmem_cache_destroy(struct kmem_cache *s);
void *kmem_cache_alloc(struct kmem_cache *s, gfp_t flags);
void *kmem_cache_zalloc(struct kmem_cache *s, gfp_t flags);
void kmem_cache_free(struct kmem_cache *s, void *p);

__printf(2, 3) char *kasprintf(gfp_t gfp, const char *fmt, ...);

DEFINE_FREE(kfree, void *, if (!IS_ERR_OR_NULL(_T)) kfree(_T))
DEFINE_FREE(kvfree, void *, if (!IS_ERR_OR_NULL(_T)) kvfree(_T))

#endif
