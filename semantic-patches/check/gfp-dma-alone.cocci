// what: GFP_DMA as the only flag of an allocation
// why: GFP_DMA names a zone and nothing else: without GFP_KERNEL the allocation may neither sleep nor wake the reclaimer, and
//	fails early; whether that was meant cannot be seen
// caveats: the legacy zone itself is wanted by few devices that still exist
// confidence: medium
// rule: gfp/dma
// resource: memory
// tokens: GFP_DMA|GFP_DMA32
// match: [(,]\s*GFP_DMA(32)?\s*[,)]

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
