// what: ask for memory that may not be waited for
// why: the context forbids sleeping
// caveats: the other way, to allocate outside the atomic section, is often better; what the flags are for is not looked at
// confidence: medium
// rule: gfp/sleep-in-atomic
// tokens: GFP_KERNEL|GFP_USER

@fix_gfp_atomic@
identifier alloc;
expression list[k] before;
position p : script:python() { at_finding(p) };
@@
 alloc@p(before,
(
- GFP_KERNEL
+ GFP_ATOMIC
|
- GFP_USER
+ GFP_ATOMIC
)
 , ...)
