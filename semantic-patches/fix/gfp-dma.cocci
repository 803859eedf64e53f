// what: drop the zone flag, which this allocator ignores or refuses
// why: the device's mask decides, not the flag
// caveats: flags that consist of nothing but the zone become GFP_KERNEL
// confidence: medium
// rule: gfp/dma
// tokens: GFP_DMA|GFP_DMA32|__GFP_DMA|__GFP_DMA32|__GFP_HIGHMEM

@fix_dma_or@
identifier alloc;
expression list[k] before;
expression g;
position p : script:python() { at_finding(p) };
@@
 alloc@p(before,
(
- g | GFP_DMA
+ g
|
- GFP_DMA | g
+ g
|
- g | GFP_DMA32
+ g
|
- GFP_DMA32 | g
+ g
|
- g | __GFP_DMA
+ g
|
- g | __GFP_DMA32
+ g
|
- g | __GFP_HIGHMEM
+ g
)
 , ...)

@fix_dma_alone@
identifier alloc;
expression list[k] before;
position p : script:python() { at_finding(p) };
@@
 alloc@p(before,
- \(GFP_DMA\|GFP_DMA32\)
+ GFP_KERNEL
 , ...)
