// what: drop the clearing of memory that was allocated zeroed
// why: it is clear already
// caveats: none beyond those of the check
// confidence: high
// rule: alloc/zero
// tokens: memset

@fix_zalloc_again@
expression x;
identifier alloc =~ "zalloc|calloc";
position p : script:python() { at_finding(p) };
@@

 x = alloc(...)
 ... when strict
(
- memset@p(x, 0, ...);
|
- memset@p(x, '\0', ...);
)
