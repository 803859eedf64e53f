// what: an allocation from the legacy zone GFP_DMA, or one with no other flag than that
// why: the zone is what ISA devices could reach; what a device reaches today is in its DMA mask, which the DMA interface
//	honours. And GFP_DMA names a zone and nothing else: without GFP_KERNEL the allocation may neither sleep nor wake the
//	reclaimer, and fails early
// caveats: a few devices that still exist need the zone, and so do channel programs on s390, so its mere use has low confidence
// confidence: medium
// rule: gfp/dma
// resource: memory
// tokens: GFP_DMA|GFP_DMA32
// match: \bGFP_DMA(32)?\b

@gfp_dma_alone@
identifier alloc =~ "alloc|__get_free_page|get_zeroed_page|kmemdup|kstrdup";
expression flag = {GFP_DMA, GFP_DMA32};
position p;
@@

 alloc@p(..., flag, ...)

@script:python@
p << gfp_dma_alone.p;
alloc << gfp_dma_alone.alloc;
flag << gfp_dma_alone.flag;
@@
coccilib.report.print_report(p[0], "%s is a zone, not a way to allocate: %s() needs GFP_KERNEL or GFP_ATOMIC with it {acquire: %s}" % (flag, alloc, alloc))

@gfp_dma_zone@
identifier alloc = {kmalloc, kzalloc, kcalloc, kmalloc_array, kmemdup, devm_kmalloc, devm_kzalloc, __get_free_pages, __get_free_page};
symbol GFP_DMA;
expression E;
position p;
@@

 alloc@p(..., E | GFP_DMA, ...)

@script:python@
p << gfp_dma_zone.p;
alloc << gfp_dma_zone.alloc;
@@
coccilib.report.print_report(p[0], "%s() from the legacy zone GFP_DMA: the DMA interface gives what the device's mask allows {acquire: %s} {confidence: low}" % (alloc, alloc))
