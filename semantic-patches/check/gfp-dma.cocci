// what: zone flags given to an allocator that ignores or refuses them
// why: the slab allocators cannot give memory below 4 GiB (GFP_DMA32) and none without a kernel mapping (__GFP_HIGHMEM,
//	GFP_HIGHUSER): they warn and drop the flag; the DMA interface takes the zone from the device's mask, not from the flags
// caveats: none known
// confidence: high
// rule: gfp/dma
// resource: memory
// tokens: GFP_DMA32|__GFP_DMA32|__GFP_HIGHMEM|GFP_HIGHUSER|GFP_HIGHUSER_MOVABLE|GFP_DMA|__GFP_DMA

@gfp_slab_zone@
identifier alloc = {kmalloc, kzalloc, kcalloc, kmalloc_array, kmalloc_node, kzalloc_node, kmemdup, kstrdup, krealloc, devm_kmalloc, devm_kzalloc, devm_kcalloc, kmem_cache_alloc, kmem_cache_zalloc};
symbol GFP_DMA32, __GFP_DMA32, __GFP_HIGHMEM, GFP_HIGHUSER, GFP_HIGHUSER_MOVABLE;
expression E;
expression flag = {GFP_DMA32, __GFP_DMA32, __GFP_HIGHMEM, GFP_HIGHUSER, GFP_HIGHUSER_MOVABLE};
position p;
@@

 alloc@p(..., \(flag\|flag | E\), ...)

@script:python@
p << gfp_slab_zone.p;
alloc << gfp_slab_zone.alloc;
flag << gfp_slab_zone.flag;
@@
coccilib.report.print_report(p[0], "%s() cannot honour %s {acquire: %s}" % (alloc, flag, alloc))

@gfp_dma_api@
identifier alloc = {dma_alloc_coherent, dmam_alloc_coherent, dma_alloc_attrs, dma_pool_alloc, dma_pool_zalloc, dma_alloc_wc, dma_alloc_noncoherent};
expression E;
expression flag = {GFP_DMA, __GFP_DMA, GFP_DMA32, __GFP_DMA32, __GFP_HIGHMEM};
position p;
@@

 alloc@p(..., flag | E, ...)

@script:python@
p << gfp_dma_api.p;
alloc << gfp_dma_api.alloc;
flag << gfp_dma_api.flag;
@@
coccilib.report.print_report(p[0], "%s() takes the zone from the device's DMA mask: %s does nothing {acquire: %s}" % (alloc, flag, alloc))

@gfp_pages_highmem@
identifier alloc = {__get_free_pages, __get_free_page, get_zeroed_page};
expression E;
expression flag = {__GFP_HIGHMEM, GFP_HIGHUSER, GFP_HIGHUSER_MOVABLE};
position p;
@@

 alloc@p(\(flag\|flag | E\), ...)

@script:python@
p << gfp_pages_highmem.p;
alloc << gfp_pages_highmem.alloc;
flag << gfp_pages_highmem.flag;
@@
coccilib.report.print_report(p[0], "%s() returns an address, which memory from %s does not have {acquire: %s}" % (alloc, flag, alloc))
