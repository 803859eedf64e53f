// what: let struct_size() compute the size, and notice an overflow
// why: a sum or product that wraps gives less memory than is used
// caveats: only where the flexible array is named in the size
// confidence: medium
// rule: alloc/overflow
// tokens: sizeof

@fix_struct_size@
expression x, n;
identifier alloc, member;
expression list[k] before;
position p : script:python() { at_finding(p) };
@@
 x = alloc@p(before,
(
- sizeof(*x) + sizeof(x->member[0]) * n
+ struct_size(x, member, n)
|
- sizeof(*x) + n * sizeof(x->member[0])
+ struct_size(x, member, n)
|
- sizeof(*x) + sizeof(*x->member) * n
+ struct_size(x, member, n)
|
- sizeof(*x) + n * sizeof(*x->member)
+ struct_size(x, member, n)
)
 , ...)
