// what: ask for memory that may be waited for
// why: nothing here forbids sleeping, and a request that may not sleep fails more often
// caveats: none beyond those of the check
// confidence: low
// rule: alloc/context
// tokens: GFP_ATOMIC

@fix_atomic@
identifier alloc;
expression list[k] before;
position p : script:python() { at_finding(p) };
@@
 alloc@p(before,
- GFP_ATOMIC
+ GFP_KERNEL
 , ...)
