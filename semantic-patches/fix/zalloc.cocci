// what: allocate the memory zeroed instead of clearing it
// why: one call says both, and can take pages that are clear already
// caveats: only where nothing happens to the memory in between and the sizes are the same words
// confidence: high
// rule: alloc/zero
// tokens: memset

@fix_zalloc@
expression x, E;
expression list args;
position p : script:python() { at_finding(p) };
@@

 x =
(
- kmalloc(args)
+ kzalloc(args)
|
- kmalloc_node(args)
+ kzalloc_node(args)
|
- kvmalloc(args)
+ kvzalloc(args)
|
- kvmalloc_node(args)
+ kvzalloc_node(args)
|
- vmalloc(args)
+ vzalloc(args)
|
- vmalloc_node(args)
+ vzalloc_node(args)
|
- devm_kmalloc(args)
+ devm_kzalloc(args)
|
- kmem_cache_alloc(args)
+ kmem_cache_zalloc(args)
|
- kmalloc_array(args)
+ kcalloc(args)
|
- devm_kmalloc_array(args)
+ devm_kcalloc(args)
|
- kvmalloc_array(args)
+ kvcalloc(args)
)
 ... when != x = E
(
- memset@p(x, 0, ...);
|
- memset@p(x, '\0', ...);
)
