// what: memory from a zeroing allocator that is cleared once more before anything was written to it
// why: the second clearing does nothing; it costs time and suggests to readers that the memory could be dirty
// caveats: memory for DMA counts as zeroed since 5.0; drivers that must also build on older kernels may keep the call
// confidence: medium
// rule: alloc/zero
// resource: memory
// tokens: memset & kzalloc|kcalloc|kvzalloc|kvcalloc|vzalloc|devm_kzalloc|devm_kcalloc|dma_alloc_coherent|dmam_alloc_coherent|dma_pool_zalloc|kmem_cache_zalloc
// match: (?<![\w>.\]-])([\w>.\[\]-]+)\s*=\s*[^;=]*\b(?:k[vz]*[zc]alloc|vzalloc|devm_k[zc]alloc|dmam?_alloc_coherent|dma_pool_zalloc|kmem_cache_zalloc)\s*\([^;]*;.*?memset\s*\(\s*\1\s*,\s*(0|'\\0'|0x0+)\s*,

@zalloc_again_elsewhere exists@
expression x, E;
identifier f;
position r;
@@

 f(...)
 {
 ... when != x = E
 memset@r(x, 0, ...)
 ... when any
 }

@zalloc_again_loop exists@
expression x, E;
position r;
@@

 memset@r(x, 0, ...)
 ... when != x = E
 memset@r(x, 0, ...)

@zalloc_again_wipe@
expression x;
identifier release =~ "free";
position r;
@@

 memset@r(x, 0, ...);
 release(..., x, ...);

@zalloc_again_used exists@
expression x, y, E, E2;
identifier fld;
identifier fn != memset;
identifier alloc =~ "alloc";
position r;
type T;
@@

(
 x = alloc@r(...);
|
 x = (T)alloc@r(...);
)
 ... when != memset(x, 0, ...)
     when != x = E
 \(x->fld\|x[y]\|*x = y\|fn(..., x, ...)\|E2 = x\)

@zalloc_again exists@
expression x, y, size;
type T;
identifier fld, fn;
identifier alloc = {kzalloc, kcalloc, kvzalloc, kvcalloc, vzalloc, devm_kzalloc, devm_kcalloc, dma_alloc_coherent, dmam_alloc_coherent, dma_pool_zalloc, kmem_cache_zalloc};
position p != zalloc_again_used.r, q != {zalloc_again_elsewhere.r, zalloc_again_loop.r, zalloc_again_wipe.r};
@@

(
 x = alloc@p(...);
|
 x = (T)alloc@p(...);
)
 ... when != \(x->fld\|x[...]\|*x\|fn(..., x, ...)\|x = y\|y = x\|y = (T)x\)
 memset@q(x, 0, size);

@script:python@
p << zalloc_again.p;
q << zalloc_again.q;
x << zalloc_again.x;
alloc << zalloc_again.alloc;
@@
coccilib.report.print_report(q[0], "%s() has cleared this memory already {expr: %s} {acquire: %s} {note: %s: allocated here}" % (alloc, x, alloc, p[0].line))
