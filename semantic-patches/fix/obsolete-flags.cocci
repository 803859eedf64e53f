// what: drop the flag that has no meaning any more
// why: no maintained kernel has it
// caveats: __GFP_REPEAT becomes __GFP_RETRY_MAYFAIL, its successor
// confidence: high
// rule: gfp/obsolete
// tokens: __GFP_COLD|__GFP_REPEAT|__GFP_NOTRACK|__GFP_TEMPORARY|GFP_TEMPORARY|GFP_IOFS

@fix_obsolete@
expression g;
identifier alloc;
expression list[k] before;
position p : script:python() { at_finding(p) };
@@
 alloc@p(before,
(
- g | __GFP_COLD
+ g
|
- g | __GFP_NOTRACK
+ g
|
  g |
- __GFP_REPEAT
+ __GFP_RETRY_MAYFAIL
|
- GFP_TEMPORARY
+ GFP_KERNEL
|
- GFP_IOFS
+ GFP_KERNEL
)
 , ...)
