// what: take the size of what is pointed to
// why: the size of the pointer is not that of the object
// caveats: none beyond those of the check
// confidence: high
// rule: alloc/wrong-size
// tokens: sizeof

@fix_sizeof_pointer@
expression x, dev;
identifier f;
expression list[k] before;
position p : script:python() { at_finding(p) };
@@
(
 x = f@p(before,
- sizeof(x)
+ sizeof(*x)
 , ...)
|
 memset@p(x, 0,
- sizeof(x)
+ sizeof(*x)
 )
|
 kmemdup@p(x,
- sizeof(x)
+ sizeof(*x)
 , ...)
|
 devm_kmemdup@p(dev, x,
- sizeof(x)
+ sizeof(*x)
 , ...)
)

@fix_sizeof_pointer_type@
expression x;
identifier f, name;
position p : script:python() { at_finding(p) };
@@
 x = f@p(
- sizeof(struct name *)
+ sizeof(*x)
 , ...)
